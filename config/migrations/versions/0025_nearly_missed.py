"""The register of near misses reads near misses, and not every duty that was ever met."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NEARLY_MISSED = """
state = 'met' AND breached_at IS NULL AND met_at < legal_due AND anchor < safe_due
AND met_at - anchor >= (safe_due - anchor) * 0.9
"""


def upgrade() -> None:
    op.create_index(
        "ix_running_clock_nearly_missed",
        "running_clock",
        ["met_at", "id"],
        postgresql_include=["clock", "kind", "file_id"],
        postgresql_where=sa.text(NEARLY_MISSED),
        sqlite_where=sa.text("state = 'met' AND breached_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_running_clock_nearly_missed", table_name="running_clock")
