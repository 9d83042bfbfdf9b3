"""A reader asks for an issue, or for what a cut of one left out."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from bot.model import Cut, Delivery, DeliveryState, Destination, Purpose
from bot.readers.allowance import Allowance


class DeliveryPlanner(Protocol):
    """Where deliveries are planned."""

    async def plan_one(
        self, *, to: Destination, issue_slug: str, purpose: Purpose, cut: Cut, now: datetime
    ) -> bool:
        """Plan one issue for one destination; False if it is already being delivered."""


class DeliveryLookup(Protocol):
    """Where deliveries are looked up."""

    async def get(self, issue_slug: str, to: Destination, purpose: Purpose) -> Delivery | None: ...

    async def note_face(self, delivery: Delivery, message_id: int, face: str, now: datetime) -> bool:
        """Note what of a message is unfolded; False if the row is being worked on, or has changed."""


class Pushes(Protocol):
    """What comes to a chat without being asked for."""

    def together(self) -> AbstractAsyncContextManager[None]:
        """Make one transaction of all that is planned meanwhile, so that nothing is lost between."""

    async def bring(self, issue_slug: str, to: Destination, cut: Cut, now: datetime) -> DeliveryState | None:
        """Let the push of this cut of the issue come next.

        PLANNED if it does, SENDING if it is coming already, None if there is none.
        """

    async def end(self, issue_slug: str, to: Destination, cut: Cut, now: datetime) -> None:
        """Let the push of this cut of the issue not come any more."""

    async def are_coming_to(self, chat_id: int) -> bool:
        """Whether a push is coming in to the chat, part by part."""


class NamedTexts(Protocol):
    """Where texts are known by their names: signatures of cuts, words, interests."""

    async def note(self, text: str) -> str:
        """Know the text by its name from now on; returns the name."""

    async def get(self, name: str) -> str | None:
        """What a name stands for; None if it is not known."""


class Asked(Enum):
    """What becomes of what somebody asks for."""

    COMES = auto()  #: now
    COMES_BEHIND = auto()  #: once the issue that is coming in to the chat is there
    IS_COMING = auto()  #: without being asked for once more


class IssueRequests:
    """Plans what readers ask for; the running bot sends it. ``now`` tells the time.

    Nothing comes twice: who asks for what their push is to bring gets the push, at once.
    What is planned, and would not have come anyway, is noted in ``allowance``; whether a chat may ask at
    all, whoever lets it ask looks up.
    """

    def __init__(
        self,
        planner: DeliveryPlanner,
        deliveries: DeliveryLookup,
        pushes: Pushes,
        texts: NamedTexts,
        now: Callable[[], datetime],
        *,
        allowance: Allowance,
    ) -> None:
        self.allowance = allowance
        self._planner = planner
        self._deliveries = deliveries
        self._pushes = pushes
        self._texts = texts
        self._now = now

    async def issue(self, to: Destination, slug: str, cut: Cut) -> Asked:
        """Let an issue come to one destination."""
        async with self._pushes.together():
            if (push := await self._pushes.bring(slug, to, cut, self._now())) is not None:
                return Asked.IS_COMING if push is DeliveryState.SENDING else Asked.COMES
            if cut.filters:  # the row is the next request's some day, and the button stays
                await self.note(cut)
            asked = await self._plan(to, slug, Purpose.REQUEST, cut)
            await self._pushes.end(slug, to, cut, self._now())  # one that is held comes no more
            return asked

    async def cut_of(self, to: Destination, slug: str, message_id: int | None) -> Cut | None:
        """The cut that a message of an issue is part of; None if it is not known, or stands there no more.

        A message that has only just come may not be recorded yet: it is of what is being delivered.
        """
        row = await self.row_of(to, slug, message_id)
        return row.cut if row else None

    async def row_of(self, to: Destination, slug: str, message_id: int | None) -> Delivery | None:
        """The delivery that a message of an issue is part of, as :meth:`cut_of` finds it."""
        rows = [await self._deliveries.get(slug, to, purpose) for purpose in Purpose]
        known = [row for row in rows if row is not None]
        meant = [row for row in known if message_id in row.message_ids] or [
            row for row in known if row.is_open
        ]
        return meant[0] if meant else None

    async def note_face(self, row: Delivery, message_id: int, face: str) -> None:
        """Know what of a message is unfolded now, so that a correction leaves it so."""
        await self._deliveries.note_face(row, message_id, face, self._now())

    async def note(self, cut: Cut) -> str:
        """Know the cut by its name from now on; returns the name."""
        return await self._texts.note(cut.signature)

    async def cut_named(self, name: str) -> Cut | None:
        """The cut of this name; None if it is not known."""
        signature = await self._texts.get(name)
        return Cut.parse(signature) if signature else None

    async def rest(self, to: Destination, slug: str, message_id: int, name: str = "") -> Asked | None:
        """Plan what the cut of this name left out; without a name, that of the message ``message_id``.

        None if nothing is known to be left out.
        """
        rows = [await self._deliveries.get(slug, to, purpose) for purpose in (Purpose.REQUEST, Purpose.PUSH)]
        cut_rows = [row for row in rows if row is not None and row.cut.filters]
        # Only an older program's button has no name.
        cut_rows.sort(key=lambda row: message_id not in row.message_ids)
        named = [row.cut for row in cut_rows if not name or row.cut.name == name]
        cut = named[0] if named else await self.cut_named(name)
        return None if cut is None else await self._plan(to, slug, Purpose.REST, replace(cut, rest=True))

    async def _plan(self, to: Destination, slug: str, purpose: Purpose, cut: Cut) -> Asked:
        planned = await self._planner.plan_one(
            to=to, issue_slug=slug, purpose=purpose, cut=cut, now=self._now()
        )
        if not planned:
            return Asked.IS_COMING
        self.allowance.note(to.chat)
        return Asked.COMES_BEHIND if await self._pushes.are_coming_to(to.chat) else Asked.COMES
