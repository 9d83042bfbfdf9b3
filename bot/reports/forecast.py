"""What publishing an issue would send, and how long that would take. Changes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import BadInput
from bot.messages import Renderer
from bot.model import BY_HAND, Cut, HeldBy, Hold, Issue, IssueRecord, is_notice
from bot.pacing import SHARE
from bot.publishing.approving import Approving
from bot.publishing.decisions import Calendar
from bot.publishing.intake import Intake
from bot.publishing.length import Measure
from bot.publishing.lookup import find_issue
from bot.readers.parsed_issues import ParsedIssues
from bot.reports.outlook import Outlook, Outlooks
from bot.reports.sender import current_sender
from bot.reports.slowness import slowness
from bot.reports.waves import Wave, seconds_with_waves, waves_of
from bot.storage import Storage

Cuts = Sequence[tuple[Cut, int]]  #: each with how many active subscribers have it
Watch = Callable[[Cuts], Iterable[tuple[Cut, int]]]  #: iterates over them, and may show progress


@dataclass(frozen=True, slots=True, kw_only=True)
class CutForecast:
    """What each of the ``chats`` with one cut gets.

    In ``groups`` of them, where many read, it is ``group_messages`` each. ``empty``: it selects nothing, and
    a message says so, but to ``unwanted`` of them, who want none.
    """

    cut: Cut
    chats: int
    messages: int
    empty: bool
    unwanted: int = 0
    groups: int = 0
    group_messages: int = 0

    @property
    def total(self) -> int:
        """The number of messages to all of them."""
        return (self.chats - self.groups - self.unwanted) * self.messages + self.groups * self.group_messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What publishing an issue sends, the most frequent cut first.

    ``rate`` is messages a second, ``per_chat`` seconds between two in a chat. ``slow``: what slows the bot
    down at present, if anything does. ``waves`` are the readers' hours, if it were published ``now``.
    """

    outlook: Outlook
    cuts: tuple[CutForecast, ...]
    rate: float
    per_chat: float
    slow: str | None = None
    waves: tuple[Wave, ...] = ()
    now: datetime | None = None

    @property
    def waiting(self) -> int:
        """How many of them would wait for their hour."""
        return sum(wave.chats for wave in self.waves)

    @property
    def subscribers(self) -> int:
        """The number of active subscribers."""
        return sum(one.chats for one in self.cuts)

    @property
    def messages(self) -> int:
        """The number of messages to all chats."""
        return sum(one.total for one in self.cuts)

    @property
    def empty(self) -> tuple[CutForecast, ...]:
        """The cuts that select nothing."""
        return tuple(one for one in self.cuts if one.empty)

    @property
    def seconds(self) -> float:
        """How long sending takes at this rate; never less than the longest cut takes in one chat."""
        longest = max((max(one.messages, one.group_messages) for one in self.cuts), default=0)
        alone = max(0, longest - 1) * self.per_chat
        if self.now is None or not self.waves:
            return max(self.messages / self.rate, alone)
        until = seconds_with_waves(self.messages, self.subscribers, self.waves, self.rate, self.now)
        return max(until, (self.waves[-1].at - self.now).total_seconds() + alone)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """An issue, and what holds it; ``untold`` says why its file tells nothing."""

    record: IssueRecord
    issue: Issue
    hold: Hold | None
    untold: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecaster:
    """Forecasts sending issues at the configured ``rate`` and ``per_chat`` pause.

    One whose ``whole`` cut is more messages than it may be, as ``measure`` says, would be held.
    """

    storage: Storage
    intake: Intake
    parsed: ParsedIssues
    renderer: Renderer
    calendar: Calendar
    rate: float
    per_chat: float
    whole: Cut
    measure: Measure
    approving: Approving

    async def forecast(self, slug: str, now: datetime, *, watch: Watch = iter) -> Forecast:
        """The forecast for an issue, as its file has it or, if there is none, the database.

        Raises BadInput if there is no such issue, or it cannot be read.
        """
        subject = await self._subject(slug, now)
        return await self._forecast(subject, now, watch)

    async def of(self, record: IssueRecord, issue: Issue, hold: Hold | None, now: datetime) -> Forecast:
        """The forecast for an issue as the database has it, held by this."""
        return await self._forecast(_Subject(record=record, issue=issue, hold=_told(hold)), now, iter)

    async def outlook(self, slug: str, now: datetime) -> Outlook:
        """The same of what stands in its way alone; nothing is counted."""
        return await self._outlook(await self._subject(slug, now), now)

    async def _outlook(self, subject: _Subject, now: datetime) -> Outlook:
        hold = subject.hold or await self._held_for_length(subject.record, subject.issue, now)
        outlooks = Outlooks(storage=self.storage, calendar=self.calendar, approving=self.approving)
        return await outlooks.of(subject.record, hold, now, untold=subject.untold)

    async def _forecast(self, subject: _Subject, now: datetime, watch: Watch) -> Forecast:
        cuts = [(Cut.parse(cut), chats) for cut, chats in await self.storage.subscribers.cuts()]
        groups = dict(await self.storage.subscribers.cuts(groups=True))
        wanting = await self.storage.reader_hours.wanting_topics()
        return Forecast(
            outlook=await self._outlook(subject, now),
            cuts=tuple(self._cut(subject.issue, cut, chats, groups, wanting) for cut, chats in watch(cuts)),
            rate=self.rate * SHARE,
            per_chat=self.per_chat,
            slow=await self._slow(),
            waves=await self._waves(now),
            now=now,
        )

    async def _waves(self, now: datetime) -> tuple[Wave, ...]:
        """When the readers' hours would be, if it were published now."""
        chosen = await self.storage.reader_hours.chosen()
        moments = ((hours.not_before(now), chats) for hours, chats in chosen)
        return waves_of((at, chats) for at, chats in moments if at is not None)

    async def _slow(self) -> str | None:
        sender = await current_sender(self.storage.leases)
        return slowness(sender.report, self.rate) if sender and sender.report else None

    async def _subject(self, slug: str, now: datetime) -> _Subject:
        held = await self.storage.holds.get(slug)
        coming = await self.intake.foresee(slug, now)
        if isinstance(coming, tuple):
            record, read, doubt = coming
            by_hand = held if held and held.by in BY_HAND else None
            also = doubt.why if doubt else ""
            hold = replace(by_hand, also=also) if by_hand else _told(doubt)
            return _Subject(record=record, issue=read, hold=hold)
        in_folder = await self.intake.slugs(now)
        record = await find_issue(
            self.storage.issues, slug, in_folder=in_folder, passed_over=filter(None, [coming])
        )
        if is_notice(slug):
            raise BadInput(f"{slug} is a notice; jianbao notice --dry-run shows what one would send")
        issue = await self.parsed.issue(record)
        if issue is None:
            raise BadInput(f"issue {slug} cannot be read; jianbao check says why")
        untold = coming.reason if coming and coming.tells_nothing else ""
        return _Subject(record=record, issue=issue, hold=_told(held), untold=untold)

    async def _held_for_length(self, record: IssueRecord, issue: Issue, now: datetime) -> Hold | None:
        messages = len(self.renderer.issue(issue, self.whole))
        why = await self.measure.excess_of(record.slug, messages)
        return Hold(by=HeldBy.MESSAGES, why=why, at=now) if why else None

    def _cut(
        self, issue: Issue, cut: Cut, chats: int, groups: Mapping[str, int], wanting: Mapping[str, int]
    ) -> CutForecast:
        empty, in_groups = self.renderer.is_empty(issue, cut), groups.get(cut.signature, 0)
        return CutForecast(
            cut=cut,
            chats=chats,
            messages=len(self.renderer.issue(issue, cut, private=True)),
            empty=empty,
            unwanted=wanting.get(cut.signature, 0) if empty else 0,
            groups=in_groups,
            group_messages=len(self.renderer.issue(issue, cut)) if in_groups else 0,
        )


def _told(hold: Hold | None) -> Hold | None:
    """What is told as a hold; that it is not approved is told apart."""
    return hold if hold and hold.by is not HeldBy.APPROVAL else None
