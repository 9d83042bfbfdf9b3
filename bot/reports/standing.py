"""What lasts and an operator should know of: troubles, holds, corrections, losses, unreadable files."""

from collections.abc import Iterable
from datetime import datetime

from bot.model import CAUSE, HELD, HeldBy, News
from bot.publishing.approving import Approving
from bot.reports.losses import lost_lately
from bot.reports.troubles import Troubles
from bot.sources import Problem
from bot.storage import Storage

TROUBLE, CORRECTION, LOSSES, FILE = "trouble:", "correction:", "losses:", "file:"  # how keys begin


def of_troubles(troubles: Troubles, untold: Iterable[str]) -> tuple[News, ...]:
    """The troubles of this process, but for those that only concern itself."""
    return tuple(
        News(
            key=f"{TROUBLE}{one.name}",
            what="trouble",
            at=one.since,
            values={"name": one.name, "reason": one.reason},
        )
        for one in troubles.present
        if one.name not in untold
    )


async def corrections_waiting(
    storage: Storage, now: datetime, kept_back: Iterable[str] = ()
) -> tuple[News, ...]:
    """The corrections of what was sent that wait for the operator, also those ``kept_back`` meanwhile."""
    slugs = {*kept_back, *(one.slug for one in await storage.issues.corrected())}
    return tuple(
        News(key=f"{CORRECTION}{slug}", what="correction", at=now, values={"slug": slug})
        for slug in sorted(slugs)
    )


async def unusual_losses(storage: Storage, now: datetime) -> tuple[News, ...]:
    """That unusually many were lost within a day, if they were."""
    lost = await lost_lately(storage, now)
    if not lost.unusual:
        return ()
    values = {"lost": lost.number, "active": lost.active}
    return (News(key=f"{LOSSES}day", what="losses", at=now, values=values),)


def of_files(unreadable: Iterable[Problem], now: datetime) -> tuple[News, ...]:
    """The files that cannot be read, or are passed over for their names."""
    return tuple(
        News(
            key=f"{FILE}{one.path}",
            what="unreadable",
            at=now,
            values={"file": one.shown, "why": one.reason},
        )
        for one in unreadable
    )


async def what_is_held(approving: Approving) -> tuple[News, ...]:
    """Each hold, whoever made it."""
    return tuple(
        News(
            key=f"{HELD}{scope}",
            what="held",
            at=hold.at,
            values={
                "slug": scope,
                "why": hold.whys,
                CAUSE: hold.cause,
                "restored": hold.by is HeldBy.RESTORED,
                "in_doubt": hold.is_doubt,
                "too_long": hold.by is HeldBy.MESSAGES,
                "off_its_day": hold.by is HeldBy.UNSCHEDULED,
                "unapproved": hold.by is HeldBy.APPROVAL,
                "approve_first": hold.unapproved and not hold.is_doubt,
            },
        )
        for scope, hold in (await approving.holds()).items()
    )
