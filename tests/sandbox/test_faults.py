"""Misbehaving on demand."""

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import ADA, LIN, Client, Clock

SEND = {"chat_id": LIN, "text": "x"}


@pytest.mark.parametrize(
    ("kind", "code", "description"),
    [
        ("429", 429, "Too Many Requests: retry after 1"),
        ("blocked", 403, "Forbidden: bot was blocked by the user"),
        ("deactivated", 403, "Forbidden: user is deactivated"),
        ("5xx", 502, "Bad Gateway"),
    ],
)
async def test_refusals_come_as_often_as_ordered(
    call: Client, telegram: Sandbox, kind: str, code: int, description: str
) -> None:
    telegram.faults.add(kind, times=2)
    for _ in range(2):
        answer = await call("sendMessage", **SEND)
        assert (answer["error_code"], answer["description"]) == (code, description)
    await call.ok("sendMessage", **SEND)
    assert len(telegram.chat(LIN).from_bot) == 1


async def test_a_fault_hits_only_its_chats_and_methods(call: Client, telegram: Sandbox) -> None:
    telegram.faults.add("blocked", chats=[ADA], times=None)
    telegram.faults.add("5xx", methods=["getMe"])
    await call.ok("sendMessage", **SEND)
    await call.refused("getMe")
    await call.ok("getMe")


async def test_a_share_of_the_requests_is_drawn(call: Client, telegram: Sandbox) -> None:
    telegram.faults.add("5xx", times=None, share=0.5)
    answers = [(await call("sendMessage", **SEND))["ok"] for _ in range(40)]
    assert 10 < answers.count(False) < 30


async def test_slow_acts_after_its_delay(call: Client, telegram: Sandbox, clock: Clock) -> None:
    telegram.faults.add("slow", delay=25.0)
    await call.ok("sendMessage", **SEND)
    assert clock.slept == [25.0]


@pytest.mark.parametrize(("kind", "arrived"), [("reset", 0), ("drop", 1)])
async def test_broken_connections_act_or_not(
    call: Client, telegram: Sandbox, kind: str, arrived: int
) -> None:
    telegram.faults.add(kind)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", **SEND)
    assert len(telegram.chat(LIN).from_bot) == arrived
    assert telegram.requests.of("sendMessage")[0].answer is None


async def test_faults_are_ordered_and_ended_over_http(
    call: Client, telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    url = f"{telegram.url}/sandbox/faults"
    async with http.post(url, json={"kind": "429", "chats": [LIN], "after": 7, "times": None}) as response:
        assert response.status == 200
    assert await call.refused("sendMessage", **SEND) == "Too Many Requests: retry after 7"
    async with http.delete(url) as response:
        assert response.status == 200
    await call.ok("sendMessage", **SEND)
    for wrong in ({"kind": "earthquake"}, {"kind": "429", "tims": 1}, {"kind": "429", "times": "x"}, {}):
        async with http.post(url, json=wrong) as response:
            assert response.status == 400
            assert (await response.json())["error"].startswith("fault: ")
