"""Oversight: causes of breaches, the worker's sign of life, and the ways to what the board counts."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("stage NOT IN ('closed', 'referred', 'withdrawn')")
BREACHED = sa.text("breached_at IS NOT NULL")
ENDED = sa.text("fact IN ('ClaimReferred', 'ClaimWithdrawn', 'ClaimClosed')")


def upgrade() -> None:
    op.create_table(
        "breach_cause",
        sa.Column("clock_id", BigId, nullable=False),
        sa.Column("breached_at", UTCDateTime(), nullable=False),
        sa.Column("cause", AutoString(length=30), nullable=False),
        sa.Column("corrective_act", sa.Text(), nullable=False),
        sa.Column("by", AutoString(length=60), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["running_clock.id"], name=op.f("fk_breach_cause_clock_id")),
        sa.PrimaryKeyConstraint("clock_id", "breached_at", name=op.f("pk_breach_cause")),
    )
    op.create_table(
        "sweep_tick",
        sa.Column("sweep", AutoString(length=60), nullable=False),
        sa.Column("looked_at", UTCDateTime(), nullable=False),
        sa.Column("failing_since", UTCDateTime(), nullable=True),
        sa.Column("error", AutoString(length=80), nullable=False),
        sa.PrimaryKeyConstraint("sweep", name=op.f("pk_sweep_tick")),
    )
    for name, table, columns, where in (
        ("ix_running_clock_breached", "running_clock", ["breached_at"], BREACHED),
        ("ix_casefile_oldest", "casefile", ["opened_at", "id"], OPEN),
        ("ix_timeline_entry_ended", "timeline_entry", ["at"], ENDED),
    ):
        op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)
    op.create_index("ix_running_clock_days", "running_clock", ["safe_due", "met_at"], postgresql_using="brin")
    op.create_index("ix_casefile_opened", "casefile", ["opened_at"], postgresql_using="brin")


def downgrade() -> None:
    for name, table in (
        ("ix_casefile_opened", "casefile"),
        ("ix_running_clock_days", "running_clock"),
        ("ix_timeline_entry_ended", "timeline_entry"),
        ("ix_casefile_oldest", "casefile"),
        ("ix_running_clock_breached", "running_clock"),
    ):
        op.drop_index(name, table_name=table)
    op.drop_table("sweep_tick")
    op.drop_table("breach_cause")
