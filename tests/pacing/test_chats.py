from math import inf

from hypothesis import example, given
from hypothesis import strategies as st

from bot.pacing import Priority
from bot.pacing.chats import CHATS_REMEMBERED, GROUP_MESSAGES, GROUP_SPAN, Chats

PERSON, GROUP = 7, -7


def send(chats: Chats, chat_id: int, at: float) -> None:
    chats.take(chat_id, at)
    chats.arrived(chat_id, at)


def test_an_unknown_chat_may_be_written_to_at_once() -> None:
    assert Chats(per_chat=1.0).free_at(PERSON, priority=Priority.BROADCAST) == -inf


def test_one_message_is_in_flight_in_a_chat() -> None:
    chats = Chats(per_chat=1.0)
    chats.take(PERSON, 0.0)
    assert chats.free_at(PERSON, priority=Priority.REPLY) == inf
    chats.arrived(PERSON, 0.0)
    assert chats.free_at(PERSON, priority=Priority.REPLY) < inf


def test_a_broadcast_waits_for_the_gap_from_when_the_last_arrived() -> None:
    chats = Chats(per_chat=1.0)
    chats.take(PERSON, 0.0)
    chats.arrived(PERSON, 0.5)
    assert chats.free_at(PERSON, priority=Priority.BROADCAST) == 1.5


def test_three_replies_may_go_at_once_and_then_one_in_each_gap() -> None:
    chats, now, times = Chats(per_chat=1.0), 100.0, []
    for _ in range(6):
        now = max(now, chats.free_at(PERSON, priority=Priority.REPLY))
        send(chats, PERSON, now)
        times.append(now)
    assert times == [100.0, 100.0, 100.0, 101.0, 102.0, 103.0]


def test_a_broadcast_leaves_room_for_two_replies_and_waits_for_what_they_borrowed() -> None:
    chats = Chats(per_chat=1.0)
    for _ in range(3):
        assert chats.free_at(PERSON, priority=Priority.REPLY) <= 0.0
        send(chats, PERSON, 0.0)
    assert chats.free_at(PERSON, priority=Priority.BROADCAST) == 3.0


@given(waits=st.lists(st.tuples(st.floats(0, 8), st.sampled_from(Priority)), max_size=120))
@example(waits=[(0.0, Priority.REPLY)] * 30)
def test_a_group_gets_no_more_than_twenty_in_any_minute(waits: list[tuple[float, Priority]]) -> None:
    chats, now, times = Chats(per_chat=1.0), 0.0, []
    for wait, priority in waits:
        now = max(now + wait, chats.free_at(GROUP, priority=priority))
        send(chats, GROUP, now)
        times.append(now)
    for start in times:
        assert sum(start <= at < start + GROUP_SPAN for at in times) <= GROUP_MESSAGES


def test_a_person_may_get_more_than_twenty_in_a_minute() -> None:
    chats = Chats(per_chat=1.0)
    for second in range(40):
        assert chats.free_at(PERSON, priority=Priority.BROADCAST) <= second
        send(chats, PERSON, second)


def test_a_chat_on_hold_waits_even_with_a_reply_and_a_shorter_hold_does_not_end_it() -> None:
    chats = Chats(per_chat=1.0)
    send(chats, PERSON, 0.0)
    chats.hold(PERSON, 30.0)
    chats.hold(PERSON, 10.0)
    assert chats.free_at(PERSON, priority=Priority.REPLY) == 30.0


def test_a_message_given_back_costs_the_chat_nothing() -> None:
    chats = Chats(per_chat=1.0)
    chats.take(PERSON, 0.0)
    chats.give_back(PERSON)
    assert chats.free_at(PERSON, priority=Priority.BROADCAST) == -inf


def test_chats_that_say_nothing_any_more_are_forgotten() -> None:
    chats = Chats(per_chat=1.0)
    for chat_id in range(1, 10 * CHATS_REMEMBERED):
        send(chats, chat_id, chat_id / 1000)
    assert len(chats) <= CHATS_REMEMBERED


def test_what_still_says_something_is_remembered() -> None:
    chats = Chats(per_chat=1.0)
    chats.take(1, 0.0)
    send(chats, 2, 0.0)
    chats.hold(2, 1e6)
    for _ in range(GROUP_MESSAGES):
        send(chats, GROUP, 0.0)
    for chat_id in range(10, 2 * CHATS_REMEMBERED):
        send(chats, chat_id, 50.0 if chat_id % 2 else 0.0)
    assert chats.free_at(1, priority=Priority.BROADCAST) == inf
    assert chats.free_at(2, priority=Priority.BROADCAST) == 1e6
    assert chats.free_at(GROUP, priority=Priority.BROADCAST) == GROUP_SPAN
