"""The newest issue, for who joins."""

from datetime import datetime
from typing import Protocol

from bot.model import Aim, Delivery, DeliveryState, Destination, Hold, IssueRecord, Purpose, Subscriber
from bot.readers.requests import DeliveryPlanner, Pushes
from bot.storage import EVERYTHING


class Issues(Protocol):
    """Where issues are kept."""

    async def latest(self) -> IssueRecord | None:
        """The newest issue that readers may see."""


class Deliveries(Protocol):
    """What is on its way to a chat, or there."""

    async def get(self, issue_slug: str, to: Destination, purpose: Purpose) -> Delivery | None: ...


class Holds(Protocol):
    """What keeps pushes back."""

    async def get(self, scope: str) -> Hold | None:
        """What holds an issue, or everything; None if nothing does."""


class NewestIssue:
    """Plans the newest issue for who joins, so that it comes at once, as it does to who asks."""

    def __init__(
        self, issues: Issues, planner: DeliveryPlanner, deliveries: Deliveries, pushes: Pushes, holds: Holds
    ) -> None:
        self._issues = issues
        self._planner = planner
        self._deliveries = deliveries
        self._pushes = pushes
        self._holds = holds

    async def plan(self, subscriber: Subscriber, now: datetime) -> Delivery | None:
        """Plan it; only after joining, so that an issue published meanwhile is not missed.

        Returns what brings it, be it planned before; None if it came already, or an operator holds it by
        its name. While everything is held it comes all the same: who joins has asked for it.
        """
        latest = await self._issues.latest()
        if latest is None or await self._was_asked_for(latest.slug, subscriber):
            return None
        held, everything = await self._holds.get(latest.slug), await self._holds.get(EVERYTHING)
        # Last, so that it does not arrive before whoever joins is greeted.
        await self._plan(latest.slug, subscriber, Purpose.PUSH, now)
        push = await self._deliveries.get(latest.slug, subscriber.destination, Purpose.PUSH)
        if push is None or not push.is_open or push.aim is not Aim.SEND or held:
            return None
        if everything and not (push.hours.waits and push.not_before > now):
            return await self._answer(push, subscriber, now)
        return push

    async def _answer(self, push: Delivery, subscriber: Subscriber, now: datetime) -> Delivery | None:
        """Let an answer bring it in place of the push, which waits until pushes go on."""
        slug, to = push.issue_slug, subscriber.destination
        async with self._pushes.together():
            await self._plan(slug, subscriber, Purpose.REQUEST, now)
            await self._pushes.end(slug, to, subscriber.cut, now)
        return await self._deliveries.get(slug, to, Purpose.REQUEST)

    async def _plan(self, slug: str, subscriber: Subscriber, purpose: Purpose, now: datetime) -> None:
        await self._planner.plan_one(
            to=subscriber.destination, issue_slug=slug, purpose=purpose, cut=subscriber.cut, now=now
        )

    async def _was_asked_for(self, slug: str, subscriber: Subscriber) -> bool:
        """Whether it came, or comes, as this subscriber would get it, because it was asked for."""
        asked = await self._deliveries.get(slug, subscriber.destination, Purpose.REQUEST)
        if asked is None or asked.aim is not Aim.SEND or asked.cut != subscriber.cut:
            return False
        return asked.is_open or asked.state is DeliveryState.SENT
