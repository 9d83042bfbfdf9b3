"""/issues: back issues, newest first, by page and year."""

from bot.handlers.desk import Answer, Ask, Desk, page_of, told
from bot.messages import Button, Message
from bot.model import Issue

_A_ROW = 2
_YEARS_A_ROW = 5


async def issues(ask: Ask, desk: Desk) -> Answer:
    """The newest back issues; a year after the command shows that year."""
    word = ask.words.strip()
    year = int(word) if word.isdecimal() and int(word) in desk.archive.years() else None
    return told(_list(ask, desk, year=year, page=0))


async def turn(ask: Ask, desk: Desk) -> Answer:
    """Another page or year: ``issues:<year or all>:<page>``."""
    year, _, page = ask.words.partition(":")
    chosen = int(year) if year.isdecimal() else None
    return Answer(edit=_list(ask, desk, year=chosen, page=page_of(page)))


async def open_list(ask: Ask, desk: Desk) -> Answer:
    """The button "back issues" under another message: a new message with the list."""
    return told(_list(ask, desk, year=None, page=0))


def issue_button(issue: Issue, ask: Ask, desk: Desk) -> Button:
    """A button that sends an issue."""
    return desk.button(f"issue:{issue.slug}", ask, "issue", issue=issue)


def _list(ask: Ask, desk: Desk, *, year: int | None, page: int) -> Message:
    found = desk.archive.of_year(year)
    if not found:
        return desk.say("no_issues", ask)
    shown = found[page * desk.per_page : (page + 1) * desk.per_page]
    buttons = [issue_button(issue, ask, desk) for issue in shown]
    rows = [tuple(buttons[start : start + _A_ROW]) for start in range(0, len(buttons), _A_ROW)]
    return desk.say(
        "issues",
        ask,
        year=year,
        total=len(found),
        issues=shown,
        buttons=(*rows, _turns(ask, desk, year, page, len(found)), *_years(ask, desk, year)),
    )


def _turns(ask: Ask, desk: Desk, year: int | None, page: int, total: int) -> tuple[Button, ...]:
    return tuple(
        desk.button(f"issues:{year or 'all'}:{number}", ask, label)
        for number, label in ((page - 1, "newer"), (page + 1, "older"))
        if 0 <= number * desk.per_page < total
    )


def _years(ask: Ask, desk: Desk, chosen: int | None) -> list[tuple[Button, ...]]:
    years = desk.archive.years()
    if len(years) < 2:
        return []
    buttons = [
        desk.button("issues:all:0", ask, "all_years", chosen=chosen is None),
        *(desk.button(f"issues:{year}:0", ask, "year", year=year, chosen=year == chosen) for year in years),
    ]
    return [tuple(buttons[start : start + _YEARS_A_ROW]) for start in range(0, len(buttons), _YEARS_A_ROW)]
