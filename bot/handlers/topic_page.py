"""The reply of /topic: what changed, the archive's items on it, and what is followed and left out now."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import chain

from bot.handlers.callback_data import write_refs
from bot.handlers.context import HandlerContext
from bot.handlers.listing import listed_entry, open_buttons, topic_code
from bot.handlers.request import Request
from bot.messages import Button, Message
from bot.model import MOST_KEYWORDS, NOTHING, Choice, Cut, Interests
from bot.readers.topic_items import Match
from bot.readers.topic_query import TopicQuery

_MOST_BUTTONS = 6
_MOST_NEAR = 2

Row = tuple[Button, ...]

_NO_CHOICE, _NO_QUERY = Choice(), TopicQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A word that is probably a misspelt topic, the topics it may mean, and whether it had a minus."""

    word: str
    topics: tuple[str, ...]
    minus: bool

    @property
    def choices(self) -> tuple[Interests, ...]:
        """What may be meant: a topic, or the word itself."""
        return (*(Interests(topics=(slug,)) for slug in self.topics), Interests(keywords=(self.word,)))


async def doubts_of(query: TopicQuery, context: HandlerContext) -> tuple[Doubt, ...]:
    """The words without quotation marks that look like a topic's name and stand nowhere in the archive."""
    found = []
    for word in query.bare:
        near = context.topics.misspelt(word, limit=_MOST_NEAR)
        one = Interests(keywords=(word,))
        if near and not await context.topic_items.count(one):
            found.append(Doubt(word=word, topics=near, minus=word in query.minus.keywords))
    return tuple(found)


async def join_offer(request: Request, context: HandlerContext, named: Interests) -> Message:
    """To one who is not subscribed: nothing is sent yet, and a button that subscribes."""
    return context.say("join_first", request, buttons=(await _joining(request, context, named),))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the reply tells: what was decided by which words, and which of them are in doubt.

    ``shown`` are looked for where nothing changed, from page ``page`` on; ``below`` is a further row of
    buttons. ``joining``: who asks is being subscribed.
    """

    choice: Choice = _NO_CHOICE
    query: TopicQuery = _NO_QUERY
    doubts: tuple[Doubt, ...] = ()
    shown: Interests = NOTHING
    page: int = 0
    below: Row = ()
    joining: bool = False


_NOTHING_CHANGED = View()


async def topic_page(
    request: Request, context: HandlerContext, cut: Cut, view: View = _NOTHING_CHANGED
) -> Message:
    """The reply. What is no longer followed is not looked for."""
    choice, query, page, joining = view.choice, view.query, view.page, view.joining
    surplus = choice.surplus(cut)
    added, omitted = choice.follow - surplus, choice.omit - surplus
    shown = view.shown or added or omitted or choice.admit
    first = page * context.newest
    without = cut.excluded - shown
    matches = await context.topic_items.about(shown, limit=context.newest, offset=first, without=without)
    refs = await context.long_texts.short(write_refs(shown)) if matches.total else None
    values = context.interest_values(cut, request) | ({"subscribed": True, "active": True} if joining else {})
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
        unsure=query.unsure,
        doubted=tuple(doubt.word for doubt in view.doubts),
        shown=context.called(shown, request),
        total=matches.total,
        first=first + 1,
        listed=[
            listed_entry(match.entry, request, context, _why(match, request, context))
            for match in matches.shown
        ],
        years=matches.years,
        **values,
        buttons=(
            *[row async for row in _asked_back(request, context, view.doubts)],
            open_buttons((match.entry.ref for match in matches.shown), first + 1, topic_code(refs)),
            _turns(request, context, refs, page, matches.total),
            await _phrase(request, context, cut, query),
            *await _toggles(request, context, cut, shown | omitted | choice.unfollow, joining=joining),
            view.below,
            context.joining(request) if request.subscriber is not None and not joining else (),
            (context.button("topics:", request, "all_topics"),),
        ),
    )


def _why(match: Match, request: Request, context: HandlerContext) -> str:
    if match.by_editor:
        return context.notice("by_editor", request)
    return context.notice("because", request, word=match.matched)


def _turns(request: Request, context: HandlerContext, refs: str | None, page: int, total: int) -> Row:
    if refs is None:
        return ()
    labels = ("newer", "older" if page else "more")
    return context.turns(
        request, page, lambda one: f"more:{one}:{refs}", labels, total=total, size=context.newest
    )


async def _asked_back(
    request: Request, context: HandlerContext, doubts: tuple[Doubt, ...]
) -> AsyncIterator[Row]:
    """Buttons for what a word may mean."""
    for doubt in doubts:
        verb = "omit" if doubt.minus else "follow"
        for one in (choice for choice in doubt.choices if not choice & request.cut.followed):
            yield await context.about(verb, one, request)


async def _phrase(request: Request, context: HandlerContext, cut: Cut, query: TopicQuery) -> Row:
    """A button that replaces several words by the phrase that they make."""
    if not query.phrase or not query.plus & cut.followed:
        return ()
    phrase = Interests(keywords=(query.phrase,))
    words, refs = [await context.long_texts.short(write_refs(one)) for one in (query.plus, phrase)]
    data = f"swap:{words}:{refs}" if words and refs else None
    return context.row(data, request, "follow_instead", topic=context.called(phrase, request)[0])


async def _toggles(
    request: Request, context: HandlerContext, cut: Cut, interests: Interests, *, joining: bool
) -> list[Row]:
    if request.subscriber is None and not joining:
        return [await _joining(request, context, interests)]
    return [await _toggle(request, context, cut, one) for one in interests.each[:_MOST_BUTTONS]]


async def _toggle(request: Request, context: HandlerContext, cut: Cut, one: Interests) -> Row:
    """The buttons for a topic or keyword."""
    verbs = ("unfollow",) if one & cut.followed else ("admit",) if one & cut.excluded else ("follow", "omit")
    rows = [await context.about(verb, one, request) for verb in verbs]
    return tuple(chain.from_iterable(rows))


async def _joining(request: Request, context: HandlerContext, named: Interests) -> Row:
    """A button that subscribes, and follows what is named."""
    if not named:
        return context.joining(request)
    return await context.about("join", named, request, "subscribe_to")
