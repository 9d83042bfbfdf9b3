"""What a command hears of the bot that runs beside it, and how it tells that."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.cli.progress import NO_SENDER, sender_line
from bot.reports.readiness import UNTRIED, ask_bot, idle_bot
from bot.reports.sender import LapsedSender
from bot.settings.sections import WebSettings
from bot.web import Check, Health
from bot.web.server import WebServer

SINCE = datetime(2026, 3, 2, 12, 0, 7, tzinfo=UTC)
AWAY = Check(name="telegram", trouble="the proxy wants another password", since=SINCE)
TOLD = "telegram since 2026-03-02 12:00 UTC: the proxy wants another password"
NEW = Check(name="lease", trouble=UNTRIED, since=None)
WELL = Check(name="telegram", trouble=None, since=SINCE)


@pytest.fixture
async def bot() -> AsyncIterator[tuple[WebSettings, list[Check], list[str]]]:
    """A bot that answers; its checks, and the role that it has, if any."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    checks, role = [WELL], ["leads"]
    server = WebServer(host="127.0.0.1", port=port, where="web.port")
    server.show_health(Health(checks=lambda: checks, role=lambda: role[0] if role else None))
    await server.start()
    try:
        yield WebSettings(port=port), checks, role
    finally:
        await server.stop()


async def test_since_when_something_is_wrong_is_told_as_every_moment_is(
    bot: tuple[WebSettings, list[Check], list[str]],
) -> None:
    web, checks, _ = bot
    checks[:] = [AWAY]
    assert (await asyncio.to_thread(ask_bot, web)).troubles == {"telegram": TOLD}


async def test_a_bot_that_runs_and_cannot_reach_telegram_is_told_as_that(
    bot: tuple[WebSettings, list[Check], list[str]],
) -> None:
    web, checks, role = bot
    role.clear()
    checks[:] = [AWAY, NEW]
    idle = await asyncio.to_thread(idle_bot, web)
    lapsed = LapsedSender(holder="host 7", seconds=20)
    assert sender_line(None, lapsed, idle) == f"no process is sending; the bot of this machine runs: {TOLD}"


async def test_only_a_bot_that_answers_and_does_not_lead_is_idle(
    bot: tuple[WebSettings, list[Check], list[str]],
) -> None:
    web, _, _ = bot
    nobody = WebSettings(port=1)
    for asked in (web, nobody, WebSettings(port=0)):
        assert await asyncio.to_thread(idle_bot, asked) is None
    assert sender_line(None, None, None) == NO_SENDER
