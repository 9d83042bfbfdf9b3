"""The tables of the admin chat.

=========== ===================================================================================
admin_chats the chat that is told what matters and may command: the claimed one under the name
            0, or where one is now that the settings name
claim_codes the code that claims one, as a hash
news        what the admin chat is to be told, and what it was told already
=========== ===================================================================================
"""

import sqlalchemy as sa

from bot.storage.schema import UtcTime, metadata

__all__ = ["admin_chats", "claim_codes", "metadata", "news"]

admin_chats = sa.Table(
    "admin_chats",
    metadata,
    sa.Column("named", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("language", sa.String(8)),
    sa.Column("at", UtcTime, nullable=False),
)

claim_codes = sa.Table(
    "claim_codes",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("until", UtcTime, nullable=False),
)

news = sa.Table(
    "news",
    metadata,
    sa.Column("key", sa.String(120), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("told", sa.Boolean, nullable=False),
)
