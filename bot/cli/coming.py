"""When the issues of a file come out, which of them are drafts, and which the bot will hold."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.cli.findings import Checked
from bot.cli.foresight import Fate, Foresight
from bot.digest.codes import Level
from bot.editors.linter import Draft, Finding, Sheet
from bot.editors.linter.finding import found
from bot.model import Hold
from bot.publishing.decisions import Calendar, Intent
from bot.words.english import plural

_LATE = "too old to be pushed (delivery.expires_after)"
_FEW = 3
#: What tells of the same doubt, with its own line.
_TELLS_THAT_IT_IS_HELD = "unclear-release"


def coming(sheets: Iterable[Sheet], foresight: Foresight, calendar: Calendar) -> Iterator[str]:
    """A line for each draft in the files, each that is held, and each whose hour is still to come.

    Of those that are too old to be pushed, which are the archive of most bots, a few are named.
    """
    late = []
    for sheet in filter(foresight.takes, sheets):
        for part, draft in sheet.parts:
            fate = foresight.of(sheet.name, part, draft)
            if told := _told(fate, draft, calendar):
                yield f"{sheet.path}: {told}"
            elif fate.is_late:
                late.append(sheet.path)
    if len(late) > _FEW:
        yield f"{plural(len(late), 'issue')} {_LATE}; new ones go to the archive, pushed to nobody"
    else:
        yield from (f"{one}: {_LATE}; a new one goes to the archive, pushed to nobody" for one in late)


def with_fates(checked: Checked, sheet: Sheet, foresight: Foresight) -> Checked:
    """The findings in a file, with what holds its issues, and others of the same title and date."""
    told = {one.code.name for one in checked.findings if one.code.level is Level.ERROR}
    more = [
        replace(one, line=one.line + part.line - 1)
        for part, draft in sheet.parts
        for one in _found(foresight.of(sheet.name, part, draft), draft, foresight)
        if foresight.takes(sheet) and _TELLS_THAT_IT_IS_HELD not in told
    ]
    return replace(checked, findings=tuple(sorted((*checked.findings, *more), key=lambda one: one.place)))


def _told(fate: Fate, draft: Draft, calendar: Calendar) -> str | None:
    if fate.intent is Intent.DRAFT:
        return f"a draft ({fate.release.draft}), and not sent"
    if fate.hold and fate.one_of_two:
        return f"this one or the other is held, whichever the bot finds last: {_either(fate.hold)}"
    if fate.hold:
        way = fate.hold.release(draft.slug)
        return f"held until that is clear: {fate.hold.why}; {way} lets it go out as it is"
    if fate.intent is Intent.WAIT and (fate.release.at or calendar.at):
        return f"comes out on {calendar.moment_shown(draft.issue.date, fate.release.at)} ({calendar.zone})"
    return None


def _found(fate: Fate, draft: Draft, foresight: Foresight) -> Iterator[Finding]:
    if fate.hold and fate.one_of_two:
        yield found("one-of-two", *_place(draft, ""), hint=_either(fate.hold))
    elif fate.hold:
        hint = f"{fate.hold.why}; {fate.hold.release(draft.slug)} lets it go out as it is"
        yield found("held", *_place(draft, fate.about), hint=hint)
    elif namesake := foresight.namesake(draft.issue):
        yield found("same-date", *_place(draft, ""), hint=f"see {namesake}")


def _either(hold: Hold) -> str:
    return f"{hold.why}; jianbao plan says which"


def _place(draft: Draft, about: str) -> tuple[int, int]:
    """Where in the text it stands; where the title does, if it does not."""
    last = len(draft.source.lines)
    title = min(draft.source.headings, default=1)
    return (about and draft.source.find(about, 1, last)) or (title, 1)
