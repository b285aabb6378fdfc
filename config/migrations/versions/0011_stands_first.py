"""A file that stands before all others in the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("casefile", sa.Column("stands_first", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_casefile_first",
        "casefile",
        ["urgent_at", "id"],
        postgresql_where=sa.text("stands_first"),
        sqlite_where=sa.text("stands_first = 1"),
    )


def downgrade() -> None:
    op.drop_index("ix_casefile_first", table_name="casefile")
    op.drop_column("casefile", "stands_first")
