"""The log: one line an event on standard error, without secrets."""

import json
import logging

import pytest
import structlog

from bot.cli.logs import configure
from bot.settings.sections import LogSettings

TOKEN = "616161:AAH-a_token_that_opens_nothing"


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> "Lines":
    return Lines(capsys)


class Lines:
    """What was logged since the last look, as values."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self) -> list[dict[str, object]]:
        captured = self._capsys.readouterr()
        assert captured.out == ""
        assert TOKEN not in captured.err
        return [json.loads(line) for line in captured.err.splitlines()]


def test_an_event_is_one_line_of_json(lines: Lines) -> None:
    configure(LogSettings(format="json"))
    structlog.get_logger("bot").info("issue_published", issue="2026-03-02", planned=3, title="简报\n二")
    (event,) = lines()
    assert {
        "event": "issue_published",
        "level": "info",
        "planned": 3,
        "title": "简报\n二",
    }.items() <= event.items()
    assert str(event["timestamp"]).endswith("Z")


def test_a_secret_is_blotted_out_wherever_it_turns_up(lines: Lines) -> None:
    configure(LogSettings(format="json"), secrets=(TOKEN, ""))
    log = structlog.get_logger("bot")
    log.warning(f"told {TOKEN}", url=f"https://api.telegram.org/bot{TOKEN}/getMe", nested={"deep": [TOKEN]})
    logging.getLogger("some.library").warning("asked %s", f"bot{TOKEN}/getMe")
    try:
        int(TOKEN)
    except ValueError:
        log.exception("it broke")
    assert [event["event"] for event in lines()] == ["told ***", "asked bot***/getMe", "it broke"]


def test_a_list_stays_one_in_json(lines: Lines) -> None:
    configure(LogSettings(format="json"), secrets=(TOKEN,))
    structlog.get_logger("bot").info("pushes_held", issues=["2026-03-02", TOKEN], others=())
    (event,) = lines()
    assert (event["issues"], event["others"]) == (["2026-03-02", "***"], [])


def test_only_what_is_loud_enough_is_logged(lines: Lines) -> None:
    configure(LogSettings(level="warning", format="json"))
    structlog.get_logger("bot").info("not this")
    logging.getLogger("telegram.ext").info("nor this")
    logging.getLogger("alembic").info("nor that")
    structlog.get_logger("bot").warning("this")
    assert [event["event"] for event in lines()] == ["this"]


def test_debug_is_what_the_bot_says_and_not_what_libraries_do(lines: Lines) -> None:
    configure(LogSettings(level="debug", format="json"))
    structlog.get_logger("bot.runtime.jobs").debug("job_done", job="read")
    for library in ("aiosqlite", "sqlalchemy.engine", "telegram.ext", "asyncio"):
        logging.getLogger(library).info("executing")
    logging.getLogger("aiosqlite").warning("worth a look")
    assert [event["event"] for event in lines()] == ["job_done", "worth a look"]


def test_configuring_twice_does_not_log_twice(lines: Lines) -> None:
    configure(LogSettings(format="json"))
    configure(LogSettings(format="json"))
    structlog.get_logger("bot").info("once")
    assert len(lines()) == 1
