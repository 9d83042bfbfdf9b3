"""The tables.

============== =====================================================================
issues         one row per issue: its Markdown, and whether it is out; and one per notice, as JSON
subscribers    one row per chat that ever subscribed
deliveries     the ledger: one row per issue, chat and purpose, with the parts that stand there
tallies        what happened in a quarter of an hour, with which issue, counted; nobody can be told from it
past_counts    how many rows of an issue ended in which state that are in the ledger no more
plans          what is being planned for an issue, and how far that has come
holds          what is kept from going out, an issue or everything, and why
leases         who sends, and until when
updates        what people sent: as JSON while it waits, its id alone once it was dealt with
marks          moments to remember: what happened once, until when Telegram wants no message, and until when
               a chat declined what it had missed
indexed_issues the issues whose entries are in the tables below, and by which fingerprint
items          one row per entry: enough to list it and to open it, its topics with their reasons
item_topics    which entries have a topic
item_urls      which entries have an address, folded
item_words     the tokens of an entry, by field; their full-text index is called ``item_index``
index_words    the words with letters that were ever indexed, for whoever mistypes one
saved_items    what readers keep
cuts           texts by a short name that fits into a button: cuts, words, interests
============== =====================================================================

Every change here needs a migration; a test compares the two.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from bot.model import NOTICE, OPEN_STATES
from bot.storage.token_text import ITEM_TOKENS


class UtcTime(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused with ValueError."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """To UTC, so that the text SQLite keeps sorts as time does."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """SQLite forgets the zone; it is UTC."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


metadata = sa.MetaData()

issues = sa.Table(
    "issues",
    metadata,
    sa.Column("slug", sa.String(50), primary_key=True),
    sa.Column("title", sa.Text),
    sa.Column("date", sa.Date),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("checksum", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("found_at", UtcTime, nullable=False),
    sa.Column("published_at", UtcTime),
    sa.Column("out_checksum", sa.String(64), key="published_checksum"),
    sa.Column("day_known", sa.Boolean, nullable=False, server_default=sa.true()),
)

subscribers = sa.Table(
    "subscribers",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("sections", sa.Text, nullable=False),
    sa.Column("cut", sa.Text, nullable=False),
    sa.Column("joined_at", UtcTime, nullable=False),
    sa.Column("updated_at", UtcTime, nullable=False),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("purpose", sa.String(16), primary_key=True),
    sa.Column("cut", sa.Text, nullable=False),
    sa.Column("aim", sa.String(16), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("next_part", sa.Integer, nullable=False),
    sa.Column("parts", sa.Text, nullable=False),
    sa.Column("uncertain", sa.Integer, nullable=False),
    sa.Column("in_flight", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("weight", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", UtcTime, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("edition", sa.String(12), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("planned_at", UtcTime, nullable=False),
    sa.Column("updated_at", UtcTime, nullable=False),
    sqlite_with_rowid=False,
)

tallies = sa.Table(
    "tallies",
    metadata,
    sa.Column("at", UtcTime, primary_key=True),
    sa.Column("what", sa.String(16), primary_key=True),
    sa.Column("issue_slug", sa.String(50), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

past_counts = sa.Table(
    "past_counts",
    metadata,
    sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
    sa.Column("state", sa.String(16), primary_key=True),
    sa.Column("rows", sa.Integer, nullable=False),
)

plans = sa.Table(
    "plans",
    metadata,
    sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
    sa.Column("aim", sa.String(16), nullable=False),
    sa.Column("after", sa.BigInteger),
    sa.Column("swept", sa.Boolean, nullable=False),
    sa.Column("begun_at", UtcTime, nullable=False),
)

holds = sa.Table(
    "holds",
    metadata,
    sa.Column("scope", sa.String(50), primary_key=True),
    sa.Column("held_by", sa.String(16), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("role", sa.String(16), primary_key=True),
    sa.Column("holder", sa.String(80), nullable=False),
    sa.Column("token", sa.BigInteger, nullable=False),
    sa.Column("expires", sa.Double, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
)

updates = sa.Table(
    "updates",
    metadata,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("waiting", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
)

marks = sa.Table(
    "marks",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
)

#: On SQLite an integer key is the row's own number only by this name.
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

saved_items = sa.Table(
    "saved_items",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("issue_slug", sa.String(50), primary_key=True),
    sa.Column("item_id", sa.Text, primary_key=True),
    sa.Column("saved_at", UtcTime, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sqlite_with_rowid=False,
)

cuts = sa.Table(
    "cuts",
    metadata,
    sa.Column("name", sa.String(8), primary_key=True),
    sa.Column("cut", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

sa.Index("issues_by_state", issues.c.state, issues.c.slug)
sa.Index("saved_of_chat", saved_items.c.chat_id, saved_items.c.saved_at)
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

#: True for what is an issue, and not a notice beside them.
is_issue = issues.c.slug.not_like(f"{NOTICE}%")

#: True for a delivery with parts still to send. Written out as literals: SQLite uses
#: a partial index only if the query repeats the index's own words.
is_open = deliveries.c.state.in_(
    sa.bindparam("open_states", [str(state) for state in OPEN_STATES], expanding=True, literal_execute=True)
)
OPEN_ROWS = sa.text("state IN ('planned', 'sending')")

#: Indexes of open rows alone; that they are so on PostgreSQL too is said where that is the database.
PARTIAL_INDEXES = (
    sa.Index(
        "deliveries_due",
        deliveries.c.purpose,
        deliveries.c.not_before,
        deliveries.c.planned_at,
        deliveries.c.issue_slug,  # the whole order of what is due, so that nothing is sorted
        sqlite_where=OPEN_ROWS,
    ),
    sa.Index("deliveries_of_chat", deliveries.c.chat_id, sqlite_where=OPEN_ROWS),
)
