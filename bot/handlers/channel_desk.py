"""Channels, as those who administer them find them from their private chats."""

from typing import Protocol

import structlog

from bot.errors import SendError
from bot.model import Channel
from bot.storage.channels import Channels

log = structlog.get_logger()


class Gateway(Protocol):
    """Asks Telegram. Raises SendError."""

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """The ids of those who administer a chat."""


class ChannelDesk:
    """Which channels somebody may set up: Telegram is asked each time."""

    def __init__(self, known: Channels, gateway: Gateway) -> None:
        self.known = known
        self._gateway = gateway

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
