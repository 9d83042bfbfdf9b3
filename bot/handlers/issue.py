"""/latest and /issue: one issue, whole or cut."""

from dataclasses import replace

from bot.handlers.context import HandlerContext
from bot.handlers.issues import issue_button, issues
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Message
from bot.model import Cut, Issue
from bot.readers.archive import Found
from bot.readers.requests import Asked
from bot.readers.topic_query import parse_topic_query
from bot.words.asked_dates import asked_date, asked_newest, asked_place, asked_span, is_relative
from bot.words.issue_numbers import asked_number

_MOST_CHOICES = 8
_LONGEST_NAME = 4  # words
#: Issues that are called by their place in the archive, by what ``sayings.j2`` calls them.
_PLACES = {"latest": 0, "previous": 1, "oldest": -1}
#: What somebody who asks is told.
_NOTICES = {Asked.COMES: "sending", Asked.COMES_BEHIND: "comes_behind", Asked.IS_COMING: "on_its_way"}


async def latest(request: Request, context: HandlerContext) -> Reply:
    """The newest issue, cut as this person always gets it; behind the command may stand what /issue takes."""
    words = request.words.strip()
    if words:
        named = words if is_relative(words) or asked_date(words) else f"latest {words}"
        return await issue(replace(request, words=named), context)
    newest = await context.archive.latest()
    if newest is None:
        return reply_with(context.say("no_issues", request))
    return await send_issue(request, context, newest, request.cut)


async def issue(request: Request, context: HandlerContext) -> Reply:
    """``/issue 2022-02-22``: that issue, cut as this person always gets it, or by the words behind it."""
    if not request.words.strip():
        return await issues(request, context)
    word, interests, found = await _named(request.words, context)
    if found.issue is None:
        return choices(request, context, word, found)
    query = parse_topic_query(interests, context.topics)
    if query.refused:
        return reply_with(context.say("topic_unknown", request, unknown=query.refused, suggestions=()))
    cut = _whole(request).about(query.plus, excluded=query.minus) if query else request.cut
    return await send_issue(request, context, found.issue, cut)


async def previous(request: Request, context: HandlerContext) -> Reply:
    """The issue before the newest one."""
    return await _by_place(request, context, _PLACES["previous"])


async def oldest(request: Request, context: HandlerContext) -> Reply:
    """The first issue there was."""
    return await _by_place(request, context, _PLACES["oldest"])


async def find(word: str, context: HandlerContext) -> Found:
    """The issue that a word means: by its place in the archive, by how far it is from today, or its name."""
    place = _PLACES.get(context.wording.meaning(word) or "", asked_place(word))
    if place is not None:
        return Found(issue=await context.archive.nth(place))
    if several := asked_newest(word):
        return Found(issue=None, candidates=await context.archive.page(limit=several))
    if span := asked_span(word, context.desk.now().astimezone(context.desk.zone).date()):
        return await context.archive.within(*span)
    return await context.archive.find(word)


async def _named(words: str, context: HandlerContext) -> tuple[str, str, Found]:
    """The first words that name an issue, as in "march 2025", those behind them, and the issue."""
    if is_relative(words) or asked_date(words):
        return words, "", await find(words, context)
    for count in range(min(len(words.split()), _LONGEST_NAME), 1, -1):
        *name, behind = (*words.split(maxsplit=count), "")[: count + 1]
        found = await find(" ".join(name), context)
        if not found.nearest or asked_number(" ".join(name)):
            return " ".join(name), behind, found
    word, behind = (*words.split(maxsplit=1), "")[:2]
    return word, behind, await find(word, context)


async def _by_place(request: Request, context: HandlerContext, number: int) -> Reply:
    found = await context.archive.nth(number)
    if found is None:
        return reply_with(context.say("no_issues", request))
    return await send_issue(request, context, found, request.cut)


async def open_issue(request: Request, context: HandlerContext) -> Reply:
    """A tap on an issue: ``issue:<slug>``."""
    found = await context.archive.get(request.words)
    if found is None:
        back = await context.items.is_taken_back(request.words)
        return Reply(notice=context.notice("taken_back" if back else "outdated", request))
    return await send_issue(request, context, found, request.cut)


async def rest(request: Request, context: HandlerContext) -> Reply:
    """A tap on "show the rest": ``rest:<slug>:<cut>``; of older messages ``rest:<slug>``."""
    slug, _, cut = request.words.partition(":")
    if request.message_id is None or await context.archive.get(slug) is None:
        return Reply(notice=context.notice("outdated", request))
    if refused := too_many(request, context):
        return refused
    asked = await context.requests.rest(request.destination, slug, request.message_id, cut)
    if asked is None:
        return Reply(notice=context.notice("outdated", request))
    return Reply(notice=context.notice(_NOTICES[asked], request), without_buttons=True)


async def send_issue(
    request: Request, context: HandlerContext, issue: Issue, cut: Cut, *, by_link: bool = False
) -> Reply:
    """Send an issue; who never subscribed is asked whether to. Who stopped is by a link alone."""
    if refused := too_many(request, context):
        return refused
    asked = await context.requests.issue(request.destination, issue.slug, cut)
    if request.message_id is not None:
        return Reply(notice=context.notice(_NOTICES[asked], request))
    if asked is not Asked.COMES:
        return reply_with(context.say(_NOTICES[asked], request))
    asks = not request.active if by_link else request.subscriber is None
    return reply_with(_invitation(request, context)) if asks else Reply()


def too_many(request: Request, context: HandlerContext) -> Reply | None:
    """What a chat gets that asked for too many issues within the hour: a line, once; None if it may ask."""
    allowance = context.requests.allowance
    minutes = allowance.minutes_left(request.chat_id)
    if not minutes:
        return None
    if request.message_id is not None:
        return Reply(notice=context.notice("too_many", request, minutes=minutes))
    told = allowance.tells(request.chat_id)
    return reply_with(context.say("too_many", request, minutes=minutes)) if told else Reply()


def _invitation(request: Request, context: HandlerContext) -> Message:
    """To one who gets a single issue and no others: a button that subscribes."""
    return context.say("invitation", request, buttons=(context.joining(request),))


def choices(request: Request, context: HandlerContext, word: str, found: Found) -> Reply:
    """The issues that somebody may mean, to tap."""
    if not found.candidates:
        return reply_with(context.say("no_issues", request))
    named = [(issue_button(issue, request, context),) for issue in found.candidates[:_MOST_CHOICES]]
    buttons = (*named, context.joining(request))
    return reply_with(
        context.say("issue_choices", request, word=word, several=not found.nearest, buttons=buttons)
    )


def _whole(request: Request) -> Cut:
    return Cut(language=request.language, mode=request.cut.mode)
