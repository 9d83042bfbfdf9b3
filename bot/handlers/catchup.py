"""/catchup: what somebody missed while no issues came to them, as headlines or issue by issue."""

from dataclasses import replace

from bot.handlers.context import HandlerContext, page_of
from bot.handlers.listing import listed_entry, missed_code, missed_span, open_buttons, turns
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button, Message
from bot.messages.selection import selects
from bot.model import IssueRecord
from bot.readers.missed import DAYS, Missed

Row = tuple[Button, ...]


async def catchup(request: Request, context: HandlerContext) -> Reply:
    """Say what was missed, and offer it; or that nothing was."""
    if request.subscriber is None:
        return reply_with(context.say("not_subscribed", request, buttons=(context.joining(request),)))
    missed = await context.catch_up.missed(request.destination, request.cut)
    return Reply(messages=(_told(missed, request, context),), tells_missed=True)


async def what_was_missed(request: Request, context: HandlerContext, *, alone: bool) -> Message | None:
    """What is told to one who gets issues again: as /catchup, without what they declined.

    If a group is told nothing else, it is ``alone``, and says that the subscription goes on. None if there
    is nothing to tell.
    """
    missed = await context.catch_up.missed_again(request.destination, request.cut)
    told = _told(missed, request, context) if missed.total else None
    if request.chat_id > 0 or not alone:
        return told
    goes_on = context.say("goes_on", request)
    return replace(told, html=f"{goes_on.html}\n\n{told.html}") if told else goes_on


async def headlines(request: Request, context: HandlerContext) -> Reply:
    """The button "as headlines": ``headlines:<list>``; the items come as a message of their own."""
    page = await _page(request, context, request.words, 0)
    return reply_with(page) if page else Reply(notice=context.notice("outdated", request))


async def turn(request: Request, context: HandlerContext) -> Reply:
    """Another page of them: ``missed:<page>:<list>``."""
    number, _, code = request.words.partition(":")
    page = await _page(request, context, code, page_of(number))
    return Reply(edit=page) if page else Reply(notice=context.notice("outdated", request))


async def each(request: Request, context: HandlerContext) -> Reply:
    """The button "one by one": ``each:<list>``; the issues come as if each had been asked for."""
    span = missed_span(request.words)
    if span is None:
        return Reply(notice=context.notice("outdated", request))
    sent, entries = await context.catch_up.send(request.destination, request.cut, span)
    return Reply(
        notice=context.notice("sending" if sent else "nothing_missed", request),
        buttons=(_headlines(len(entries), request.words, request, context),) if entries else (),
        without_buttons=not entries,
    )


async def enough(request: Request, context: HandlerContext) -> Reply:
    """The button "no": ``enough:<list>``; these issues are not offered again.

    Nothing is noted of a chat that is not known, to which they would not be offered.
    """
    span = missed_span(request.words)
    if span and request.subscriber is not None:
        await context.catch_up.decline(request.destination, span)
    return Reply(notice=context.notice("enough_said", request), without_buttons=True)


def _told(missed: Missed, request: Request, context: HandlerContext) -> Message:
    cut, code = request.cut, missed_code(missed.span)
    listed = missed.selected or missed.items
    ways = (
        context.button(f"each:{code}", request, "each"),
        context.button(f"enough:{code}", request, "enough"),
    )
    return context.say(
        "catchup",
        request,
        missed=missed,
        days=DAYS,
        names=[name_of(issue) for issue in missed.issues],
        followed=bool(cut.followed),
        filtered=cut.filters,
        buttons=(_headlines(listed, code, request, context), ways) if missed.total else (),
    )


def _headlines(count: int, code: str, request: Request, context: HandlerContext) -> Row:
    return (context.button(f"headlines:{code}", request, "headlines", count=count),) if count else ()


def name_of(issue: IssueRecord) -> str:
    """What readers know an issue by."""
    return issue.when or issue.slug


async def _page(request: Request, context: HandlerContext, code: str, page: int) -> Message | None:
    """A page of the items that were missed; None if there are none, or the code is no such list."""
    span = missed_span(code)
    entries = await context.catch_up.entries(request.destination, request.cut, span) if span else ()
    if not entries:
        return None
    first = page * context.newest
    shown = entries[first : first + context.newest]
    return context.say(
        "missed",
        request,
        followed=bool(request.cut.followed) and selects(request.cut, entries[0]),
        total=len(entries),
        first=first + 1,
        listed=[listed_entry(entry, request, context) for entry in shown],
        buttons=(
            open_buttons((entry.ref for entry in shown), first + 1, code),
            turns("missed", code, request, context, page, total=len(entries)),
        ),
    )
