"""Monitoring hears the truth."""

import socket

import aiohttp
import pytest

from bot.errors import BadInput
from bot.web import Health
from bot.web.server import HealthServer


class Facts:
    """A clock and a database in the test's hand."""

    def __init__(self) -> None:
        self.time = 0.0
        self.answers = True
        self.trouble: str | None = None

    def now(self) -> float:
        return self.time

    async def healthy(self) -> bool:
        return self.answers and self.trouble is None

    def health(self) -> Health:
        health = Health(database=self, now=self.now, patience=60)
        health.listens(yes=True)
        return health


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


async def test_all_is_well_while_telegram_and_the_database_answer() -> None:
    assert await Facts().health().trouble() is None


async def test_a_silent_telegram_is_trouble_until_it_answers_again() -> None:
    facts = Facts()
    health = facts.health()
    facts.time = 61
    assert "Telegram" in (await health.trouble() or "")
    health.answered("sendMessage")
    assert await health.trouble() is not None
    health.answered("getUpdates")
    assert await health.trouble() is None


async def test_a_database_that_does_not_answer_is_trouble() -> None:
    facts = Facts()
    facts.answers = False
    assert "database" in (await facts.health().trouble() or "")


async def test_a_database_that_takes_no_writes_is_trouble_with_its_own_words() -> None:
    facts = Facts()
    facts.trouble = "database: database or disk is full"
    assert await facts.health().trouble() == "database: database or disk is full"


async def test_who_stands_by_is_well_without_asking_telegram() -> None:
    facts = Facts()
    health = facts.health()
    health.listens(yes=False)
    facts.time = 61
    assert await health.trouble() is None
    health.listens(yes=True)
    facts.time = 121
    assert await health.trouble() is None
    facts.time = 122
    assert "Telegram" in (await health.trouble() or "")


async def test_the_answer_over_http_is_200_or_503_with_the_reason(port: int) -> None:
    facts = Facts()
    server = HealthServer(facts.health(), host="127.0.0.1", port=port)
    await server.start()
    try:
        async with aiohttp.ClientSession() as http:
            async with http.get(f"http://127.0.0.1:{port}/health") as answer:
                assert (answer.status, await answer.json()) == (200, {"status": "ok"})
            facts.answers = False
            async with http.get(f"http://127.0.0.1:{port}/health") as answer:
                assert answer.status == 503
    finally:
        await server.stop()


async def test_a_port_that_is_taken_is_one_clear_line(port: int) -> None:
    first = HealthServer(Facts().health(), host="127.0.0.1", port=port)
    await first.start()
    try:
        with pytest.raises(BadInput, match=rf"web\.port: cannot listen on 127\.0\.0\.1:{port}"):
            await HealthServer(Facts().health(), host="127.0.0.1", port=port).start()
    finally:
        await first.stop()
