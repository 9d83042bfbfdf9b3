"""The benchmark measures and tells. How quick the bot is depends on the machine, so no test asks."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks.__main__ import Area, command, measure
from benchmarks.corpora import Corpus, Source, corpora
from benchmarks.effort import Effort
from benchmarks.index.measure import indexing
from benchmarks.ledger.databases import DATABASES
from benchmarks.measured import MARGIN, Direction, Measured, Unit
from benchmarks.report import as_table, as_values, missed
from benchmarks.starting import starting
from benchmarks.webhook.measure import webhook
from bot.cli.tables import write_table
from tests.digest.shipped import issue_of, profile, topics
from tests.nightly import nightly

ISSUE = issue_of("- [端侧 AI 芯片 | 某社](https://example.com/a)", "摘要：模型量化到 int8。")


@cache
def measured() -> tuple[Measured, ...]:
    tiny = Corpus(
        name="tiny", sources=(Source(slug="2026-03-02", text=ISSUE),), profile=profile(), topics=topics()
    )
    return tuple(measure((tiny,), Effort(rounds=1, growth=4, files=2), [Area.PARSING]))


def one(value: float, goal: float | None) -> Measured:
    return Measured(group="group", what="what", value=value, unit=Unit.MARKDOWN_IT, goal=goal)


@nightly("what measures the bot is none of it")
def test_every_measurement_has_a_number() -> None:
    assert all(number.value > 0 for number in measured())
    assert len({(number.group, number.what, number.unit) for number in measured()}) == len(measured())


TINY = Corpus(
    name="tiny", sources=(Source(slug="2026-03-02", text=ISSUE),), profile=profile(), topics=topics()
)


def test_an_index_is_made_and_searched() -> None:
    numbers = list(
        indexing((TINY,), Effort(indexed=(2,), searches=3), databases={"SQLite": DATABASES["SQLite"]})
    )

    assert all(number.value > 0 for number in numbers)
    assert any(number.what == "量化 (40 found)" for number in numbers)


def test_every_goal_of_the_plan_is_measured() -> None:
    goals = {number.what for number in measured() if number.goal}

    assert goals >= {"parse + classify", "render", "parse, 4 times", "classify, 4 times", "render, 4 times"}


def test_the_table_shows_every_measurement(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_table(as_table(measured()))

    shown = capfdbinary.readouterr().out.decode()
    assert all(number.group in shown and number.what in shown for number in measured())


def test_the_json_holds_every_measurement_and_the_machine() -> None:
    values = json.loads(json.dumps(as_values(measured())))

    assert [number["what"] for number in values["measurements"]] == [number.what for number in measured()]
    assert {"cores", "python", "markdown-it-py", "mistune"} <= values["machine"].keys()


@pytest.mark.parametrize(
    ("value", "goal", "told"), [(9.0, None, 0), (2.0, 2.0, 0), (2.0 * MARGIN, 2.0, 0), (2.3, 2.0, 1)]
)
def test_a_goal_is_missed_by_more_than_the_margin_alone(value: float, goal: float | None, told: int) -> None:
    assert len(missed([one(value, goal)])) == told


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [(2.0, Unit.A_SECOND, 0), (1.9, Unit.A_SECOND, 0), (1.8, Unit.A_SECOND, 1), (1.9, Unit.OF_THE_LIMIT, 1)],
)
def test_a_goal_may_be_the_least_and_some_units_have_no_noise(value: float, unit: Unit, told: int) -> None:
    least = Measured(
        group="group", what="what", value=value, unit=unit, goal=2.0, direction=Direction.AT_LEAST
    )

    assert len(missed([least])) == told


def test_nothing_lost_is_a_goal_that_one_message_misses() -> None:
    lost = Measured(group="group", what="lost", value=1, unit=Unit.MESSAGES, goal=0)

    assert missed([lost]) == ["group: lost is 1.00 messages, the goal is at most 0"]


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        ([Area.SENDING], ["sending"]),
        ([Area.LEDGER, Area.PARSING], ["parsing", "ledger"]),
        (list(Area), ["parsing", "sending", "ledger", "keeping", "index", "webhook", "start"]),
    ],
)
def test_areas_are_measured_by_themselves(areas: list[Area], told: list[str]) -> None:
    def of(group: str) -> Callable[..., list[Measured]]:
        return lambda *_: [replace(one(1.0, None), group=group)]

    numbers = measure((), Effort(), areas, measurements={area: of(area) for area in Area})

    assert [number.group for number in numbers] == told


def test_the_options_name_the_areas(tmp_path: Path) -> None:
    asked: list[Collection[Area]] = []

    def measured(_: object, _effort: Effort, areas: Collection[Area]) -> Iterator[Measured]:
        asked.append(areas)
        yield one(1.0, None)

    main = command(measured)
    main(output=tmp_path / "numbers.json", only=[Area.LEDGER])
    main(output=tmp_path / "numbers.json")

    assert [list(areas) for areas in asked] == [[Area.LEDGER], list(Area)]


def test_there_are_issues_to_measure_in_every_checkout() -> None:
    assert all(corpus.sources for corpus in corpora())


@nightly("what measures the bot is none of it")
def test_updates_are_brought_to_a_bot_that_runs_and_each_is_answered_once() -> None:
    numbers = {number.what: number.value for number in webhook(Effort(updates=50))}
    assert (numbers["lost"], numbers["doubled"]) == (0, 0)
    assert numbers["taken in"] > 0
    assert numbers["answered"] > 0


@nightly("it starts the programs that are measured, and is none of the bot")
def test_a_start_is_measured_from_outside() -> None:
    effort = Effort(starts=1, indexed=(2,))
    numbers = {(number.group, number.what): number for number in starting((TINY,), effort)}
    assert all(number.value > 0 for number in numbers.values())
    assert numbers["jianbao run with the samples", "any later start"].goal == 1.0
    assert numbers["jianbao run with 2 issues, 40 items", "until it runs"].goal == 1.2
