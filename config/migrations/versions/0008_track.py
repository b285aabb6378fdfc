"""The homeowner's door: codes by text, and tries."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "track_ask",
        sa.Column("id", BigId, nullable=False),
        sa.Column("reference", AutoString(length=16), nullable=False),
        sa.Column("phone_index", AutoString(length=32), nullable=False),
        sa.Column("visitor_index", AutoString(length=32), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("code_index", AutoString(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_ask")),
    )
    op.create_index("ix_track_ask_reference", "track_ask", ["reference", "sent_at"])
    op.create_index("ix_track_ask_visitor", "track_ask", ["visitor_index", "asked_at"])
    op.create_table(
        "track_try",
        sa.Column("id", BigId, nullable=False),
        sa.Column("reference", AutoString(length=16), nullable=False),
        sa.Column("visitor_index", AutoString(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_try")),
    )
    op.create_index("ix_track_try_reference", "track_try", ["reference", "at"])
    op.create_index("ix_track_try_visitor", "track_try", ["visitor_index", "at"])


def downgrade() -> None:
    op.drop_table("track_try")
    op.drop_table("track_ask")
