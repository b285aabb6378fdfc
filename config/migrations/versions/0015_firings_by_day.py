"""Today's firings are found, to say how late they were."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_clock_firing_fired", "clock_firing", ["fired_at"], postgresql_using="brin")


def downgrade() -> None:
    op.drop_index("ix_clock_firing_fired", table_name="clock_firing")
