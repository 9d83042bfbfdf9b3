"""/topic: follow, drop or leave out topics and keywords, and see what the archive has on them."""

from dataclasses import dataclass

from bot.handlers.callback_data import fits, read_refs, write_refs
from bot.handlers.context import HandlerContext, Reply, Request, page_of, reply_with
from bot.handlers.listing import listed_entry, open_buttons, topic_code
from bot.messages import Button, Message
from bot.model import MOST_KEYWORDS, NOTHING, Choice, Cut, Interests
from bot.readers.topic_query import TopicQuery, parse_topic_query

_MOST_BUTTONS = 6
_MOST_NEAR = 3
_OMITTED = "-"

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class _View:
    """A page of items: about ``interests``, or about what changed."""

    interests: Interests = NOTHING
    page: int = 0


_NO_CHOICE, _NO_QUERY, _NEWEST = Choice(), TopicQuery(), _View()


async def topic(request: Request, context: HandlerContext) -> Reply:
    """Follow what is named, drop or leave out what has a minus; without words, explain the command."""
    query = parse_topic_query(request.words, context.topics)
    if query.clear:
        return reply_with(await _shown(context, request, await _clear(request, context)))
    if not query:
        return reply_with(_explained(request, context))
    choice = query.choice(request.cut)
    cut = await _choose(request, context, choice) if query.plus or query.minus else request.cut
    return reply_with(await _shown(context, request, cut, choice, query))


async def followed(request: Request, context: HandlerContext, interests: Interests) -> Reply:
    """The reply of /topic to one who follows these, whatever they left out before."""
    choice = Choice(follow=interests)
    return reply_with(await _shown(context, request, await _choose(request, context, choice), choice))


async def would_follow(request: Request, context: HandlerContext, interests: Interests) -> Message:
    """What :func:`followed` says, of one who is about to follow these; nothing is changed."""
    choice = Choice(follow=interests)
    return await _shown(context, request, choice.applied(request.cut), choice)


async def follow(request: Request, context: HandlerContext) -> Reply:
    """The button "follow": ``follow:<topic>``; a keyword may stand for the topic here and below."""
    return await _tapped(
        request, context, Choice(follow=read_refs(request.words, context.topics)), "followed"
    )


async def unfollow(request: Request, context: HandlerContext) -> Reply:
    """The button "unfollow": ``unfollow:<topic>``."""
    return await _tapped(
        request, context, Choice(unfollow=read_refs(request.words, context.topics)), "unfollowed"
    )


async def omit(request: Request, context: HandlerContext) -> Reply:
    """The button "leave out": ``omit:<topic>``."""
    return await _tapped(request, context, Choice(omit=read_refs(request.words, context.topics)), "omitted")


async def admit(request: Request, context: HandlerContext) -> Reply:
    """The button "take in again": ``admit:<topic>``."""
    return await _tapped(request, context, Choice(admit=read_refs(request.words, context.topics)), "admitted")


async def swap(request: Request, context: HandlerContext) -> Reply:
    """The button "this instead": ``swap:<old>:<new>``; with a minus before them it leaves out."""
    old, _, new = request.words.removeprefix(_OMITTED).partition(":")
    before, after = read_refs(old, context.topics), read_refs(new, context.topics)
    if not after:
        return Reply(notice=context.notice("outdated", request))
    if request.words.startswith(_OMITTED):
        return await _tapped(request, context, Choice(admit=before, omit=after), "omitted")
    return await _tapped(request, context, Choice(unfollow=before, follow=after), "followed")


async def more(request: Request, context: HandlerContext) -> Reply:
    """The buttons "newer" and "older": ``more:<page>:<topic>,<topic>``."""
    page, _, refs = request.words.partition(":")
    interests = read_refs(refs, context.topics)
    if not interests:
        return Reply(notice=context.notice("outdated", request))
    return Reply(edit=await _shown(context, request, request.cut, view=_View(interests, page_of(page))))


async def _tapped(request: Request, context: HandlerContext, choice: Choice, notice: str) -> Reply:
    touched = choice.follow or choice.omit or choice.unfollow or choice.admit
    if not touched:
        return Reply(notice=context.notice("outdated", request))
    cut = await _choose(request, context, choice)
    told_of = "full" if choice.surplus(cut) else notice
    names = ", ".join(context.called(touched, request))
    return Reply(
        edit=await _shown(context, request, cut, choice), notice=context.notice(told_of, request, topic=names)
    )


async def _choose(request: Request, context: HandlerContext, choice: Choice) -> Cut:
    """Change what is followed; following a topic subscribes a person who is not subscribed."""
    if request.subscriber is None:
        joined = await context.subscriptions.join(request.chat_id, language=request.language, choice=choice)
        return joined.subscriber.cut
    return (await context.subscriptions.choose(request.chat_id, choice)).cut


async def _clear(request: Request, context: HandlerContext) -> Cut:
    if request.subscriber is None:
        return request.cut
    return (await context.subscriptions.clear_interests(request.chat_id)).cut


def _explained(request: Request, context: HandlerContext) -> Message:
    buttons = ((context.button("topics:", request, "all_topics"),),)
    return context.say(
        "topic_help", request, **context.interest_values(request.cut, request), buttons=buttons
    )


async def _shown(
    context: HandlerContext,
    request: Request,
    cut: Cut,
    choice: Choice = _NO_CHOICE,
    query: TopicQuery = _NO_QUERY,
    view: _View = _NEWEST,
) -> Message:
    """The reply: what changed, the archive's items on it, and what is followed and left out now."""
    surplus = choice.surplus(cut)
    added, omitted = choice.follow - surplus, choice.omit - surplus
    shown = view.interests or added or omitted or choice.admit or choice.unfollow
    first = view.page * context.newest
    matches = await context.topic_items.about(shown, limit=context.newest, offset=first)
    near = _near(context, query, added | omitted)
    return context.say(
        "topic",
        request,
        added=context.called(added, request),
        words=context.called(Interests(keywords=added.keywords), request),
        removed=context.called(choice.unfollow, request),
        omitted=context.called(omitted, request),
        admitted=context.called(choice.admit, request),
        surplus=context.called(surplus, request),
        most=MOST_KEYWORDS,
        refused=query.refused,
        near=context.topic_names(dict.fromkeys(slug for _, slug in near), request),
        shown=context.called(shown, request),
        total=matches.total,
        first=first + 1,
        listed=[
            listed_entry(
                match.entry, request, context, context.notice("because", request, word=match.matched)
            )
            for match in matches.shown
        ],
        years=matches.years,
        **context.interest_values(cut, request),
        buttons=(
            open_buttons((match.entry.ref for match in matches.shown), first + 1, topic_code(shown)),
            *_instead(request, context, cut, near, query),
            *_toggles(request, context, cut, shown | omitted),
            _pages(request, context, shown, view.page, matches.total),
            (context.button("topics:", request, "all_topics"),),
        ),
    )


def _near(context: HandlerContext, query: TopicQuery, taken: Interests) -> list[tuple[str, str]]:
    """The keywords that may have been meant as a topic, with that topic."""
    if query.phrase:
        return []
    words = (word for word in query.bare if word in taken.keywords)
    return [(word, slug) for word in words for slug in context.topics.suggestions(word, limit=_MOST_NEAR)]


def _instead(
    request: Request, context: HandlerContext, cut: Cut, near: list[tuple[str, str]], query: TopicQuery
) -> list[Row]:
    """Buttons that replace a keyword by a topic, or words by their phrase."""
    swaps = [(Interests(keywords=(word,)), Interests(topics=(slug,))) for word, slug in near]
    if query.phrase:
        swaps.insert(0, (query.plus, Interests(keywords=(query.phrase,))))
    rows: list[Row] = []
    for old, new in swaps[:_MOST_BUTTONS]:
        sign = _OMITTED if old & cut.excluded else ""
        data = f"swap:{sign}{write_refs(old)}:{write_refs(new)}"
        label = "omit_instead" if sign else "follow_instead"
        rows.append(
            (context.button(data, request, label, topic=context.called(new, request)[0]),)
            if fits(data)
            else ()
        )
    return rows


def _toggles(request: Request, context: HandlerContext, cut: Cut, interests: Interests) -> list[Row]:
    return [_toggle(request, context, cut, one) for one in interests.each[:_MOST_BUTTONS]]


def _toggle(request: Request, context: HandlerContext, cut: Cut, one: Interests) -> Row:
    """The buttons for a topic or keyword; none if it is too long for a button."""
    verbs = ("unfollow",) if one & cut.followed else ("admit",) if one & cut.excluded else ("follow", "omit")
    refs, (name,) = write_refs(one), context.called(one, request)
    return tuple(
        context.button(f"{verb}:{refs}", request, verb, topic=name)
        for verb in verbs
        if fits(f"{verb}:{refs}")
    )


def _pages(request: Request, context: HandlerContext, interests: Interests, page: int, total: int) -> Row:
    pages = [(page - 1, "newer"), (page + 1, "older" if page else "more")]
    data = {number: f"more:{number}:{write_refs(interests)}" for number, _ in pages}
    return tuple(
        context.button(data[number], request, label)
        for number, label in pages
        if 0 <= number * context.newest < total and fits(data[number])
    )
