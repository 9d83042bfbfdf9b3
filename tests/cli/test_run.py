"""jianbao run as a process: it ends when it is told to, and says nothing of its token."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.cli.conftest import Run
from tests.nightly import by_day

TOKEN = "616161:AAH-a_token_that_opens_nothing"
NOWHERE = "http://127.0.0.1:9"  # the port of a service that nobody runs any more
PATIENCE = 30.0  # seconds; a process that hangs is ended by its own watchdog after nine, with 1
TOLD_TO_STOP = (0, 128 + signal.SIGTERM, -signal.SIGTERM)
ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def running(home: Path, **variables: str) -> AsyncIterator[Process]:
    """``jianbao run``, ended at the end whatever becomes of the test."""
    environment = os.environ | {f"JIANBAO_{name}": value for name, value in variables.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=home,
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until_said(process: Process, what: str) -> str:
    """What the log says up to the line with ``what``."""
    assert process.stderr is not None
    said = ""
    async with asyncio.timeout(30):
        while what not in said:
            line = await process.stderr.readline()
            assert line, f"ended without a word of {what!r}: {said}"
            said += line.decode()
    return said


async def stopped(process: Process) -> str:
    """Tell it to stop; all it said from here on."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    return (out + err).decode()


async def test_a_bot_that_cannot_reach_telegram_ends_when_told(home: Path) -> None:
    async with running(home, TOKEN=TOKEN, API_URL=NOWHERE) as process:
        said = await until_said(process, "trouble_began")
        said += await stopped(process)
        assert process.returncode == 0
    assert TOKEN not in said
    assert TOKEN.split(":")[1] not in said
    assert "Traceback" not in said


async def test_a_process_told_to_stop_at_its_first_breath_ends(home: Path) -> None:
    async with running(home, TOKEN=TOKEN, API_URL=NOWHERE) as process:
        said = await stopped(process)
        assert process.returncode in TOLD_TO_STOP
    assert TOKEN not in said
    assert "Traceback" not in said


async def test_a_bot_at_work_ends_when_told_with_nothing_more_than_a_word(home: Path) -> None:
    async with Sandbox(token=TOKEN) as telegram, running(home, TOKEN=TOKEN, API_URL=telegram.url) as process:
        said = await until_said(process, "bot_running")
        said += await stopped(process)
        assert process.returncode == 0
    assert TOKEN not in said
    assert "Traceback" not in said


HANGING = """
import asyncio, os, signal
from bot.cli.logs import configure
from bot.cli.run import stop_on_signals
from bot.settings.sections import LogSettings

async def hang():
    stop_on_signals(asyncio.Event(), patience=0.05)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.Event().wait()

configure(LogSettings(level="error", format="json"))
asyncio.run(hang())
"""


async def test_a_process_that_hangs_on_its_way_out_is_ended_and_says_so() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HANGING), env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=PIPE
    )
    async with asyncio.timeout(30):
        _, err = await process.communicate()
    assert process.returncode == 1
    line = json.loads(err)
    assert (line["level"], line["event"]) == ("error", "stop_timed_out")


async def test_a_token_that_telegram_refuses_is_named_by_the_file_that_holds_it(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a-token-file"
    file.write_text("616161:AAH-another_token_that_opens_nothing")
    variables = {"TOKEN_FILE": str(file), "LOG__LEVEL": "error"}
    async with Sandbox(token=TOKEN) as telegram, running(home, API_URL=telegram.url, **variables) as process:
        _, err = await process.communicate()
    reason = f"JIANBAO_TOKEN_FILE: {file}: Telegram does not know the bot's token"
    assert json.loads(err)["reason"] == reason


BAD_TOKENS = ["616161:AAH-another_token_that_opens_nothing", "no-token-at-all"]


@pytest.mark.parametrize("token", by_day(1, BAD_TOKENS, "one of them is refused by day"))
async def test_a_token_that_telegram_refuses_is_one_line_and_code_2(home: Path, token: str) -> None:
    variables = {"TOKEN": token, "LOG__LEVEL": "error"}
    async with Sandbox(token=TOKEN) as telegram, running(home, API_URL=telegram.url, **variables) as process:
        async with asyncio.timeout(30):
            out, err = await process.communicate()
    assert (process.returncode, out) == (2, b"")
    (line,) = map(json.loads, err.splitlines())
    assert (line["level"], line["event"]) == ("error", "run_failed")
    assert line["reason"].startswith("JIANBAO_TOKEN: ")
    assert token not in err.decode()


async def test_where_people_read_the_log_it_ends_with_a_line_for_them(home: Path) -> None:
    async with running(home, LOG__FORMAT="console") as process, asyncio.timeout(30):
        _, err = await process.communicate()
    assert process.returncode == 2
    assert err.decode().startswith("jianbao: JIANBAO_TOKEN: set it to the token")


def test_without_a_token_it_says_where_to_get_one(jianbao: Run) -> None:
    result = jianbao("run")
    assert (result.code, result.out) == (2, "")
    assert json.loads(result.err)["reason"].startswith("JIANBAO_TOKEN: set it to the token that @BotFather")


def test_settings_that_cannot_be_read_are_an_event_too(jianbao: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_DELIVERY__RATE", "many")
    result = jianbao("run")
    assert result.code == 2
    assert "JIANBAO_DELIVERY__RATE" in json.loads(result.err)["reason"]
