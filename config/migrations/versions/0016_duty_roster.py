"""Who is on duty when."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_shift",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", AutoString(length=12), nullable=False),
        sa.Column("name", AutoString(length=80), nullable=False),
        sa.Column("phone_sealed", AutoString(length=200), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("days", AutoString(length=8), nullable=False),
        sa.Column("run_days", sa.Integer(), nullable=False),
        sa.Column("cycle_days", sa.Integer(), nullable=False),
        sa.Column("from_time", AutoString(length=5), nullable=False),
        sa.Column("to_time", AutoString(length=5), nullable=False),
        sa.Column("by", AutoString(length=60), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_by", AutoString(length=60), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shift")),
    )


def downgrade() -> None:
    op.drop_table("duty_shift")
