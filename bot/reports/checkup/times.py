"""Time zone, jobs and the next issue."""

from collections.abc import Iterator

from bot.errors import JianbaoError
from bot.model import IssueRecord
from bot.reports.checkup.facts import Facts, Stored
from bot.reports.checkup.finding import Finding, ok, warning
from bot.storage import EVERYTHING


def check_zone(facts: Facts) -> Iterator[Finding]:
    """Which time it is for the editor, and by which rules."""
    zone = facts.settings.schedule
    here = facts.now.astimezone(zone.zone)
    what = f"{zone.timezone}, where it is {here:%Y-%m-%d %H:%M}"
    if facts.zone_data:
        yield ok("time zone", f"{what}; data: {facts.zone_data}")
    else:
        yield warning("time zone", f"{what}; nobody knows by which data", "install the package tzdata")


def check_jobs(facts: Facts) -> Iterator[Finding]:
    """When the jobs run."""
    schedule = facts.settings.schedule
    times = {"read": schedule.read, "publish": schedule.publish, "deliver": schedule.deliver}
    told = (
        f"{name} next at {facts.jobs[name]:%Y-%m-%d %H:%M}"
        if name in facts.jobs
        else f"{name} every {of.every:g} s"
        for name, of in times.items()
    )
    yield ok("jobs", ", ".join(told))


def check_next_issue(facts: Facts) -> Iterator[Finding]:
    """Which issue goes out next, and whether one should have."""
    if isinstance(facts.stored, JianbaoError):
        return
    due, coming = _due(facts.stored), _coming(facts.stored)
    if due and facts.stored.sender is None:
        yield warning(
            "next issue", f"{due[0].slug} is due, and no process sends it", "start one: jianbao run"
        )
    elif due:
        held = ", and held with everything" if EVERYTHING in facts.stored.holds else ""
        yield ok("next issue", f"{due[0].slug} is due now{held}")
    elif coming:
        yield ok("next issue", f"{coming[0].slug} waits until {facts.stored.until[coming[0].slug]}")
    else:
        yield ok("next issue", "none waits for its day")


def check_holds(facts: Facts) -> Iterator[Finding]:
    """What an operator, or a doubt, keeps from going out."""
    if isinstance(facts.stored, JianbaoError):
        return
    for slug, hold in facts.stored.holds.items():
        if slug == EVERYTHING:
            yield warning("held", f"nothing is pushed {hold.told}", hold.advice())
        else:
            yield warning("held", f"{slug} is held {hold.told}", f"{hold.release(slug)} lets it go")


def _due(stored: Stored) -> list[IssueRecord]:
    return [one for one in _free(stored) if one.slug not in stored.until]


def _coming(stored: Stored) -> list[IssueRecord]:
    later = (one for one in _free(stored) if one.slug in stored.until)
    return sorted(later, key=lambda one: (stored.until[one.slug], one.slug))


def _free(stored: Stored) -> Iterator[IssueRecord]:
    return (one for one in stored.waiting if one.slug not in stored.holds and one.file_away is None)
