"""What editors see of an issue that is not out yet: a card, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.digest.codes import Level
from bot.digest.topics.kept import counting
from bot.editors.linter import Finding
from bot.model import BY_HAND, HeldBy, Hold, Issue, IssueRecord, IssueState
from bot.reports.forecast import CutForecast, Forecast
from bot.reports.outlook import Obstacle

MOST_FINDINGS = 5
MOST_CUTS = 4
MOST_SECTIONS = 12


class Stage(StrEnum):
    """Where an issue stands on its way to readers."""

    UNAPPROVED = "unapproved"  #: nobody has approved its text
    HELD = "held"  #: something else holds it
    WAITING = "waiting"  #: its day is to come
    DRAFT = "draft"  #: its file says that it is one
    AWAY = "away"  #: its file is not there now
    GOES = "goes"  #: it goes out with the next look
    LATE = "late"  #: it goes into the archive with the next look
    OUT = "out"  #: it is out
    OVER = "over"  #: it was taken back, is in the archive, or is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many items a section has; the ``heading`` is as written."""

    slug: str
    heading: str
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What the check found in a line."""

    line: int
    serious: bool
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An issue before it goes out. What is cut short says how many there are: ``errors`` and the like.

    ``edition`` tells its text from others that it had. ``approval``: it needs approval, or has it;
    ``lacks_approval``: it has it not. ``may_resume``: a person holds it, or its length; ``may_hold``: no
    person holds it. ``uncertain`` is how many topics an editor may be asked about, None where nobody can
    say; ``kept`` is how many answers the bot alone has, ``commit`` the short name of the one that its text
    was found in. ``everything`` holds all pushes.
    """

    slug: str
    edition: str
    title: str
    day: date | None
    day_known: bool
    stage: Stage
    why: str = ""
    until: str = ""
    approval: bool = False
    lacks_approval: bool = False
    may_resume: bool = False
    may_hold: bool = True
    flash: int = 0
    sections: tuple[Counted, ...] = ()
    items: int = 0
    problems: tuple[Problem, ...] = ()
    errors: int = 0
    warnings: int = 0
    cuts: tuple[CutForecast, ...] = ()
    all_cuts: int = 0
    readers: int = 0
    messages: int = 0
    seconds: float = 0
    uncertain: int | None = None
    kept: int = 0
    commit: str = ""
    everything: Hold | None = None

    @property
    def is_draft(self) -> bool:
        """Whether something can still be decided about it."""
        return self.stage not in (Stage.OUT, Stage.OVER)


def card_of(  # noqa: PLR0913  # all that a card shows, each found elsewhere
    record: IssueRecord,
    issue: Issue,
    *,
    forecast: Forecast,
    findings: Iterable[Finding],
    hold: Hold | None,
    approval: bool,
    lacks_approval: bool,
    uncertain: int | None,
) -> Card:
    """The card of an issue that is not out yet; the most serious findings come first."""
    found = sorted(findings, key=lambda one: (one.code.level is not Level.ERROR, one.place))
    errors = sum(one.code.level is Level.ERROR for one in found)
    return Card(
        slug=record.slug,
        edition=record.edition,
        title=record.title or record.slug,
        day=record.date,
        day_known=record.day_known,
        stage=_STAGES.get(forecast.outlook.obstacle, Stage.GOES),
        why=(hold.whys if hold else "") or forecast.outlook.held,
        until=forecast.outlook.until if record.publish_at else "",
        approval=approval,
        lacks_approval=lacks_approval,
        may_resume=hold is not None and hold.by in (*BY_HAND, HeldBy.MESSAGES, HeldBy.LOSSES),
        may_hold=hold is None or not hold.is_by_hand,
        flash=len(issue.flash),
        sections=_sections(issue),
        items=len(issue.items),
        problems=tuple(map(_problem, found[:MOST_FINDINGS])),
        errors=errors,
        warnings=len(found) - errors,
        cuts=forecast.cuts[:MOST_CUTS],
        all_cuts=len(forecast.cuts),
        readers=forecast.subscribers,
        messages=forecast.messages,
        seconds=forecast.seconds,
        uncertain=uncertain,
        kept=len(counting(issue)),
        commit=record.short_commit,
        everything=forecast.outlook.everything,
    )


def card_of_gone(slug: str, record: IssueRecord | None) -> Card:
    """The card of an issue that is a draft no longer."""
    is_out = record is not None and record.state is IssueState.PUBLISHED
    return Card(
        slug=slug,
        edition=record.edition if record else "",
        title=(record.title if record else None) or slug,
        day=record.date if record else None,
        day_known=record.day_known if record else True,
        stage=Stage.OUT if is_out else Stage.OVER,
        why=str(record.state) if record else "",
    )


def _sections(issue: Issue) -> tuple[Counted, ...]:
    counted = (Counted(slug=one.slug, heading=one.heading, items=len(one.items)) for one in issue.sections)
    return tuple(one for one in counted if one.items)[:MOST_SECTIONS]


def _problem(finding: Finding) -> Problem:
    serious = finding.code.level is Level.ERROR
    return Problem(line=finding.line, serious=serious, message=finding.message)


_STAGES: dict[Obstacle | None, Stage] = {
    Obstacle.HELD: Stage.HELD,
    Obstacle.UNAPPROVED: Stage.UNAPPROVED,
    Obstacle.WAITING: Stage.WAITING,
    Obstacle.DRAFT: Stage.DRAFT,
    Obstacle.AWAY: Stage.AWAY,
    Obstacle.LATE: Stage.LATE,
}
