"""Channels, as those who administer them find them from their private chats."""

from collections.abc import Callable
from typing import Protocol

import structlog

from bot.errors import SendError
from bot.model import Channel
from bot.storage.channels import Channels
from bot.storage.pins import Pins

log = structlog.get_logger()


class Gateway(Protocol):
    """Asks Telegram. Raises SendError."""

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """The ids of those who administer a chat."""


class ChannelDesk:
    """Which channels somebody may set up: Telegram is asked each time.

    ``changed`` is told of a channel in which something else is to be on top.
    """

    def __init__(self, known: Channels, pins: Pins, gateway: Gateway, changed: Callable[[int], None]) -> None:
        self.known = known
        self._pins = pins
        self._gateway = gateway
        self.changed = changed

    async def rights_changed(self, chat_id: int) -> None:
        """What the bot may not do there, it may perhaps now."""
        await self._pins.untold(chat_id)
        self.changed(chat_id)

    async def administers(self, chat_id: int, person: int) -> bool | None:
        """Whether somebody administers a channel; None where Telegram does not say."""
        try:
            return person in await self._gateway.administrators(chat_id)
        except SendError as error:
            log.warning("administrators_unknown", chat=chat_id, reason=error.reason)
            return None

    async def of(self, person: int) -> tuple[Channel, ...]:
        """The channels that somebody administers, of those into which they let the bot."""
        known = await self.known.let_in_by(person)
        return tuple([one for one in known if await self.administers(one.chat_id, person)])
