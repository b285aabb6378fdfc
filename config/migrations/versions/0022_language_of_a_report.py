"""A claim keeps the language that it was reported in: our texts to the reporter speak it."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claim", sa.Column("language", AutoString(length=2), nullable=False, server_default="zh"))


def downgrade() -> None:
    op.drop_column("claim", "language")
