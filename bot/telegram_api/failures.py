"""python-telegram-bot's errors translated into ours, which say what to do.

The order of the rules matters: BadRequest and TimedOut are subclasses of NetworkError.
The fragments are Telegram's own descriptions in small letters: sentences of the Bot API server, and
names of errors from https://core.telegram.org/method/messages.sendMessage.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import (
    ChatClosed,
    ChatGone,
    ChatMoved,
    JianbaoError,
    MessageGone,
    MessageRefused,
    SendError,
    ThreadClosed,
    TokenRefused,
    TryLater,
    Uncertain,
    UpdatesTaken,
)
from bot.telegram_api.transport import RequestLeft, ToldToWait

Result = TypeVar("Result")

MAY_NOT_WRITE = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "channel_private",
    "chat_admin_required",
    "chat_guest_send_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "chat_write_forbidden",
    "user_banned_in_channel",
)
TOPIC_SHUT = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
MAY_COME_BACK = ("blocked by the user", "can't initiate conversation", "was kicked", "is not a member")
NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_deactivated",
    "user is deactivated",
)
NOTHING_TO_EDIT = ("message to edit not found", "message_id_invalid")
SAME_ALREADY = ("message is not modified",)
PINNED_ALREADY = ("chat_not_modified",)
DELETED_ALREADY = ("message to delete not found", "message_id_invalid")
UNPARSABLE = ("can't parse entities", "can't parse message text", "entities_too_long")
#: What a server says of a rich message that does not know them, or does not take this one.
NOT_RICH = ("method not found", "can't parse", "rich_", "rich message", "message text is empty")
NEXT_WAIT = 1.0  # seconds, if a 429 does not say how long to wait


def translate(error: TelegramError) -> JianbaoError:
    """The error that says what to do. Its text never contains the token."""
    return next(ours(error) for theirs, ours in RULES if isinstance(error, theirs))


def is_about_parsing(error: TelegramError) -> bool:
    """Whether Telegram refused the markup, so that it may accept the plain text."""
    return isinstance(error, BadRequest) and _says(error.message, UNPARSABLE)


def is_about_rich(error: TelegramError) -> bool:
    """Whether Telegram refused a rich message as such, so that it may accept the same in ordinary ones."""
    return isinstance(error, BadRequest) and _says(error.message, NOT_RICH)


async def done(call: Awaitable[Result], *, already: tuple[str, ...] = ()) -> Result | None:
    """Await a call to Telegram; None if it is refused with one of the ``already`` texts: it is done already.

    Raises SendError, or BadInput if the token is wrong.
    """
    try:
        return await call
    except TelegramError as error:
        if isinstance(error, BadRequest) and _says(error.message, already):
            return None
        raise translate(error) from None


def _forbidden(reason: str) -> SendError:
    if _says(reason, TOPIC_SHUT):
        return ThreadClosed(reason)
    if _says(reason, MAY_NOT_WRITE):
        return ChatClosed(reason)
    return ChatGone(reason, blocked=_says(reason, MAY_COME_BACK))


def _bad_request(reason: str) -> SendError:
    return next(ours(reason) for fragments, ours in REFUSALS if _says(reason, fragments))


def _says(reason: str, fragments: tuple[str, ...]) -> bool:
    lower = reason.lower()
    return any(fragment in lower for fragment in fragments)


def _seconds(error: RetryAfter) -> float:
    return error.retry_after.total_seconds() if isinstance(error, ToldToWait) else NEXT_WAIT


#: What a BadRequest means. The first match counts; every text contains the empty one.
REFUSALS: tuple[tuple[tuple[str, ...], Callable[[str], SendError]], ...] = (
    (NOBODY_THERE, ChatGone),
    (TOPIC_SHUT, ThreadClosed),
    (MAY_NOT_WRITE, ChatClosed),
    (NOTHING_TO_EDIT, MessageGone),
    (("",), MessageRefused),
)

#: The first match counts.
RULES: tuple[tuple[type, Callable[[Any], JianbaoError]], ...] = (
    (RetryAfter, lambda error: TryLater(error.message, after=_seconds(error))),
    (
        ChatMigrated,
        lambda error: ChatMoved(f"the group became {error.new_chat_id}", chat_id=error.new_chat_id),
    ),
    (Forbidden, lambda error: _forbidden(error.message)),
    (InvalidToken, lambda _: TokenRefused()),
    (BadRequest, lambda error: _bad_request(error.message)),
    (RequestLeft, lambda error: Uncertain(error.message)),
    (TimedOut, lambda error: Uncertain(error.message)),
    (NetworkError, lambda error: TryLater(error.message, after=0)),
    (Conflict, lambda error: UpdatesTaken(error.message, after=0)),
    (TelegramError, lambda error: Uncertain(error.message)),  # an unreadable answer: it may be done
)
