"""A bot that cannot do its work says so to monitoring, and once in its log."""

import asyncio
import json
import os
import re
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput
from bot.reports.readiness import ask_bot
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from bot.settings.sections import MetricsSettings, WebSettings
from bot.storage import ImportRow
from bot.words.moments import moment
from tests import waiting
from tests.acceptance.world import ADA, LIN, TOKEN, World, make_world

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
async def world(tmp_path: Path, port: int) -> AsyncIterator[World]:
    async with make_world(tmp_path, web=WebSettings(port=port)) as world:
        yield world


@pytest.fixture
def troubles() -> Iterator[Callable[[], list[tuple[str, str]]]]:
    """What the log has said of troubles so far, in order."""
    with capture_logs() as lines:
        yield lambda: [
            (line["event"], line["trouble"]) for line in lines if line["event"].startswith("trouble_")
        ]


async def until(port: int, *failing: str, path: str = "ready") -> Json:
    """Ask until exactly these checks fail; the answer."""
    said: Json = {}

    async def are_failing() -> bool:
        async with http.get(f"http://127.0.0.1:{port}/{path}") as answer:
            said.update(await answer.json())
            found = [name for name, check in said["checks"].items() if check["status"] != "ok"]
            if tuple(found) != failing:
                return False
            assert answer.status == (503 if failing else 200)
            return True

    async with aiohttp.ClientSession() as http:
        await waiting.until(are_failing, within=20)
    return said


async def test_a_bot_that_never_reaches_telegram_lives_and_is_not_ready(
    world: World, port: int, troubles: Callable[[], list[tuple[str, str]]]
) -> None:
    world.telegram.faults.add("reset", methods=["getMe"], times=1)
    async with world.bot():
        said = await until(port)
        assert (said["status"], said["role"]) == ("ok", "leads")
        assert (await asyncio.to_thread(ask_bot, WebSettings(port=port))).leads
    assert troubles() == [("trouble_began", "telegram"), ("trouble_ended", "telegram")]


async def test_a_folder_that_is_gone_for_many_ticks_is_two_lines(
    world: World, port: int, troubles: Callable[[], list[tuple[str, str]]]
) -> None:
    aside = world.folder.with_name("aside")
    async with world.bot():
        await until(port)
        world.folder.rename(aside)
        said = await until(port, "source")
        assert "cannot read the folder" in said["checks"]["source"]["reason"]
        aside.rename(world.folder)
        await until(port, path="health")
    assert troubles() == [("trouble_began", "source"), ("trouble_ended", "source")]


async def test_a_start_without_the_folder_is_a_trouble_and_what_was_planned_goes_out(
    world: World, port: int, troubles: Callable[[], list[tuple[str, str]]]
) -> None:
    aside = world.folder.with_name("aside")
    async with world.bot():
        await world.said(LIN, "/start")
    world.write("2026-03-02")
    async with world.storage() as storage:
        editorial = make_editorial(world.configuration, storage)
        await editorial.intake.read(utc_now())
        await editorial.publisher.publish("2026-03-02", utc_now())
    world.folder.rename(aside)
    async with world.bot():
        said = await until(port, "source")
        assert "cannot read the folder" in said["checks"]["source"]["reason"]
        assert (await asyncio.to_thread(ask_bot, WebSettings(port=port))).leads
        await world.recorded("2026-03-02", LIN)
        await world.said(LIN, "/help")
        aside.rename(world.folder)
        await until(port, path="health")
        world.write("2026-03-03")
        await world.recorded("2026-03-03", LIN)
    assert troubles() == [("trouble_began", "source"), ("trouble_ended", "source")]


async def test_the_first_start_of_all_ends_without_the_folder(world: World) -> None:
    world.folder.rmdir()
    with pytest.raises(BadInput, match="cannot read the folder of issues"):
        async with world.bot():
            pass


async def test_a_webhook_that_somebody_else_set_is_found(
    world: World, port: int, troubles: Callable[[], list[tuple[str, str]]]
) -> None:
    async with world.bot(), aiohttp.ClientSession() as http:
        await until(port)
        hook = {"url": "http://127.0.0.1:9/elsewhere"}
        async with http.post(f"{world.telegram.url}/bot{TOKEN}/setWebhook", json=hook) as answer:
            assert answer.status == 200
        said = await until(port, "updates")
        assert "webhook" in said["checks"]["updates"]["reason"]
        assert troubles() == [("trouble_began", "updates")]


async def test_jianbao_health_says_what_fails_and_since_when(world: World, port: int) -> None:
    async def asked(*options: str) -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "health", *options),
            env=os.environ | {"JIANBAO_WEB__PORT": str(port), "PYTHONPATH": str(ROOT)},
            stdout=PIPE,
            stderr=STDOUT,
        )
        out, _ = await process.communicate()
        return process.returncode, out.decode().strip()

    async with world.bot():
        await until(port)
        assert await asked() == (0, "ok")
        world.folder.rename(world.folder.with_name("aside"))
        said = await until(port, "source")
        since = moment(datetime.fromisoformat(said["checks"]["source"]["since"]))
        code, line = await asked()
        assert code == 1
        place = f"{world.configuration.settings.config}/bot.yml: issues: {world.folder}"
        assert line.startswith(f"jianbao: the bot is not ready: source since {since}: {place}")
        assert await asked("--live") == (0, "ok")


async def test_figures_are_shown_where_the_settings_say(tmp_path: Path, port: int) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    web, metrics = WebSettings(port=port), MetricsSettings(secret_file=secret)
    address, brought = f"http://127.0.0.1:{port}/metrics", {"Authorization": "Bearer s3cret"}
    async with (
        make_world(tmp_path, web=web, metrics=metrics) as world,
        world.bot(),
        aiohttp.ClientSession() as http,
    ):
        await until(port)
        async with http.get(address) as answer:
            assert answer.status == 401
        async with http.get(address, headers=brought) as answer:
            assert "jianbao_leads 1.0" in await answer.text()


async def test_a_token_without_a_port_is_refused_by_name(tmp_path: Path) -> None:
    metrics = MetricsSettings(secret_file=tmp_path / "secret")
    with pytest.raises(BadInput, match=r"metrics\.secret_file: needs a port"):
        async with make_world(tmp_path, metrics=metrics) as world, world.bot():
            pass


async def test_a_doctor_says_how_a_running_bot_is_and_takes_nothing_from_it(world: World, port: int) -> None:
    settings = world.configuration.settings
    variables = {
        "JIANBAO_TOKEN": TOKEN,
        "JIANBAO_API_URL": settings.api_url,
        "JIANBAO_ISSUES": str(settings.issues),
        "JIANBAO_DATABASE_URL": settings.database_url.get_secret_value(),
        "JIANBAO_WEB__PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }

    async def examined() -> tuple[int | None, Json]:
        command = (sys.executable, "-m", "bot", "doctor", "--format", "json")
        process = await asyncio.create_subprocess_exec(*command, env=os.environ | variables, stdout=PIPE)
        out, _ = await process.communicate()
        return process.returncode, {one["name"]: one for one in json.loads(out)["findings"]}

    world.write("2026-03-02")
    async with world.bot(), aiohttp.ClientSession() as http:
        await until(port)
        code, found = await examined()
        worse = [name for name, one in found.items() if one["level"] != "ok"]
        assert (code, worse) == (1, ["configuration"])  # the shipped one
        assert "leads" in found["sending"]["what"]
        assert found["running bot"]["what"] == "says that it is ready"
        assert found["clock"]["what"] == "agrees with Telegram's"
        await until(port)
        hook = {"url": "http://127.0.0.1:9/s3cret"}
        async with http.post(f"{world.telegram.url}/bot{TOKEN}/setWebhook", json=hook) as answer:
            assert answer.status == 200
        await until(port, "updates")
        code, found = await examined()
        assert code == 2
        assert found["updates"]["what"].startswith("another webhook is set, at http://127.0.0.1:9, so")
        assert "webhook" in found["running bot"]["what"]
        assert "s3cret" not in str(found)
        assert TOKEN not in str(found)


async def test_one_401_is_a_trouble_that_passes_and_no_end(
    world: World, port: int, troubles: Callable[[], list[tuple[str, str]]]
) -> None:
    async with world.bot():
        await until(port)
        world.telegram.faults.add("401", methods=["getUpdates"])
        await world.said(ADA, "/help")  # with which a request for updates ends, and the next begins
        await until(port, "telegram")
        await until(port)
        await world.said(ADA, "/help")
    assert troubles() == [("trouble_began", "telegram"), ("trouble_ended", "telegram")]


async def test_an_audience_that_telegram_does_not_know_is_one_warning(world: World) -> None:
    async with world.storage() as storage:
        rows = [ImportRow(chat_id=chat_id, language="zh") for chat_id in range(901, 909)]
        await storage.subscribers.import_rows(rows, utc_now())
    with capture_logs() as lines:
        async with world.bot(), asyncio.timeout(30):
            world.write("2026-03-02")
            while not (told := [line for line in lines if line.get("trouble") == "losses"]):
                await world.state("2026-03-02", 901)
    assert [(line["event"], line["log_level"]) for line in told] == [("trouble_began", "warning")]
    assert re.match(r"[5-8] were lost within a day \([5-8] deactivated\), and \d are", told[0]["reason"])


async def test_who_asks_while_the_database_is_away_is_no_fault_of_the_program(tmp_path: Path) -> None:
    async with make_world(tmp_path) as world:
        file, away = tmp_path / "jianbao.sqlite", tmp_path / "away.sqlite"
        with capture_logs() as lines:
            async with world.bot():
                await world.said(LIN, "/help")
                file.rename(away)
                (asked_to_try_again,) = await world.said(LIN, "/topics")
                await world.telegram.until(lambda: "database" in [one.get("trouble") for one in lines])
                away.rename(file)
        assert "再试" in asked_to_try_again.text
        errors = [one["event"] for one in lines if one["log_level"] == "error"]
        assert errors == ["trouble_began"]
        assert "update_not_served" in [one["event"] for one in lines]
