"""What counts for the running bot is what its files said at its start; who changed one since is told."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.reports.sender import Started, current_sender, this_process, write_report
from bot.runtime.clock import utc_now
from bot.runtime.clock_jumps import FollowedClock
from bot.runtime.databases import open_storage
from bot.runtime.editorial import Editorial, make_editorial
from bot.runtime.operators import make_desk
from bot.runtime.sending import make_dispatcher, make_sending
from bot.runtime.watching import make_watch
from bot.settings import load
from bot.storage import SENDER, Access
from tests.builders import NOON
from tests.cli.conftest import Run, write
from tests.cli.ledger import SLUG, Ledger, change, subscribe
from tests.delivery.world import MessageGateway
from tests.reports.test_checkup import REPORT

_TOPICS = "topics: {x: {names: {zh: 甲, en: X}, terms: [x]}}"
_STARTED = "that the sending process was started with on 2026-03-02 12:00 UTC"
_TOLD = f"differs from the one {_STARTED}; what it says counts once that process is restarted with it"
_THEY = f"differ from those {_STARTED}; what they say counts once that process is restarted with them"


@pytest.fixture
def running(home: Path, jianbao: Run) -> None:
    """A bot that was started with the files that there are."""
    starts(home, jianbao, this_process())


def starts(home: Path, jianbao: Run, holder: str) -> None:
    write(home / "config" / "digest.yml", "extends: mine")
    write(home / "config" / "topics.yml", _TOPICS)
    (home / "config" / "profiles").mkdir()
    write(home / "config" / "profiles" / "mine.yml", "extends: embedded-ai")
    subscribe(jianbao, "1,zh,")
    started = Started(at=NOON, files=load().files)
    change(lambda ledger: ledger.says(write_report(REPORT, started)), stays=True, holder=holder)


def comment(*names: str) -> Callable[[Path], None]:
    def add(folder: Path) -> None:
        for name in names:
            write(folder / name, (folder / name).read_text("utf-8") + "\n# a word\n")

    return add


CHANGES = [
    (comment("topics.yml"), f"topics.yml {_TOLD}"),
    (comment("digest.yml", "topics.yml"), f"digest.yml and topics.yml {_THEY}"),
    (comment("profiles/mine.yml"), f"mine.yml {_TOLD}"),
    (lambda folder: write(folder / "bot.yml", "delivery: {rate: 5}"), f"bot.yml {_TOLD}"),
]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(("change_files", "told"), CHANGES)
def test_status_plan_and_doctor_tell_which_files_changed_since_the_bot_started(
    home: Path, jianbao: Run, change_files: Callable[[Path], None], told: str
) -> None:
    for command in ("status", "doctor", f"plan {SLUG}"):
        assert "was started with" not in jianbao(*command.split()).out
    change_files(home / "config")
    assert f"CHANGED: {told}\n" in jianbao("status").out
    assert f"CHANGED: {told}\n" in jianbao("plan", SLUG).out
    assert f"warning  files          {told.replace('; what', ' → what')}\n" in jianbao("doctor").out
    names = told.split(" differ", maxsplit=1)[0].split(" and ")
    assert jianbao("status", "--format", "json").json["changed_files"] == names
    assert jianbao("plan", SLUG, "--format", "json").json["changed_files"] == names


def test_a_machine_with_files_of_its_own_is_told_that_they_differ_and_that_this_may_be_right(
    home: Path, jianbao: Run
) -> None:
    starts(home, jianbao, "another 7")
    write(home / "config" / "bot.yml", "delivery: {rate: 5}")
    differs = f"bot.yml {_TOLD}".replace("process was", "process on another was")
    told = differs.replace("; what", "; right if another has its own; else what")
    assert f"CHANGED: {told}\n" in jianbao("status").out
    assert f"ok       files          {told}\n" in jianbao("doctor").out


@pytest.mark.usefixtures("running")
def test_nothing_is_told_once_it_was_started_anew_or_while_no_bot_runs(home: Path, jianbao: Run) -> None:
    comment("topics.yml")(home / "config")

    async def anew(ledger: Ledger) -> None:
        await ledger.says(write_report(REPORT, Started(at=NOON, files=load().files)))

    change_sender(anew)
    assert "CHANGED" not in jianbao("status").out
    change_sender(lambda ledger: ledger.leaves())
    comment("topics.yml")(home / "config")
    assert "CHANGED" not in jianbao("status").out
    assert jianbao("status", "--format", "json").json["changed_files"] == []


def change_sender(by: Callable[[Ledger], Awaitable[object]]) -> None:
    """Let the process that sends already do something."""

    async def run() -> None:
        async with open_storage(load().settings, Access.WRITE) as storage:
            found = await storage.leases.current(SENDER)
            assert found is not None
            await by(Ledger(storage=storage, token=found.token))

    asyncio.run(run())


@pytest.mark.usefixtures("running")
async def test_the_running_bot_says_with_what_it_was_started_and_its_admin_chat_what_changed(
    home: Path,
) -> None:
    configuration = load()
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        dispatcher = make_dispatcher(configuration.settings, lambda _: None)
        sending = make_sending(
            configuration.settings, storage, editorial, MessageGateway(), dispatcher, now=lambda: NOON
        )
        desk = make_desk(
            configuration,
            storage,
            editorial,
            make_watch(configuration.settings, FollowedClock(utc_now, time.monotonic)),
        )
        lease = await storage.leases.current(SENDER)
        assert lease is not None
        await storage.leases.renew(SENDER, token=lease.token, seconds=30, report=sending.report())
        sender = await current_sender(storage.leases)
        assert sender is not None
        assert sender.started == Started(at=NOON, files=configuration.files)
        assert set(configuration.files) == {
            *("bot.yml", "digest.yml", "mine.yml", "embedded-ai.yml", "topics.yml")
        }
        assert "topics.yml" not in said(editorial, await desk.status())
        comment("topics.yml")(home / "config")
        assert "⚠️ topics.yml changed since the start (restart the bot)\n" in said(
            editorial, await desk.status()
        )
        write(home / "config" / "topics.yml", "topics: 1")
        assert "⚠️ A mistake in its files, so the bot would not start again: " in said(
            editorial, await desk.status()
        )


def said(editorial: Editorial, now: object) -> str:
    return editorial.renderer.reply("admin/status", "en", now=now).html
