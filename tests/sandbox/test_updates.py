"""How updates reach the bot: polling, its conflicts, and the webhook."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox import Sandbox
from tests.sandbox.conftest import ADA, LIN, Client, Clock

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


async def test_updates_wait_until_an_offset_confirms_them(call: Client, telegram: Sandbox) -> None:
    for text in ("a", "b", "c"):
        await telegram.say(LIN, text)
    first = await call.ok("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["a", "b"]
    assert await call.ok("getUpdates", limit=2) == first
    (last,) = await call.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    assert last["message"]["text"] == "c"
    assert last["update_id"] == first[0]["update_id"] + 2
    assert await call.ok("getUpdates", offset=-1) == [last]


async def test_a_long_poll_ends_with_the_first_update(call: Client, telegram: Sandbox) -> None:
    poll = asyncio.create_task(call.ok("getUpdates", timeout=50))
    await telegram.until(lambda: telegram.polled)
    await telegram.say(LIN, "/topic 量化")
    (update,) = await poll
    message = update["message"]
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "zh-hans"
    assert message["chat"] == {"id": LIN, "type": "private", "first_name": "小林", "username": "xiaolin"}


async def test_only_the_kinds_that_were_asked_for_come(call: Client, telegram: Sandbox) -> None:
    await call.ok("getUpdates", allowed_updates=["my_chat_member"])
    await telegram.say(LIN, "a")
    telegram.block(LIN)
    (update,) = await call.ok("getUpdates")
    change = update["my_chat_member"]
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"


async def test_updates_are_kept_for_a_day(call: Client, telegram: Sandbox, clock: Clock) -> None:
    await telegram.say(LIN, "old")
    clock.forward(24 * 3600)
    await telegram.say(LIN, "new")
    (update,) = await call.ok("getUpdates")
    assert update["message"]["text"] == "new"


async def test_the_older_poll_is_ended(call: Client, telegram: Sandbox) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=50))
    await telegram.until(lambda: telegram.polled)
    await call.ok("getUpdates")
    assert await older == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running",
    }


async def test_a_button_is_answered_once_known(call: Client, telegram: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "yes"}]]}
    sent = await call.ok("sendMessage", chat_id=LIN, text="x", reply_markup=markup)
    query = await telegram.press(LIN, sent["message_id"], "好")
    (update,) = await call.ok("getUpdates")
    assert update["callback_query"]["data"] == "yes"
    assert update["callback_query"]["message"]["message_id"] == sent["message_id"]
    await call.ok("answerCallbackQuery", callback_query_id=query, text="收到", show_alert=True)
    answer = await telegram.answer(query)
    assert (answer.text, answer.alert) == ("收到", True)
    assert (await call.refused("answerCallbackQuery", callback_query_id="7")).startswith(
        "Bad Request: query is too old"
    )
    too_long = await call.refused("answerCallbackQuery", callback_query_id=query, text="字" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"


class Hook:
    """Somebody's webhook; answers as told, 200 when it was told everything."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.headers: dict[str, str] = {}
        self.open = asyncio.Event()
        self.open.set()
        self.got: asyncio.Queue[tuple[str | None, dict[str, Any]]] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.put_nowait((secret, await request.json()))
        await self.open.wait()
        return web.Response(status=self.answers.pop(0) if self.answers else 200, headers=self.headers)


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
async def hook_url(hook: Hook) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    async with TestServer(app) as server:
        yield str(server.make_url("/hook"))


async def test_a_webhook_gets_the_updates_with_its_secret(
    call: Client, telegram: Sandbox, hook: Hook, hook_url: str
) -> None:
    await call.ok("setWebhook", url=hook_url, secret_token="s-1_A")
    await telegram.say(LIN, "a")
    secret, update = await hook.got.get()
    assert (secret, update["message"]["text"]) == ("s-1_A", "a")
    assert await call.refused("getUpdates") == WEBHOOK_ACTIVE
    assert (await call.ok("getWebhookInfo"))["url"] == hook_url
    await call.ok("deleteWebhook")
    assert (await call.ok("getWebhookInfo"))["url"] == ""


async def test_what_a_webhook_refuses_is_sent_again_later(
    call: Client, telegram: Sandbox, hook: Hook, hook_url: str, clock: Clock
) -> None:
    hook.answers = [500, 404]
    await call.ok("setWebhook", url=hook_url)
    await telegram.say(LIN, "a")
    got = [(await hook.got.get())[1] for _ in range(3)]
    assert got[0] == got[1] == got[2]
    assert clock.slept == [0.0, 2.0]
    info = await call.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


async def test_a_webhook_says_when_it_wants_an_update_again(
    call: Client, telegram: Sandbox, hook: Hook, hook_url: str, clock: Clock
) -> None:
    hook.answers, hook.headers = [503], {"Retry-After": "7"}
    await call.ok("setWebhook", url=hook_url)
    await telegram.say(LIN, "a")
    await telegram.until(lambda: not telegram.webhook["pending_update_count"])
    assert clock.slept == [7]


async def test_a_chats_updates_come_one_after_the_other_and_hold_up_no_other_chats(
    call: Client, telegram: Sandbox, hook: Hook, hook_url: str
) -> None:
    hook.open.clear()
    await call.ok("setWebhook", url=hook_url, max_connections=2)
    for who, text in ((LIN, "a"), (LIN, "b"), (ADA, "c")):
        await telegram.say(who, text)
    got = [(await hook.got.get())[1]["message"]["text"] for _ in range(2)]
    assert (got, hook.got.qsize()) == (["a", "c"], 0)
    assert telegram.webhook["pending_update_count"] == 3
    hook.open.set()
    assert (await hook.got.get())[1]["message"]["text"] == "b"
    await telegram.until(lambda: not telegram.webhook["pending_update_count"])


async def test_a_webhook_that_nobody_answers_at_is_told(call: Client, telegram: Sandbox) -> None:
    await call.ok("setWebhook", url="http://127.0.0.1:9/hook")
    await telegram.say(LIN, "a")
    await telegram.until(lambda: telegram.webhook.get("last_error_message") == "Connection refused")
    await call.ok("deleteWebhook")
    (update,) = await call.ok("getUpdates")
    assert update["message"]["text"] == "a"


async def test_setting_a_webhook_ends_a_poll(call: Client, telegram: Sandbox, hook_url: str) -> None:
    poll = asyncio.create_task(call.refused("getUpdates", timeout=50))
    await telegram.until(lambda: telegram.polled)
    await call.ok("setWebhook", url=hook_url)
    assert await poll == "Conflict: terminated by setWebhook request"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "http://example.com"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.com:8080"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "https://example.com", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_bad_webhook_is_refused(call: Client, params: dict[str, str], reason: str) -> None:
    assert await call.refused("setWebhook", **params) == f"Bad Request: {reason}"
