"""What an operator holds, and what the bot itself holds, are told apart: both may hold one issue."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_BY_HAND = "held_by IN ('operator', 'unscheduled', 'restored')"
_KEPT = "scope, held_by, why, at"


def upgrade() -> None:
    """Each hold is one or the other."""
    if op.get_bind().dialect.name == "sqlite":
        _rebuild("scope", "by_hand", added=_BY_HAND)
        return
    op.add_column("holds", sa.Column("by_hand", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(f"UPDATE holds SET by_hand = {_BY_HAND}")  # noqa: S608  # our own words
    op.alter_column("holds", "by_hand", server_default=None)
    _set_key("scope", "by_hand")


def downgrade() -> None:
    """Of two holds of one issue the operator's stays: an earlier program knows one alone."""
    op.execute("DELETE FROM holds WHERE NOT by_hand AND scope IN (SELECT scope FROM holds WHERE by_hand)")
    if op.get_bind().dialect.name == "sqlite":
        _rebuild("scope")
        return
    _set_key("scope")
    op.drop_column("holds", "by_hand")


def _set_key(*key: str) -> None:
    op.drop_constraint("holds_pkey", "holds", type_="primary")
    op.create_primary_key("holds_pkey", "holds", list(key))


def _rebuild(*key: str, added: str = "") -> None:
    """Make the table anew, as SQLite changes no key."""
    op.rename_table("holds", "old_holds")
    columns = [column for column in _columns() if added or column.name != "by_hand"]
    op.create_table("holds", *columns, sa.PrimaryKeyConstraint(*key))
    fields, values = (f"{_KEPT}, by_hand", f"{_KEPT}, {added}") if added else (_KEPT, _KEPT)
    op.execute(f"INSERT INTO holds ({fields}) SELECT {values} FROM old_holds")  # noqa: S608  # our own words
    op.drop_table("old_holds")


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("scope", sa.String(50), nullable=False),
        sa.Column("by_hand", sa.Boolean, nullable=False),
        sa.Column("held_by", sa.String(16), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
