"""What a checkup says of the second reader."""

from dataclasses import replace

import pytest

from bot.errors import JianbaoError
from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Level
from bot.reports.checkup.second_reader import check_second_reader
from bot.settings import Settings
from tests.reports.test_checkup import facts

__all__ = ["facts"]

READER = {"url": "http://127.0.0.1:11434/v1", "model": "small"}


def test_where_it_is_off_nothing_is_said(facts: Facts) -> None:  # the fixture
    assert list(check_second_reader(facts)) == []


@pytest.mark.parametrize(
    ("models", "level", "told"),
    [
        (frozenset({"small", "large"}), Level.OK, "127.0.0.1:11434 answers and knows small"),
        (frozenset({"small:latest"}), Level.OK, "127.0.0.1:11434 answers and knows small"),
        (frozenset({"smaller"}), Level.WARNING, "127.0.0.1:11434 does not list the model small"),
        (None, Level.OK, "127.0.0.1:11434 answers, and does not say whether it knows small"),
        (JianbaoError("HTTP 401"), Level.WARNING, "127.0.0.1:11434 cannot be asked: HTTP 401"),
    ],
)
def test_it_is_a_line_and_never_worse_than_a_warning(
    facts: Facts,  # the fixture
    models: frozenset[str] | JianbaoError | None,
    level: Level,
    told: str,
) -> None:
    settings = Settings.model_validate({"topics": {"reader": READER}})
    (found,) = check_second_reader(replace(facts, settings=settings, models=models))
    assert (found.level, found.what) == (level, told)
