"""A request to a language model: what it says, what counts as away, and that the key is shown to nobody."""

from collections.abc import AsyncIterator, Callable

import pytest
from pydantic import SecretStr

from bot.editors.second_reader.client import ReaderAway, ReaderClient, ReaderServer
from bot.telegram_api import Proxy
from tests.editors.second_reader.server import MODEL, Answer, ChatServer, broken, never, raw, saying
from tests.proxies import QUOTED, USER, HttpProxy, running

KEY = "sk-opens-nothing"
Connect = Callable[..., ReaderClient]


@pytest.fixture
def model() -> ChatServer:
    return ChatServer()


@pytest.fixture
async def connect(model: ChatServer) -> AsyncIterator[Connect]:
    async with model.server() as server:

        def client(**changes: object) -> ReaderClient:
            given = {"url": str(server.make_url("/v1")), "model": MODEL, "key": SecretStr(KEY)} | changes
            return ReaderClient(ReaderServer(**given))  # type: ignore[arg-type]  # of each field's own type

        yield client


async def test_a_request_names_the_model_and_brings_the_key(model: ChatServer, connect: Connect) -> None:
    model.answers.append(saying("{}"))
    assert await connect(temperature=0.0).complete("be careful", '{"items": []}') == "{}"
    (body,) = model.seen
    assert [one["content"] for one in body["messages"]] == ["be careful", '{"items": []}']
    assert (body["model"], body["temperature"], body["stream"]) == (MODEL, 0.0, False)
    assert model.headers[0]["Authorization"] == f"Bearer {KEY}"


async def test_without_a_key_and_a_temperature_none_is_sent(model: ChatServer, connect: Connect) -> None:
    model.answers.append(saying(None))
    assert not await connect(key=None).complete("", "")
    assert "temperature" not in model.seen[0]
    assert "Authorization" not in model.headers[0]


@pytest.mark.parametrize(
    ("answer", "reason", "reached"),
    [
        (raw("<html>", 502), "HTTP 502", False),
        (raw(f"wrong key {KEY}", 401), "HTTP 401: the key is not accepted", False),
        (raw("{}", 404), "HTTP 404: there is no such address or model", False),
        (raw("{}", 429), "HTTP 429: too many requests, or no credit", False),
        (raw("", 302, Location="http://127.0.0.1:1/elsewhere"), "HTTP 302", False),
        (raw("<html>"), "its answer is not one of the chat API", True),
        (raw("[" * 200_000), "its answer is not one of the chat API", True),
        (raw(b"\x1f\x8b\x08\x00", 200, **{"Content-Encoding": "gzip"}), "its answer is not one of", True),
        (raw("{}"), "its answer is not one of the chat API", True),
        (raw(b" " * 1_000_001), "its answer is longer than a megabyte", True),
        (broken, "the connection broke", True),
    ],
)
async def test_what_is_no_answer_means_that_it_is_away(
    model: ChatServer,
    connect: Connect,
    answer: Answer,
    reason: str,
    reached: bool,  # noqa: FBT001
) -> None:
    model.answers.append(answer)
    with pytest.raises(ReaderAway) as raised:
        await connect().complete("", "")
    assert str(raised.value).startswith(reason)
    assert raised.value.reached is reached
    assert KEY not in str(raised.value)


async def test_a_redirect_is_not_followed(model: ChatServer, connect: Connect) -> None:
    model.answers.append(raw("", 307, Location="/v1/chat/completions"))
    with pytest.raises(ReaderAway, match="HTTP 307"):
        await connect().complete("", "")
    assert len(model.seen) == 1


async def test_it_is_not_waited_for_longer_than_said(model: ChatServer, connect: Connect) -> None:
    model.answers.append(never)
    with pytest.raises(ReaderAway, match=r"no answer within 0\.05 seconds") as raised:
        await connect(timeout=0.05).complete("", "")
    assert raised.value.reached


async def test_where_nobody_listens_it_was_not_reached(connect: Connect) -> None:
    with pytest.raises(ReaderAway, match=r"no connection to 127\.0\.0\.1:9") as raised:
        await connect(url="http://127.0.0.1:9/v1").complete("", "")
    assert not raised.value.reached


def test_nothing_shows_the_key_or_the_password_of_the_proxy(connect: Connect) -> None:
    proxy = Proxy(url="http://reader:s3cret@127.0.0.1:9")
    server = ReaderServer(url="https://host/v1", model=MODEL, key=SecretStr(KEY), proxy=proxy)
    shown = repr(server) + repr(ReaderClient(server)) + repr(connect())
    assert KEY not in shown
    assert "s3cret" not in shown


async def test_the_way_is_by_the_proxy(model: ChatServer, connect: Connect) -> None:
    proxy = HttpProxy()
    async with running(proxy):
        way = Proxy(url=f"http://{USER}:{QUOTED}@127.0.0.1:{proxy.port}")
        assert await connect(proxy=way).models() == frozenset({MODEL})
        assert len(proxy.reached) == 1
    with pytest.raises(
        ReaderAway, match=rf"no connection through the proxy http://127\.0\.0\.1:{proxy.port}$"
    ):
        await connect(proxy=way).models()
    assert not model.seen


@pytest.mark.parametrize("answer", [raw("{}", 404), raw("<html>"), raw("{}")])
async def test_a_server_may_list_no_models(model: ChatServer, connect: Connect, answer: Answer) -> None:
    model.models = answer
    assert await connect().models() is None


async def test_a_key_that_is_not_accepted_is_told_when_models_are_listed(
    model: ChatServer, connect: Connect
) -> None:
    model.models = raw("{}", 401)
    with pytest.raises(ReaderAway, match="HTTP 401: the key is not accepted"):
        await connect().models()
