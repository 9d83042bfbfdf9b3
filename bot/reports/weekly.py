"""What readers did in a week, by topic, against what the issues offered: shares of what they did in all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.model import ALL_TOPICS, Deed, WeekCount
from bot.storage.weekly import Span

HOUR = time(9)  #: on the Monday behind the week, in the digest's zone
MOST_TOPICS = 12
#: What readers do, in the order in which it is told.
DONE = (Deed.OPENED, Deed.SAVED, Deed.PASSED, Deed.LIKED, Deed.DISLIKED)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicShare:
    """What of each deed was done with a topic, in percent, None where too few did it; and of all items."""

    topic: str
    done: Mapping[Deed, int | None]
    offered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReport:
    """A week from ``week`` on. ``done`` is how often each deed was done, None where too few did it."""

    week: date
    done: Mapping[Deed, int | None]
    items: int
    topics: tuple[TopicShare, ...]
    all_topics: int

    @property
    def last(self) -> date:
        """Its last day."""
        return self.week + _WEEK - timedelta(days=1)

    @property
    def is_empty(self) -> bool:
        """Whether nobody did anything."""
        return not self.done


def week_report(week: date, counts: Iterable[WeekCount]) -> WeekReport:
    """The report of a week, the topics that readers cared for most first."""
    known = {(one.topic, one.what): one.number for one in counts}
    totals = {what: known[ALL_TOPICS, what] for what in DONE if (ALL_TOPICS, what) in known}
    items = known.get((ALL_TOPICS, Deed.OFFERED)) or 0
    named = sorted({topic for topic, _ in known} - {ALL_TOPICS})

    def share(topic: str) -> TopicShare:
        done = {what: _percent(known[topic, what], totals[what]) for what in totals if (topic, what) in known}
        return TopicShare(
            topic=topic, done=done, offered=_percent(known.get((topic, Deed.OFFERED)) or 0, items) or 0
        )

    shares = sorted(map(share, named), key=_order, reverse=True)
    return WeekReport(
        week=week, done=totals, items=items, topics=tuple(shares[:MOST_TOPICS]), all_topics=len(shares)
    )


def week_of(now: datetime, zone: tzinfo) -> date:
    """The Monday with which the week began."""
    today = now.astimezone(zone).date()
    return today - timedelta(days=today.weekday())


def last_week(now: datetime, zone: tzinfo) -> date:
    """The newest week that may be told: it is over, and Monday's hour has come."""
    week = week_of(now, zone)
    has_come = now >= datetime.combine(week, HOUR, zone)
    return week - _WEEK if has_come else week - 2 * _WEEK


def span_of(week: date, zone: tzinfo) -> Span:
    """The week from midnight to midnight, however long that is where clocks change."""
    return Span(week, datetime.combine(week, time(), zone), datetime.combine(week + _WEEK, time(), zone))


def _percent(number: int | None, total: int | None) -> int | None:
    if number is None or total is None:
        return None
    return round(100 * number / total) if total else 0


def _order(one: TopicShare) -> tuple[int, ...]:
    return (*(one.done.get(what) or 0 for what in DONE), one.offered)
