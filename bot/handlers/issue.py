"""/latest and /issue: one issue, whole or cut."""

from bot.handlers.context import HandlerContext, Reply, Request, reply_with
from bot.handlers.issues import issue_button, issues
from bot.messages.selection import select
from bot.model import Cut, Issue
from bot.readers.archive import Found
from bot.readers.topic_query import TopicQuery, parse_topic_query

_MOST_CHOICES = 8


async def latest(request: Request, context: HandlerContext) -> Reply:
    """The newest issue, cut as this person always gets it."""
    newest = context.archive.latest
    if newest is None:
        return reply_with(context.say("no_issues", request))
    return await _send(request, context, newest, request.cut)


async def issue(request: Request, context: HandlerContext) -> Reply:
    """``/issue 2022-02-22``: that issue, whole; words after it cut it by topics and keywords."""
    if not request.words.strip():
        return await issues(request, context)
    word, interests = (*request.words.split(maxsplit=1), "")[:2]
    found = context.archive.find(word)
    if found.issue is None:
        return _choices(request, context, word, found)
    query = parse_topic_query(interests, context.topics)
    cut = _whole(request).about(query.plus, excluded=query.minus)
    near = _meant(context, found.issue, cut, query)
    if near or query.refused:
        unknown, suggestions = query.refused or query.bare, context.topic_names(near, request)
        return reply_with(context.say("topic_unknown", request, unknown=unknown, suggestions=suggestions))
    return await _send(request, context, found.issue, cut)


def _meant(context: HandlerContext, found: Issue, cut: Cut, query: TopicQuery) -> tuple[str, ...]:
    """The topics that somebody may have meant by words of which nothing in the issue speaks."""
    if not select(found, cut).empty:
        return ()
    return tuple(dict.fromkeys(slug for word in query.bare for slug in context.topics.suggestions(word)))


async def open_issue(request: Request, context: HandlerContext) -> Reply:
    """A tap on an issue: ``issue:<slug>``."""
    found = context.archive.readable(request.words)
    if found is None:
        return Reply(notice=context.notice("outdated", request))
    return await _send(request, context, found, _whole(request))


async def rest(request: Request, context: HandlerContext) -> Reply:
    """A tap on "show the rest": ``rest:<slug>``."""
    if request.message_id is None or context.archive.readable(request.words) is None:
        return Reply(notice=context.notice("outdated", request))
    planned = await context.requests.rest(request.chat_id, request.words, request.message_id)
    if planned is None:
        return Reply(notice=context.notice("outdated", request))
    return Reply(notice=context.notice("sending" if planned else "on_its_way", request), without_buttons=True)


async def _send(request: Request, context: HandlerContext, issue: Issue, cut: Cut) -> Reply:
    planned = await context.requests.issue(request.chat_id, issue.slug, cut)
    if request.message_id is not None:
        return Reply(notice=context.notice("sending" if planned else "on_its_way", request))
    return Reply() if planned else reply_with(context.say("on_its_way", request))


def _choices(request: Request, context: HandlerContext, word: str, found: Found) -> Reply:
    if not found.candidates:
        return reply_with(context.say("no_issues", request))
    buttons = [(issue_button(issue, request, context),) for issue in found.candidates[:_MOST_CHOICES]]
    return reply_with(
        context.say("issue_choices", request, word=word, several=not found.nearest, buttons=buttons)
    )


def _whole(request: Request) -> Cut:
    return Cut(language=request.language, mode=request.cut.mode)
