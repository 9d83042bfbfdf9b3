"""The tables of the chats that have a role: the admin chat, and that of the editors; and of groups.

=========== ===================================================================================
role_chats  which chat has a role: the claimed one under the name 0, or where one is now that the
            settings name
claim_codes the code that claims one, as a hash
news        what the admin chat is to be told, and what it was told already
approvals   which text of an issue an editor has approved
accepted_lengths
            up to how many messages an operator lets an issue be
desk_messages
            the bot's messages in the editors' chat, and what each is about
group_chats who let the bot into a group, its language until it subscribes, and why nothing can be sent there
channels    what a channel is called, what its posts have besides text, and which of them is on top
=========== ===================================================================================
"""

import sqlalchemy as sa

from bot.storage.schema import UtcTime, metadata

__all__ = [
    "accepted_lengths",
    "approvals",
    "channels",
    "claim_codes",
    "desk_messages",
    "group_chats",
    "metadata",
    "news",
    "role_chats",
]

role_chats = sa.Table(
    "role_chats",
    metadata,
    sa.Column("role", sa.String(16), primary_key=True),
    sa.Column("named", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("language", sa.String(8)),
    sa.Column("at", UtcTime, nullable=False),
)

claim_codes = sa.Table(
    "claim_codes",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
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

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
    sa.Column("checksum", sa.String(64), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
)

accepted_lengths = sa.Table(
    "accepted_lengths",
    metadata,
    sa.Column("slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
    sa.Column("messages", sa.Integer, nullable=False),
)

desk_messages = sa.Table(
    "desk_messages",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("about", sa.String(120), nullable=False),
    sa.Column("shown", sa.String(16), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
)

group_chats = sa.Table(
    "group_chats",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("added_by", sa.BigInteger),
    sa.Column("added_at", UtcTime),
    sa.Column("language", sa.String(8)),
    sa.Column("parked", sa.String(16)),
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("username", sa.String(64)),
    sa.Column("pins", sa.Boolean, nullable=False),
    sa.Column("buttons", sa.Boolean, nullable=False),
    sa.Column("pinned", sa.BigInteger),
    sa.Column("may_not_pin", sa.Boolean, nullable=False, server_default=sa.false()),
)
