"""A broadcast that loses most of those whom it tries holds itself: Telegram may know none of the chats.

So it is with the token of another bot. Single chats that are gone are nothing; a hold comes once for an
issue, and an operator who resumes it has said that all is right.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.errors import StoreError
from bot.model import AT_ONCE, Aim, Delivery, HeldBy, Hold, Purpose
from bot.publishing.found import log_held

log = structlog.get_logger()

FEWEST = 20  # that must be lost before anything is held: of a small audience half may leave
SHARE = 0.5  # of those tried, that must be exceeded

SetHold = Callable[[str, Hold], Awaitable[bool]]


async def _not_held(_slug: str, _hold: Hold) -> bool:
    return False


async def _nobody() -> None:
    """For who need not know."""


class LossBrake:
    """Counts, for each issue, the chats that were reached and those that were lost in this process.

    ``hold`` holds an issue, ``look`` has the brake learn that at once.
    """

    def __init__(
        self, hold: SetHold, look: Callable[[], Awaitable[object]], *, now: Callable[[], datetime]
    ) -> None:
        self._hold = hold
        self._look = look
        self._now = now
        self._reached: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._told: set[str] = set()

    @classmethod
    def off(cls) -> "LossBrake":
        """One that holds nothing."""
        return cls(_not_held, _nobody, now=lambda: AT_ONCE)

    def reached(self, row: Delivery) -> None:
        """Note that a part of the delivery was done."""
        if _counts(row) and not row.part_count:
            self._reached[row.issue_slug] += 1

    async def lost(self, row: Delivery) -> None:
        """Note that the chat of a delivery is gone, and hold the issue if most are."""
        slug = row.issue_slug
        if not _counts(row):
            return
        self._lost[slug] += 1
        lost, tried = self._lost[slug], self._lost[slug] + self._reached[slug]
        if slug in self._told or lost < FEWEST or lost <= SHARE * tried:
            return
        why = f"{lost} of the {tried} chats tried are gone or blocked the bot: is it another bot's token?"
        self._told.add(slug)
        try:
            hold = Hold(by=HeldBy.LOSSES, why=why, at=self._now())
            if await self._hold(slug, hold):
                log_held(slug, hold)
            await self._look()
        except StoreError as error:
            self._told.discard(slug)
            log.debug("hold_not_stored", issue=slug, reason=str(error))


def _counts(row: Delivery) -> bool:
    return row.purpose is Purpose.PUSH and row.aim is Aim.SEND
