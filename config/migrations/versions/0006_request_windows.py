"""How often somebody asks, by the minute."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_window",
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "starts_at", name=op.f("pk_request_window")),
    )
    op.create_index(op.f("ix_request_window_starts_at"), "request_window", ["starts_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_request_window_starts_at"), table_name="request_window")
    op.drop_table("request_window")
