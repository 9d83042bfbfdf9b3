"""Issues, subscribers and deliveries, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.model import DeliveryState, IssueRecord, IssueState, SubscriberState
from bot.publishing.decisions import Calendar
from bot.reports.sender import Sender, current_sender
from bot.storage import IndexProgress, Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStatus:
    """An issue, its deliveries by state, and the day that it waits for, if it does."""

    record: IssueRecord
    deliveries: Mapping[DeliveryState, int]
    waits_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Issues, and the number of subscribers and deliveries in each state, also if it is 0."""

    issues: tuple[IssueStatus, ...]
    subscribers: Mapping[SubscriberState, int]
    sender: Sender | None
    index: IndexProgress

    @property
    def deliveries(self) -> dict[DeliveryState, int]:
        """The deliveries of all issues by state."""
        return {state: sum(issue.deliveries[state] for issue in self.issues) for state in DeliveryState}


async def current_status(storage: Storage, calendar: Calendar, fingerprint: str, now: datetime) -> Status:
    """The status, from the database; ``fingerprint`` is that of the present way to read issues."""
    counts, last_day = await storage.statistics.counts(), calendar.last_day(now)
    subscribers = await storage.subscribers.counts()
    return Status(
        issues=tuple(
            _issue(record, counts.get(record.slug, {}), last_day) for record in await storage.issues.all()
        ),
        subscribers={state: subscribers[state] for state in SubscriberState},
        sender=await current_sender(storage.leases),
        index=await storage.entry_index.progress(fingerprint),
    )


def _issue(record: IssueRecord, counts: Mapping[DeliveryState, int], last_day: date) -> IssueStatus:
    waits = record.state is IssueState.WAITING and record.date is not None and record.date > last_day
    return IssueStatus(
        record=record,
        deliveries={state: counts.get(state, 0) for state in DeliveryState},
        waits_until=record.date if waits else None,
    )
