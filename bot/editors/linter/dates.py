"""The rule about dates that disagree: that of the title, of the front matter and of the file's path."""

from collections.abc import Iterator

from bot.digest.parsing.dates import Day, apart, date_match, find_date, find_day, written_by_machine
from bot.digest.parsing.file_facts import FileFacts, facts_of
from bot.digest.parsing.front_matter import split_front_matter
from bot.digest.parsing.notes import Notes
from bot.digest.said_dates import YEAR
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext


def dates_apart(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Each date that is not the issue's own: in the file's path, in the front matter, a year in the title."""
    facts = facts_of(draft.name, context.profile)
    written = draft.issue.date
    own = Day(date=written, known=draft.issue.day_known) if written else None
    if own and _named_otherwise(facts, own):
        line, column, about = _where(draft, context)
        if about:
            yield found("date-mismatch", line, column, about=about, hint=f"the file is {draft.name}")
    yield from _in_front_matter(draft, context, own)
    year = str(own.date.year) if own else facts.year
    yield from _in_title(
        draft, context, year, f"the issue is of {year}" if own else f"the file is {draft.name}"
    )


def _named_otherwise(facts: FileFacts, own: Day) -> bool:
    if facts.day:
        return apart(facts.day, own)
    return facts.year.isdecimal() and int(facts.year) != own.date.year


def _where(draft: Draft, context: RuleContext) -> tuple[int, int, str]:
    """Where the issue's own date stands, line and column, and how it is written; empty for nowhere."""
    for number, line in enumerate(draft.source.lines, start=1):
        place = date_match(line, context.profile)
        if place and find_date(line, context.profile) == draft.issue.date:
            return number, place.start() + 1, place[0]
    return 1, 1, ""


def _in_front_matter(draft: Draft, context: RuleContext, own: Day | None) -> Iterator[Finding]:
    front, _ = split_front_matter(draft.source.text, context.profile.front_matter, Notes())
    day = written_by_machine(front.date, context.profile) if front.date else None
    if own is None or day is None or not apart(day, own):
        return
    for number, line in enumerate(front.lines, start=1):
        if front.date in line:
            column = line.index(front.date) + 1
            hint = f"the title says {draft.issue.when}"
            yield found("date-mismatch", number, column, about=front.date, hint=hint)
            return


def _in_title(draft: Draft, context: RuleContext, year: str, hint: str) -> Iterator[Finding]:
    """The years of a title without a day, if none of them is that of the file or the front matter."""
    title = draft.issue.title or ""
    years = [one["year"] for one in YEAR.finditer(title)] if year else []
    if not years or year in years or find_day(title, context.profile):
        return
    at = draft.source.find(years[0], 1, len(draft.source.lines)) or (1, 1)
    yield found("date-mismatch", *at, about=years[0], hint=hint)
