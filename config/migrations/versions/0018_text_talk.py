"""Conversations by text, and who has asked for no more of them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opt_out",
        sa.Column("phone_index", AutoString(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("phone_index", name=op.f("pk_opt_out")),
    )
    op.create_table(
        "text_talk",
        sa.Column("phone_index", AutoString(length=32), nullable=False),
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("language", AutoString(length=2), nullable=False),
        sa.Column("asked", AutoString(length=40), nullable=False),
        sa.Column("waits_for", AutoString(length=10), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_text_talk_file_id")),
        sa.PrimaryKeyConstraint("phone_index", name=op.f("pk_text_talk")),
    )
    op.create_index(op.f("ix_text_talk_file_id"), "text_talk", ["file_id"])


def downgrade() -> None:
    op.drop_table("text_talk")
    op.drop_table("opt_out")
