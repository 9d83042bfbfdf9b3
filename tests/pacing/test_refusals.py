from bot.pacing.refusals import Refusals


def is_about_the_bot(
    refusals: Refusals, chat_id: int, now: float, *, limit: float = 30, accepted: int = 29
) -> bool:
    return refusals.is_about_the_bot(chat_id, now, limit=limit, accepted=accepted)


def test_a_429_is_about_the_bot_when_another_chat_met_one_within_half_a_second() -> None:
    refusals = Refusals()
    assert not is_about_the_bot(refusals, 1, 0.0)
    assert not is_about_the_bot(refusals, 1, 0.1)
    assert is_about_the_bot(refusals, 2, 0.6)
    assert not is_about_the_bot(refusals, 3, 1.2)


def test_a_slow_bot_takes_two_429s_together_that_are_two_messages_apart() -> None:
    refusals = Refusals()
    assert not is_about_the_bot(refusals, 1, 0.0, limit=1.0)
    assert is_about_the_bot(refusals, 2, 1.9, limit=1.0)


def test_of_a_thousand_that_are_accepted_in_a_second_nine_429s_together_are_not_about_the_bot() -> None:
    refusals = Refusals()
    told = [is_about_the_bot(refusals, chat, 0.01 * chat, limit=1000, accepted=1000) for chat in range(1, 11)]
    assert told == [False] * 9 + [True]


def test_where_a_thousand_are_allowed_and_few_accepted_two_429s_are_about_the_bot() -> None:
    refusals = Refusals()
    assert not is_about_the_bot(refusals, 1, 0.0, limit=1000, accepted=5)
    assert is_about_the_bot(refusals, 2, 0.1, limit=1000, accepted=5)


def test_of_a_thousand_that_are_accepted_in_a_second_three_that_are_not_are_soon_about_the_bot() -> None:
    refusals = Refusals()
    told = [is_about_the_bot(refusals, chat, chat / 3, limit=1000, accepted=1000) for chat in range(1, 11)]
    assert told == [False] * 9 + [True]


def test_one_a_second_never_is() -> None:
    refusals = Refusals()
    assert not any(
        is_about_the_bot(refusals, chat, float(chat), limit=1000, accepted=1000) for chat in range(100)
    )
