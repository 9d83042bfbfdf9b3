"""Readers' hours, and the deliveries that wait for them.

A delivery waits for its hour as an open row of which nothing was done, whose moment lies ahead. It keeps
the hours that it was planned by, and a changed setting changes both.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.model import Destination, Hours, Subscriber, SubscriberState
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.database import Database, rows_changed
from bot.storage.rows import change
from bot.storage.schema import UtcTime, deliveries, subscribers
from bot.storage.subscribers import change_subscriber, subscriber_at
from bot.storage.waiting_rows import is_untouched, moment_of, replan

_MOVED_TYPES: Types = {"hours": sa.Text(), "before": UtcTime(), "after": UtcTime()}


class ReaderHours:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def change(
        self, to: Destination, change: Callable[[Hours], Hours], now: datetime
    ) -> Subscriber | None:
        """Replace a subscriber's hours by ``change`` of them, and let what waits for them go by the new ones.

        Returns the subscriber as they are now; None for one that never subscribed.
        """
        async with self._database.writing() as connection:
            known = await subscriber_at(connection, to, for_change=True)
            if known is None:
                return None
            hours = change(known.hours)
            await change_subscriber(connection, to, now, hours=hours.signature)
            await replan(connection, [(to, hours)], now)
            return replace(known, hours=hours)

    async def waiting(self, slug: str, now: datetime) -> tuple[tuple[datetime, int], ...]:
        """How many deliveries of an issue wait for their readers' hours, by the moment."""
        at = deliveries.c.not_before
        waits = (deliveries.c.issue_slug == slug, deliveries.c.hours != "", is_untouched)
        ahead = (deliveries.c.reason.is_(None), at > now)
        query = sa.select(at, sa.func.count()).where(*waits, *ahead).group_by(at).order_by(at)
        async with self._database.reading() as connection:
            return tuple((row[0], row[1]) for row in await connection.execute(query))

    async def chosen(self) -> tuple[tuple[Hours, int], ...]:
        """How many of the active subscribers have which hours; the most frequent first."""
        count = sa.func.count()
        active = subscribers.c.state == SubscriberState.ACTIVE
        query = sa.select(subscribers.c.hours, count).where(active).group_by(subscribers.c.hours)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(count.desc(), subscribers.c.hours))
            return tuple((Hours.parse(row[0]), row[1]) for row in rows)

    async def wanting_topics(self) -> Mapping[str, int]:
        """How many active subscribers of each cut want nothing of an issue with nothing for them."""
        ends = (subscribers.c.hours.like(f"%|{flags}") for flags in ("t", "st"))
        active = subscribers.c.state == SubscriberState.ACTIVE
        query = sa.select(subscribers.c.cut, sa.func.count()).where(active, sa.or_(*ends))
        async with self._database.reading() as connection:
            rows = await connection.execute(query.group_by(subscribers.c.cut))
            return {row[0]: row[1] for row in rows}

    async def recompute(self, now: datetime) -> int:
        """Let what waits for its hour go by the zones as they are known today; returns how many rows moved.

        That is needed where tzdata is another one than when they were planned.
        """
        ahead = (is_untouched, deliveries.c.reason.is_(None), deliveries.c.hours != "")
        waits = (*ahead, deliveries.c.not_before > now)
        sets = sa.select(deliveries.c.hours, deliveries.c.not_before).where(*waits).distinct()
        async with self._database.writing() as connection:
            known = [(row[0], row[1]) for row in await connection.execute(sets)]
            moved = [(one, at, new) for one, at in known if (new := moment_of(Hours.parse(one), now)) != at]
            if not moved:
                return 0
            given = batch(connection, _MOVED_TYPES)
            same = (deliveries.c.hours == given.c.hours, deliveries.c.not_before == given.c.before)
            later = _change(now, not_before=given.c.after).where(*waits, *same)
            return await rows_changed(connection, later, {PARAMETER: pack(moved)})


_change = change  #: within the class the word is a method's
