"""Intake and publisher of one folder, put together as the running bot has them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest.said_dates import SaidDates
from bot.model import FREE, IndexedIssue, Issue, IssueRecord, Release, entries_of
from bot.publishing.approving import Approving
from bot.publishing.decisions import Calendar, Edits
from bot.publishing.events import Listener, nobody
from bot.publishing.found import Reading
from bot.publishing.holding import Holding
from bot.publishing.intake import Intake
from bot.publishing.length import Measure
from bot.publishing.publisher import Publisher
from bot.sources import Source, SourceFile
from bot.storage import Database, Holds, IssueFiles, Issues, Planner, Statistics, Timestamps
from bot.storage.accepted_lengths import AcceptedLengths
from bot.storage.approvals import Approvals


async def untold(_slug: str, _now: datetime) -> None:
    """For who need not know."""


class Publishing:
    """Both, by the verbs that tests use. A hundred characters of an issue are a message."""

    def __init__(
        self,
        source: Source,
        database: Database,
        parse: Callable[[str, str], Issue],
        issues: Issues | None = None,
        *,
        edits: Edits = "ask",
        approve: bool = False,
        dates: Callable[[Issue, str], SaidDates] = lambda *_: SaidDates(),
        release: Callable[[SourceFile, str, Issue], Release] = lambda *_: FREE,
        listener: Listener = nobody,
        on_expired: Callable[[str, datetime], Awaitable[object]] = untold,
    ) -> None:
        issues, calendar = issues or Issues(database), Calendar(zone=ZoneInfo("Asia/Shanghai"))

        self.measured: list[str] = []

        async def messages(record: IssueRecord) -> int:
            self.measured.append(record.slug)
            return len(await issues.text(record.slug) or "") // 100

        self.approving = Approving(issues, Approvals(database), Holds(database), needed=approve)
        measure = Measure(count=messages, most=40, accepted=AcceptedLengths(database))
        publisher = Publisher(
            issues=issues,
            planner=Planner(database),
            holds=Holds(database),
            measure=measure,
            approving=self.approving,
            calendar=calendar,
            edits=edits,
            on_expired=on_expired,
            listener=listener,
            together=database.together,
        )
        intake = Intake(
            source=source,
            issues=issues,
            files=IssueFiles(database),
            timestamps=Timestamps(database),
            reading=Reading(
                parse=lambda file, text: parse(file.slug, text),
                index=lambda issue: IndexedIssue(
                    entries=entries_of(issue), fingerprint="as read", day_known=issue.day_known
                ),
                dates=lambda _, text, issue: dates(issue, text),
                release=release,
            ),
            calendar=calendar,
            edits=edits,
            listener=listener,
            together=database.together,
        )
        self.holding = holding = Holding(issues, Holds(database), measure, Statistics(database))
        self.hold = holding.hold
        self.resume = holding.resume
        self.intake = intake
        self.read, self.listing, self.corrections = intake.read, intake.listing, intake.corrections
        self.publish_due = publisher.publish_due
        self.publish = publisher.publish
        self.correct = publisher.correct
        self.retract = publisher.retract
        self.caution = publisher.caution
        self.test = publisher.test
