"""/issues: back issues, newest first, by page and year."""

from collections.abc import Sequence

from bot.handlers.context import HandlerContext, in_rows, page_of
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button, Message
from bot.model import Issue

_A_ROW = 2
_YEARS_A_ROW = 5


async def issues(request: Request, context: HandlerContext) -> Reply:
    """The newest back issues; a year after the command shows that year."""
    word = request.words.strip().rstrip("年")
    year = int(word) if word.isdecimal() else None
    if year is None or year in await context.archive.years():
        return reply_with(await _list(request, context, year=year, page=0))
    nothing = context.say("no_issues_in", request, year=word[:4])
    return reply_with(nothing, await _list(request, context, year=None, page=0))


async def turn(request: Request, context: HandlerContext) -> Reply:
    """Another page or year: ``issues:<year or all>:<page>``; a year without issues is all of them."""
    written, _, page = request.words.partition(":")
    year = int(written) if written.isdecimal() else None
    chosen = year if year in await context.archive.years() else None
    return Reply(edit=await _list(request, context, year=chosen, page=page_of(page)))


async def open_list(request: Request, context: HandlerContext) -> Reply:
    """The button "back issues" under another message: a new message with the list."""
    return reply_with(await _list(request, context, year=None, page=0))


def issue_button(issue: Issue, request: Request, context: HandlerContext) -> Button:
    """A button that sends an issue."""
    return context.button(f"issue:{issue.slug}", request, "issue", issue=issue)


async def _list(request: Request, context: HandlerContext, *, year: int | None, page: int) -> Message:
    archive, size = context.archive, context.per_page
    total = await archive.count(year)
    if not total:
        return context.say("no_issues", request)
    shown = await archive.page(year=year, limit=size, offset=page * size)
    rows = in_rows([issue_button(issue, request, context) for issue in shown], _A_ROW)
    years = _years(request, context, year, await archive.years())
    chosen = year or "all"
    turns = context.turns(
        request, page, lambda number: f"issues:{chosen}:{number}", ("newer", "older"), total=total, size=size
    )
    return context.say(
        "issues",
        request,
        year=year,
        total=total,
        issues=shown,
        buttons=(*rows, turns, *years),
    )


def _years(
    request: Request, context: HandlerContext, chosen: int | None, years: Sequence[int]
) -> list[tuple[Button, ...]]:
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
