"""Issues whose month alone is known, and their entries."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take every day for known, and let every issue be indexed anew, which says where it is not."""
    for table in ("issues", "items"):
        known = sa.Column("day_known", sa.Boolean, nullable=False, server_default=sa.true())
        op.add_column(table, known)
    op.execute("UPDATE indexed_issues SET fingerprint = ''")


def downgrade() -> None:
    """Drop the columns."""
    for table in ("items", "issues"):
        op.drop_column(table, "day_known")
