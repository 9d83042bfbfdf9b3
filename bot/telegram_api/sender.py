"""Sends, rewrites and deletes messages, and translates Telegram's errors into ours."""

from collections.abc import Callable
from typing import Any

import structlog
import telegram
from telegram.error import TelegramError

from bot.errors import RichRefused, Uncertain
from bot.model import Destination
from bot.telegram_api.failures import DELETED_ALREADY, SAME_ALREADY, done, is_about_parsing, is_about_rich
from bot.telegram_api.payloads import MOST_KEPT, Sendable, addressed, is_rich, to_edit, to_send
from bot.telegram_api.plain_text import PlainText, RejectedMarkup

log = structlog.get_logger()

Address = dict[str, object]  #: where a message goes, or which one it is
Made = Callable[[Sendable], bytes]  #: makes the body of a message


def where(to: Destination) -> Address:
    """The Bot API's parameters of a place to send to: Telegram knows no thread of the id 0."""
    return {"chat_id": to.chat, "message_thread_id": to.thread} if to.thread else {"chat_id": to.chat}


class Sender:
    """Sends messages as ``bot``. Every method raises SendError, or BadInput if the token is wrong.

    ``paid``: messages above the free 30 a second are paid, 0.1 Star each
    (https://core.telegram.org/bots/api#paid-broadcasts).

    If Telegram cannot parse the markup of a message, it is sent as plain text. That is logged once;
    all later chats get the plain text at once. A rich message that is refused as such raises RichRefused.
    """

    def __init__(self, bot: telegram.Bot, *, paid: bool = False) -> None:
        self._bot = bot
        self._always: Address = {"allow_paid_broadcast": True} if paid else {}
        self._refused = RejectedMarkup(most=MOST_KEPT)

    async def send(self, to: Destination, message: Sendable, *, reply_to: int | None = None) -> int:
        """Send a message; returns Telegram's id of it.

        ``reply_to`` is the id of a message of the same thread; if that is gone, the message is no reply.
        """
        address: Address = {**where(to), **self._always}
        if reply_to is not None:
            address["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        sent = await done(
            self._say("sendRichMessage" if is_rich(message) else "sendMessage", address, message, to_send)
        )
        match sent:
            case {"message_id": int(message_id)}:
                return message_id
            case _:
                raise Uncertain("the answer has no message id")

    async def edit(self, chat_id: int, message_id: int, message: Sendable) -> None:
        """Rewrite a message and its buttons; does nothing if it is the same already.

        Raises MessageGone if the message does not exist.
        """
        address: Address = {"chat_id": chat_id, "message_id": message_id}
        await done(self._say("editMessageText", address, message, to_edit), already=SAME_ALREADY)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message; does nothing if it is gone already."""
        await done(self._bot.delete_message(chat_id, message_id), already=DELETED_ALREADY)

    async def _say(self, method: str, address: Address, message: Sendable, made: Made) -> Any:
        if is_rich(message):
            return await self._say_rich(method, address, made(message))
        if message not in self._refused:
            try:
                return await self._post(method, address, made(message))
            except TelegramError as error:
                if not is_about_parsing(error):
                    raise
                if self._refused.add(message):
                    log.error("markup_rejected", chat=address["chat_id"], reason=error.message)  # noqa: TRY400  # its traceback says nothing
        return await self._post(method, address, made(PlainText(message=message)))

    async def _say_rich(self, method: str, address: Address, body: bytes) -> Any:
        try:
            return await self._post(method, address, body)
        except TelegramError as error:
            if not is_about_rich(error):
                raise
            log.warning("rich_refused", chat=address["chat_id"], reason=error.message)
            raise RichRefused(error.message) from None

    async def _post(self, method: str, address: Address, body: bytes) -> Any:
        """The ``result`` of the answer; without the library's Bot, which would parse each answer."""
        try:
            return await self._bot.request.post(
                f"{self._bot.base_url}/{method}", request_data=addressed(body, address)
            )
        except KeyError:
            raise TelegramError("the answer has no result") from None
