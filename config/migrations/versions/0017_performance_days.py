"""A policy may print fewer days of performance than the Rules give."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """By hand: batch mode would rebuild the table on SQLite, and lose its other checks."""
    check = "CONSTRAINT ck_policy_performance_days CHECK (performance_days BETWEEN 1 AND 10)"
    op.execute(f"ALTER TABLE policy ADD COLUMN performance_days INTEGER {check}")


def downgrade() -> None:
    op.execute("ALTER TABLE policy DROP COLUMN performance_days")
