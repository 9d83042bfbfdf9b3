"""When a reader wants what comes out: what they choose, and when that would be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.model import Destination, Hours, Quiet, Subscriber
from bot.words.wished_hours import Wished

MORNING = time(8, 30)  #: the hour of who chooses a day before an hour


class HoursStore(Protocol):
    """Where hours are kept."""

    async def change(
        self, to: Destination, change: Callable[[Hours], Hours], now: datetime
    ) -> Subscriber | None:
        """Replace hours, and let what waits go by them; None for one that never subscribed."""


class ReadingHours:
    """What a reader chooses. ``zone`` is that of who named none, ``now`` returns the time.

    Every method returns the subscriber as they are then; None for one that never subscribed.
    """

    def __init__(self, store: HoursStore, now: Callable[[], datetime], *, zone: str) -> None:
        self._store = store
        self._now = now
        self._zone = zone

    def zone_of(self, hours: Hours) -> str:
        """The zone that counts for these hours."""
        return hours.zone or self._zone

    def clock(self, zone: str) -> datetime:
        """What the clocks of a zone show now."""
        return self._now().astimezone(ZoneInfo(zone))

    def next_of(self, hours: Hours) -> datetime | None:
        """When what came out now would come, by the reader's clock; None for at once."""
        moment = hours.not_before(self._now())
        return moment.astimezone(ZoneInfo(self.zone_of(hours))) if moment else None

    async def at(self, to: Destination, at: time | None) -> Subscriber | None:
        """At this hour, of every day or of the day that was chosen; None for at once."""
        return await self._change(to, lambda one: replace(one, at=at, day=one.day if at else None))

    async def wish(self, to: Destination, wished: Wished, zone: str = "") -> Subscriber | None:
        """What is wished for, and the zone if one is named; the rest stays as it is."""
        return await self._change(to, lambda one: _wished(one, wished, zone))

    def would_be(self, hours: Hours, wished: Wished, zone: str) -> Hours:
        """The hours with what is wished for, by the clocks of the zone."""
        return _wished(hours.in_zone(self.zone_of(hours)), wished, zone)

    async def on(self, to: Destination, day: int | None) -> Subscriber | None:
        """On this day of the week; None for every day."""
        return await self._change(to, lambda one: replace(one, day=day, at=one.at or MORNING))

    async def quiet(self, to: Destination, quiet: Quiet | None) -> Subscriber | None:
        """Nothing between these hours; None for no quiet hours."""
        return await self._change(to, lambda one: replace(one, quiet=quiet))

    async def silent(self, to: Destination, *, silent: bool) -> Subscriber | None:
        """With or without a sound."""
        return await self._change(to, lambda one: replace(one, silent=silent))

    async def on_topics(self, to: Destination, *, only: bool) -> Subscriber | None:
        """Nothing of an issue without anything for the reader, or a message that says so."""
        return await self._change(to, lambda one: replace(one, on_topics=only))

    async def move(self, to: Destination, zone: str) -> Subscriber | None:
        """By the clocks of this zone."""
        return await self._change(to, lambda one: one.in_zone(zone))

    async def restore(self, to: Destination, before: Hours) -> Subscriber | None:
        """As they were before."""
        return await self._store.change(to, lambda _: before, self._now())

    async def _change(self, to: Destination, change: Callable[[Hours], Hours]) -> Subscriber | None:
        def changed(hours: Hours) -> Hours:
            return change(hours.in_zone(self.zone_of(hours)))

        return await self._store.change(to, changed, self._now())


def _wished(before: Hours, wished: Wished, zone: str) -> Hours:
    named = wished.day is not None or wished.daily
    usual = before.at if before.at is not None or not named else MORNING
    at = usual if wished.at is None else wished.at
    day = wished.day if named else before.day
    quiet = Quiet(begins=wished.quiet[0], ends=wished.quiet[1]) if wished.quiet else before.quiet
    return replace(
        before,
        zone=zone or before.zone,
        at=None if wished.at_once else at,
        day=None if wished.at_once else day,
        quiet=None if wished.never_quiet else quiet,
        silent=before.silent if wished.silent is None else wished.silent,
        on_topics=before.on_topics if wished.on_topics is None else wished.on_topics,
    )
