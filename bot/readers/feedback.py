"""What readers say of an issue, and what they do with its items, counted for a week."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import structlog

from bot.errors import StoreError
from bot.model import Deed
from bot.storage.mistakes import Mistake, Mistakes
from bot.storage.votes import Votes
from bot.storage.weekly import Weekly

log = structlog.get_logger()

A_DAY = 3  #: reports of a reader
QUESTIONS_A_DAY = 12  #: that a reader is asked, whether they reply or not
LONGEST = 1000  #: characters of a report
LONGEST_ANSWER = 2000  #: characters
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Takes in what readers say, if ``asks``, and what they do, if ``counts``.

    Weeks are those of ``zone``.
    """

    votes: Votes
    mistakes: Mistakes
    weekly: Weekly
    asks: bool
    counts: bool
    zone: tzinfo
    now: Callable[[], datetime]

    async def vote(
        self, person: int, issue_slug: str, part: str, *, likes: bool, topics: Collection[str]
    ) -> bool:
        """Vote for a part of an issue, or take the same vote back; whether there is one now."""
        return await self.votes.vote(person, issue_slug, part, likes=likes, topics=topics, now=self.now())

    async def did(self, person: int | None, what: Deed, topics: Collection[str]) -> None:
        """Count what a reader did. Whatever is wrong with that keeps nobody from doing it."""
        if person is None or not self.counts:
            return
        today = self.now().astimezone(self.zone).date()
        week = today - timedelta(days=today.weekday())
        try:
            await self.weekly.note(person, week, what, topics)
        except StoreError as error:
            log.debug("reading_not_counted", reason=str(error))

    async def may_ask(self, person: int) -> bool:
        """Whether a reader may be asked for another mistake today."""
        asked, said = await self.mistakes.count(person, self.now() - _DAY)
        return asked < QUESTIONS_A_DAY and said < A_DAY

    async def say(self, question: Mistake, text: str) -> bool:
        """Take in a reader's text; False if it is one too many."""
        _, said = await self.mistakes.count(question.person, self.now() - _DAY)
        return said < A_DAY and await self.mistakes.say(question.key, text, self.now())
