"""python-telegram-bot's errors in our words: what each makes us do.

The order of the rules matters: BadRequest and TimedOut are subclasses of NetworkError.
The fragments are Telegram's own descriptions, in small letters.
"""

from collections.abc import Callable
from typing import Any

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

from bot.errors import BadInput, ChatGone, JianbaoError, MessageRefused, SendError, TryLater, Uncertain
from bot.telegram_api.transport import RequestLeft, ToldToWait

NO_RIGHTS = ("not enough rights", "have no rights", "need administrator rights")
MAY_COME_BACK = ("blocked by the user", "can't initiate conversation", "was kicked", "is not a member")
NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_deactivated",
    "user is deactivated",
)
UNPARSABLE = ("can't parse entities", "can't parse message text", "entities_too_long")
NEXT_WAIT = 1.0  # seconds; where a 429 does not say


def translate(error: TelegramError) -> JianbaoError:
    """The error that says what to do. Its text holds no token."""
    return next(ours(error) for theirs, ours in RULES if isinstance(error, theirs))


def is_about_parsing(error: TelegramError) -> bool:
    """Whether Telegram refused the markup, so that the bare text may pass."""
    return isinstance(error, BadRequest) and _says(error.message, UNPARSABLE)


def _forbidden(reason: str) -> SendError:
    if _says(reason, NO_RIGHTS):
        return MessageRefused(reason)
    return ChatGone(reason, blocked=_says(reason, MAY_COME_BACK))


def _bad_request(reason: str) -> SendError:
    return ChatGone(reason) if _says(reason, NOBODY_THERE) else MessageRefused(reason)


def _says(reason: str, fragments: tuple[str, ...]) -> bool:
    lower = reason.lower()
    return any(fragment in lower for fragment in fragments)


def _seconds(error: RetryAfter) -> float:
    return error.retry_after.total_seconds() if isinstance(error, ToldToWait) else NEXT_WAIT


#: The first that fits holds.
RULES: tuple[tuple[type, Callable[[Any], JianbaoError]], ...] = (
    (RetryAfter, lambda error: TryLater(error.message, after=_seconds(error))),
    (ChatMigrated, lambda error: ChatGone(f"the group became {error.new_chat_id}")),
    (Forbidden, lambda error: _forbidden(error.message)),
    (InvalidToken, lambda _: BadInput("Telegram does not know the bot's token", where="JIANBAO_TOKEN")),
    (BadRequest, lambda error: _bad_request(error.message)),
    (RequestLeft, lambda error: Uncertain(error.message)),
    (TimedOut, lambda error: Uncertain(error.message)),
    (NetworkError, lambda error: TryLater(error.message, after=0)),
    (Conflict, lambda error: TryLater(error.message, after=0)),
    (TelegramError, lambda error: Uncertain(error.message)),  # an answer nobody can read: it may be done
)
