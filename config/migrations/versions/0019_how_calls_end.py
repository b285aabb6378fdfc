"""When a call began, and how it ended for the caller."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("phone_call", sa.Column("began_at", UTCDateTime(), nullable=True))
    op.add_column("phone_call", sa.Column("outcome", AutoString(length=12), nullable=False, server_default=""))
    op.execute("UPDATE phone_call SET began_at = heard_at")
    with op.batch_alter_table("phone_call") as table:
        table.alter_column("began_at", nullable=False)
        table.alter_column("outcome", server_default=None)
    op.create_index("ix_phone_call_began", "phone_call", ["began_at"])


def downgrade() -> None:
    op.drop_index("ix_phone_call_began", table_name="phone_call")
    with op.batch_alter_table("phone_call") as table:
        table.drop_column("outcome")
        table.drop_column("began_at")
