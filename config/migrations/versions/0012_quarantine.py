"""What an arrival ended in, who settled what was quarantined, and who looked at its words."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("arrival", sa.Column("about", AutoString(length=60), nullable=False, server_default=""))
    op.add_column("arrival", sa.Column("fetched", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE arrival SET about = 'read' WHERE state = 'read'")  # so that `inbox replay` does nothing twice
    with op.batch_alter_table("arrival") as table:
        table.alter_column("about", server_default=None)
        table.alter_column("fetched", server_default=None)
    op.create_index("ix_arrival_received", "arrival", ["received_at"])
    op.create_table(
        "arrival_verdict",
        sa.Column("arrival_id", BigId, nullable=False),
        sa.Column("verdict", AutoString(length=12), nullable=False),
        sa.Column("reason_sealed", sa.Text(), nullable=False),
        sa.Column("file_id", BigId, nullable=True),
        sa.Column("by", AutoString(length=60), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrival.id"], name=op.f("fk_arrival_verdict_arrival_id")),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_arrival_verdict_file_id")),
        sa.PrimaryKeyConstraint("arrival_id", name=op.f("pk_arrival_verdict")),
    )
    op.create_index(op.f("ix_arrival_verdict_file_id"), "arrival_verdict", ["file_id"])
    op.create_table(
        "arrival_look",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("arrival_id", BigId, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_arrival_look_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_look")),
    )
    op.create_index(op.f("ix_arrival_look_arrival_id"), "arrival_look", ["arrival_id"])


def downgrade() -> None:
    op.drop_table("arrival_look")
    op.drop_table("arrival_verdict")
    op.drop_index("ix_arrival_received", table_name="arrival")
    with op.batch_alter_table("arrival") as table:
        table.drop_column("fetched")
        table.drop_column("about")
