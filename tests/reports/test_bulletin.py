"""An operator is told each thing once, with its end, and so much an hour; the rest is summed up."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.model import CAUSE, NEVER_PUT, ClockJump, News, SteadyTime
from bot.reports.bulletin import HOUR, MOST, UNTOLD, Batch, Bulletin, Item, Phase
from bot.reports.losses import is_unusual
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
OVER = (Phase.ENDED, Phase.PASSED)


class Chat:
    """An operator who is told everything at once, unless away."""

    def __init__(self) -> None:
        self.now = NOON
        self.bulletin = Bulletin(lambda: self.now)
        self.known: dict[str, News] = {}
        self.over_at: datetime | None = None
        self.lasted: list[float | None] = []
        self.time = NEVER_PUT

    def news(self, key: str, what: str = "trouble") -> News:
        return News(key=key, what=what, at=self.now, values={})

    def looks(
        self, *lasting: News, happened: Iterable[News] = (), away: bool = False, is_open: bool = False
    ) -> list[list[tuple[str, Phase]]]:
        batches = self.bulletin.due(
            known=self.known,
            lasting=lasting,
            happened=happened,
            is_open=lambda _: is_open,
            over_at=lambda _: self.over_at or self.now,
            time=self.time,
        )
        if away:
            return []
        for batch in batches:
            self.lasted += [item.seconds for item in batch if item.phase in OVER]
            self.bulletin.sent(batch)
            self._knows(batch)
        return [[(item.news.key, item.phase) for item in batch] for batch in batches]

    def _knows(self, batch: Batch) -> None:
        for item in batch:
            if item.phase is Phase.BEGAN:
                self.known[item.news.key] = item.news
            elif item.phase is Phase.ENDED:
                del self.known[item.news.key]


@pytest.fixture
def chat() -> Chat:
    return Chat()


def test_what_lasts_is_told_when_it_begins_and_when_it_ends(chat: Chat) -> None:
    source = chat.news("source")
    assert chat.looks(source) == [[("source", Phase.BEGAN)]]
    assert chat.looks(source) == []
    assert chat.looks() == [[("source", Phase.ENDED)]]
    assert chat.looks() == []
    assert chat.looks(source) == [[("source", Phase.BEGAN)]]


@pytest.mark.parametrize("away", [False, True])
def test_what_lasts_for_another_cause_is_told_once_more_whenever_the_chat_can_be(
    chat: Chat, *, away: bool
) -> None:
    date, copy = (replace(chat.news("held", "held"), values={CAUSE: cause}) for cause in ("date", "copy"))
    assert (chat.looks(date), chat.looks(date)) == ([], [[("held", Phase.BEGAN)]])
    if away:
        chat.looks(copy, away=True)
    assert [batch for _ in range(4) for batch in chat.looks(copy)] == [[("held", Phase.BEGAN)]]


def test_what_an_older_program_noted_without_its_cause_is_not_told_once_more(chat: Chat) -> None:
    chat.known["held"] = chat.news("held", "held")
    now = replace(chat.news("held", "held"), values={CAUSE: "date"})
    assert [chat.looks(now) for _ in range(3)] == [[], [], []]


def test_an_end_that_is_not_sure_is_not_told(chat: Chat) -> None:
    chat.looks(chat.news("source"))
    assert chat.looks(is_open=True) == []


@pytest.mark.parametrize(("lasted", "told"), [(MINUTE / 2, []), (2 * MINUTE, [[("telegram", Phase.PASSED)]])])
def test_what_was_over_before_it_could_be_told_is_told_then_if_it_lasted(
    chat: Chat, lasted: timedelta, told: list[list[tuple[str, Phase]]]
) -> None:
    chat.looks(chat.news("telegram"), away=True)
    chat.now += lasted
    assert chat.looks() == told
    assert chat.looks() == []


@pytest.mark.parametrize("away", [True, False])
def test_how_long_something_lasted_is_told_and_not_how_long_until_it_could_be_told(
    chat: Chat, *, away: bool
) -> None:
    chat.looks(chat.news("telegram"), away=away)
    chat.over_at = chat.now + timedelta(seconds=74)
    chat.now += 2 * MINUTE
    chat.looks()
    assert chat.lasted == [74]


def test_a_new_bulletin_tells_nothing_that_is_known(chat: Chat) -> None:
    source = chat.news("source")
    chat.looks(source)
    chat.bulletin = Bulletin(lambda: chat.now)
    assert chat.looks(source) == []
    assert chat.looks() == [[("source", Phase.ENDED)]]


def test_so_many_messages_are_an_hours_and_the_rest_is_one_when_there_is_room(chat: Chat) -> None:
    many = [chat.news(f"issue {number}") for number in range(MOST + 5)]
    assert len(chat.looks(happened=many)) == MOST
    rest = many[MOST:]
    chat.now += HOUR - MINUTE
    assert chat.looks(happened=rest) == []
    chat.now += MINUTE
    assert chat.looks(happened=rest) == [[(one.key, Phase.HAPPENED) for one in rest]]
    assert chat.looks(happened=[chat.news("next")]) == [[("next", Phase.HAPPENED)]]


@pytest.mark.parametrize("what", ["trouble", "finished"])
def test_the_last_message_of_an_hour_is_known_as_that(chat: Chat, what: str) -> None:
    one = (Item(news=chat.news("next", what), phase=Phase.HAPPENED),)
    for number in range(MOST - 1):
        assert not chat.bulletin.is_last(one)
        chat.looks(happened=[chat.news(str(number), what)])
    assert chat.bulletin.is_last(one)


@pytest.mark.parametrize("what", ["trouble", "losses"])
def test_news_of_whatever_number_keep_no_trouble_back_nor_is_one_summed_up_with_them(
    chat: Chat, what: str
) -> None:
    many = [chat.news(f"issue {number}", "finished") for number in range(MOST + 5)]
    assert len(chat.looks(happened=many)) == MOST
    source = chat.news("source", what)
    assert chat.looks(source, happened=many[MOST:]) == [[("source", Phase.BEGAN)]]
    chat.now += HOUR
    assert chat.looks(happened=many[MOST:]) == [
        [("source", Phase.ENDED)],
        [(one.key, Phase.HAPPENED) for one in many[MOST:]],
    ]


def test_what_one_reading_of_the_folder_holds_or_finds_expired_is_one_message_of_each(chat: Chat) -> None:
    held = [chat.news(f"held:{number}", "held") for number in range(3)]
    late = [chat.news(f"late {number}", "issue_expired") for number in range(3)]
    assert chat.looks(*held[:2], happened=late[:1]) == []
    assert chat.looks(*held, happened=late) == []
    assert chat.looks(*held, happened=late) == [
        [(one.key, Phase.HAPPENED) for one in late],
        [(one.key, Phase.BEGAN) for one in held],
    ]
    assert chat.looks(*held) == []


@pytest.mark.parametrize(
    ("lost", "left", "unusual"), [(4, 0, False), (5, 100, True), (5, 1000, False), (30, 1000, True)]
)
def test_a_few_who_leave_are_no_news(lost: int, left: int, *, unusual: bool) -> None:
    assert is_unusual(lost, left) is unusual


def test_how_long_a_trouble_lasted_is_told_without_what_the_clock_was_put_or_not_at_all(chat: Chat) -> None:
    hour = timedelta(hours=1)
    for put, told in ((hour, 300.0), (-hour, 300.0), (timedelta(minutes=-3), None)):
        chat.looks(chat.news("disk"))
        before = chat.now + timedelta(minutes=2)
        chat.time = SteadyTime((ClockJump(before=before, after=before + put, seconds=1.0),))
        chat.now = before + put + timedelta(minutes=3)
        chat.looks()
        assert chat.lasted[-1] == pytest.approx(told, abs=2) if told else chat.lasted[-1] is None


def test_the_end_of_a_trouble_whose_beginning_may_not_have_come_is_told_with_its_beginning(
    chat: Chat,
) -> None:
    begun = chat.news("telegram")
    chat.known["telegram"] = replace(begun, values={UNTOLD: True})
    assert chat.looks(begun) == []
    assert chat.looks() == [[("telegram", Phase.PASSED)]]


@pytest.mark.parametrize("what", ["held", "correction", "unreadable", "topic_gone", "losses"])
def test_what_lasts_no_more_and_is_no_trouble_is_not_told_afterwards(chat: Chat, what: str) -> None:
    chat.looks(chat.news("one", what), away=True)
    chat.now += 2 * MINUTE
    assert chat.looks() == []
