"""/topic: follow, drop or leave out topics and keywords, and see what the archive has on them."""

from dataclasses import replace

from bot.handlers.context import HandlerContext, page_of
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.search import search
from bot.handlers.topic_page import Doubt, View, doubts_of, join_offer, topic_page
from bot.messages import Message
from bot.model import Choice, Cut, Interests
from bot.readers.search import understood
from bot.readers.topic_query import TopicQuery, parse_topic_query

_OMITTED = "-"


async def topic(request: Request, context: HandlerContext) -> Reply:
    """Follow what is named, drop or leave out what has a minus; without words, explain the command.

    Where it is not clear what is wanted nothing changes, and the buttons ask.
    A word that is probably a misspelt topic is asked back first, and an address is searched for. Who is
    not subscribed is shown what there is, and asked; but in a topic of a forum it sets that topic up.
    """
    query = parse_topic_query(request.words, context.topics)
    if query.clear:
        return await _clear(request, context)
    if not query:
        return reply_with(_explained(request, context))
    if query.unsure:
        view = View(shown=query.named, query=query)
        return reply_with(await topic_page(request, context, request.cut, view))
    if understood(request.words, context.topics).address:
        return await search(request, context)
    doubts = await doubts_of(query, context)
    sure = _without(query, doubts)
    if request.subscriber is None and request.thread and sure.plus:
        request = await _set_up(request, context, sure.choice(request.cut))
    if request.subscriber is None:
        return reply_with(
            await topic_page(request, context, request.cut, View(shown=sure.plus, doubts=doubts))
        )
    choice = sure.choice(request.cut)
    undo_row = await context.undo_button(request.cut, request) if sure.only else ()
    cut = await _choose(request, context, choice) if sure.plus or sure.minus else request.cut
    view = View(choice=choice, query=sure, doubts=doubts, below=undo_row)
    return reply_with(await topic_page(request, context, cut, view))


async def _set_up(request: Request, context: HandlerContext, choice: Choice) -> Request:
    joined = await context.join(request, choice)
    return replace(request, subscriber=joined.subscriber)


async def followed(request: Request, context: HandlerContext, interests: Interests) -> Reply:
    """The reply of /topic to one who follows these, whatever they left out before."""
    choice = Choice(follow=interests)
    cut = await _choose(request, context, choice)
    return reply_with(await topic_page(request, context, cut, View(choice=choice)))


async def would_follow(request: Request, context: HandlerContext, interests: Interests) -> Message:
    """What :func:`followed` says, of one who is about to follow these; nothing is changed."""
    choice = Choice(follow=interests)
    view = View(choice=choice, joining=True)
    return await topic_page(request, context, choice.applied(request.cut), view)


async def follow(request: Request, context: HandlerContext) -> Reply:
    """The button "follow": ``follow:<topic>``; a keyword may stand for the topic here and below."""
    one = await context.interests(request.words)
    return await _tapped(request, context, Choice(follow=one), "followed")


async def unfollow(request: Request, context: HandlerContext) -> Reply:
    """The button "unfollow": ``unfollow:<topic>``."""
    one = await context.interests(request.words)
    return await _tapped(request, context, Choice(unfollow=one), "unfollowed")


async def omit(request: Request, context: HandlerContext) -> Reply:
    """The button "leave out": ``omit:<topic>``."""
    one = await context.interests(request.words)
    return await _tapped(request, context, Choice(omit=one), "omitted")


async def admit(request: Request, context: HandlerContext) -> Reply:
    """The button "take in again": ``admit:<topic>``."""
    one = await context.interests(request.words)
    return await _tapped(request, context, Choice(admit=one), "admitted")


async def swap(request: Request, context: HandlerContext) -> Reply:
    """The button "this instead": ``swap:<old>:<new>``; with a minus before them it leaves out."""
    old, _, new = request.words.removeprefix(_OMITTED).partition(":")
    before, after = await context.interests(old), await context.interests(new)
    if not after:
        return Reply(notice=context.notice("outdated", request))
    if request.words.startswith(_OMITTED):
        return await _tapped(request, context, Choice(admit=before, omit=after), "omitted")
    return await _tapped(request, context, Choice(unfollow=before, follow=after), "followed")


async def more(request: Request, context: HandlerContext) -> Reply:
    """The buttons "newer" and "older": ``more:<page>:<topic>,<topic>``."""
    page, _, refs = request.words.partition(":")
    interests = await context.interests(refs)
    if not interests:
        return Reply(notice=context.notice("outdated", request))
    return Reply(
        edit=await topic_page(request, context, request.cut, View(shown=interests, page=page_of(page)))
    )


async def undo(request: Request, context: HandlerContext) -> Reply:
    """The button "undo": ``undo:<cut>``; what was followed, left out and shown then comes back."""
    before = await context.requests.cut_named(request.words)
    if before is None or request.subscriber is None:
        return Reply(notice=context.notice("outdated", request))
    cut = (await context.subscriptions.restore(request.destination, before)).cut
    return Reply(edit=await topic_page(request, context, cut), notice=context.notice("undone", request))


async def _tapped(request: Request, context: HandlerContext, choice: Choice, notice: str) -> Reply:
    touched = choice.follow or choice.omit or choice.unfollow or choice.admit
    if not touched:
        return Reply(notice=context.notice("outdated", request))
    if request.subscriber is None:
        return Reply(messages=(await join_offer(request, context, choice.follow),))
    cut = await _choose(request, context, choice)
    told_of = "full" if choice.surplus(cut) else notice
    names = ", ".join(context.called(touched, request))
    return Reply(
        edit=await topic_page(request, context, cut, View(choice=choice)),
        notice=context.notice(told_of, request, topic=names),
    )


async def _choose(request: Request, context: HandlerContext, choice: Choice) -> Cut:
    return (await context.subscriptions.choose(request.destination, choice)).cut


async def _clear(request: Request, context: HandlerContext) -> Reply:
    if request.subscriber is None:
        return reply_with(await topic_page(request, context, request.cut))
    undo_row = await context.undo_button(request.cut, request)
    cut = (await context.subscriptions.clear_interests(request.destination)).cut
    return reply_with(await topic_page(request, context, cut, View(below=undo_row)))


def _without(query: TopicQuery, doubts: tuple[Doubt, ...]) -> TopicQuery:
    """What is sure of the query: nothing is dropped for the sake of what is in doubt."""
    words = Interests(keywords=tuple(doubt.word for doubt in doubts))
    only = query.only and not doubts
    return replace(query, plus=query.plus - words, minus=query.minus - words, only=only)


def _explained(request: Request, context: HandlerContext) -> Message:
    buttons = ((context.button("topics:", request, "all_topics"),),)
    return context.say(
        "topic_help", request, **context.interest_values(request.cut, request), buttons=buttons
    )
