"""What readers say, and what they do in a week: theirs alone while it is needed, then counts."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.model import ALL_TOPICS, Deed, IssueText, WeekCount
from bot.storage import Database, Issues, Planner, Subscribers
from bot.storage.corrections_told import CorrectionsTold
from bot.storage.feedback_schema import readings, votes
from bot.storage.mistakes import AnswerState, Mistake, Mistakes
from bot.storage.votes import Votes
from bot.storage.weekly import FEW, MOST, Span, Weekly
from tests.builders import NOON
from tests.storage.rows import add_issue

WEEK = date(2026, 3, 2)
SPAN = Span(WEEK, NOON, NOON + timedelta(days=7))
LIN, ADA, GROUP = 1001, 1002, -4001


def question(asked: int, *, person: int = LIN, chat_id: int = LIN) -> Mistake:
    return Mistake(
        chat_id=chat_id,
        asked=asked,
        person=person,
        language="zh",
        issue_slug="2026-03-02",
        item_id="one",
        title="One",
        at=NOON,
    )


@pytest.fixture
def mistakes(database: Database) -> Mistakes:
    return Mistakes(database)


@pytest.fixture
def weekly(database: Database) -> Weekly:
    return Weekly(database)


async def test_a_second_tap_takes_a_vote_back_and_another_replaces_it(database: Database) -> None:
    async def tap(person: int, *, likes: bool) -> bool:
        return await Votes(database).vote(person, "2026-03-02", "papers", likes=likes, topics=(), now=NOON)

    async def all_votes() -> list[tuple[int, bool]]:
        async with database.reading() as connection:
            query = sa.select(votes.c.person, votes.c.likes).order_by(votes.c.person)
            return [(person, likes) for person, likes in await connection.execute(query)]

    assert await tap(LIN, likes=True)
    assert await tap(ADA, likes=True)
    assert await tap(LIN, likes=False)
    assert await all_votes() == [(LIN, False), (ADA, True)]
    assert not await tap(LIN, likes=False)
    assert await all_votes() == [(ADA, True)]


async def test_what_a_reader_says_is_taken_in_once_shown_once_and_answered(mistakes: Mistakes) -> None:
    await mistakes.ask(question(7))
    assert await mistakes.unshown(limit=9) == ()
    assert not await mistakes.answer((LIN, 7), "an answer to nothing")
    assert await mistakes.say((LIN, 7), "the link is broken", NOON)
    assert not await mistakes.say((LIN, 7), "and more", NOON)
    assert [one.text for one in await mistakes.unshown(limit=9)] == ["the link is broken"]
    await mistakes.note_shown((LIN, 7))
    assert await mistakes.unshown(limit=9) == ()
    assert await mistakes.answer((LIN, 7), "mended")
    assert not await mistakes.answer((LIN, 7), "while the first is on its way")
    assert [one.answer for one in await mistakes.unanswered(limit=9)] == ["mended"]
    await mistakes.note_answer((LIN, 7), AnswerState.LEFT)
    assert await mistakes.unanswered(limit=9) == ()
    assert await mistakes.answer((LIN, 7), "and one thing more")


async def test_questions_and_texts_of_a_person_are_counted_in_whatever_chat(mistakes: Mistakes) -> None:
    await mistakes.ask(question(7))
    await mistakes.ask(question(8, chat_id=GROUP))
    await mistakes.ask(question(9, chat_id=GROUP, person=ADA))
    await mistakes.say((GROUP, 8), "a typo", NOON)
    assert await mistakes.count(LIN, NOON) == (2, 1)
    assert await mistakes.count(LIN, NOON + timedelta(seconds=1)) == (0, 0)


async def test_what_was_said_in_a_group_goes_along_when_it_gets_another_id(
    mistakes: Mistakes, database: Database
) -> None:
    for asked in (7, 8, 9):
        await mistakes.ask(question(asked, chat_id=GROUP))
    await mistakes.ask(question(9, chat_id=-9))
    for asked in (7, 9):
        await mistakes.say((GROUP, asked), "a typo", NOON)
    for _ in range(2):
        await Subscribers(database).move(GROUP, -9, NOON)
        assert await mistakes.get((GROUP, 8)) is None
        assert [one.key for one in await mistakes.unshown(limit=9)] == [(-9, 7)]


async def test_a_week_is_counted_once_and_nothing_of_a_reader_stays(
    weekly: Weekly, database: Database
) -> None:
    for person in range(1, FEW + 1):
        await weekly.note(person, WEEK, Deed.OPENED, ("quantization", "pruning"))
    await weekly.note(1, WEEK, Deed.OPENED, ("quantization",))
    await weekly.note(1, WEEK, Deed.SAVED, ("quantization",))
    assert await weekly.unsettled(WEEK) == []
    assert await weekly.unsettled(WEEK + timedelta(days=7)) == [WEEK]
    assert await weekly.settle(SPAN, NOON, told=False)
    assert not await weekly.settle(SPAN, NOON, told=False)
    assert await weekly.counts(WEEK) == (
        WeekCount(topic=ALL_TOPICS, what=Deed.OPENED, number=FEW + 1),
        WeekCount(topic=ALL_TOPICS, what=Deed.SAVED, number=None),
        WeekCount(topic="pruning", what=Deed.OPENED, number=FEW),
        WeekCount(topic="quantization", what=Deed.OPENED, number=FEW + 1),
        WeekCount(topic="quantization", what=Deed.SAVED, number=None),
    )
    async with database.reading() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(readings)) == 0
    assert await weekly.untold() == await weekly.newest() == WEEK
    assert await weekly.note_told(WEEK)
    assert not await weekly.note_told(WEEK)
    assert await weekly.untold() is None


async def test_one_reader_who_opens_all_day_long_is_not_many(weekly: Weekly) -> None:
    for person in range(FEW):
        await weekly.note(person, WEEK, Deed.OPENED, ())
    for _ in range(MOST + 20):
        await weekly.note(0, WEEK, Deed.OPENED, ())
    await weekly.settle(SPAN, NOON, told=False)
    assert [one.number for one in await weekly.counts(WEEK)] == [MOST + FEW - 1]


async def test_votes_are_counted_in_their_week_and_kept_as_long_as_they_can_be_taken_back(
    weekly: Weekly, database: Database
) -> None:
    for person in range(FEW):
        await Votes(database).vote(person, "2026-03-02", "papers", likes=True, topics=("pruning",), now=NOON)
    await Votes(database).vote(9, "2026-03-02", "papers", likes=False, topics=("pruning",), now=NOON)
    await weekly.settle(SPAN, NOON, told=False)
    assert {(one.topic, one.what): one.number for one in await weekly.counts(WEEK)} == {
        (ALL_TOPICS, Deed.LIKED): FEW,
        ("pruning", Deed.LIKED): FEW,
        (ALL_TOPICS, Deed.DISLIKED): None,
        ("pruning", Deed.DISLIKED): None,
    }
    later = timedelta(days=35)
    await weekly.settle(Span(WEEK + later, SPAN.start + later, SPAN.end + later), NOON, told=True)
    async with database.reading() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(votes)) == 0


async def test_the_text_that_readers_have_is_kept_while_they_have_it(
    database: Database, issues: Issues
) -> None:
    told, planner = CorrectionsTold(database), Planner(database)
    await add_issue(issues, "2026-03-02", checksum="a" * 64)
    before = await issues.text("2026-03-02")
    new = IssueText(text="# new", checksum="b" * 64, title=None, date=None)
    assert await issues.update_text("2026-03-02", new)
    assert await told.former("2026-03-02") == {}  # nobody had it
    await planner.push("2026-03-02", NOON)
    newer = IssueText(text="# newer", checksum="c" * 64, title=None, date=None)
    assert await issues.update_text("2026-03-02", newer, even_if_under_way=True)
    assert await told.former("2026-03-02") == {"b" * 12: "# new"}
    assert before not in ("# new", None)
    assert not await told.is_told("2026-03-02", "c" * 12)
    await planner.correct("2026-03-02", NOON, told=True)
    assert await told.is_told("2026-03-02", "c" * 12)
    await told.prune()
    assert await told.former("2026-03-02") == {}
    assert not await told.is_told("2026-03-02", "c" * 12)
