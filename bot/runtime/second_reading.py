"""The process that leads asks the second reader about new and changed issues, beside all else.

Nothing waits for it: an issue goes out as its words and its editor say, and a late answer is a proposal all
the same. What was answered is kept, so that nothing is asked twice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Never

import structlog

from bot.digest.topics.classifier import Classifier
from bot.editors.second_reader.client import ReaderAway
from bot.editors.second_reader.reader import SecondReader, batches
from bot.editors.topics.questions import Question, questions
from bot.errors import StoreError
from bot.model import Issue, IssueRecord
from bot.storage import Storage

log = structlog.get_logger()

REST = 5.0  # seconds between two looks
FIRST_WAIT, LONGEST_WAIT = 60.0, 3600.0  # seconds between tries while it is away
STILL_CHANGES = timedelta(days=7)  # after it is out, an editor may correct an issue
_MOST = 20  # issues that are out and may be looked at

Seconds = float


class SecondReading:
    """Asks about what is uncertain in issues that are not out yet, or only just."""

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        storage: Storage,
        read: Callable[[IssueRecord], Awaitable[Issue | None]],
        classifier: Classifier,
        reader: SecondReader,
        most: int,
        requests_a_month: int,
        now: Callable[[], datetime],
        sleep: Callable[[Seconds], Awaitable[None]],
    ) -> None:
        self._storage = storage
        self._read = read
        self._classifier = classifier
        self._reader = reader
        self._most = most
        self._budget = requests_a_month
        self._now = now
        self._sleep = sleep
        self._done: dict[str, str] = {}  # the checksum of the text that was asked about, by issue
        self._failed: dict[str, int] = {}  # how often, by issue
        self._away = False
        self._spent = ""  # the month of which it was told that all its requests are spent

    async def run(self) -> Never:
        """Ask as long as this process leads; ends never."""
        wait = FIRST_WAIT
        while True:
            try:
                await self.look()
            except ReaderAway as error:
                self._tell_away(str(error))
                await self._sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
                continue
            except StoreError as error:
                log.debug("second_reading_not_kept", reason=str(error))
            except Exception:
                log.exception("second_reading_failed")
            wait = FIRST_WAIT
            await self._sleep(REST)

    async def look(self) -> None:
        """Ask about all that is new, until the budget is spent. Raises ReaderAway, and StoreError."""
        if self._spent == self._month():
            return
        for record in await self._records():
            if self._done.get(record.slug) != record.checksum:
                if not await self._ask_about(record):
                    return
                self._done[record.slug] = record.checksum

    async def _records(self) -> Sequence[IssueRecord]:
        """Those to look at: the ones that made no trouble first, of these what is not out yet."""
        coming = await self._storage.issues.not_out()
        newest = await self._storage.listed_issues.page(limit=_MOST)
        since = self._now() - STILL_CHANGES
        out = [one for one in newest if one.published_at and one.published_at >= since]
        found = sorted((*coming, *out), key=lambda one: self._failed.get(one.slug, 0))
        self._done = {one.slug: self._done[one.slug] for one in found if one.slug in self._done}
        return found

    async def _ask_about(self, record: IssueRecord) -> bool:
        """Whether all is asked that is to be asked about an issue."""
        issue = await self._read(record)
        if issue is None:
            return True
        found = await asyncio.to_thread(questions, issue, self._classifier, self._most)
        named = {self._reader.name(one): one for one in found}
        known = await self._storage.second_readings.known(named)
        new = [one for name, one in named.items() if name not in known]
        for some in batches(new):
            if not await self._ask(record.slug, some):
                return False
        return True

    async def _ask(self, slug: str, some: Sequence[Question]) -> bool:
        """Whether the budget let these be asked."""
        month, kept = self._month(), self._storage.second_readings
        if not await kept.take(month, self._budget):
            self._tell_spent(month)
            return False
        try:
            answers = await self._reader.ask(some)
        except ReaderAway as error:
            self._failed[slug] = self._failed.get(slug, 0) + 1
            if not error.reached:
                await kept.give_back(month)
            raise
        self._tell_back()
        await kept.note(answers, self._now())
        said = sum(one is not None for one in answers.values())
        log.info("second_reader_asked", issue=slug, questions=len(some), answers=said)
        return True

    def _month(self) -> str:
        return f"{self._now():%Y-%m}"

    def _tell_away(self, reason: str) -> None:
        if not self._away:
            log.warning("second_reader_away", reason=reason)
        self._away = True

    def _tell_back(self) -> None:
        if self._away:
            log.info("second_reader_back")
        self._away = False

    def _tell_spent(self, month: str) -> None:
        if self._spent != month:
            log.warning("second_reader_spent", month=month, requests=self._budget)
        self._spent = month
