"""Names and words of duties are sealed: who is asked to pay back, what happened, why, and the proof of it."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

from config.sealing import Sealer

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

FACTS = (
    "LiabilityStartMoved", "ReturnVisitNoticeSigned", "LiabilityBriefingHeld", "JointInspectionHeld",
    "LiabilityNoticePosted", "AcceptancePlanned", "AcceptanceNoticeReceived", "AcceptanceCalledOff", "TestPassed",
    "TestFailed", "ClientTold", "EmergencyArose", "EmergencyAttended", "AuthorityTold", "UploadOwed",
    "InspectionReportCompleted", "PlatformUploaded", "DutiesClosed", "RecoveryBegun", "RecoveryOpened",
    "RecoveryDemanded", "DeveloperAsked", "LiablePartiesTold", "RecoverySued", "RecoveryReceived",
)  # fmt: skip
SALT = 32


def upgrade() -> None:
    _columns({"duty_file": ("debtor", "debtor_sealed"), "duty_record": ("what", "what_sealed")}, sa.Text(), _seal)
    for number, claim, sealed in _rows("SELECT id, claim_id, debtor_sealed FROM duty_file WHERE debtor_sealed <> ''"):
        _set_key(number, f"recovery:{claim}:{_sealer().index(_open(sealed), 'debtor')}")
    for file, seq, salt, details in _rows(_KEPT.format("<>")):
        _set_details(file, seq, "", _seal(f"{salt}{details}"))


def downgrade() -> None:
    for number, claim, sealed in _rows("SELECT id, claim_id, debtor_sealed FROM duty_file WHERE debtor_sealed <> ''"):
        _set_key(number, f"recovery:{claim}:{_open(sealed)}")
    for file, seq, _, sealed in _rows(_KEPT.format("=")):
        inside = _open(sealed)
        _set_details(file, seq, inside[:SALT], inside[SALT:])
    back = {"duty_file": ("debtor_sealed", "debtor", 120), "duty_record": ("what_sealed", "what", 200)}
    for table, (sealed, clear, longest) in back.items():
        _columns({table: (sealed, clear)}, sa.String(length=longest), _open)


def _columns(
    renamed: dict[str, tuple[str, str]], kind: sa.types.TypeEngine[str], changed: Callable[[str], str]
) -> None:
    for table, (before, after) in renamed.items():
        op.add_column(table, sa.Column(after, kind, nullable=False, server_default=""))
        for number, value in _rows(f"SELECT id, {before} FROM {table} WHERE {before} <> ''"):
            _run(f"UPDATE {table} SET {after} = :value WHERE id = :number", value=changed(value), number=number)
        with op.batch_alter_table(table) as batch:
            batch.alter_column(after, server_default=None)
            batch.drop_column(before)


_KEPT = f"""
    SELECT d.file_id, d.seq, d.salt, d.details FROM timeline_details d
    JOIN timeline_entry e ON e.file_id = d.file_id AND e.seq = d.seq
    WHERE e.fact IN ({", ".join(repr(fact) for fact in FACTS)}) AND d.salt {{}} ''
"""


def _set_key(number: int, key: str) -> None:
    _run("UPDATE duty_file SET key = :key WHERE id = :number", key=key, number=number)


def _set_details(file: int, seq: int, salt: str, details: str) -> None:
    told = "UPDATE timeline_details SET salt = :salt, details = :details WHERE file_id = :file AND seq = :seq"
    _run(told, salt=salt, details=details, file=file, seq=seq)


def _rows(asked: str) -> list[sa.Row[tuple[object, ...]]]:
    return list(op.get_bind().execute(sa.text(asked)).all())


def _run(told: str, **values: object) -> None:
    op.get_bind().execute(sa.text(told), values)


def _seal(clear: str) -> str:
    return _sealer().seal(clear)


def _open(sealed: str) -> str:
    return _sealer().open(sealed)


def _sealer() -> Sealer:
    """Asked for only where there is something to seal: a new database needs no key."""
    config = op.get_context().config
    sealer = config.attributes.get("sealer") if config is not None else None
    if sealer is None:
        raise CommandError("rows wait to be sealed: hand upgrade_database the sealer of the settings")
    return sealer  # type: ignore[no-any-return]
