"""Messages of the editors' chat that are sent once and then edited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.errors import MessageGone, MessageRefused
from bot.messages import Message
from bot.model import Destination
from bot.storage.desk_messages import DeskKind, DeskMessage, DeskMessages

log = structlog.get_logger()


class Gateway(Protocol):
    """How a message comes to a chat. Raises SendError, or BadInput if the token is wrong."""

    async def send(self, to: Destination, message: Message) -> int: ...

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None: ...


class Board:
    """Keeps one message about each thing, as the database knows it."""

    def __init__(self, messages: DeskMessages, gateway: Gateway, now: Callable[[], datetime]) -> None:
        self.messages = messages
        self._gateway = gateway
        self._now = now

    async def show(self, known: DeskMessage, message: Message, *, anew: bool = False) -> DeskMessage:
        """Let what is ``known`` of a message show this; returns what is known of it then.

        With the id 0 it was never sent. One that is the same already is edited ``anew`` only if so asked; one
        that somebody deleted is sent again. Raises SendError, after which nothing is known to have changed.
        """
        if known.message_id:
            if known.shown == message.content_hash and not anew:
                return known
            try:
                await self._gateway.edit(known.chat_id, known.message_id, message)
            except (MessageGone, MessageRefused) as error:  # it was deleted, or can be edited no more
                log.info("card_gone", issue=known.issue, reason=error.reason)
                await self.messages.drop(known.chat_id, (known.message_id,))
            else:
                return await self._kept(replace(known, shown=message.content_hash))
        message_id = await self._gateway.send(Destination(known.chat_id), message)
        sent = replace(known, message_id=message_id, shown=message.content_hash, at=self._now())
        return await self._kept(sent)

    def unsent(self, kind: DeskKind, about: str, chat_id: int) -> DeskMessage:
        """What is known of a message that is still to be sent."""
        return DeskMessage(chat_id=chat_id, message_id=0, kind=kind, about=about, at=self._now())

    async def _kept(self, one: DeskMessage) -> DeskMessage:
        await self.messages.put(one)
        return one
