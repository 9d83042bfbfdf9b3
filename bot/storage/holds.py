"""What is kept from going out: an issue by its slug, or everything."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import BY_HAND, IN_DOUBT, UNBORN, HeldBy, HeldPushes, Hold, IssueState
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.schema import deliveries, holds, is_open, issues, plans
from bot.storage.upsert import insert
from bot.storage.waiting_rows import is_ahead

EVERYTHING = ""  #: what no slug is

_TO_COME = (IssueState.WAITING, IssueState.DRAFT)


class Holds:
    """The holds of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> dict[str, Hold]:
        """Every hold by what it keeps from going out, a slug or :data:`EVERYTHING`.

        What an operator holds stands before what the bot itself would hold the issue for, and tells of it.
        None of an issue that is over: taken back, called off, in the archive, or out everywhere. What held
        one that was called off holds it again once its file is back, unless that is about another text.
        """
        query = sa.select(holds).where(_keeps_something_back).order_by(holds.c.scope, holds.c.by_hand)
        found: dict[str, Hold] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(query):
                found[row.scope] = _hold(row, below=found.get(row.scope))
        return found

    async def get(self, scope: str) -> Hold | None:
        """What holds an issue, or everything; None if nothing does."""
        return (await self.all()).get(scope)

    async def behind(self, slug: str) -> Hold | None:
        """What holds an issue, or will if it is still to come out one day; None if nothing does."""
        async with self._database.reading() as connection:
            query = sa.select(holds).where(holds.c.scope == slug).order_by(holds.c.by_hand.desc())
            row = (await connection.execute(query)).first()
        return _hold(row) if row else None

    async def pushes(self) -> HeldPushes:
        """Which pushes are to wait."""
        waiting = sa.select(issues.c.slug).where(issues.c.state.in_(UNBORN))
        held = sa.select(holds.c.scope).where(holds.c.scope.not_in(waiting))
        taken_back = sa.select(issues.c.slug).where(issues.c.state == IssueState.RETRACTED)
        async with self._database.reading() as connection:
            scopes = frozenset(await connection.scalars(held))
            if not scopes:
                return HeldPushes()
            back = frozenset(await connection.scalars(taken_back))
        return HeldPushes(everything=EVERYTHING in scopes, issues=scopes - {EVERYTHING}, taken_back=back)

    async def hold_everything(self, hold: Hold) -> bool:
        """Hold all pushes and publications; False, without a change, if they are held already."""
        async with self._database.writing() as connection:
            return await put_hold(connection, EVERYTHING, hold)

    async def hold(self, slug: str, hold: Hold) -> bool:
        """Hold an issue that waits or is under way.

        False, without a change, for any other, and for one that an operator holds already, or for what the
        bot itself holds already.
        """
        async with self._database.writing() as connection:
            return await _may_be_held(connection, slug) and await put_hold(connection, slug, hold)

    async def explain(self, scope: str, why: str) -> bool:
        """Give an operator's hold another reason; False if no operator holds it. Since when stays."""
        mine = sa.update(holds).where(holds.c.scope == scope, holds.c.held_by.in_(BY_HAND))
        async with self._database.writing() as connection:
            return await rows_changed(connection, mine.values(why=why)) == 1

    async def unschedule(self, slug: str, hold: Hold) -> bool:
        """Hold an issue that waits, whatever holds it; False, without a change, for any other."""
        async with self._database.writing() as connection:
            if await _state(connection, slug) != IssueState.WAITING:
                return False
            return await put_hold(connection, slug, hold, over=(HeldBy.OPERATOR,))

    async def release_all(self, by: HeldBy) -> None:
        """Let go all that is held by this."""
        await self._database.change(sa.delete(holds).where(holds.c.held_by == by))

    async def release(self, scope: str) -> bool:
        """Let go what an operator holds, or if none does what the bot does; False if nothing is held."""
        mine = sa.delete(holds).where(holds.c.scope == scope)
        async with self._database.writing() as connection:
            return (
                await rows_changed(connection, mine.where(holds.c.by_hand)) == 1
                or await rows_changed(connection, mine) == 1
            )


def nothing_holds(slug: str | sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """True while neither the issue nor everything is held."""
    return ~sa.exists().where(sa.or_(holds.c.scope == slug, holds.c.scope == EVERYTHING))


def is_free(slug: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """True while the issue itself is not held."""
    return ~sa.exists().where(holds.c.scope == slug)


def waits_for_approval(slug: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """True while nothing but the lack of approval holds the issue."""
    return sa.exists().where(holds.c.scope == slug, holds.c.held_by == HeldBy.APPROVAL)


async def let_go(connection: Connection, slug: str, by: Collection[HeldBy] = tuple(HeldBy)) -> None:
    """End the hold of an issue, if it is one of these, in the caller's transaction."""
    await connection.execute(sa.delete(holds).where(holds.c.scope == slug, holds.c.held_by.in_(by)))


async def note_doubt(connection: Connection, slug: str, hold: Hold | None) -> None:
    """Let the new text of an issue that waits say whether it is in doubt, in the caller's transaction.

    An operator's hold stays as it is.
    """
    if await _state(connection, slug) == IssueState.WAITING:
        await let_go(connection, slug, IN_DOUBT)
        if hold:
            await put_hold(connection, slug, hold)


async def put_hold(connection: Connection, scope: str, hold: Hold, over: Collection[HeldBy] = ()) -> bool:
    """Hold it, in place of a hold by one of ``over``; False if another of its kind holds it.

    An operator's hold stands beside what the bot itself holds it for. That nobody approved it yet says least:
    whatever else the bot holds it for takes the place of that.
    """
    if hold.by is not HeldBy.APPROVAL:
        over = (*over, HeldBy.APPROVAL)
    row = {"scope": scope, "by_hand": hold.is_by_hand, "held_by": hold.by, "why": hold.why, "at": hold.at}
    new = insert(connection, holds).values(row)
    fields = {name: new.excluded[name] for name in ("held_by", "why", "at")}
    may = new.on_conflict_do_update(
        index_elements=[holds.c.scope, holds.c.by_hand], set_=fields, where=holds.c.held_by.in_(over)
    )
    done = await connection.execute(may.execution_options(preserve_rowcount=True))
    return done.rowcount == 1


def _hold(row: sa.Row[tuple[Any, ...]], below: Hold | None = None) -> Hold:
    """What a row says; ``below``: what holds the same besides."""
    also = below.why if below and below.by is not HeldBy.APPROVAL else ""
    return Hold(by=HeldBy(row.held_by), why=row.why, at=row.at, also=also)


async def _state(connection: Connection, slug: str) -> str | None:
    """The state of an issue; it stays so until the caller's transaction ends."""
    query = sa.select(issues.c.state).where(issues.c.slug == slug).with_for_update(read=True)
    state: str | None = await connection.scalar(query)
    return state


async def _may_be_held(connection: Connection, slug: str) -> bool:
    """Whether something of the issue is still to go out."""
    state = await _state(connection, slug)
    if state != IssueState.PUBLISHED:
        return state in _TO_COME
    return bool(await connection.scalar(sa.select(is_under_way(slug))))


def is_under_way(slug: str | sa.ColumnElement[str], now: datetime | None = None) -> sa.ColumnElement[bool]:
    """True while deliveries of the issue are open, or being planned.

    With ``now`` those do not count whose reader's hour is yet to come.
    """
    begins = sa.true() if now is None else ~is_ahead(now)
    return sa.or_(
        sa.exists().where(deliveries.c.issue_slug == slug, is_open, begins),
        sa.exists().where(plans.c.issue_slug == slug),
    )


_keeps_something_back = sa.or_(
    holds.c.scope == EVERYTHING,
    sa.exists().where(
        issues.c.slug == holds.c.scope,
        sa.or_(
            issues.c.state.in_(_TO_COME),
            sa.and_(issues.c.state == IssueState.PUBLISHED, is_under_way(holds.c.scope)),
        ),
    ),
)
