"""Few rows among many are found without reading the many: what was fetched, and files that are no claims."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_arrival_fetched",
        "arrival",
        ["id"],
        postgresql_where=sa.text("fetched"),
        sqlite_where=sa.text("fetched = 1"),
    )
    op.create_index(
        "ix_casefile_duties",
        "casefile",
        ["kind", "urgent_at", "id"],
        postgresql_where=sa.text("kind <> 'claim'"),
        sqlite_where=sa.text("kind <> 'claim'"),
    )


def downgrade() -> None:
    op.drop_index("ix_casefile_duties", table_name="casefile")
    op.drop_index("ix_arrival_fetched", table_name="arrival")
