"""Among a million claims a name, a piece of an address or a call back is found without reading the million.

PostgreSQL finds pieces by arrays: the hashes of a name as they stand, an address by its pairs of characters, for a
trigram is longer than most Chinese words. SQLite reads what it holds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

PAIRS = """
CREATE FUNCTION pairs_of(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT ARRAY(SELECT DISTINCT substr(words, n, 2) FROM generate_series(1, length(words) - 1) AS n) $$
"""
BY_PIECES = {
    "ix_claim_name": ("claim", "string_to_array(name_index, ' ')", ""),
    "ix_claim_address": ("claim", "pairs_of(address)", "address <> ''"),
    "ix_home_address": ("home", "pairs_of(address)", ""),
}
OPEN = "stage NOT IN ('closed', 'referred', 'withdrawn')"
FEW = (
    (
        "ix_running_clock_contact",
        "running_clock",
        "file_id",
        "clock = 'contact' AND met_at IS NULL AND state IN ('running', 'breached')",
    ),
    ("ix_decision_proposed", "decision", "claim_id", "state = 'proposed'"),
)
BREACHED = "breached_at IS NOT NULL"
WIDER = (
    (
        "ix_casefile_assignee_queue",
        "casefile",
        ["assignee_id", "urgent_at", "id"],
        ["kind", "stage", "district"],
        OPEN,
        "",
    ),
    ("ix_casefile_queue", "casefile", ["urgent_at", "id"], ["kind", "assignee_id", "district"], OPEN, OPEN),
    ("ix_running_clock_breached", "running_clock", ["breached_at"], ["clock", "state", "id"], BREACHED, BREACHED),
)
"""Index, table, columns, what it holds beside them for the board, and the rows it holds now and held before."""


def upgrade() -> None:
    if _on_postgresql():
        op.execute(PAIRS)
        for name, (table, pieces, where) in BY_PIECES.items():
            op.create_index(name, table, [sa.text(pieces)], postgresql_using="gin", **_only(where))
    op.create_index("ix_home_room", "home", ["room"])
    for name, table, column, where in FEW:
        op.create_index(name, table, [column], **_only(where))
    for name, table, columns, beside, where, _ in WIDER:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns, postgresql_include=beside, **_only(where))


def downgrade() -> None:
    for name, table, columns, _, _, before in WIDER:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns, **_only(before))
    for name, table, *_ in FEW:
        op.drop_index(name, table_name=table)
    op.drop_index("ix_home_room", table_name="home")
    if _on_postgresql():
        for name, (table, *_) in BY_PIECES.items():
            op.drop_index(name, table_name=table)
        op.execute("DROP FUNCTION pairs_of")


def _only(where: str) -> dict[str, sa.TextClause]:
    return {"postgresql_where": sa.text(where), "sqlite_where": sa.text(where)} if where else {}


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
