"""A bot in webhook mode is killed with updates that it has taken in: the next one answers everybody."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.sandbox import Limits, Person, Sandbox
from tests.nightly import nightly
from tests.test_floors import ROOT

TOKEN = "818181:a-token-that-opens-nothing"
PEOPLE = range(1, 101)


@contextmanager
def running(folder: Path, api_url: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    variables = {
        "TOKEN": TOKEN,
        "API_URL": api_url,
        "ISSUES": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/jianbao.sqlite",
        "TELEGRAM__WEBHOOK__URL": f"http://127.0.0.1:{port}/updates",
        "TELEGRAM__WEBHOOK__PORT": str(port),
        "TELEGRAM__SET_PROFILE": "false",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("JIANBAO_")}
    environment = others | {f"JIANBAO_{name}": value for name, value in variables.items()}
    with subprocess.Popen(
        (sys.executable, "-m", "bot", "run"), cwd=ROOT, env=environment
    ) as process:  # our own words
        try:
            yield process
        finally:
            process.kill()


@nightly("the lease of a process that was killed lasts ten seconds")
async def test_nobody_has_to_ask_again_when_a_bot_is_killed(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    people = tuple(Person(id=number, first_name=str(number), started=True) for number in PEOPLE)
    async with Sandbox(token=TOKEN, people=people, limits=Limits.unhurried()) as telegram:

        def answered() -> int:
            return sum(bool(telegram.chat(number).from_bot) for number in PEOPLE)

        with running(tmp_path, telegram.url, port) as process:
            await telegram.until(lambda: bool(telegram.webhook["url"]), timeout=60)
            for number in PEOPLE:
                await telegram.say(number, "/help")
            await telegram.until(
                lambda: not telegram.webhook["pending_update_count"] and answered() > 0, timeout=60
            )
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        before = answered()
        assert before < len(PEOPLE)  # some were taken in and not answered
        with running(tmp_path, telegram.url, port):
            await telegram.until(lambda: answered() == len(PEOPLE), timeout=60)
        answers = sum(len(telegram.chat(number).from_bot) for number in PEOPLE)
        assert answers - len(PEOPLE) <= 64  # who had an answer in the last instant may have it twice
        assert not telegram.webhook["pending_update_count"]
