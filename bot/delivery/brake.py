"""Pushes that are to wait though they are due: an operator holds an issue, or everything."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.errors import StoreError
from bot.model import Aim, Delivery, HeldPushes, Purpose

log = structlog.get_logger()

LOOK_EVERY = 1.0  # seconds


async def _nothing() -> HeldPushes:
    return HeldPushes()


class Brake:
    """What is held, as the database said last; ``ask`` asks it.

    Until it has said something, everything is held. Requests are not, nor is what is taken back.
    """

    def __init__(self, ask: Callable[[], Awaitable[HeldPushes]]) -> None:
        self._ask = ask
        self._known = False
        self.held = HeldPushes(everything=True)

    @classmethod
    def off(cls) -> "Brake":
        """One that holds nothing."""
        brake = cls(_nothing)
        brake.held = HeldPushes()
        return brake

    def stops(self, row: Delivery) -> bool:
        """Whether nothing more of the delivery is to be sent now."""
        if row.purpose is not Purpose.PUSH or row.aim is Aim.RETRACT:
            return False
        return self.held.everything or row.issue_slug in self.held.issues

    async def look(self) -> bool:
        """Ask the database; returns whether something else is held now. If it fails, all stays as it was."""
        try:
            held = await self._ask()
        except StoreError as error:
            log.debug("holds_not_read", reason=str(error))
            return False
        before, self.held = self.held, held
        if _told(held) != _told(before if self._known else HeldPushes()):
            _log(held)
        self._known = True
        return held != before

    async def watch(self, sleep: Callable[[float], Awaitable[None]], changed: Callable[[], None]) -> None:
        """Look every second, and call ``changed`` when something else is held; ends never."""
        while True:
            if await self.look():
                changed()
            await sleep(LOOK_EVERY)


def _told(held: HeldPushes) -> HeldPushes:
    """What of it the log tells: that a held issue is taken back holds no other push."""
    return replace(held, taken_back=frozenset())


def _log(held: HeldPushes) -> None:
    if _told(held) == HeldPushes():
        log.info("pushes_resumed")
    else:
        log.warning("pushes_held", everything=held.everything, issues=sorted(held.issues))
