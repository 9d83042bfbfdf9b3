"""Sends one message, rewrites one, takes one away; and says in our words what became of it."""

from collections.abc import Callable
from typing import Any

import structlog
import telegram
from telegram.error import TelegramError

from bot.errors import Uncertain
from bot.telegram_api.failures import DELETED_ALREADY, SAME_ALREADY, done, is_about_parsing
from bot.telegram_api.payloads import MOST_KEPT, Sendable, addressed, to_edit, to_send
from bot.telegram_api.plain_text import PlainText, RejectedMarkup

log = structlog.get_logger()

Address = dict[str, object]  #: where a message goes, or which one it is
Made = Callable[[Sendable], bytes]  #: makes the body of a message


class Sender:
    """Sends messages as ``bot``. Every method raises a SendError, or BadInput for a wrong token.

    ``paid``: what it sends may go above the free 30 messages a second, for 0.1 Star each
    (https://core.telegram.org/bots/api#paid-broadcasts).

    Where Telegram cannot parse the markup of a message, the bare text goes in its place. The
    operator is told once; the chats after the first get the bare text without asking again.
    """

    def __init__(self, bot: telegram.Bot, *, paid: bool = False) -> None:
        self._bot = bot
        self._always: Address = {"allow_paid_broadcast": True} if paid else {}
        self._refused = RejectedMarkup(most=MOST_KEPT)

    async def send(self, chat_id: int, message: Sendable, *, reply_to: int | None = None) -> int:
        """Send; returns Telegram's id of the message.

        ``reply_to`` is the id of a message of the chat; where that is gone, it is no reply.
        """
        address: Address = {"chat_id": chat_id, **self._always}
        if reply_to is not None:
            address["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        sent = await done(self._say("sendMessage", address, message, to_send))
        match sent:
            case {"message_id": int(message_id)}:
                return message_id
            case _:
                raise Uncertain("the answer names no message")

    async def edit(self, chat_id: int, message_id: int, message: Sendable) -> None:
        """Rewrite a message, buttons included; nothing happens where it is the same already.

        Raises MessageGone where there is none.
        """
        address: Address = {"chat_id": chat_id, "message_id": message_id}
        await done(self._say("editMessageText", address, message, to_edit), already=SAME_ALREADY)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message away; nothing happens where it is gone already."""
        await done(self._bot.delete_message(chat_id, message_id), already=DELETED_ALREADY)

    async def _say(self, method: str, address: Address, message: Sendable, made: Made) -> Any:
        if message not in self._refused:
            try:
                return await self._post(method, address, made(message))
            except TelegramError as error:
                if not is_about_parsing(error):
                    raise
                if self._refused.add(message):
                    log.error("markup_rejected", chat=address["chat_id"], reason=error.message)  # noqa: TRY400  # its traceback says nothing
        return await self._post(method, address, made(PlainText(message=message)))

    async def _post(self, method: str, address: Address, body: bytes) -> Any:
        """The ``result`` of the answer. Not by way of the library's Bot, which takes each answer apart."""
        try:
            return await self._bot.request.post(
                f"{self._bot.base_url}/{method}", request_data=addressed(body, address)
            )
        except KeyError:
            raise TelegramError("the answer has no result") from None
