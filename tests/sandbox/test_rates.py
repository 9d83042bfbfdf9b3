"""How often a bot may write: 1/s a person after a burst of three, 20/min a group, 30/s in all."""

import aiohttp
import pytest

from bot.sandbox import Limits, Sandbox
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Pace
from tests.sandbox.conftest import GROUP, LIN, Client, Clock


@pytest.fixture
def call(http: aiohttp.ClientSession, hurried: Sandbox) -> Client:
    return Client(http, hurried.url)


async def test_three_pass_at_once_then_one_a_second(call: Client, clock: Clock) -> None:
    for _ in range(3):
        await call.ok("sendMessage", chat_id=LIN, text="x")
    assert await call("sendMessage", chat_id=LIN, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    clock.forward(1)
    await call.ok("sendMessage", chat_id=LIN, text="x")
    await call.refused("sendMessage", chat_id=LIN, text="x")


async def test_edits_count_and_answers_to_buttons_do_not(call: Client, hurried: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    sent = await call.ok("sendMessage", chat_id=LIN, text="x", reply_markup=markup)
    query = await hurried.press(LIN, sent["message_id"], "d")
    for text in ("a", "b"):
        await call.ok("editMessageText", chat_id=LIN, message_id=sent["message_id"], text=text)
    assert (await call.refused("sendMessage", chat_id=LIN, text="x")).startswith("Too Many Requests")
    for _ in range(5):
        await call.ok("answerCallbackQuery", callback_query_id=query)


def test_thirty_a_second_over_all_chats() -> None:
    pace = Pace(Limits())
    for chat_id in range(30):
        pace.take(chat_id, 100.0 + chat_id / 100)
    with pytest.raises(ApiError, match="429"):
        pace.take(31, 100.5)
    pace.take(31, 101.0)


def test_a_paid_broadcast_may_send_a_thousand() -> None:
    pace = Pace(Limits())
    for chat_id in range(1000):
        pace.take(chat_id, 100.0, paid=True)
    with pytest.raises(ApiError, match="429"):
        pace.take(1001, 100.0, paid=True)


def test_unpaid_messages_are_held_to_their_own_rate_beside_a_paid_broadcast() -> None:
    pace = Pace(Limits())
    for chat_id in range(500):
        pace.take(chat_id, 100.0, paid=True)
    for chat_id in range(500, 530):
        pace.take(chat_id, 100.0)
    with pytest.raises(ApiError, match="429"):
        pace.take(530, 100.0)
    pace.take(530, 100.0, paid=True)


@pytest.mark.parametrize("paid", [True, False])
def test_paid_and_unpaid_messages_together_are_a_thousand(paid: bool) -> None:  # noqa: FBT001  # the parameter of the test
    pace = Pace(Limits())
    for chat_id in range(1000):
        pace.take(chat_id, 100.0, paid=chat_id >= 20)
    with pytest.raises(ApiError, match="429"):
        pace.take(1001, 100.5, paid=paid)
    pace.take(1001, 101.0, paid=paid)


async def test_a_group_takes_twenty_a_minute(call: Client, clock: Clock) -> None:
    for _ in range(20):
        await call.ok("sendMessage", chat_id=GROUP, text="x")
        clock.forward(1)
    answer = await call("sendMessage", chat_id=GROUP, text="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 40})
    await call.ok("sendMessage", chat_id=LIN, text="x")
    clock.forward(40)
    await call.ok("sendMessage", chat_id=GROUP, text="x")
    await call.refused("sendMessage", chat_id=GROUP, text="x")


def test_rates_can_be_lifted() -> None:
    pace = Pace(Limits.unhurried())
    for chat_id in (1, -1):
        for _ in range(2000):
            pace.take(chat_id, 100.0)
