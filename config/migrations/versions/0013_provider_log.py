"""Comparisons with the provider's own log, and probes of the hotline."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reconciliation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("slot", UTCDateTime(), nullable=False),
        sa.Column("since_at", UTCDateTime(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("error", AutoString(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
        sa.UniqueConstraint("slot", name=op.f("uq_reconciliation_slot")),
    )
    op.create_table(
        "probe",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", AutoString(length=8), nullable=False),
        sa.Column("slot", UTCDateTime(), nullable=False),
        sa.Column("mark", AutoString(length=20), nullable=False),
        sa.Column("provider_id", AutoString(length=80), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("came_at", UTCDateTime(), nullable=True),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.Column("alarmed_at", UTCDateTime(), nullable=True),
        sa.Column("error", AutoString(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probe")),
        sa.UniqueConstraint("kind", "slot", name=op.f("uq_probe_kind_slot")),
    )


def downgrade() -> None:
    op.drop_table("probe")
    op.drop_table("reconciliation")
