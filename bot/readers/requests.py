"""A reader asks for an issue, or for what a cut of one left out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.model import Cut, Delivery, Purpose


class DeliveryPlanner(Protocol):
    """Where deliveries are planned."""

    async def plan_one(
        self, *, chat_id: int, issue_slug: str, purpose: Purpose, cut: Cut, now: datetime
    ) -> bool:
        """Plan one issue for one chat; False if it is already being delivered."""


class DeliveryLookup(Protocol):
    """Where deliveries are looked up."""

    async def get(self, issue_slug: str, chat_id: int, purpose: Purpose) -> Delivery | None: ...


class IssueRequests:
    """Plans what readers ask for; the running bot sends it. ``now`` tells the time."""

    def __init__(
        self, planner: DeliveryPlanner, deliveries: DeliveryLookup, now: Callable[[], datetime]
    ) -> None:
        self._planner = planner
        self._deliveries = deliveries
        self._now = now

    async def issue(self, chat_id: int, slug: str, cut: Cut) -> bool:
        """Plan an issue for a chat; False if it was asked for before and is still being delivered."""
        return await self._plan(chat_id, slug, Purpose.REQUEST, cut)

    async def rest(self, chat_id: int, slug: str, message_id: int) -> bool | None:
        """Plan what the cut with the contents message ``message_id`` left out.

        False if the rest is already being delivered; None if nothing is known to be left out.
        """
        rows = [
            await self._deliveries.get(slug, chat_id, purpose) for purpose in (Purpose.REQUEST, Purpose.PUSH)
        ]
        cut_rows = [row for row in rows if row is not None and row.cut.filters]
        # An issue asked for again has new messages; the button of an older one still means a cut of it.
        cut_rows.sort(key=lambda row: message_id not in row.message_ids)
        if not cut_rows:
            return None
        return await self._plan(chat_id, slug, Purpose.REST, replace(cut_rows[0].cut, rest=True))

    async def _plan(self, chat_id: int, slug: str, purpose: Purpose, cut: Cut) -> bool:
        return await self._planner.plan_one(
            chat_id=chat_id, issue_slug=slug, purpose=purpose, cut=cut, now=self._now()
        )
