import pytest
import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.errors import BadInput, ChatGone, JianbaoError, MessageRefused, TryLater, Uncertain
from bot.messages import Button, Message
from bot.telegram_api import Client, Sender, make_client, translate
from tests.telegram_api.server import TOKEN, BotApi, hang_up, never, page, refusal

HELLO = Message('<b>你好</b> &amp; <a href="https://example.com/a_b">link</a>', silent=True)


async def failure(client: Client) -> JianbaoError:
    with pytest.raises(JianbaoError) as caught:
        await Sender(client).send(7, HELLO)
    return caught.value


async def test_a_message_arrives_with_all_its_parameters(client: Client, api: BotApi) -> None:
    row = (Button("全部", data="rest:1"),)
    message = Message("<b>你好</b>", (row,), silent=True, picture="https://example.com/p.png")
    message_id = await Sender(client).send(7, message)
    method, seen = api.seen[-1]
    assert (method, message_id) == ("sendMessage", 42)
    assert seen == message.params(7)


@pytest.mark.parametrize(
    ("description", "blocked"),
    [
        ("Forbidden: bot was blocked by the user", True),
        ("Forbidden: bot was kicked from the group chat", True),
        ("Forbidden: user is deactivated", False),
    ],
)
async def test_a_chat_that_shut_us_out_is_gone(
    client: Client, api: BotApi, description: str, *, blocked: bool
) -> None:
    api.answers.append(refusal(403, description))
    error = await failure(client)
    assert isinstance(error, ChatGone)
    assert (error.reason, error.blocked) == (description, blocked)


async def test_a_429_is_waited_out_as_told(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(429, "Too Many Requests: retry after 10072", retry_after=10072))
    error = await failure(client)
    assert isinstance(error, TryLater)
    assert error.after == 10072


@pytest.mark.parametrize("code", [500, 502, 503])
async def test_a_server_fault_is_tried_later(client: Client, api: BotApi, code: int) -> None:
    api.answers.append(refusal(code, "Internal Server Error"))
    error = await failure(client)
    assert isinstance(error, TryLater)
    assert error.after == 0


@pytest.mark.parametrize("code", [401, 403, 404, 502])
async def test_a_proxys_page_does_not_pass_for_telegrams_word(client: Client, api: BotApi, code: int) -> None:
    api.answers.append(page(code, "<html>no</html>"))
    assert isinstance(await failure(client), TryLater)


async def test_a_broken_connection_after_the_request_left_is_uncertain(client: Client, api: BotApi) -> None:
    api.answers.append(hang_up)
    assert isinstance(await failure(client), Uncertain)


async def test_an_answer_that_does_not_come_is_uncertain(client: Client, api: BotApi) -> None:
    answer, released = never()
    api.answers.append(answer)
    assert isinstance(await failure(client), Uncertain)
    released.set()


async def test_an_answer_nobody_can_read_is_uncertain(client: Client, api: BotApi) -> None:
    api.answers.append(page(200, "<html>welcome to our hotel</html>"))
    assert isinstance(await failure(client), Uncertain)


async def test_a_request_that_never_left_is_tried_later() -> None:
    client = make_client(TOKEN, api_url="http://127.0.0.1:9")
    with pytest.raises(TryLater, match=r"no connection to 127\.0\.0\.1:9"):
        await client.initialize()
    await client.shutdown()


async def test_a_message_refused_for_good_says_why(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(400, "Bad Request: BUTTON_URL_INVALID"))
    error = await failure(client)
    assert isinstance(error, MessageRefused)
    assert error.reason == "Button_url_invalid"


async def test_markup_that_telegram_cannot_parse_goes_as_bare_text(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(400, "Bad Request: can't parse entities: unexpected end tag"))
    with structlog.testing.capture_logs() as logs:
        await Sender(client).send(7, HELLO)
    _, seen = api.seen[-1]
    assert seen["text"] == "你好 & link (https://example.com/a_b)"
    assert "parse_mode" not in seen
    assert seen["disable_notification"] is True
    assert [(entry["event"], entry["chat"]) for entry in logs] == [("part refused as HTML", 7)]


async def test_what_is_refused_as_bare_text_too_is_refused(client: Client, api: BotApi) -> None:
    api.answers += [
        refusal(400, "Bad Request: can't parse entities"),
        refusal(400, "Bad Request: message is too long"),
    ]
    assert isinstance(await failure(client), MessageRefused)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (BadRequest("Bad Request: chat not found"), ChatGone),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), MessageRefused),
        (BadRequest("Bad Request: PEER_ID_INVALID"), ChatGone),
        (Forbidden("Forbidden: not enough rights to send text messages to the chat"), MessageRefused),
        (ChatMigrated(-100123), ChatGone),
        (TimedOut(), Uncertain),
        (NetworkError("x"), TryLater),
        (InvalidToken(f"The token `{TOKEN}` was rejected by the server."), BadInput),
        (TelegramError("x"), Uncertain),
    ],
)
def test_each_of_their_errors_says_what_to_do(theirs: TelegramError, ours: type[JianbaoError]) -> None:
    error = translate(theirs)
    assert type(error) is ours
    assert TOKEN not in str(error)
