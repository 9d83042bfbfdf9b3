"""The issues that are out: the newest, the one somebody means, the items on a topic or with a keyword.

Issues are read once and kept; :meth:`Archive.refresh` takes in what has changed since.
What waits for its day is in none of the answers to readers.
"""

import asyncio
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import structlog

from bot.model import READABLE, Interests, Issue, IssueRecord, Item, searchable_text
from bot.words.keywords import mentioned

log = structlog.get_logger()

_NEAREST = 3
_DATE = re.compile(r"(\d{4})[-./年 ]?(\d{1,2})(?:[-./月 ]?(\d{1,2}))?")
#: The number of an issue that has no date: ``300``, ``#300``, ``第 300 期``.
_NUMBER = re.compile(r"(?:第|#|no\.?|issue)?\s*0*(\d{1,6})\s*期?")
_LAST = frozenset({"last", "latest", "newest", "最新", "最近", "上期", "最后"})


class Issues(Protocol):
    """Where issues are kept."""

    async def all(self) -> tuple[IssueRecord, ...]:
        """Every issue, newest first."""

    async def get(self, slug: str) -> IssueRecord | None: ...

    async def text(self, slug: str) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An item that matches somebody's interests, its issue, and the word that matched."""

    issue: Issue
    item: Item
    matched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody may have meant: one issue, or several to choose from (then ``issue`` is None).

    The candidates all match, or are only the ``nearest``.
    """

    issue: Issue | None
    candidates: tuple[Issue, ...] = ()
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """An issue as read from a text, or None; ``texts`` are those of its items, for searching."""

    checksum: str
    issue: Issue | None
    texts: tuple[str, ...] = ()


class Archive:
    """All issues that readers may see, newest first.

    An issue on which ``read`` raises is logged once and left out.
    """

    def __init__(self, issues: Issues, read: Callable[[str, str], Issue]) -> None:
        self._store = issues
        self._read = read
        self._known: dict[str, _Read] = {}
        self._issues: tuple[Issue, ...] = ()
        self._refreshing = asyncio.Lock()

    async def refresh(self) -> None:
        """Read new and corrected issues. Cheap if there are none."""
        async with self._refreshing:
            records = await self._store.all()
            known = {record.slug: await self._load(record) for record in records}
            out = (known[record.slug].issue for record in records if record.state in READABLE)
            self._known = known
            self._issues = tuple(issue for issue in out if issue is not None)

    async def _load(self, record: IssueRecord) -> _Read:
        known = self._known.get(record.slug)
        if known is not None and known.checksum == record.checksum:
            return known
        text = await self._store.text(record.slug) or ""
        try:
            return await asyncio.to_thread(self._understood, record, text)
        except Exception:  # one issue must not keep the others from readers
            log.exception("issue_unreadable", issue=record.slug)
            return _Read(record.checksum, None)

    def _understood(self, record: IssueRecord, text: str) -> _Read:
        issue = self._read(record.slug, text)
        # The path of a file, which may say either, is not kept with its text.
        issue = replace(issue, title=issue.title or record.title, date=issue.date or record.date)
        return _Read(record.checksum, issue, tuple(map(searchable_text, issue.items)))

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues that readers may see, newest first."""
        return self._issues

    @property
    def latest(self) -> Issue | None:
        """The newest issue that readers may see; None if there is none."""
        return self._issues[0] if self._issues else None

    def get(self, slug: str) -> Issue | None:
        """The issue of exactly this slug as last read, even one that waits; None if it cannot be read."""
        known = self._known.get(slug)
        return known.issue if known else None

    def checksum(self, slug: str) -> str:
        """The checksum of the text that :meth:`get` was read from; empty if it returns None."""
        known = self._known.get(slug)
        return known.checksum if known else ""

    async def current(self, slug: str) -> Issue | None:
        """As :meth:`get`, but never older than the database: another process may have stored a correction."""
        record = await self._store.get(slug)
        known = self._known.get(slug)
        if record is not None and (known is None or record.checksum != known.checksum):
            await self.refresh()
        return self.get(slug)

    def readable(self, slug: str) -> Issue | None:
        """The issue of exactly this slug; None if readers may not see it."""
        return next((issue for issue in self._issues if issue.slug == slug), None)

    def years(self) -> tuple[int, ...]:
        """The years with issues, newest first."""
        return tuple(sorted({issue.date.year for issue in self._issues if issue.date}, reverse=True))

    def of_year(self, year: int | None) -> tuple[Issue, ...]:
        """The issues of a year, newest first; of all years if ``year`` is None."""
        return tuple(
            issue for issue in self._issues if year is None or (issue.date and issue.date.year == year)
        )

    def find(self, word: str) -> Found:
        """The issue that ``word`` means: a slug, a date, the beginning of either, a number, or "last".

        If nothing matches, the candidates are the nearest issues, by date if ``word`` has one.
        """
        query = unicodedata.normalize("NFKC", word).strip().casefold()
        if query in _LAST:
            return Found(issue=self.latest)
        exact = [issue for issue in self._issues if query and _is_called(issue, query)]
        fitting = exact[:1] or [issue for issue in self._issues if _begins(issue, _iso(query))]
        if len(fitting) == 1:
            return Found(issue=fitting[0])
        if fitting:
            return Found(issue=None, candidates=tuple(fitting))
        return Found(issue=None, candidates=self._nearest(query), nearest=True)

    def _nearest(self, query: str) -> tuple[Issue, ...]:
        meant = _meant_day(query)
        if meant is None:
            return self._issues[:_NEAREST]
        dated = [(abs((issue.date - meant).days), issue) for issue in self._issues if issue.date]
        return tuple(issue for _, issue in sorted(dated, key=lambda pair: pair[0])[:_NEAREST])

    def counts(self) -> Counter[str]:
        """How many items of the archive each topic has."""
        return Counter(topic.slug for issue in self._issues for item in issue.items for topic in item.topics)

    def about(self, interests: Interests) -> tuple[Hit, ...]:
        """The items with any of the topics or keywords, newest issue first, each item once."""
        return tuple(hit for issue in self._issues for hit in self._hits(issue, interests))

    def _hits(self, issue: Issue, interests: Interests) -> Iterable[Hit]:
        for item, text in zip(issue.items, self._known[issue.slug].texts, strict=True):
            matched = _topic_word(item, interests) or mentioned(interests.keywords, text)
            if matched is not None:
                yield Hit(issue=issue, item=item, matched=matched)


def _topic_word(item: Item, interests: Interests) -> str | None:
    return next((topic.matched for topic in item.topics if topic.slug in interests.topics), None)


def _day(issue: Issue) -> str:
    return issue.when


def _is_called(issue: Issue, query: str) -> bool:
    if query in (issue.slug.casefold(), _day(issue)):
        return True
    number = _NUMBER.fullmatch(query) if issue.date is None else None
    return number is not None and number[1] == re.sub(r"\D", "", issue.slug).lstrip("0")


def _begins(issue: Issue, query: str) -> bool:
    return bool(query) and (issue.slug.casefold().startswith(query) or _day(issue).startswith(query))


def _iso(query: str) -> str:
    """A date in another notation as ISO writes it; anything else unchanged."""
    bare = query.rstrip("年月日")
    found = _DATE.fullmatch(bare)
    if found is None:
        return bare
    year, *rest = (part for part in found.groups() if part)
    return "-".join((year, *(part.zfill(2) for part in rest)))


def _meant_day(query: str) -> date | None:
    """The day that a date means; an impossible day counts as the last of the month. None if it is no date."""
    found = _DATE.match(query)
    if found is None:
        return None
    year, month, day = int(found[1]), min(max(int(found[2]), 1), 12), int(found[3] or 15)
    for candidate in (min(max(day, 1), 31), 30, 29, 28):
        try:
            return date(year, month, candidate)
        except ValueError:
            continue
    return None
