"""Which post of a channel the bot put on top, and whether it may."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was put on top yet."""
    op.add_column("channels", sa.Column("pinned", sa.BigInteger))
    op.add_column("channels", sa.Column("may_not_pin", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """What is on top stays there."""
    with op.batch_alter_table("channels") as table:
        table.drop_column("may_not_pin")
        table.drop_column("pinned")
