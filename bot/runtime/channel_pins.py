"""The process that leads keeps the contents of the newest issue on top of the channels that want it.

What is on top is compared with what should be, so that a process that dies in between leaves the rest to
the next: to pin or unpin twice does no harm. Nothing that goes wrong here keeps an issue back.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Never, Protocol

import structlog

from bot.delivery.changed_chats import ChangedChats
from bot.errors import ChatClosed, ChatGone, JianbaoError, MessageGone, MessageRefused, StoreError, TryLater
from bot.handlers import ThrottledGateway
from bot.model import Channel, Destination, Language
from bot.pacing import Dispatcher, Priority
from bot.runtime.editorial import Editorial
from bot.runtime.sending import Sending
from bot.runtime.tasks import rest as rest_until
from bot.storage.pins import PinChange
from bot.telegram_api import Chats, Client

log = structlog.get_logger()

REST = 0.5  # seconds between two looks, while many channels get an issue
AFTER_FAILURE = 30.0  # seconds until what did not succeed is tried again
LONGEST_WAIT = 10.0  # seconds; a channel that must wait longer keeps the others no longer


class Pins(Protocol):
    """What is on top of the channels, and should be."""

    async def due(self, chats: frozenset[int] | None = None) -> tuple[PinChange, ...]: ...

    async def note(self, chat_id: int, message_id: int | None) -> None: ...

    async def refused(self, chat_id: int) -> bool: ...

    async def untold(self, chat_id: int) -> None: ...


class Gateway(Protocol):
    """Calls to Telegram. Each raises SendError, or BadInput if the token is wrong."""

    async def pin(self, chat_id: int, message_id: int) -> None:
        """Put a message on top without a sound; does nothing if it is there already."""

    async def unpin(self, chat_id: int, message_id: int) -> None:
        """Take a message down from the top; does nothing if it is not there."""


class ChannelPins:
    """Brings on top what should be there; ``tell`` lets who set a channel up know that it may not be done."""

    def __init__(  # all but four are passed by name
        self,
        pins: Pins,
        gateway: Gateway,
        tell: Callable[[int, Channel], Awaitable[None]],
        changed: ChangedChats,
        *,
        rest: float = REST,
        again: float = AFTER_FAILURE,
    ) -> None:
        self._pins = pins
        self._gateway = gateway
        self._tell = tell
        self._changed = changed
        self._rest = rest
        self._again = again

    async def run(self) -> Never:
        """Look as long as this process leads, at all channels in the beginning; ends never."""
        chats: frozenset[int] | None = None
        while True:
            try:
                is_done = await self.look(chats)
            except StoreError as error:
                log.debug("pins_not_read", reason=str(error))
                is_done = False
            await (self._changed.news.wait() if is_done else rest_until(self._again, self._changed.news))
            await asyncio.sleep(self._rest)
            taken = self._changed.take()
            chats = taken if is_done else None

    async def look(self, chats: frozenset[int] | None = None) -> bool:
        """Change what is to be changed; False if something is left to be tried later."""
        done = [await self._change(one) for one in await self._pins.due(chats)]
        return all(done)

    async def _change(self, one: PinChange) -> bool:
        """Whether it need not be tried again."""
        chat_id = one.channel.chat_id
        try:
            await self._bring(one)
        except ChatClosed as error:
            log.warning("pin_refused", chat=chat_id, reason=error.reason)
            return not await self._pins.refused(chat_id) or await self._told(one)
        except ChatGone as error:
            log.debug("pin_deferred", chat=chat_id, reason=error.reason)
            return True
        except JianbaoError as error:
            log.debug("pin_deferred", chat=chat_id, reason=str(error))
            return False
        await self._pins.note(chat_id, one.wanted)
        log.info("pin_changed", chat=chat_id, message=one.wanted, before=one.channel.pinned)
        return True

    async def _bring(self, one: PinChange) -> None:
        """Put the one on top, and take down the other; what was deleted is nowhere."""
        calls = ((self._gateway.pin, one.wanted), (self._gateway.unpin, one.channel.pinned))
        for call, message_id in calls:
            if message_id is not None:
                try:
                    await call(one.channel.chat_id, message_id)
                except (MessageGone, MessageRefused) as error:
                    log.debug("pin_gone", chat=one.channel.chat_id, reason=error.reason)

    async def _told(self, one: PinChange) -> bool:
        if one.host is None:
            return True
        try:
            await self._tell(one.host, one.channel)
        except TryLater as error:
            log.debug("pin_not_told", chat=one.channel.chat_id, reason=error.reason)
            await self._pins.untold(one.channel.chat_id)
            return False
        except JianbaoError as error:
            log.debug("pin_not_told", chat=one.channel.chat_id, reason=str(error))
        return True


class _InTurn:
    """Makes the calls in slots of the dispatcher, as if somebody waited for them."""

    def __init__(self, chats: Chats, dispatcher: Dispatcher) -> None:
        self._chats = chats
        self._dispatcher = dispatcher

    async def pin(self, chat_id: int, message_id: int) -> None:
        await self._run(chat_id, lambda: self._chats.pin(chat_id, message_id))

    async def unpin(self, chat_id: int, message_id: int) -> None:
        await self._run(chat_id, lambda: self._chats.unpin(chat_id, message_id))

    async def _run(self, chat_id: int, call: Callable[[], Awaitable[None]]) -> None:
        await self._dispatcher.run(chat_id, call, priority=Priority.REPLY, paid=False, patience=LONGEST_WAIT)


def make_channel_pins(
    client: Client, sending: Sending, editorial: Editorial, written_in: Language
) -> ChannelPins:
    """What keeps the contents on top, in one line with replies and broadcasts before the dispatcher."""
    chats, dispatcher = Chats(client), sending.dispatcher
    gateway = ThrottledGateway(chats, dispatcher, asyncio.sleep)

    async def tell(host: int, channel: Channel) -> None:
        subscriber = await sending.storage.subscribers.get(Destination(host))
        language = subscriber.cut.language if subscriber else written_in
        message = editorial.renderer.reply("channel_may_not_pin", language, title=channel.title)
        await gateway.send(Destination(host), message)

    return ChannelPins(sending.storage.pins, _InTurn(chats, dispatcher), tell, sending.changed)
