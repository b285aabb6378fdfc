"""A firm takes part in a file, whoever of its people looks: who joins sees its files, who leaves doesn't."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from config.database import BigId

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FOR_THEIR_FIRM = "role IN ('firm', 'appraiser') AND person_id IN (SELECT id FROM person WHERE firm_id IS NOT NULL)"


def upgrade() -> None:
    op.create_table(
        "firm_participation",
        sa.Column("file_id", BigId, nullable=False),
        sa.Column("firm_id", BigId, nullable=False),
        sa.Column("role", AutoString(length=20), nullable=False),
        sa.Column("since_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["casefile.id"], name=op.f("fk_firm_participation_file_id_casefile")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_firm_participation_firm_id_firm")),
        sa.PrimaryKeyConstraint("file_id", "firm_id", "role", name=op.f("pk_firm_participation")),
    )
    op.create_index(op.f("ix_firm_participation_firm_id"), "firm_participation", ["firm_id"])
    op.execute(
        "INSERT INTO firm_participation (file_id, firm_id, role, since_at) "
        "SELECT part.file_id, person.firm_id, part.role, MIN(part.since_at) FROM participation AS part "
        "JOIN person ON person.id = part.person_id "
        "WHERE part.role IN ('firm', 'appraiser') AND person.firm_id IS NOT NULL "
        "GROUP BY part.file_id, person.firm_id, part.role"
    )
    op.execute(f"DELETE FROM participation WHERE {FOR_THEIR_FIRM}")


def downgrade() -> None:
    op.execute(
        "INSERT INTO participation (file_id, person_id, role, since_at) "
        "SELECT part.file_id, person.id, part.role, part.since_at FROM firm_participation AS part "
        "JOIN person ON person.firm_id = part.firm_id AND person.active WHERE true ON CONFLICT DO NOTHING"
    )
    op.drop_index(op.f("ix_firm_participation_firm_id"), table_name="firm_participation")
    op.drop_table("firm_participation")
