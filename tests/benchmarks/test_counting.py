"""What the stand-in judges and counts, without a network."""

import pytest

from benchmarks.sending.deliveries import Deliveries, Summary
from benchmarks.sending.limits import Judge, Limits


def arrived(*messages: tuple[int, str, float]) -> Deliveries:
    deliveries = Deliveries()
    for message in messages:
        deliveries.add(*message)
    return deliveries


def passed(judge: Judge, *messages: tuple[int, float]) -> list[bool]:
    return [judge.wait(chat, now) == 0 for chat, now in messages]


def test_a_limit_holds_in_every_second_wherever_it_begins() -> None:
    judge = Judge(Limits(bot_rate=2, chat_rate=None))

    assert passed(judge, (1, 0.5), (2, 0.9), (3, 1.4), (4, 1.5), (5, 1.8), (6, 1.9)) == [
        *(True, True, False, True, False, True),
    ]


def test_a_chat_has_a_burst_and_then_its_second() -> None:
    judge = Judge(Limits(bot_rate=None, chat_burst=2))

    assert passed(judge, (1, 0.0), (1, 0.0), (1, 0.9), (1, 1.0), (1, 1.5)) == [True, True, False, True, False]


def test_a_lockout_ends() -> None:
    judge = Judge(Limits(bot_rate=1, chat_rate=None, lockout=3))

    assert passed(judge, (1, 0.0), (2, 0.5), (3, 3.4), (4, 3.5)) == [True, False, False, True]


@pytest.mark.parametrize(
    ("messages", "summary"),
    [
        ([(1, 1), (2, 1), (1, 2), (2, 2)], (0, 0, 0)),
        ([(1, 1), (2, 1), (1, 2)], (1, 0, 0)),
        ([(1, 1), (1, 1), (2, 1), (1, 2), (2, 2), (1, 1)], (0, 2, 0)),
        ([(1, 2), (1, 1), (2, 1), (2, 2)], (0, 0, 1)),
        ([], (4, 0, 0)),
    ],
)
def test_lost_doubled_and_out_of_order(
    messages: list[tuple[int, int]], summary: tuple[int, int, int]
) -> None:
    deliveries = arrived(*((chat, f"{part}|text", 0.0) for chat, part in messages))

    lost, doubled, disordered = summary
    assert deliveries.summary(2, 2) == Summary(lost=lost, doubled=doubled, disordered=disordered)


def test_a_text_without_a_number_is_no_message_that_was_asked_for() -> None:
    assert arrived((1, "good morning", 0.0)).summary(1, 1).lost == 1


def test_seconds_are_counted_from_the_first_message() -> None:
    deliveries = arrived(*((1, "1|", time) for time in (10.9, 11.0, 11.8, 13.0)))

    assert deliveries.per_second() == (3, 0, 1)
    assert deliveries.busiest() == 3
    assert deliveries.ends() == (10.9, 13.0)
