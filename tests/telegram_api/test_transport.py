import logging
import traceback

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.errors import BadInput
from bot.messages import Message
from bot.model import Destination
from bot.telegram_api import Client, Sender, Transport, make_client
from bot.telegram_api.transport import ToldToWait
from tests.telegram_api.server import TOKEN, BotApi, hang_up, never, page, refusal

SERVERS_OWN_LOG = "aiohttp.access"
SECRET = TOKEN.partition(":")[2]


async def test_what_was_done_is_told_what_was_refused_is_not(
    client: Client, api: BotApi, answered: list[str]
) -> None:
    await client.get_updates()
    api.answers.append(refusal(400, "Bad Request: message text is empty"))
    with pytest.raises(NetworkError):
        await client.send_message(7, "x")
    assert answered == ["getMe", "getUpdates"]


async def test_no_answer_counts_as_none(client: Client, api: BotApi, answered: list[str]) -> None:
    api.answers += [hang_up, page(302, "elsewhere"), page(502, "Bad Gateway")]
    for _ in range(3):
        with pytest.raises(NetworkError):
            await client.get_updates()
    assert answered == ["getMe"]


async def test_how_each_call_ended_is_told_and_an_answer_is_whatever_telegram_says(
    client: Client, api: BotApi, ends: list[str | None]
) -> None:
    answer, released = never()
    api.answers += [hang_up, page(302, "elsewhere"), page(502, "Bad Gateway"), answer]
    api.answers += [refusal(400, "Bad Request: message text is empty"), refusal(403, "Forbidden: blocked")]
    api.answers += [refusal(429, "Too Many Requests: retry after 5", retry_after=5)]
    for _ in range(7):
        with pytest.raises(TelegramError):
            await client.send_message(7, "x")
    released.set()
    broke = "the connection broke before the answer (ServerDisconnectedError)"
    pages = [f"HTTP {code}, not from the Bot API" for code in (302, 502)]
    assert ends == [None, broke, *pages, "no answer in time", None, None, None]


async def test_a_request_for_updates_that_ends_without_any_is_no_silence(
    client: Client, api: BotApi, ends: list[str | None]
) -> None:
    api.answers.append(hang_up)
    with pytest.raises(NetworkError):
        await client.get_updates()
    assert ends == [None]


async def test_parameters_go_as_json_with_their_types(client: Client, api: BotApi) -> None:
    await client.send_message(7, "简报 <b>", disable_notification=True)
    assert api.seen[-1][1] == {"chat_id": 7, "text": "简报 <b>", "disable_notification": True}


async def test_files_go_as_a_form(client: Client, api: BotApi) -> None:
    photo = InputFile(b"\x89PNG", filename="cover.png")
    await client.send_photo(7, photo, caption="封面")
    _, seen = api.seen[-1]
    assert (seen["chat_id"], seen["caption"]) == ("7", "封面")
    (file,) = [value for value in seen.values() if not isinstance(value, str)]
    assert file == ("cover.png", b"\x89PNG")


async def test_a_call_may_have_a_timeout_of_its_own(client: Client, api: BotApi) -> None:
    answer, released = never()
    api.answers.append(answer)
    with pytest.raises(TimedOut):
        await client.send_message(7, "x", read_timeout=0.01)
    released.set()


async def test_a_429_says_how_long_without_a_warning(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(429, "Too Many Requests: retry after 5", retry_after=5))
    with pytest.raises(ToldToWait) as caught:
        await client.send_message(7, "x")
    assert caught.value.retry_after.total_seconds() == 5


async def test_a_transport_that_is_not_open_says_so() -> None:
    with pytest.raises(NetworkError, match="not open"):
        await Transport(connections=1).do_request("http://127.0.0.1:9/", "POST")


async def test_the_token_is_in_no_repr_no_log_and_no_error(
    client: Client, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong, and whatever is logged at DEBUG."""
    caplog.set_level(logging.DEBUG)
    shown = [repr(client), str(client)]
    answer, released = never()
    moved = page(302, f"moved to /bot{TOKEN}/sendMessage")
    faults = [hang_up, answer, moved, page(404, "no"), page(200, "no"), refusal(500, "Internal Server Error")]
    ways = (lambda: client.send_message(7, "x"), lambda: Sender(client).send(Destination(7), Message("x")))
    for send in ways:
        api.answers += faults
        for _ in faults:
            with pytest.raises(Exception) as caught:  # noqa: PT011  # any at all: its text is what counts
                await send()
            shown += traceback.format_exception(caught.value)
    released.set()
    make_client(TOKEN, api_url="http://127.0.0.1:9")
    shown += [record.getMessage() for record in caplog.records if record.name != SERVERS_OWN_LOG]
    assert len(shown) > 10
    assert SECRET not in "".join(shown)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "no address", "http://[bad", "ftp://127.0.0.1"])
async def test_an_address_that_leads_nowhere_does_not_show_the_token(address: str) -> None:
    client = make_client(TOKEN, api_url=address)
    with pytest.raises(Exception) as caught:  # noqa: PT011  # any at all: its text is what counts
        await client.initialize()
    await client.shutdown()
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_a_server_of_ones_own_may_lie_below_a_path(api: BotApi, answered: list[str]) -> None:
    async with api.server() as server:
        url = str(server.make_url("/bots/api/"))
        async with make_client(TOKEN, api_url=url, on_answer=answered.append) as client:
            await Sender(client).send(Destination(7), Message("x"))
    assert answered == ["getMe", "sendMessage"]


async def test_a_token_that_telegram_rejects_is_bad_input_and_not_shown(api: BotApi) -> None:
    wrong = "654321:wrong-secret"
    api.answers.append(refusal(401, "Unauthorized"))
    async with api.server() as server:
        client = make_client(wrong, api_url=str(server.make_url("/")))
        with pytest.raises(BadInput) as caught:
            await client.initialize()
        await client.shutdown()
    assert str(caught.value) == "Telegram does not know the bot's token"
    assert "wrong-secret" not in "".join(traceback.format_exception(caught.value))
