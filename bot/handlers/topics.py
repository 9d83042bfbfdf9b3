"""/topics: every topic, and the reader's keywords, as buttons that follow or drop them."""

import json
from itertools import accumulate

from bot.handlers.callback_data import fits, read_refs, write_refs
from bot.handlers.context import HandlerContext, Reply, Request, in_rows, page_of, reply_with
from bot.messages import Button, Message
from bot.model import Choice, Cut, Interests

_A_ROW = 2
_A_PAGE = 40  # Telegram takes 100 buttons, and 10,000 bytes of them
_KEYWORD_BYTES = 4000  # of those, for the keywords


async def topics(request: Request, context: HandlerContext) -> Reply:
    """List all topics with their counts."""
    return reply_with(await _board(request, context, request.cut, page=0))


async def pick(request: Request, context: HandlerContext) -> Reply:
    """A tap on a topic that is not followed: ``pick:<topic>:<page>``."""
    return await _tapped(request, context, follow=True)


async def drop(request: Request, context: HandlerContext) -> Reply:
    """A tap on one that is followed, or left out: ``drop:<topic>:<page>``; it may be a keyword too."""
    return await _tapped(request, context, follow=False)


async def _tapped(request: Request, context: HandlerContext, *, follow: bool) -> Reply:
    """Change what is followed. A button says what is wanted, so a repeated tap does not undo it."""
    refs, _, page = request.words.partition(":")
    one = read_refs(refs, context.topics)
    if not one:
        return Reply(notice=context.notice("outdated", request))
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    choice = Choice(follow=one) if follow else Choice(unfollow=one, admit=one)
    cut = (await context.subscriptions.choose(request.chat_id, choice)).cut
    verb = "followed" if follow else "admitted" if one & request.cut.excluded else "unfollowed"
    notice = context.notice(verb, request, topic=", ".join(context.called(one, request)))
    return Reply(edit=await _board(request, context, cut, page=page_of(page)), notice=notice)


async def clear(request: Request, context: HandlerContext) -> Reply:
    """The button "clear topics"."""
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    cut = (await context.subscriptions.clear_interests(request.chat_id)).cut
    return Reply(edit=await _board(request, context, cut, page=0), notice=context.notice("saved", request))


async def turn(request: Request, context: HandlerContext) -> Reply:
    """Another page of the board: ``board:<page>``."""
    return Reply(edit=await _board(request, context, request.cut, page=page_of(request.words)))


async def _board(request: Request, context: HandlerContext, cut: Cut, *, page: int) -> Message:
    counts = await context.topic_items.counts()
    slugs = tuple(context.topics)
    shown = slugs[page * _A_PAGE : (page + 1) * _A_PAGE]
    named = ((Interests(topics=(slug,)), counts.get(slug, 0)) for slug in shown)
    topics = in_rows([_switch(request, context, cut, *one, page) for one in named], _A_ROW)
    own = in_rows(await _keywords(request, context, cut, page), _A_ROW)
    below = _below(request, context, cut, page)
    return context.say(
        "topics", request, **context.interest_values(cut, request), buttons=(*topics, *own, *below)
    )


def _switch(
    request: Request, context: HandlerContext, cut: Cut, one: Interests, count: int, page: int
) -> Button:
    followed, left_out = bool(one & cut.followed), bool(one & cut.excluded)
    return context.button(
        f"{'drop' if followed or left_out else 'pick'}:{write_refs(one)}:{page}",
        request,
        "topic",
        name=context.called(one, request)[0],
        count=count,
        followed=followed,
        left_out=left_out,
    )


async def _keywords(request: Request, context: HandlerContext, cut: Cut, page: int) -> list[Button]:
    """Buttons for the reader's keywords; one that is too long for a button is dropped by ``/topic -``."""
    words = Interests(keywords=(*cut.keywords, *cut.excluded.keywords)).each
    fitting = [one for one in words if fits(f"drop:{write_refs(one)}:{page}")]
    counts = [await context.topic_items.count(one) for one in fitting]
    made = [
        _switch(request, context, cut, one, count, page) for one, count in zip(fitting, counts, strict=True)
    ]
    sizes = accumulate(len(json.dumps(button.as_parameter())) for button in made)
    return made[: sum(size <= _KEYWORD_BYTES for size in sizes)]


def _below(request: Request, context: HandlerContext, cut: Cut, page: int) -> list[tuple[Button, ...]]:
    pages = [(page - 1, "newer"), (page + 1, "more")]
    turns = tuple(
        context.button(f"board:{number}", request, label)
        for number, label in pages
        if 0 <= number * _A_PAGE < len(context.topics.topics)
    )
    clearing = (context.button("clear:", request, "clear_topics"),) if cut.followed or cut.excluded else ()
    return [turns, clearing]
