"""A topic of a forum subscribes by itself: the key of a subscription and of a delivery holds its thread."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OPEN_ROWS = sa.text("state IN ('planned', 'sending')")
_DUE = ("purpose", "not_before", "planned_at", "issue_slug")
_KEYS = {
    "subscribers": ("chat_id", "thread"),
    "deliveries": ("issue_slug", "chat_id", "thread", "purpose"),
}


def upgrade() -> None:
    """Let what there is belong to the chats themselves, which are thread 0."""
    op.create_table(
        "threads",
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.Integer, nullable=False),
        sa.Column("set_up_by", sa.BigInteger),
        sa.Column("parked", sa.Text),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "thread"),
        sqlite_with_rowid=False,
    )
    _names_of_marks(48)
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(threads=True)
        return
    for table, key in _KEYS.items():
        op.add_column(table, sa.Column("thread", sa.Integer, nullable=False, server_default="0"))
        op.alter_column(table, "thread", server_default=None)
        _set_key(table, key)


def downgrade() -> None:
    """Forget the threads: an earlier program knows chats alone."""
    op.drop_table("threads")
    for table in _KEYS:
        op.execute(f"DELETE FROM {table} WHERE thread <> 0")  # noqa: S608  # our own names
    op.execute("DELETE FROM marks WHERE name LIKE 'declined:%:%'")
    op.execute("UPDATE subscribers SET state = 'blocked' WHERE state = 'parked'")
    _names_of_marks(32)
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(threads=False)
        return
    for table, key in _KEYS.items():
        _set_key(table, _without_thread(key))
        op.drop_column(table, "thread")


def _names_of_marks(length: int) -> None:
    with op.batch_alter_table("marks") as batch:
        batch.alter_column("name", type_=sa.String(length), existing_nullable=False)


def _set_key(table: str, key: tuple[str, ...]) -> None:
    op.drop_constraint(f"{table}_pkey", table, type_="primary")
    op.create_primary_key(f"{table}_pkey", table, list(key))


def _without_thread(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in columns if name != "thread")


def _rebuild(*, threads: bool) -> None:
    """Make both tables anew, as SQLite changes no key."""
    for index in ("deliveries_due", "deliveries_of_chat"):
        op.drop_index(index, table_name="deliveries")
    for table, columns in (("subscribers", _subscribers()), ("deliveries", _deliveries())):
        kept = _without_thread(tuple(column.name for column in columns))
        op.rename_table(table, f"old_{table}")
        options = {"sqlite_with_rowid": False} if table == "deliveries" else {}
        key = _KEYS[table] if threads else _without_thread(_KEYS[table])
        made = [column for column in columns if threads or column.name != "thread"]
        op.create_table(table, *made, sa.PrimaryKeyConstraint(*key), **options)
        names = ", ".join(kept)
        fields, values = (f"{names}, thread", f"{names}, 0") if threads else (names, names)
        op.execute(f"INSERT INTO {table} ({fields}) SELECT {values} FROM old_{table}")  # noqa: S608  # our own names
        op.drop_table(f"old_{table}")
    for index, indexed in (("deliveries_due", _DUE), ("deliveries_of_chat", ("chat_id",))):
        op.create_index(index, "deliveries", list(indexed), sqlite_where=_OPEN_ROWS)


def _subscribers() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("cut", sa.Text, nullable=False),
        sa.Column("joined_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
    )


def _deliveries() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("issue_slug", sa.String(50), sa.ForeignKey("issues.slug"), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.Integer, nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("cut", sa.Text, nullable=False),
        sa.Column("aim", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_part", sa.Integer, nullable=False),
        sa.Column("parts", sa.Text, nullable=False),
        sa.Column("uncertain", sa.Integer, nullable=False),
        sa.Column("in_flight", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("edition", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("planned_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
    )
