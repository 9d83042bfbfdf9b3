"""A stand-in for Telegram with a clock in the test's hand, and a client that speaks to it over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Group, Limits, Person, Sandbox

TOKEN = "424242:AAF-a_token_that_opens_nothing_at_all_ok"
LIN, ADA = 1001, 1002
PEOPLE = (
    Person(id=LIN, first_name="小林", username="xiaolin", language_code="zh-hans", started=True),
    Person(id=ADA, first_name="Ada", username="ada", language_code="en"),
)
GROUP, SUPERGROUP = -501, -1009
GROUPS = (
    Group(id=GROUP, title="读者群"),
    Group(id=SUPERGROUP, title="Readers", type="supergroup"),
)


def seeded() -> Random:
    """The same draws in every run."""
    return Random(7)  # noqa: S311  # ids and shares of a test, nothing secret


class Clock:
    """Time that stands still until the test, or somebody who sleeps, moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.forward(seconds)


class Client:
    """Calls Bot API methods as JSON and returns the whole answer."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self.url = url

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def ok(self, method: str, **params: Any) -> Any:
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        answer = await self(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[Sandbox]:
    """A stand-in without rates."""
    async with Sandbox(
        token=TOKEN,
        people=PEOPLE,
        groups=GROUPS,
        limits=Limits.unhurried(),
        clock=clock,
        sleep=clock.sleep,
        random=seeded(),
    ) as sandbox:
        yield sandbox


@pytest.fixture
async def hurried(clock: Clock) -> AsyncIterator[Sandbox]:
    """A stand-in with Telegram's rates."""
    async with Sandbox(
        token=TOKEN, people=PEOPLE, groups=GROUPS, clock=clock, sleep=clock.sleep, random=seeded()
    ) as sandbox:
        yield sandbox


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(http: aiohttp.ClientSession, telegram: Sandbox) -> Client:
    return Client(http, telegram.url)
