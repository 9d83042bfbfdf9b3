"""Where Telegram takes no rich message, its reader gets the issue in full, and all that come after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.model import Cut, Delivery, Destination, Mode, Subscriber

log = structlog.get_logger()


class Deliveries(Protocol):
    """Where the row is."""

    async def change_cut(self, delivery: Delivery, cut: Cut, now: datetime) -> Delivery | None:
        """Deliver another cut from now on; returns the row, None if somebody else changed it meanwhile."""


class Subscribers(Protocol):
    """Where readers' choices are kept."""

    async def get(self, to: Destination) -> Subscriber | None: ...

    async def change_cut(
        self, to: Destination, change: Callable[[Cut], Cut], now: datetime
    ) -> Subscriber | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InFull:
    """Turns one delivery, and its reader, from rich messages to whole ones."""

    deliveries: Deliveries
    subscribers: Subscribers
    now: Callable[[], datetime]

    async def __call__(self, row: Delivery) -> Delivery | None:
        """The row in full; None if somebody else changed it. What stands of it is replaced.

        The first to be turned says so. The row is turned before its reader: a crash in between costs
        one more refused call, and no part.
        """
        reader = await self.subscribers.get(row.destination)
        says = reader is not None and reader.cut.mode is Mode.RICH
        cut = replace(row.cut, mode=Mode.FULL, instead=says)
        turned = await self.deliveries.change_cut(row, cut, self.now())
        if says:
            await self.subscribers.change_cut(row.destination, _in_full, self.now())
        log.warning("rich_given_up", issue=row.issue_slug, chat=row.chat_id)
        return turned


def _in_full(cut: Cut) -> Cut:
    return replace(cut, mode=Mode.FULL) if cut.mode is Mode.RICH else cut


async def not_turned(_: Delivery) -> Delivery | None:
    """For who sends no rich messages: the row stays as it is."""
    return None
