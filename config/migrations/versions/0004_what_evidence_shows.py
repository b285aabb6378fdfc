"""What a piece of evidence proves, in the adjuster's words."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision_evidence", sa.Column("shows", AutoString(length=200), nullable=False, server_default=""))
    with op.batch_alter_table("decision_evidence") as table:
        table.alter_column("shows", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("decision_evidence") as table:
        table.drop_column("shows")
