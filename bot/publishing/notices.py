"""Sends notices: a word to everybody who gets issues, or to some, by the ledger that issues go by."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Protocol

from bot.errors import BadInput
from bot.model import Cut, IssueRecord, IssueState, Notice, Written, notice_slug, text_language
from bot.publishing.decisions import Calendar
from bot.publishing.publisher import Published


class NoticePlanner(Protocol):
    """Where deliveries are planned."""

    async def announce(self, record: IssueRecord, text: str, now: datetime) -> int | None:
        """Take in a notice and plan it; returns for how many. None if its slug is known."""


def readers_of(notice: Notice, cuts: Iterable[tuple[str, int]]) -> Counter[Written]:
    """How many get it in which language; ``cuts`` are those of the active, with how many have each.

    Raises BadInput if there are none, or if some have nothing to read in their language.
    """
    found: Counter[Written] = Counter()
    for signature, chats in cuts:
        cut = Cut.parse(signature)
        if notice.is_for(cut):
            found[text_language(cut.language)] += chats
    if not found:
        raise BadInput("nobody who gets issues" + (" follows that" if notice.topics else " would get it"))
    for language, chats in found.items():
        if notice.lacks(language):
            raise BadInput(
                f"no text in {language}, which {chats} of {found.total()} read;"
                f" add --lang {language}=…, or --default with the language that they are to get"
            )
    return found


class NoticePublisher:
    """Sends notices, each under a slug with its day."""

    def __init__(self, planner: NoticePlanner, calendar: Calendar) -> None:
        self._planner = planner
        self._calendar = calendar

    async def send(self, notice: Notice, title: str, now: datetime) -> Published:
        """Plan it for everybody whom it is for; ``title`` is what lists call it."""
        day = self._calendar.today(now)
        for number in count(1):
            slug = notice_slug(day, number)
            planned = await self._planner.announce(_record(slug, notice, title, now), notice.as_text, now)
            if planned is not None:
                return Published(slug=slug, planned=planned)
        raise AssertionError("numbers do not end")


def _record(slug: str, notice: Notice, title: str, now: datetime) -> IssueRecord:
    return IssueRecord(
        slug=slug,
        title=title,
        date=None,
        checksum=notice.checksum,
        state=IssueState.WAITING,
        found_at=now,
        published_at=None,
    )
