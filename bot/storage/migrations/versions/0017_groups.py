"""Groups: who let the bot in, in which language, and why nothing can be sent there."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has let the bot into the groups that there are: their administrators decide."""
    op.create_table(
        "group_chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("added_by", sa.BigInteger),
        sa.Column("added_at", sa.DateTime(timezone=True)),
        sa.Column("language", sa.String(8)),
        sa.Column("parked", sa.String(16)),
    )


def downgrade() -> None:
    """Administrators alone decide; a subscription stays as it is."""
    op.drop_table("group_chats")
