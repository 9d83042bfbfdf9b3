"""The answers of the second reader, and its budget."""

from datetime import timedelta

import pytest

from bot.storage import Database
from bot.storage.second_readings import KEPT, SecondReadings
from tests.builders import NOON

MONTH = "2026-03"


@pytest.fixture
def readings(database: Database) -> SecondReadings:
    return SecondReadings(database)


async def test_an_answer_is_known_by_its_question_and_none_is_an_answer_too(readings: SecondReadings) -> None:
    await readings.note({"a": True, "b": False, "c": None}, NOON)
    assert await readings.known(["a", "b", "c", "d"]) == {"a": True, "b": False, "c": None}
    assert await readings.known([]) == {}


async def test_a_later_answer_takes_the_place_of_an_earlier_one(readings: SecondReadings) -> None:
    await readings.note({"a": None}, NOON)
    await readings.note({"a": True}, NOON + timedelta(days=1))
    assert await readings.known(["a"]) == {"a": True}


async def test_what_is_too_old_is_dropped_when_something_new_comes(readings: SecondReadings) -> None:
    await readings.note({"a": True}, NOON)
    await readings.note({"b": True}, NOON + KEPT + timedelta(seconds=1))
    assert await readings.known(["a", "b"]) == {"b": True}


async def test_very_many_are_known_at_once(readings: SecondReadings) -> None:
    many = {f"{number:064}": bool(number % 2) for number in range(1200)}
    await readings.note(many, NOON)
    assert await readings.known(many) == many


async def test_a_month_has_so_many_requests_and_no_more_and_the_next_one_its_own(
    database: Database, readings: SecondReadings
) -> None:
    assert [await readings.take(MONTH, 2) for _ in range(3)] == [True, True, False]
    after_a_restart = SecondReadings(database)
    assert not await after_a_restart.take(MONTH, 2)
    assert await after_a_restart.requests(MONTH) == 2
    assert await after_a_restart.take("2026-04", 2)


async def test_a_request_that_reached_nobody_is_given_back(readings: SecondReadings) -> None:
    assert await readings.take(MONTH, 1)
    await readings.give_back(MONTH)
    assert await readings.requests(MONTH) == 0
    assert await readings.take(MONTH, 1)
