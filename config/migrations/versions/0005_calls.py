"""Calls on the hotline, and what was recorded in them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN, WAITING = sa.text("ended_at IS NULL"), sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "phone_call",
        sa.Column("id", BigId, nullable=False),
        sa.Column("sid", AutoString(length=80), nullable=False),
        sa.Column("file_id", BigId, nullable=True),
        sa.Column("heard_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("call_back_asked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_phone_call_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_call")),
        sa.UniqueConstraint("sid", name=op.f("uq_phone_call_sid")),
    )
    op.create_index(op.f("ix_phone_call_file_id"), "phone_call", ["file_id"], unique=False)
    op.create_index("ix_phone_call_open", "phone_call", ["heard_at"], postgresql_where=OPEN, sqlite_where=OPEN)
    op.create_table(
        "recording",
        sa.Column("id", BigId, nullable=False),
        sa.Column("sid", AutoString(length=80), nullable=False),
        sa.Column("call_id", BigId, nullable=False),
        sa.Column("url", AutoString(length=400), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UTCDateTime(), nullable=False),
        sa.Column("attachment_id", BigId, nullable=True),
        sa.Column("error", AutoString(length=400), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_recording_attachment_id")),
        sa.ForeignKeyConstraint(["call_id"], ["phone_call.id"], name=op.f("fk_recording_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("sid", name=op.f("uq_recording_sid")),
    )
    op.create_index(op.f("ix_recording_call_id"), "recording", ["call_id"], unique=False)
    op.create_index(
        "ix_recording_waiting", "recording", ["next_try_at"], postgresql_where=WAITING, sqlite_where=WAITING
    )


def downgrade() -> None:
    op.drop_table("recording")
    op.drop_table("phone_call")
