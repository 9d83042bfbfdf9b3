"""Channels: what they are called, and what their posts have besides text."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No channel is known yet: the bot could not be set up for any."""
    op.create_table(
        "channels",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("username", sa.String(64)),
        sa.Column("pins", sa.Boolean, nullable=False),
        sa.Column("buttons", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """A channel's subscription stays as it is."""
    op.drop_table("channels")
