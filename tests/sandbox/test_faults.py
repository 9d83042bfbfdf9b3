"""Misbehaving on demand."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from itertools import groupby
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Fault, FaultKind, Limits, Sandbox
from bot.sandbox.faults import Faults
from tests.sandbox.conftest import ADA, LIN, PEOPLE, TOKEN, Client, Clock, seeded

ROOT = Path(__file__).parents[2]
SEND = {"chat_id": LIN, "text": "x"}


@asynccontextmanager
async def _impatient(http: aiohttp.ClientSession, kind: str) -> AsyncIterator[Sandbox]:
    """A stand-in whose only message so far was sent by somebody who went while it held its answer back."""
    holds = asyncio.Event()

    async def hold(_: float) -> None:
        holds.set()
        await asyncio.Event().wait()

    async with Sandbox(token=TOKEN, people=PEOPLE, limits=Limits.unhurried(), sleep=hold) as telegram:
        telegram.faults.add(kind)
        sending = asyncio.create_task(Client(http, telegram.url)("sendMessage", **SEND))
        await holds.wait()
        sending.cancel()
        yield telegram


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


async def test_a_burst_hits_so_many_in_a_row(call: Client, telegram: Sandbox) -> None:
    telegram.faults.add("429", times=None, share=0.05, burst=4)
    answers = [(await call("sendMessage", **SEND))["ok"] for _ in range(200)]
    runs = [len(list(run)) for ok, run in groupby(answers) if not ok]
    assert runs
    assert all(length % 4 == 0 for length in runs[:-1])


async def test_a_burst_ends_with_the_times_of_its_order(call: Client, telegram: Sandbox) -> None:
    telegram.faults.add("429", times=3, burst=10)
    answers = [(await call("sendMessage", **SEND))["ok"] for _ in range(5)]
    assert answers == [False, False, False, True, True]


def test_each_of_several_kinds_hits_its_share() -> None:
    faults = Faults(seeded())
    shares = {"5xx": 0.05, "reset": 0.02, "drop": 0.02, "stall": 0.01, "blocked": 0.01}
    for kind, share in shares.items():
        faults.add(kind, times=None, share=share)
    faults.add("429", times=None, share=0.002, burst=10)
    drawn = Counter(fault.kind for _ in range(20_000) if (fault := faults.draw("sendMessage", LIN)))
    for kind, share in {**shares, "429": 0.02}.items():
        assert 0.7 < drawn[FaultKind(kind)] / 20_000 / share < 1.3, kind


def test_the_same_seed_brings_the_same_trouble() -> None:
    runs = []
    for _ in range(2):
        faults = Faults(seeded())
        faults.add("5xx", times=None, share=0.05)
        faults.add("429", times=None, share=0.02, burst=3)
        runs.append([faults.draw("sendMessage", LIN) for _ in range(500)])
    assert runs[0] == runs[1]


async def test_slow_acts_after_its_delay(call: Client, telegram: Sandbox, clock: Clock) -> None:
    telegram.faults.add("slow", delay=25.0)
    await call.ok("sendMessage", **SEND)
    assert clock.slept == [25.0]


async def test_a_slow_answer_that_nobody_waits_for_never_acts(
    http: aiohttp.ClientSession,
) -> None:
    async with _impatient(http, "slow") as telegram:
        pass
    assert telegram.chat(LIN).from_bot == ()


async def test_a_stalled_answer_that_nobody_waits_for_has_acted(http: aiohttp.ClientSession) -> None:
    async with _impatient(http, "stall") as telegram:
        await telegram.until(lambda: len(telegram.requests) == 1)
    (request,) = telegram.requests
    assert (request.code, request.answer) == (0, None)
    assert len(telegram.chat(LIN).from_bot) == 1


async def test_a_stalled_answer_comes_to_whoever_waits(call: Client, telegram: Sandbox, clock: Clock) -> None:
    telegram.faults.add("stall", delay=25.0)
    await call.ok("sendMessage", **SEND)
    assert clock.slept == [25.0]
    assert telegram.requests.of("sendMessage")[0].code == 200


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
    for wrong in (
        {"kind": "earthquake"},
        {"kind": "429", "tims": 1},
        {"kind": "429", "times": "x"},
        {"kind": "429", "burst": 0},
        {},
    ):
        async with http.post(url, json=wrong) as response:
            assert response.status == 400
            assert (await response.json())["error"].startswith("fault: ")


def test_all_that_can_go_wrong_on_demand_is_documented() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for name in (*FaultKind, *(field.name for field in fields(Fault))):
        assert f"`{name}`" in page
