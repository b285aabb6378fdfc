"""A pause that was entered wrongly is struck: kept to be seen, counted no more."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clock_pause", sa.Column("struck_at", UTCDateTime(), nullable=True))
    op.add_column("clock_pause", sa.Column("struck_by", AutoString(length=60), nullable=True))


def downgrade() -> None:
    """Refused while a struck pause is on record: nothing would tell it from one that counts, and dues would move."""
    struck = op.get_bind().execute(sa.text("SELECT count(*) FROM clock_pause WHERE struck_at IS NOT NULL")).scalar_one()
    if struck:
        raise CommandError(
            f"{struck} pauses were struck as entered wrongly; the shape before this one would count them again. "
            "Go back by restoring a backup"
        )
    op.drop_column("clock_pause", "struck_by")
    op.drop_column("clock_pause", "struck_at")
