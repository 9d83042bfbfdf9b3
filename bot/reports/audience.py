"""Who came, who was lost, what was pushed and asked for: by day, and by issue.

A loss belongs to the issue that was the last to be pushed to whoever left, which is exact for each person; a
span of hours behind an issue would blame the next one, at which Telegram tells of those who blocked the bot
before. Who came belongs to the issue that was the newest one out. Both are settled when it happens: what is
published later changes no count.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.model import Happening, IssueRecord
from bot.storage import Storage

Counts = Mapping[Happening, int]  #: without what did not happen


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """What happened ``since`` then: by day, the latest first, and by issue, the newest first.

    The issue without a name is for what no issue had to do with. ``losses_since``: losses before that
    are not known; None if all are.
    """

    since: datetime
    days: Mapping[date, Counts]
    issues: Mapping[str, Counts]
    losses_since: datetime | None

    @property
    def total(self) -> Counts:
        """What happened in all."""
        return sum((Counter(counts) for counts in self.days.values()), Counter())


async def audience(storage: Storage, since: datetime, zone: tzinfo) -> Audience:
    """What happened since then, its days meant in ``zone``; reads nothing but counts."""
    quarters = await storage.tallies.by_quarter(since)
    counted = await storage.tallies.counted_since()
    records = await storage.issues.all()
    return Audience(
        since=since,
        days=_by_day(quarters, zone),
        issues=_by_issue(await storage.tallies.by_issue(since), records),
        losses_since=counted if counted and counted > since else None,
    )


def _by_day(quarters: Mapping[datetime, Counts], zone: tzinfo) -> dict[date, Counts]:
    days: dict[date, Counter[Happening]] = {}
    for at in sorted(quarters, reverse=True):
        days.setdefault(at.astimezone(zone).date(), Counter()).update(quarters[at])
    return dict(days)


def _by_issue(tallied: Mapping[str, Counts], records: Iterable[IssueRecord]) -> dict[str, Counts]:
    out = sorted((one.published_at, one.slug) for one in records if one.published_at)
    newest = [slug for _, slug in reversed(out)]
    order = [*newest, *sorted(tallied.keys() - {*newest, ""}), ""]
    return {slug: tallied[slug] for slug in order if slug in tallied}
