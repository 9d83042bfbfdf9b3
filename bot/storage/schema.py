"""The tables.

============== =====================================================================
issues         one row per issue: its Markdown, and whether it is out; and one per notice, as JSON
subscribers    one row per chat, or thread of it, that ever subscribed
threads        of threads that subscribed: who set it up, and why one is parked
deliveries     the ledger: one row per issue, chat, thread and purpose, with the parts that stand there
tallies        what happened in a quarter of an hour, with which issue, counted; nobody can be told from it
past_counts    how many rows of an issue ended in which state that are in the ledger no more, pushes or not
plans          what is being planned for an issue, and how far that has come
clock_jumps    by how much the clock was put, and when
holds          what is kept from going out, an issue or everything, and why
leases         who sends, and until when
learnt_limits  how many messages a second Telegram accepts of who sends, where that is less than configured
updates        what people sent: as JSON while it waits, its id alone once it was dealt with
marks          moments to remember: what happened once, until when Telegram wants no message, and until when
               a chat or a thread declined what it had missed
saved_items    what readers keep
cuts           texts by a short name that fits into a button: cuts, words, interests
============== =====================================================================

Those of the index of items are in ``index_schema``, those of the chats with a role in ``admin_schema``.
Every change here or there needs a migration; a test compares the two.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from bot.model import NOTICE, OPEN_STATES


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
    sa.Column("publish_at", UtcTime),
    sa.Column("file", sa.Text),
    sa.Column("file_slug", sa.String(50)),
    sa.Column("file_away", UtcTime),
    sa.Column("commit_id", sa.String(64), key="commit"),
)

subscribers = sa.Table(
    "subscribers",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("sections", sa.Text, nullable=False),
    sa.Column("cut", sa.Text, nullable=False),
    sa.Column("joined_at", UtcTime, nullable=False),
    sa.Column("updated_at", UtcTime, nullable=False),
    sa.Column("hours", sa.String(64), nullable=False, server_default=""),
)

threads = sa.Table(
    "threads",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("set_up_by", sa.BigInteger),
    sa.Column("parked", sa.Text),
    sa.Column("told", sa.Boolean, nullable=False),
    sa.Column("name", sa.Text),
    sqlite_with_rowid=False,
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread", sa.Integer, primary_key=True, autoincrement=False),
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
    sa.Column("hours", sa.String(64), nullable=False, server_default=""),
    sa.Column("earlier", sa.Text, nullable=False, server_default=""),
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
    sa.Column("pushed", sa.Boolean, primary_key=True),
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

#: What the clock said before it was put and after, and the seconds that truly went by in between.
clock_jumps = sa.Table(
    "clock_jumps",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("before", UtcTime, nullable=False),
    sa.Column("after", UtcTime, nullable=False),
    sa.Column("seconds", sa.Double, nullable=False),
)

holds = sa.Table(
    "holds",
    metadata,
    sa.Column("scope", sa.String(50), primary_key=True),
    sa.Column("by_hand", sa.Boolean, primary_key=True),
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

#: It climbs from ``low`` on since then; it has been lower than configured since ``slow_since``.
learnt_limits = sa.Table(
    "learnt_limits",
    metadata,
    sa.Column("role", sa.String(16), primary_key=True),
    sa.Column("low", sa.Double, nullable=False),
    sa.Column("since", UtcTime, nullable=False),
    sa.Column("slow_since", UtcTime, nullable=False),
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
    sa.Column("name", sa.String(48), primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
)

#: On SQLite an integer key is the row's own number only by this name.

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


#: True for what is an issue, and not a notice beside them.
is_issue = issues.c.slug.not_like(f"{NOTICE}%")

#: True for a delivery with parts still to send. Written out as literals: SQLite uses
#: a partial index only if the query repeats the index's own words.
is_open = deliveries.c.state.in_(
    sa.bindparam("open_states", [str(state) for state in OPEN_STATES], expanding=True, literal_execute=True)
)
OPEN_ROWS = sa.text("state IN ('planned', 'sending')")
#: True for an open delivery that was deferred, and not for one that waits for its reader's hour.
is_deferred = sa.and_(is_open, deliveries.c.reason.is_not(None))
_DEFERRED_ROWS = sa.text(f"{OPEN_ROWS.text} AND reason IS NOT NULL")

#: Indexes of some open rows alone; that they are so on PostgreSQL too is said where that is the database.
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
    sa.Index(
        "deliveries_deferred", deliveries.c.chat_id, deliveries.c.not_before, sqlite_where=_DEFERRED_ROWS
    ),
)
