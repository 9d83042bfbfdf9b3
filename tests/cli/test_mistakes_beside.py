"""A mistake in a file of the configuration takes away only the commands that need what stands in it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, write
from tests.cli.ledger import SLUG, Ledger, change, subscribe
from tests.cli.test_brakes import WAITING
from tests.storage.rows import add_issue

_TOPICS = "topics: {x: {names: {zh: 甲, en: X}, terms: [x], yields: [gone]}}"
_MISTAKE = "topics.x.yields: 'gone' is not another topic of this file"


@pytest.fixture(params=["topics.yml", "digest.yml"])
def wrong(request: pytest.FixtureRequest, home: Path, jianbao: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A mistake that was made since the bot started, as it is told."""
    monkeypatch.setenv("JIANBAO_PUBLISHING__SETTLE", "0")
    subscribe(jianbao, "1,zh,")
    assert jianbao("publish", SLUG, "--yes").code == 0

    async def fill(ledger: Ledger) -> None:
        await add_issue(ledger.storage.issues, WAITING)

    change(fill)
    write(home / "config" / "digest.yml", "extends: embedded-ai")
    if request.param == "topics.yml":
        write(home / "config" / "topics.yml", _TOPICS)
        return f"{home}/config/topics.yml: {_MISTAKE}"
    write(home / "config" / "digest.yml", "extends: embedded-ai\nnmae: x")
    return f"{home}/config/digest.yml: nmae: no such key; did you mean name?"


@pytest.mark.parametrize(
    "command",
    [
        "hold",
        f"deliveries {SLUG}",
        f"deliveries retry {SLUG}",
        "backup kept",
        "admin code",
        "admin show",
        "editors forget",
        "subscribers show 1",
        "subscribers export",
        "subscribers forget 1 --yes",
        "status --since 2d",
        f"retract {SLUG} --yes",
    ],
)
@pytest.mark.usefixtures("wrong")
def test_what_needs_neither_topics_nor_the_profile_works_beside_a_mistake_in_them(
    jianbao: Run, command: str
) -> None:
    done = jianbao(*command.split())
    assert done.code == 0, done.told


def test_everything_and_one_issue_are_held_and_resumed_beside_a_mistake(jianbao: Run, wrong: str) -> None:
    assert jianbao("hold").code == 0
    assert jianbao("resume").code == 0
    held = jianbao("hold", WAITING)
    goes_on = "this command goes on with what the bot has read before"
    assert (held.code, held.err) == (0, f"jianbao: {wrong}; {goes_on}\n")
    assert jianbao("resume", WAITING).out == f"{WAITING} comes out on its day, 2999-01-01\n"
    assert jianbao("unschedule", WAITING).code == 0
    assert jianbao("hold").code == 0
    assert f"{SLUG}: 1 push skipped" in jianbao("resume", "--skip-open").out


def test_an_issue_that_only_the_folder_may_have_is_not_held_beside_a_mistake(
    jianbao: Run, wrong: str
) -> None:
    refused = jianbao("hold", "2026-12-24")
    assert (refused.code, refused.err) == (2, f"jianbao: {wrong}\n")


def test_status_tells_the_mistake_and_what_the_database_knows(jianbao: Run, wrong: str) -> None:
    told = jianbao("status")
    assert told.code == 0
    assert (
        f"MISTAKE: {wrong}; a bot that runs goes on as it was started, and does not start again" in told.out
    )
    assert "Index:" not in told.out
    assert WAITING in told.out
    values = jianbao("status", "--format", "json").json
    assert (values["mistake"], values["index"]) == (wrong, None)


def test_a_running_bot_is_asked_beside_a_mistake(
    jianbao: Run, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANBAO_WEB__PORT", "1")
    asked = jianbao("health")
    assert wrong not in asked.err
    assert "127.0.0.1:1" in asked.err


@pytest.mark.usefixtures("wrong")
def test_an_empty_database_is_filled_beside_a_mistake(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jianbao("backup", "kept").code == 0
    monkeypatch.setenv("JIANBAO_DATABASE_URL", f"sqlite:///{home}/other.sqlite")
    assert jianbao("restore", "kept", "--yes").code == 0
    assert jianbao("migrate").code == 0


@pytest.mark.parametrize("command", [f"plan {SLUG}", f"publish {SLUG} --yes", "run"])
def test_what_needs_them_is_refused_with_the_mistake(jianbao: Run, wrong: str, command: str) -> None:
    refused = jianbao(*command.split())
    assert refused.code == 2
    assert wrong in refused.told


@pytest.mark.parametrize("command", ["hold", "status", f"deliveries {SLUG}", "backup kept", "health"])
def test_a_mistake_in_the_settings_says_what_still_stops_the_bot(
    jianbao: Run, home: Path, command: str
) -> None:
    write(home / "config" / "bot.yml", "delivery: {rte: 3}")
    refused = jianbao(*command.split())
    assert refused.code == 2
    assert refused.err == (
        f"jianbao: {home}/config/bot.yml: delivery.rte: no such key; did you mean rate? A bot that runs goes"
        " on as it was started: /hold, /resume and /status in its admin chat, if it has one, work still\n"
    )
