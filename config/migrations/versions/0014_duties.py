"""Files that hang on no claim's journey: their stage, what they are about, and their records."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = (
    "new", "reported", "surveyed", "covered", "denied", "settled", "repairing", "paying", "warranty", "closed",
    "referred", "withdrawn",
)  # fmt: skip


def _stages(*stages: str) -> None:
    """SQLite's batch mode doesn't see a check, and so drops it with the table that it rebuilds."""
    allowed = f"stage IN ({', '.join(repr(stage) for stage in stages)})"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_casefile_stage", "casefile", type_="check")
        op.create_check_constraint("ck_casefile_stage", "casefile", allowed)
        return
    with op.batch_alter_table("casefile", recreate="always") as casefile:
        casefile.create_check_constraint("ck_casefile_stage", allowed)


def upgrade() -> None:
    _stages(*BEFORE, "under_way")
    op.create_table(
        "duty_file",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", AutoString(length=160), nullable=False),
        sa.Column("project_id", BigId, nullable=True),
        sa.Column("claim_id", BigId, nullable=True),
        sa.Column("liability_starts_on", sa.Date(), nullable=True),
        sa.Column("debtor", AutoString(length=120), nullable=False),
        sa.Column("amount_fen", BigId, nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_duty_file_claim_id")),
        sa.ForeignKeyConstraint(["id"], ["casefile.id"], name=op.f("fk_duty_file_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_duty_file_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_file")),
        sa.UniqueConstraint("key", name=op.f("uq_duty_file_key")),
    )
    op.create_index(op.f("ix_duty_file_claim_id"), "duty_file", ["claim_id"], unique=False)
    op.create_index(op.f("ix_duty_file_project_id"), "duty_file", ["project_id"], unique=False)
    op.create_table(
        "duty_record",
        sa.Column("id", BigId, nullable=False),
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("kind", AutoString(length=12), nullable=False),
        sa.Column("what", AutoString(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('acceptance', 'test', 'upload', 'emergency')", name="ck_duty_record_kind"),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_duty_record_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_record")),
    )
    op.create_index(op.f("ix_duty_record_file_id"), "duty_record", ["file_id"], unique=False)


def downgrade() -> None:
    op.drop_table("duty_record")
    op.drop_table("duty_file")
    others = "SELECT id FROM casefile WHERE kind <> 'claim'"  # their timelines stay: nothing is deleted from a chain
    op.execute(f"UPDATE running_clock SET state = 'cancelled', next_look_at = NULL WHERE file_id IN ({others})")
    op.execute("UPDATE casefile SET stage = 'closed' WHERE stage = 'under_way'")
    _stages(*BEFORE)
