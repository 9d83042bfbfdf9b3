"""Each error of python-telegram-bot, in our words."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
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
    ThreadClosed,
    TokenRefused,
    TryLater,
    Uncertain,
    UpdatesTaken,
)
from bot.telegram_api import translate
from tests.telegram_api.server import TOKEN


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (BadRequest("Bad Request: chat not found"), ChatGone),
        (BadRequest("Bad Request: PEER_ID_INVALID"), ChatGone),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), ChatGone),
        (ChatMigrated(-100123), ChatMoved),
        (BadRequest("Bad Request: message is too long"), MessageRefused),
        (BadRequest("Bad Request: message can't be deleted"), MessageRefused),
        (BadRequest("Bad Request: message can't be edited"), MessageRefused),
        (BadRequest("Bad Request: message to edit not found"), MessageGone),
        (BadRequest("Bad Request: MESSAGE_ID_INVALID"), MessageGone),
        (TimedOut(), Uncertain),
        (NetworkError("x"), TryLater),
        (Conflict("Conflict: terminated by other getUpdates request"), UpdatesTaken),
        (InvalidToken(f"The token `{TOKEN}` was rejected by the server."), TokenRefused),
        (TelegramError("x"), Uncertain),
    ],
)
def test_each_of_their_errors_says_what_to_do(theirs: TelegramError, ours: type[JianbaoError]) -> None:
    error = translate(theirs)
    assert type(error) is ours
    assert TOKEN not in str(error)


@pytest.mark.parametrize(
    "theirs",
    [
        BadRequest("Bad Request: not enough rights to send text messages to the chat"),
        Forbidden("Forbidden: not enough rights to send text messages to the chat"),
        BadRequest("Bad Request: have no rights to send a message"),
        BadRequest("Bad Request: need administrator rights in the channel chat"),
        BadRequest("Bad Request: CHANNEL_PRIVATE"),
        BadRequest("Bad Request: CHAT_ADMIN_REQUIRED"),
        BadRequest("Bad Request: CHAT_GUEST_SEND_FORBIDDEN"),
        BadRequest("Bad Request: CHAT_RESTRICTED"),
        BadRequest("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
        BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"),
        Forbidden("Forbidden: CHAT_WRITE_FORBIDDEN"),
        BadRequest("Bad Request: USER_BANNED_IN_CHANNEL"),
    ],
    ids=str,
)
def test_a_chat_that_the_bot_may_not_write_in_is_closed(theirs: TelegramError) -> None:
    error = translate(theirs)
    assert type(error) is ChatClosed
    assert error.reason == theirs.message


@pytest.mark.parametrize(
    "theirs",
    [
        BadRequest("Bad Request: message thread not found"),
        BadRequest("Bad Request: TOPIC_CLOSED"),
        BadRequest("TOPIC_DELETED"),
        BadRequest("Bad Request: TOPIC_ID_INVALID"),
        Forbidden("Forbidden: TOPIC_CLOSED"),
    ],
    ids=str,
)
def test_a_topic_that_is_closed_or_gone_is_no_closed_chat(theirs: TelegramError) -> None:
    assert type(translate(theirs)) is ThreadClosed
