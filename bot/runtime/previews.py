"""What a reader gets of an issue, brought into the editors' chat silently, and taken away by a button."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Never, Protocol

import structlog

from bot.errors import JianbaoError, TryLater
from bot.messages import Button, Message, Renderer
from bot.messages.wording import Wording
from bot.model import Cut, Destination, Issue
from bot.readers.allowance import Allowance
from bot.storage.desk_messages import BETWEEN, DeskKind, DeskMessage, DeskMessages

log = structlog.get_logger()

AN_HOUR = 30  # previews of a chat
MOST_TRIES = 20  # of one message, where the chat has to wait


class Gateway(Protocol):
    """How messages come and go. Raises SendError, or BadInput if the token is wrong."""

    async def send(self, to: Destination, message: Message) -> int: ...

    async def delete(self, chat_id: int, message_id: int) -> None: ...


Work = Callable[[], Awaitable[None]]


class Previews:
    """Brings one preview after the other. ``sleep`` waits so many seconds."""

    def __init__(
        self,
        *,
        gateway: Gateway,
        messages: DeskMessages,
        renderer: Renderer,
        wording: Wording,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._gateway = gateway
        self._messages = messages
        self._renderer = renderer
        self._wording = wording
        self._now = now
        self._sleep = sleep
        self._allowance = Allowance(AN_HOUR, now)
        self._work: asyncio.Queue[Work] = asyncio.Queue()
        self._busy: set[int] = set()

    def may_ask(self, chat_id: int) -> int:
        """In how many minutes a chat may ask for a preview; 0 for now."""
        return self._allowance.minutes_left(chat_id)

    def ask(self, chat_id: int, issue: Issue, cut: Cut) -> bool:
        """Let a preview come; False while another is on its way."""
        if chat_id in self._busy:
            return False
        self._busy.add(chat_id)
        self._allowance.note(chat_id)
        self._work.put_nowait(lambda: self._bring_once(chat_id, issue, cut))
        return True

    def remove(self, chat_id: int, message_id: int) -> None:
        """Let what came with this message be taken away."""
        self._work.put_nowait(lambda: self.take_away(chat_id, message_id))

    async def run(self) -> Never:
        """Do what was asked for, as long as this process leads; ends never."""
        while True:
            work = await self._work.get()
            try:
                await work()
            except JianbaoError as error:
                log.warning("preview_not_sent", reason=str(error))
            except Exception:
                log.exception("preview_failed")

    async def _bring_once(self, chat_id: int, issue: Issue, cut: Cut) -> None:
        try:
            await self.bring(chat_id, issue, cut)
        finally:
            self._busy.discard(chat_id)

    async def bring(self, chat_id: int, issue: Issue, cut: Cut) -> None:
        """Send the messages, and below them the button that takes them away."""
        messages = await asyncio.to_thread(self._renderer.issue, issue, cut, private=True)
        about = f"{issue.slug}{BETWEEN}{self._now():%Y%m%d%H%M%S%f}"
        for message in messages:
            await self._send(chat_id, about, message)
        away = Button(self._wording.label("look_away", cut.language), data="unlook:")
        last = self._renderer.reply(
            "editors/preview", cut.language, slug=issue.slug, count=len(messages), cut=cut, buttons=((away,),)
        )
        await self._send(chat_id, about, last)

    async def take_away(self, chat_id: int, message_id: int) -> None:
        """Take away what came with this message."""
        last = await self._messages.get(chat_id, message_id)
        if last is None or last.kind is not DeskKind.PREVIEW:
            return
        for one in await self._messages.about(chat_id, DeskKind.PREVIEW, last.about):
            try:
                await self._gateway.delete(chat_id, one.message_id)
            except JianbaoError as error:
                log.info("preview_stays", chat=chat_id, reason=str(error))
            await self._messages.drop(chat_id, (one.message_id,))

    async def _send(self, chat_id: int, about: str, message: Message) -> None:
        message_id = await self._patiently(chat_id, replace(message, silent=True))
        one = DeskMessage(
            chat_id=chat_id, message_id=message_id, kind=DeskKind.PREVIEW, about=about, at=self._now()
        )
        await self._messages.put(one)

    async def _patiently(self, chat_id: int, message: Message) -> int:
        """A group takes twenty messages a minute: what has to wait does so."""
        for _ in range(MOST_TRIES - 1):
            try:
                return await self._gateway.send(Destination(chat_id), message)
            except TryLater as error:
                await self._sleep(max(error.after, 1.0))
        return await self._gateway.send(Destination(chat_id), message)
