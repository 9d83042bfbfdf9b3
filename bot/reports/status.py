"""Issues, subscribers and deliveries, counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import (
    OF_ONE_ISSUE,
    UNBORN,
    DeliveryState,
    HeldBy,
    Hold,
    IssueRecord,
    IssueState,
    SubscriberState,
)
from bot.publishing.approving import Approving
from bot.publishing.decisions import Calendar
from bot.reports.gone_topics import GoneTopic
from bot.reports.losses import Lately, lost_lately
from bot.reports.lost_chats import LostChat
from bot.reports.readiness import Readiness
from bot.reports.sender import ChangedFiles, LapsedSender, Sender, current_sender, lapsed_sender
from bot.sources import Listing, Problem, SourceFile
from bot.storage import EVERYTHING, CopyChange, Counts, IndexProgress, Storage

EMPTY = Listing(files=(), problems=())


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStatus:
    """An issue, its pushes by state, and until when it waits or what holds it, if it is so.

    ``change`` is a correction or a recall that is on its way; ``file_changed``: what goes out is
    no longer what its file says. ``untold`` says why what is not out has a file that tells nothing.
    """

    record: IssueRecord
    deliveries: Mapping[DeliveryState, int]
    waits_until: str | None
    held: Hold | None
    file_changed: bool = False
    untold: str = ""
    change: CopyChange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Issues, and the number of subscribers and pushes in each state, also if it is 0.

    ``held`` is what holds everything, if anything does; ``held_by`` counts the issues that are held by what
    holds them; ``lost_chats`` are those with a role that put the bot out; ``lately`` is who was lost,
    ``lapsed`` who sent last, if nobody sends and that one did not say that it ends, ``idle`` what the process
    of this machine says, if it runs and does not send; ``unreadable``
    are files of the folder that somebody should mend or rename, and ``behind`` says why they may not be the
    newest. A ``mistake`` in the files of the digest keeps folder and index unread; ``changed`` are those that
    changed since the bot was started with them, ``gone_topics`` what readers follow that is no topic now.
    """

    issues: tuple[IssueStatus, ...]
    subscribers: Mapping[SubscriberState, int]
    sender: Sender | None
    lapsed: LapsedSender | None
    index: IndexProgress | None
    held: Hold | None
    lately: Lately
    held_by: Mapping[HeldBy, int]
    unreadable: tuple[Problem, ...] = ()
    lost_chats: tuple[LostChat, ...] = ()
    behind: str | None = None
    mistake: str | None = None
    changed: ChangedFiles | None = None
    gone_topics: tuple[GoneTopic, ...] = ()
    idle: Readiness | None = None

    @property
    def deliveries(self) -> dict[DeliveryState, int]:
        """The pushes of all issues by state."""
        return {state: sum(issue.deliveries[state] for issue in self.issues) for state in DeliveryState}


async def current_status(  # noqa: PLR0913  # what each caller has, the last ones by name
    storage: Storage,
    calendar: Calendar,
    fingerprint: str | None,
    now: datetime,
    folder: Listing = EMPTY,
    *,
    approving: Approving,
    lost: tuple[LostChat, ...] = (),
) -> Status:
    """The status, from the database; ``fingerprint`` is that of the present way to read issues, if known.

    What the ``folder`` has beside that is told of the files in it.
    """
    files, untold = {file.slug: file for file in folder.files}, folder.untold()
    counts, none = await storage.statistics.counts(), Counts(states=())
    subscribers, holds = await storage.subscribers.counts(), await approving.holds()
    return Status(
        issues=tuple(
            _without_text(
                _issue(record, counts.get(record.slug, none), holds.get(record.slug), files, calendar, now),
                untold.get(record.in_folder),
            )
            for record in await storage.issues.all()
        ),
        subscribers={state: subscribers[state] for state in SubscriberState},
        sender=await current_sender(storage.leases),
        lapsed=await lapsed_sender(storage.leases),
        index=await storage.entry_index.progress(fingerprint) if fingerprint else None,
        held=holds.get(EVERYTHING),
        lately=await lost_lately(storage, now),
        held_by=held_issues(holds),
        lost_chats=lost,
        unreadable=tuple(one for one in folder.problems if one.is_told),
        behind=folder.trouble,
    )


def held_issues(holds: Mapping[str, Hold]) -> dict[HeldBy, int]:
    """How many issues are held by each reason, also if it is none."""
    issues = Counter(hold.by for scope, hold in holds.items() if scope != EVERYTHING)
    return {by: issues[by] for by in OF_ONE_ISSUE}


def _issue(
    record: IssueRecord,
    counts: Counts,
    held: Hold | None,
    files: Mapping[str, SourceFile],
    calendar: Calendar,
    now: datetime,
) -> IssueStatus:
    file, waiting = files.get(record.in_folder), record.state is IssueState.WAITING
    waits = waiting and not held and calendar.is_to_come(record.date, record.publish_at, now)
    under_way, rows = record.state is IssueState.PUBLISHED and counts.open > 0, counts.rows
    return IssueStatus(
        record=record,
        deliveries={state: rows.get(state, 0) for state in DeliveryState},
        waits_until=calendar.until(record) if waits else None,
        held=held if waiting or under_way else None,
        file_changed=under_way and file is not None and not file.is_known_by(record.checksum),
        change=counts.change,
    )


def _without_text(issue: IssueStatus, untold: Problem | None) -> IssueStatus:
    """The same, where it is not out yet and its file tells nothing."""
    if untold is None or issue.record.state not in UNBORN:
        return issue
    return replace(issue, untold=untold.reason, waits_until=None)
