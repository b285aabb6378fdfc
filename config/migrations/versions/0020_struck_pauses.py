"""A pause that was entered wrongly is struck: kept to be seen, counted no more."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clock_pause", sa.Column("struck_at", UTCDateTime(), nullable=True))
    op.add_column("clock_pause", sa.Column("struck_by", AutoString(length=60), nullable=True))


def downgrade() -> None:
    op.drop_column("clock_pause", "struck_by")
    op.drop_column("clock_pause", "struck_at")
