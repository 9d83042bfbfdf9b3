"""An admin chat, which is told what matters and may command."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "admin_chats",
        sa.Column("named", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("language", sa.String(8)),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "claim_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("until", _MOMENT, nullable=False),
    )
    op.create_table(
        "news",
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Drop them; nobody commands any more."""
    for table in ("news", "claim_codes", "admin_chats"):
        op.drop_table(table)
