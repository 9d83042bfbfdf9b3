"""The tables of the index of items, which is made anew from the issues wherever it has to be.

============== =====================================================================
indexed_issues the issues whose entries are in the tables below, and by which fingerprint
items          one row per entry: enough to list it and to open it, its topics with their reasons
item_topics    which entries have a topic
item_urls      which entries have an address, folded
item_words     the tokens of an entry, by field; their full-text index is called ``item_index``
index_words    the words with letters that were ever indexed, for whoever mistypes one
============== =====================================================================
"""

import sqlalchemy as sa

from bot.storage.schema import metadata
from bot.storage.token_text import ITEM_TOKENS

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
indexed_issues = sa.Table(
    "indexed_issues",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), nullable=False, unique=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
)

items = sa.Table(
    "items",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=False),
    sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("item_id", sa.Text, nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("section_slug", sa.Text, nullable=False),
    sa.Column("section_heading", sa.Text, nullable=False),
    sa.Column("groups", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("tags", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("date", sa.Date),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("addresses", sa.Text, nullable=False),
    sa.Column("day_known", sa.Boolean, nullable=False, server_default=sa.true()),
)


def _of_item() -> sa.ForeignKey:
    """What goes with its item."""
    return sa.ForeignKey("items.id", ondelete="CASCADE")


item_topics = sa.Table(
    "item_topics",
    metadata,
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("item", RowId, _of_item(), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

item_urls = sa.Table(
    "item_urls",
    metadata,
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("item", RowId, _of_item(), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

item_words = sa.Table(
    "item_words",
    metadata,
    sa.Column("item", RowId, _of_item(), primary_key=True, autoincrement=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("tags", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
)

index_words = sa.Table(
    "index_words", metadata, sa.Column("word", sa.Text, primary_key=True), sqlite_with_rowid=False
)

sa.Index("items_of_issue", items.c.issue_slug, items.c.item_id)
sa.Index("topics_of_item", item_topics.c.item)
sa.Index("urls_of_item", item_urls.c.item)

#: The index of the words on SQLite, which the triggers keep up to date, and on PostgreSQL.
_FULL_TEXT = {
    "sqlite": (
        """CREATE VIRTUAL TABLE item_index USING fts5(
            title, tags, summary,
            content=item_words, content_rowid=item, columnsize=0, tokenize="ascii tokenchars '.+#'"
        )""",
        """CREATE TRIGGER item_words_added AFTER INSERT ON item_words BEGIN
            INSERT INTO item_index (rowid, title, tags, summary)
            VALUES (new.item, new.title, new.tags, new.summary);
        END""",
        """CREATE TRIGGER item_words_removed AFTER DELETE ON item_words BEGIN
            INSERT INTO item_index (item_index, rowid, title, tags, summary)
            VALUES ('delete', old.item, old.title, old.tags, old.summary);
        END""",
    ),
    "postgresql": (
        # In its own row: it is looked at for every phrase.
        "ALTER TABLE item_words ALTER summary SET STORAGE MAIN",
        ITEM_TOKENS,
        """CREATE INDEX item_index ON item_words
        USING gin (item_tokens(title), item_tokens(tags), item_tokens(summary))
        WITH (gin_pending_list_limit = 1024)""",
    ),
}
for _database, _statements in _FULL_TEXT.items():
    for _statement in _statements:
        _ddl = sa.DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left its types out
        sa.event.listen(item_words, "after_create", _ddl.execute_if(dialect=_database))
