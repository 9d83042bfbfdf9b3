"""/start: subscribe; with words behind it, which are a deep link's, it decides nothing."""

from dataclasses import replace

from bot.handlers.context import HandlerContext, without_joining
from bot.handlers.group import greeting
from bot.handlers.identity import ISSUE, ITEM, TOPIC
from bot.handlers.issue import choices, send_issue
from bot.handlers.item import by_link
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.topic import followed, would_follow
from bot.handlers.topic_page import View, topic_page
from bot.messages import Button, Message
from bot.model import Choice, Interests

_AS_BEFORE = Choice()


async def start(request: Request, context: HandlerContext) -> Reply:
    """Subscribe. Who comes by a link gets what it names, and a button that subscribes if no issues come.

    A link that names nothing, as that from the results of an inline query, says what this is.
    """
    payload = request.words.strip()
    if payload.startswith(ITEM):
        return await by_link(payload, request, context)
    if payload.startswith(ISSUE):
        return await _with_issue(request, context, payload.removeprefix(ISSUE))
    if payload.startswith(TOPIC):
        return await _with_topic(request, context, payload.removeprefix(TOPIC))
    if payload:
        return reply_with(greeting(request, context) if request.chat_id < 0 else _hello(request, context))
    return await welcome(request, context)


def _hello(request: Request, context: HandlerContext) -> Message:
    return context.say(
        "hello",
        request,
        in_group=False,
        digest=context.digest,
        written_in=context.written_in,
        active=request.active,
        buttons=(context.joining(request), *_first_steps(request, context)),
    )


async def _with_issue(request: Request, context: HandlerContext, slug: str) -> Reply:
    issue = await context.archive.get(slug)
    if issue is None and await context.items.is_taken_back(slug):
        return reply_with(context.say("item_taken_back", request, buttons=(context.joining(request),)))
    if issue is None:
        return choices(request, context, slug, await context.archive.find(slug))
    return await send_issue(request, context, issue, request.cut, by_link=True)


async def _with_topic(request: Request, context: HandlerContext, word: str) -> Reply:
    """The topic in a link, with what there is on it and a button that follows it."""
    slug = context.topics.find(word)
    if slug is None:
        suggestions = context.topic_names(context.topics.suggestions(word), request)
        buttons = (context.joining(request),)
        return reply_with(
            context.say("topic_unknown", request, unknown=(word,), suggestions=suggestions, buttons=buttons)
        )
    view = View(shown=Interests(topics=(slug,)))
    return reply_with(await topic_page(request, context, request.cut, view))


async def _following(request: Request, context: HandlerContext, named: Interests) -> Reply:
    """Subscribe who is not, and follow what is named."""
    if request.active:
        return await followed(request, context, named)
    shown = await would_follow(request, context, named)
    # Last, so that the issue that it plans does not arrive before the reply.
    greeted = await welcome(request, context, choice=Choice(follow=named))
    return reply_with(*greeted.messages, shown)


async def join(request: Request, context: HandlerContext) -> Reply:
    """The button "subscribe and follow": ``join:<topic>,<topic>``; a keyword may stand for a topic."""
    reply = await _following(request, context, await context.interests(request.words))
    return Reply(messages=reply.messages, without_buttons=True)


async def subscribe(request: Request, context: HandlerContext) -> Reply:
    """The button that subscribes; what else can be tapped below the message stays."""
    reply, others = await welcome(request, context), without_joining(request.buttons)
    return Reply(messages=reply.messages, buttons=others, without_buttons=not others)


async def welcome(request: Request, context: HandlerContext, *, choice: Choice = _AS_BEFORE) -> Reply:
    """Subscribe the person and say what they will get."""
    joined = await context.join(request, choice)
    message = context.say(
        "welcome",
        request,
        digest=context.digest,
        written_in=context.written_in,
        new=joined.new,
        back=joined.back,
        **context.interest_values(joined.subscriber.cut, replace(request, subscriber=joined.subscriber)),
        latest=joined.latest,
        waits=joined.waits,
        in_group=request.chat_id < 0,
        buttons=_first_steps(request, context),
    )
    return reply_with(message)


def _first_steps(request: Request, context: HandlerContext) -> tuple[tuple[Button, ...], ...]:
    return (
        (context.button("topics:", request, "all_topics"), context.button("list:", request, "back_issues")),
        (context.button("settings:", request, "settings"),),
    )
