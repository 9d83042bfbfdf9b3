"""Waiting for what nobody announces: a row in a database, an answer of another process."""

import asyncio
from collections.abc import Awaitable, Callable

_PAUSE = 0.02  # seconds; the bot works on the same core, and asking without a pause takes half of it


async def until(holds: Callable[[], Awaitable[object]], *, within: float = 10.0) -> None:
    """Ask until it holds; TimeoutError where that takes too long."""
    async with asyncio.timeout(within):
        while not await holds():  # noqa: ASYNC110  # what is not ours to change announces nothing
            await asyncio.sleep(_PAUSE)
