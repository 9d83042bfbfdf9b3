"""The way to Telegram through real proxies; what is wrong with one is told as that, without its password."""

import logging
import traceback
from collections.abc import AsyncIterator

import pytest

from bot.errors import SendError, TryLater
from bot.messages import Message
from bot.model import Destination
from bot.telegram_api import Proxy as Address
from bot.telegram_api import Sender, Timeouts, make_client
from tests.proxies import PASSWORD, QUOTED, USER, HttpProxy, Odd, Proxy, SocksProxy, running
from tests.telegram_api.server import TOKEN, BotApi

KINDS: dict[str, type[Proxy]] = {"http": HttpProxy, "socks5": SocksProxy}
NAMED_BY_THE_PROXY = "telegram.test"  # a name that only the proxies of the tests know
GONE = "gone.invalid"


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def proxy(kind: str) -> AsyncIterator[Proxy]:
    made = KINDS[kind]()
    async with running(made):
        yield made


async def trouble(url: str, api_url: str, *, patience: float = 5) -> str:
    """What the operator reads when the bot cannot reach Telegram; no secret is in the whole of it."""
    client = make_client(TOKEN, api_url=api_url, timeouts=Timeouts(connect=patience), proxy=Address(url=url))
    with pytest.raises(SendError) as caught:
        await client.initialize()
    await client.shutdown()
    assert isinstance(caught.value, TryLater)  # nothing has left: it may be tried again without a doubt
    shown = "".join(traceback.format_exception(caught.value)) + repr(client) + repr(Address(url=url))
    assert not any(secret in shown for secret in (PASSWORD, QUOTED, TOKEN))
    return caught.value.reason


async def test_all_that_the_bot_says_goes_through_the_proxy_which_also_resolves_the_name(
    kind: str, proxy: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api = BotApi()
    async with api.server() as server:
        port = server.make_url("/").port
        url = f"{kind}://{USER}:{QUOTED}@127.0.0.1:{proxy.port}"
        api_url = f"http://{NAMED_BY_THE_PROXY}:{port}"
        async with make_client(TOKEN, api_url=api_url, proxy=Address(url=url)) as client:
            await Sender(client).send(Destination(7), Message("x"))
            await client.get_updates()
    assert [method for method, _ in api.seen] == ["getMe", "sendMessage", "getUpdates"]
    assert set(proxy.reached) == {f"{NAMED_BY_THE_PROXY}:{port}"}
    assert PASSWORD not in caplog.text
    assert QUOTED not in caplog.text


@pytest.mark.parametrize("user", ["", f"{USER}:wrong@"])
@pytest.mark.parametrize("target", ["https", "http"])
async def test_a_wrong_password_is_told(kind: str, proxy: Proxy, user: str, target: str) -> None:
    reason = await trouble(f"{kind}://{user}127.0.0.1:{proxy.port}", f"{target}://{NAMED_BY_THE_PROXY}:9")
    assert reason == f"the proxy {kind}://127.0.0.1:{proxy.port} does not accept this user and password"


@pytest.mark.parametrize(
    ("kind", "says"),
    [("http", ()), ("socks5", ()), ("socks5", (b"\x05\x02",)), ("socks5", (b"\x05\x02", b"\x01\x00"))],
)
async def test_a_proxy_that_closes_the_connection_is_told_for_some_do_at_a_wrong_password(
    kind: str, says: tuple[bytes, ...]
) -> None:
    closes = Odd(*says)
    async with running(closes):
        reason = await trouble(
            f"{kind}://{USER}:{QUOTED}@127.0.0.1:{closes.port}", f"https://{NAMED_BY_THE_PROXY}:9"
        )
    assert reason == (
        f"the proxy {kind}://127.0.0.1:{closes.port} closed the connection, as some do at a wrong password"
    )


@pytest.mark.parametrize(
    "says", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x05\x07", b"\x04\x02", b"\x05", b"\xff\xff\xff"]
)
async def test_whatever_a_proxy_says_instead_is_told_as_the_proxys(says: bytes) -> None:
    odd = Odd(says)
    async with running(odd):
        reason = await trouble(
            f"socks5://{USER}:{QUOTED}@127.0.0.1:{odd.port}",
            f"https://{NAMED_BY_THE_PROXY}:9",
            patience=0.3,
        )
    assert f"the proxy socks5://127.0.0.1:{odd.port} " in reason


@pytest.mark.parametrize("user", ["u" * 300, "r%C3%A9ader"])
async def test_a_user_that_the_proxys_protocol_cannot_say_is_told_as_the_proxys(
    proxy: Proxy, kind: str, user: str
) -> None:
    reason = await trouble(f"{kind}://{user}:{QUOTED}@127.0.0.1:{proxy.port}", "https://telegram.test:9")
    assert f"the proxy {kind}://127.0.0.1:{proxy.port} " in reason


async def test_a_dead_proxy_is_told(kind: str) -> None:
    reason = await trouble(f"{kind}://{USER}:{QUOTED}@127.0.0.1:9", "https://api.telegram.org")
    assert reason.startswith(f"no connection to the proxy {kind}://127.0.0.1:9 (")


async def test_a_proxy_that_has_no_address_is_told(kind: str) -> None:
    reason = await trouble(f"{kind}://{USER}:{QUOTED}@{GONE}:3128", "https://api.telegram.org")
    assert reason.startswith(f"no connection to the proxy {kind}://{GONE}:3128 (")


async def test_a_proxy_without_a_way_on_is_told(kind: str, proxy: Proxy) -> None:
    url = f"{kind}://{USER}:{QUOTED}@127.0.0.1:{proxy.port}"
    reason = await trouble(url, "https://127.0.0.1:9")
    assert reason.startswith(
        f"the proxy {kind}://127.0.0.1:{proxy.port} did not get through to the Bot API ("
    )


async def test_what_breaks_inside_the_tunnel_is_told(kind: str, proxy: Proxy) -> None:
    """A server without TLS at its other end."""
    async with BotApi().server() as server:
        url = f"{kind}://{USER}:{QUOTED}@127.0.0.1:{proxy.port}"
        reason = await trouble(
            url, str(server.make_url("/").with_scheme("https").with_host(NAMED_BY_THE_PROXY))
        )
    assert reason.startswith(f"no secure connection through the proxy {kind}://127.0.0.1:{proxy.port} (")
    assert proxy.reached
