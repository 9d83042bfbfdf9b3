"""The subscribers: who they are, and which cut each of them gets."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from bot.model import CHAT_AWAY, UNREACHABLE, Cut, Destination, Hours, Subscriber, SubscriberState
from bot.storage.changed_meanwhile import catch_up
from bot.storage.chat_migration import move_deliveries
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.group_chats import move_group
from bot.storage.grouping import Grouped
from bot.storage.missed_issues import move_declined
from bot.storage.mistakes import move_mistakes
from bot.storage.role_chats import move_roles
from bot.storage.rows import goes_to
from bot.storage.saved_items import move_saved
from bot.storage.schema import subscribers
from bot.storage.subscriber_import import Imported, ImportRow, import_rows
from bot.storage.subscriber_rows import columns_of, new_row
from bot.storage.tallies import tally_change
from bot.storage.thread_rows import move_threads, note_open
from bot.storage.upsert import insert
from bot.storage.waiting_again import wait_again
from bot.storage.waiting_rows import recut

PAGE = 1000


class _Row(NamedTuple):
    """What is read of a row, as :data:`_READ` asks for it."""

    chat_id: int
    thread: int
    state: str
    cut: str
    joined_at: datetime
    hours: str


_READ = tuple(subscribers.c[name] for name in _Row._fields)
_STATE = sa.select(subscribers.c.state)
DESTINATION = (subscribers.c.chat_id, subscribers.c.thread)


class Subscribers:
    """The subscribers of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asked = Grouped[Destination, dict[Destination, Subscriber]](self._found)

    async def get(self, to: Destination) -> Subscriber | None:
        """The subscriber of this chat or thread, whatever their state."""
        return (await self._asked.add(to)).get(to)

    async def of_chat(self, chat_id: int) -> tuple[Subscriber, ...]:
        """The subscribers of a chat and its threads."""
        query = sa.select(*_READ).where(subscribers.c.chat_id == chat_id).order_by(subscribers.c.thread)
        async with self._database.reading() as connection:
            return tuple(_subscriber(_Row._make(row)) for row in await connection.execute(query))

    async def join(self, to: Destination, cut: Cut, now: datetime) -> bool:
        """Subscribe a chat or thread; returns whether it never was before. One that returns keeps its cut."""
        async with self._database.writing() as connection:
            if await _insert(connection, to, cut, now):
                await tally_change(connection, to, None, SubscriberState.ACTIVE, now)
                return True
            await set_state_of(connection, to, SubscriberState.ACTIVE, now)
            return False

    async def change_cut(
        self, to: Destination, change: Callable[[Cut], Cut], now: datetime
    ) -> Subscriber | None:
        """Replace a subscriber's cut by ``change`` of it, so that two taps at once both count.

        What waits for them comes by the new one. Returns the subscriber as they are now; None for one that
        never subscribed.
        """
        async with self._database.writing() as connection:
            known = await subscriber_at(connection, to, for_change=True)
            if known is None:
                return None
            await change_subscriber(connection, to, now, **columns_of(change(known.cut)))
            await recut(connection, goes_to(to), now)
            return await subscriber_at(connection, to)

    async def set_state(self, to: Destination, state: SubscriberState, now: datetime) -> bool:
        """Set the state; False, and nothing changed, for one that never subscribed.

        Who becomes active in time waits again for what they waited for.

        The same for one to become blocked or deactivated who is not active: who had stopped
        has stopped still when they let the bot in again.
        """
        async with self._database.writing() as connection:
            return await set_state_of(connection, to, state, now)

    async def lose_chat(self, chat_id: int, state: SubscriberState, now: datetime) -> None:
        """Note that nothing reaches a chat and its threads; those that were not active stay as they are."""
        async with self._database.writing() as connection:
            await _set_all(connection, chat_id, state, now, only=(SubscriberState.ACTIVE,))

    async def regain_chat(self, chat_id: int, now: datetime) -> tuple[Destination, ...]:
        """Let a chat and all its threads be active again, of what was lost with the chat; returns these."""
        async with self._database.writing() as connection:
            return await _set_all(connection, chat_id, SubscriberState.ACTIVE, now, only=CHAT_AWAY)

    async def move(self, chat_id: int, new_id: int, now: datetime) -> None:
        """Let the subscriptions of a chat and its threads, and what they wait for, go on under its new id.

        Harmless to repeat. What the new id has already stays, and the old one's is closed instead.
        """
        async with self._database.writing() as connection:
            await _move(connection, chat_id, new_id, now)
            await move_threads(connection, chat_id, new_id)
            await move_deliveries(connection, chat_id, new_id, now)
            await move_saved(connection, chat_id, new_id)
            await move_declined(connection, chat_id, new_id)
            await move_mistakes(connection, chat_id, new_id)
            await move_roles(connection, chat_id, new_id)
            await move_group(connection, chat_id, new_id)

    async def lost_since(self, then: datetime) -> int:
        """How many have stopped, blocked the bot or gone away since, of those who were there before."""
        there = (subscribers.c.joined_at < then, subscribers.c.state != SubscriberState.PARKED)
        gone = inactive_since(then).where(*there).subquery()
        async with self._database.reading() as connection:
            return await connection.scalar(sa.select(sa.func.count()).select_from(gone)) or 0

    async def active_count(self) -> int:
        """How many subscribers are active."""
        return (await self.counts())[SubscriberState.ACTIVE]

    async def counts(self) -> dict[SubscriberState, int]:
        """How many subscribers are in each state, also if there are none."""
        query = sa.select(subscribers.c.state, sa.func.count()).group_by(subscribers.c.state)
        async with self._database.reading() as connection:
            found = {row[0]: row[1] for row in await connection.execute(query)}
        return {state: found.get(state, 0) for state in SubscriberState}

    async def cuts(self, *, groups: bool = False) -> tuple[tuple[str, int], ...]:
        """How many of the active have which cut, by its signature; the most frequent first.

        ``groups``: of groups and channels alone.
        """
        count, which = sa.func.count(), (subscribers.c.chat_id < 0,) if groups else ()
        query = (
            sa.select(subscribers.c.cut, count)
            .where(subscribers.c.state == SubscriberState.ACTIVE, *which)
            .group_by(subscribers.c.cut)
            .order_by(count.desc(), subscribers.c.cut)
        )
        async with self._database.reading() as connection:
            return tuple((cut, number) for cut, number in await connection.execute(query))

    async def all(self) -> AsyncIterator[Subscriber]:
        """Every subscriber, by chat and thread."""
        async for page in self.pages():
            for subscriber in page:
                yield subscriber

    async def pages(self) -> AsyncIterator[tuple[Subscriber, ...]]:
        """The same in pages, each read by itself, so that no transaction stays open."""
        after: Destination | None = None
        while page := await self._page(after):
            yield page
            after = page[-1].destination

    async def import_rows(
        self, rows: Iterable[ImportRow], now: datetime, *, bring_back: bool = False
    ) -> Imported:
        """Take in many, all or none; each chat or thread may come once.

        Whoever left stays so, also where a row is active, unless it is to ``bring_back``.

        ``rows`` is walked inside the transaction, a page at a time: who watches it watches the work.
        """
        async with self._database.writing() as connection:
            return await import_rows(connection, rows, now, bring_back=bring_back)

    async def _found(self, wanted: Sequence[Destination]) -> dict[Destination, Subscriber]:
        query = sa.select(*_READ).where(subscribers.c.chat_id.in_({to.chat for to in wanted}))
        async with self._database.reading() as connection:
            found = [_subscriber(_Row._make(row)) for row in await connection.execute(query)]
        return {one.destination: one for one in found}

    async def _page(self, after: Destination | None) -> tuple[Subscriber, ...]:
        query = sa.select(*_READ).order_by(*DESTINATION).limit(PAGE)
        if after is not None:
            query = query.where(sa.tuple_(*DESTINATION) > sa.tuple_(*map(sa.literal, after)))
        async with self._database.reading() as connection:
            return tuple(_subscriber(_Row._make(row)) for row in await connection.execute(query))


def is_at(to: Destination) -> sa.ColumnElement[bool]:
    """True for the subscriber of this chat or thread."""
    return sa.and_(subscribers.c.chat_id == to.chat, subscribers.c.thread == to.thread)


async def subscriber_at(
    connection: Connection, to: Destination, *, for_change: bool = False
) -> Subscriber | None:
    """:meth:`Subscribers.get` in the caller's transaction; ``for_change``: they stay so until it ends."""
    query = sa.select(*_READ).where(is_at(to))
    row = (await connection.execute(query.with_for_update() if for_change else query)).first()
    return _subscriber(_Row._make(row)) if row else None


async def _insert(connection: Connection, to: Destination, cut: Cut, now: datetime) -> bool:
    row = insert(connection, subscribers).values(new_row(to, cut, now))
    return await rows_changed(connection, row.on_conflict_do_nothing()) == 1


async def change_subscriber(connection: Connection, to: Destination, now: datetime, **fields: object) -> None:
    """Set columns of a subscriber, in the caller's transaction."""
    change = sa.update(subscribers).where(is_at(to)).values(updated_at=now, **fields)
    await connection.execute(change)


async def set_state_of(
    connection: Connection, to: Destination, state: SubscriberState, now: datetime
) -> bool:
    """:meth:`Subscribers.set_state` in the caller's transaction."""
    known = await connection.scalar(_STATE.where(is_at(to)).with_for_update())
    if known is None or (state in UNREACHABLE and known != SubscriberState.ACTIVE):
        return False
    await change_subscriber(connection, to, now, state=state)
    if known == SubscriberState.PARKED:
        await note_open(connection, to)
    await tally_change(connection, to, SubscriberState(known), state, now)
    if state == SubscriberState.ACTIVE != known:
        await wait_again(connection, to, now)
        await catch_up(connection, to, now)
    return True


async def _set_all(
    connection: Connection,
    chat_id: int,
    state: SubscriberState,
    now: datetime,
    *,
    only: tuple[SubscriberState, ...],
) -> tuple[Destination, ...]:
    own = (subscribers.c.chat_id == chat_id, subscribers.c.state.in_(only))
    threads = sa.select(subscribers.c.thread).where(*own).order_by(subscribers.c.thread)
    found = [Destination(chat_id, thread) for thread in await connection.scalars(threads)]
    return tuple([to for to in found if await set_state_of(connection, to, state, now)])


async def _move(connection: Connection, old: int, new: int, now: datetime) -> None:
    own = subscribers.c.chat_id == old
    known = sa.select(subscribers.c.thread).where(subscribers.c.chat_id == new)
    there = list(await connection.scalars(known))
    await connection.execute(sa.delete(subscribers).where(own, subscribers.c.thread.in_(there)))
    await connection.execute(sa.update(subscribers).where(own).values(chat_id=new, updated_at=now))


def active_destinations() -> sa.Select[int, int]:
    """The chats and threads that get every issue."""
    return sa.select(*DESTINATION).where(subscribers.c.state == SubscriberState.ACTIVE)


def changed_since(then: datetime) -> sa.Select[int, int]:
    """The chats and threads that changed then or later."""
    return sa.select(*DESTINATION).where(subscribers.c.updated_at >= then)


def inactive_since(then: datetime) -> sa.Select[int, int]:
    """The chats and threads that get no issue, and changed then or later."""
    return changed_since(then).where(subscribers.c.state != SubscriberState.ACTIVE)


def out_of_reach(chat_id: sa.ColumnElement[int], thread: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """True for a chat that blocked the bot, or is gone, and for a thread that is parked."""
    own = (subscribers.c.chat_id == chat_id, subscribers.c.thread == thread)
    return sa.exists().where(*own, subscribers.c.state.in_(UNREACHABLE))


def _subscriber(row: _Row) -> Subscriber:
    return Subscriber(
        chat_id=row.chat_id,
        thread=row.thread,
        state=SubscriberState(row.state),
        cut=Cut.parse(row.cut),
        joined_at=row.joined_at,
        hours=Hours.parse(row.hours),
    )
