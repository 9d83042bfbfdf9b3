"""/issues: back issues, newest first, by page and year."""

from bot.handlers.context import HandlerContext, Reply, Request, in_rows, page_of, reply_with
from bot.messages import Button, Message
from bot.model import Issue

_A_ROW = 2
_YEARS_A_ROW = 5


async def issues(request: Request, context: HandlerContext) -> Reply:
    """The newest back issues; a year after the command shows that year."""
    word = request.words.strip()
    year = int(word) if word.isdecimal() and int(word) in context.archive.years() else None
    return reply_with(_list(request, context, year=year, page=0))


async def turn(request: Request, context: HandlerContext) -> Reply:
    """Another page or year: ``issues:<year or all>:<page>``."""
    year, _, page = request.words.partition(":")
    chosen = int(year) if year.isdecimal() else None
    return Reply(edit=_list(request, context, year=chosen, page=page_of(page)))


async def open_list(request: Request, context: HandlerContext) -> Reply:
    """The button "back issues" under another message: a new message with the list."""
    return reply_with(_list(request, context, year=None, page=0))


def issue_button(issue: Issue, request: Request, context: HandlerContext) -> Button:
    """A button that sends an issue."""
    return context.button(f"issue:{issue.slug}", request, "issue", issue=issue)


def _list(request: Request, context: HandlerContext, *, year: int | None, page: int) -> Message:
    found = context.archive.of_year(year)
    if not found:
        return context.say("no_issues", request)
    shown = found[page * context.per_page : (page + 1) * context.per_page]
    buttons = [issue_button(issue, request, context) for issue in shown]
    rows = in_rows(buttons, _A_ROW)
    return context.say(
        "issues",
        request,
        year=year,
        total=len(found),
        issues=shown,
        buttons=(*rows, _turns(request, context, year, page, len(found)), *_years(request, context, year)),
    )


def _turns(
    request: Request, context: HandlerContext, year: int | None, page: int, total: int
) -> tuple[Button, ...]:
    return tuple(
        context.button(f"issues:{year or 'all'}:{number}", request, label)
        for number, label in ((page - 1, "newer"), (page + 1, "older"))
        if 0 <= number * context.per_page < total
    )


def _years(request: Request, context: HandlerContext, chosen: int | None) -> list[tuple[Button, ...]]:
    years = context.archive.years()
    if len(years) < 2:
        return []
    buttons = [
        context.button("issues:all:0", request, "all_years", chosen=chosen is None),
        *(
            context.button(f"issues:{year}:0", request, "year", year=year, chosen=year == chosen)
            for year in years
        ),
    ]
    return in_rows(buttons, _YEARS_A_ROW)
