"""The failures of a delivery and their weight are two columns, which were packed into one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PACKED = 20  # a heavy failure counted as this many light ones


def upgrade() -> None:
    """Take the two numbers apart."""
    op.add_column("deliveries", sa.Column("weight", sa.Integer, nullable=False, server_default="0"))
    op.execute(
        f"UPDATE deliveries SET weight = attempts, attempts = attempts / {PACKED} + attempts % {PACKED}"  # noqa: S608  # our own number
        " WHERE attempts > 0"
    )


def downgrade() -> None:
    """Refused: how the numbers were packed made waits shorter after many failures."""
    raise RuntimeError("the ledger cannot go back to revision 0002; restore a backup made before")
