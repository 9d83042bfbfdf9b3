"""The tables of what readers say, and of what is told them about corrections.

================ =====================================================================================
votes            who likes a part of an issue, or does not, and which topics that part has
mistakes         what readers say is wrong with an item, and what an editor answered
readings         what a reader did in a week, by topic, until the week is counted
week_counts      the same of all readers, counted; of few readers it has no number
weeks            the weeks that were counted, and whether the editors were told
former_texts     texts of an issue that readers have and that were replaced since
told_corrections corrections that readers are told of, by the edition that they brought
================ =====================================================================================
"""

import sqlalchemy as sa

from bot.storage.admin_schema import metadata  # with its tables too
from bot.storage.schema import UtcTime

__all__ = [
    "former_texts",
    "metadata",
    "mistakes",
    "readings",
    "told_corrections",
    "votes",
    "week_counts",
    "weeks",
]

votes = sa.Table(
    "votes",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("issue_slug", sa.String(50), primary_key=True),
    sa.Column("part", sa.String(64), primary_key=True),
    sa.Column("likes", sa.Boolean, nullable=False),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sqlite_with_rowid=False,
)

mistakes = sa.Table(
    "mistakes",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("asked", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread", sa.Integer, nullable=False, server_default="0"),
    sa.Column("person", sa.BigInteger, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("issue_slug", sa.String(50), nullable=False),
    sa.Column("item_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("text", sa.Text),
    sa.Column("shown", sa.Boolean, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("answer_state", sa.String(16)),
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("week", sa.Date, primary_key=True),
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("topic", sa.String(64), primary_key=True),
    sa.Column("what", sa.String(16), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

week_counts = sa.Table(
    "week_counts",
    metadata,
    sa.Column("week", sa.Date, primary_key=True),
    sa.Column("topic", sa.String(64), primary_key=True),
    sa.Column("what", sa.String(16), primary_key=True),
    sa.Column("number", sa.Integer),
)

weeks = sa.Table(
    "weeks",
    metadata,
    sa.Column("week", sa.Date, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("told", sa.Boolean, nullable=False),
)

former_texts = sa.Table(
    "former_texts",
    metadata,
    sa.Column("issue_slug", sa.String(50), primary_key=True),
    sa.Column("edition", sa.String(12), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)

told_corrections = sa.Table(
    "told_corrections",
    metadata,
    sa.Column("issue_slug", sa.String(50), primary_key=True),
    sa.Column("edition", sa.String(12), primary_key=True),
)

sa.Index("mistakes_of_person", mistakes.c.person, mistakes.c.at)
