"""/start: subscribe; a deep link may name an issue or a topic."""

from dataclasses import replace

from bot.handlers.context import HandlerContext
from bot.handlers.identity import ISSUE, ITEM, TOPIC
from bot.handlers.issue import choices, too_many
from bot.handlers.item import by_link
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.topic import followed, would_follow
from bot.messages import Button
from bot.model import Choice, Interests

_AS_BEFORE = Choice()


async def start(request: Request, context: HandlerContext) -> Reply:
    """Subscribe, and send the issue that the link names, or the newest one."""
    payload = request.words.strip()
    if payload.startswith(ITEM) and (opened := await by_link(payload, request, context)):
        return opened
    if payload.startswith(ISSUE):
        return await _with_issue(request, context, payload.removeprefix(ISSUE))
    if payload.startswith(TOPIC):
        return await _with_topic(request, context, payload.removeprefix(TOPIC))
    return await welcome(request, context)


async def _with_issue(request: Request, context: HandlerContext, slug: str) -> Reply:
    issue = await context.archive.get(slug)
    if issue is None:
        nearest = choices(request, context, slug, await context.archive.find(slug))
        greeted = await welcome(request, context)
        return reply_with(*greeted.messages, *nearest.messages)
    reply = await welcome(request, context, with_latest=False)
    if refused := too_many(request, context):
        return reply_with(*reply.messages, *refused.messages)
    subscriber = await context.subscriptions.get(request.destination)
    await context.requests.issue(
        request.destination, issue.slug, subscriber.cut if subscriber else request.cut
    )
    return reply


async def _with_topic(request: Request, context: HandlerContext, word: str) -> Reply:
    """The topics in a link; keywords are ignored, because only the reader may choose those."""
    slug = context.topics.find(word)
    named = Interests(topics=(slug,) if slug else ())
    if named:
        return await _following(request, context, named)
    suggestions = context.topic_names(context.topics.suggestions(word), request)
    unknown = context.say("topic_unknown", request, unknown=(word,), suggestions=suggestions)
    greeted = Reply() if request.active else await welcome(request, context)
    return reply_with(*greeted.messages, unknown)


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
    """The button under "you are not subscribed"."""
    reply = await welcome(request, context)
    return Reply(messages=reply.messages, without_buttons=True)


async def welcome(
    request: Request, context: HandlerContext, *, choice: Choice = _AS_BEFORE, with_latest: bool = True
) -> Reply:
    """Subscribe the person and say what they will get."""
    joined = await context.subscriptions.join(
        request.destination,
        language=request.language,
        choice=choice,
        with_latest=with_latest,
        by=request.person,
    )
    message = context.say(
        "welcome",
        request,
        digest=context.digest,
        written_in=context.written_in,
        new=joined.new,
        back=joined.back,
        **context.interest_values(joined.subscriber.cut, replace(request, subscriber=joined.subscriber)),
        latest=joined.latest,
        in_group=request.chat_id < 0,
        buttons=_first_steps(request, context),
    )
    return reply_with(message)


def _first_steps(request: Request, context: HandlerContext) -> tuple[tuple[Button, ...], ...]:
    return (
        (context.button("topics:", request, "all_topics"), context.button("list:", request, "back_issues")),
        (context.button("settings:", request, "settings"),),
    )
