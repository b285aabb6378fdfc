"""Published years arrive as rows; open clocks are found by the calendar that they were counted with."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('running', 'paused', 'breached')")


def upgrade() -> None:
    op.create_table(
        "calendar_year",
        sa.Column("id", BigId, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("notice", AutoString(length=200), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("calendar", AutoString(length=20), nullable=False),
        sa.Column("imported_at", UTCDateTime(), nullable=False),
        sa.Column("by", AutoString(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_year")),
        sa.UniqueConstraint("year", "edition", name=op.f("uq_calendar_year_year_edition")),
    )
    op.create_index(
        "ix_running_clock_calendar",
        "running_clock",
        ["calendar", "id"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_running_clock_calendar", table_name="running_clock")
    op.drop_table("calendar_year")
