"""How much is left to send, said when a process begins with it and when one is told to stop."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import structlog

from bot.errors import StoreError

log = structlog.get_logger()

_PATIENCE = 2.0  # seconds; a process that is told to stop has few


class Ledger(Protocol):
    """What the ledger says of what is on its way."""

    async def left(self) -> Mapping[str, int]:
        """How many deliveries each issue has that are not done, by its slug."""


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
