"""Updates are stored before they are handled, so that none is lost with a process."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that are there were handled."""
    op.add_column("updates", sa.Column("waiting", sa.Text, nullable=True))
    op.add_column("updates", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop the columns; what waits is lost."""
    for column in ("tries", "waiting"):
        op.drop_column("updates", column)
