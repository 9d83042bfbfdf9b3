"""What is left to send, and whether it is held: said when a process begins, and when one is told to stop."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import structlog

from bot.errors import StoreError
from bot.model import Hold
from bot.storage import EVERYTHING

log = structlog.get_logger()

_PATIENCE = 2.0  # seconds; a process that is told to stop has few


class Ledger(Protocol):
    """What the ledger says of what is on its way."""

    async def left(self) -> Mapping[str, int]:
        """How many deliveries each issue has that are not done, by its slug."""


class Holds(Protocol):
    """What is kept from going out."""

    async def get(self, scope: str) -> Hold | None: ...


async def note_held(holds: Holds) -> None:
    """Log that everything is held, if it is, and what lets it go on."""
    if held := await holds.get(EVERYTHING):
        log.warning("everything_held", reason=held.why, since=held.at.isoformat(), advice=held.advice())


async def note_left(ledger: Ledger) -> None:
    """Log what is left of each issue; nothing where nothing is, or where the database cannot say."""
    try:
        async with asyncio.timeout(_PATIENCE):
            left = await ledger.left()
    except (StoreError, TimeoutError) as error:
        log.debug("left_not_read", reason=str(error))
        return
    for slug, chats in left.items():
        log.info("deliveries_left", issue=slug, chats=chats)
