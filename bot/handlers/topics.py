"""/topics: every topic, and the reader's keywords, as buttons that follow or drop them."""

import json
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Self

from bot.handlers.callback_data import write_refs
from bot.handlers.context import HandlerContext, in_rows, page_of
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.topic_page import join_offer
from bot.messages import Button, Message
from bot.model import Choice, Cut, Interests

_A_ROW = 2
_A_PAGE = 40  # Telegram takes 100 buttons, and 10,000 bytes of them
_KEYWORD_BYTES = 4000  # of those, for the keywords


async def topics(request: Request, context: HandlerContext) -> Reply:
    """List all topics with their counts."""
    return reply_with(await _board(request, context, request.cut, _Page()))


async def pick(request: Request, context: HandlerContext) -> Reply:
    """A tap on a topic that is not followed: ``pick:<topic>:<page>``."""
    return await _tapped(request, context, follow=True)


async def drop(request: Request, context: HandlerContext) -> Reply:
    """A tap on one that is followed, or left out: ``drop:<topic>:<page>``; it may be a keyword too."""
    return await _tapped(request, context, follow=False)


async def _tapped(request: Request, context: HandlerContext, *, follow: bool) -> Reply:
    """Change what is followed. A button says what is wanted, so a repeated tap does not undo it."""
    refs, _, page = request.words.partition(":")
    one = await context.interests(refs)
    if not one:
        return Reply(notice=context.notice("outdated", request))
    if request.subscriber is None:
        return Reply(messages=(await join_offer(request, context, one if follow else Interests()),))
    choice = Choice(follow=one) if follow else Choice(unfollow=one, admit=one)
    cut = (await context.subscriptions.choose(request.destination, choice)).cut
    verb = "followed" if follow else "admitted" if one & request.cut.excluded else "unfollowed"
    notice = context.notice(verb, request, topic=", ".join(context.called(one, request)))
    return Reply(edit=await _board(request, context, cut, _Page.parse(page)), notice=notice)


async def clear(request: Request, context: HandlerContext) -> Reply:
    """The button "clear topics"."""
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    undo_row = await context.undo_button(request.cut, request)
    cut = (await context.subscriptions.clear_interests(request.destination)).cut
    board = await _board(request, context, cut, _Page(), below=undo_row)
    return Reply(edit=board, notice=context.notice("saved", request))


async def turn(request: Request, context: HandlerContext) -> Reply:
    """Another page of the board: ``board:<page>``."""
    return Reply(edit=await _board(request, context, request.cut, _Page.parse(request.words)))


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the topics that occur or are chosen; ``whole``: of all topics."""

    number: int = 0
    whole: bool = False

    def __str__(self) -> str:
        return f"{'a' if self.whole else ''}{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(page_of(text.removeprefix("a")), text.startswith("a"))


async def _board(
    request: Request, context: HandlerContext, cut: Cut, page: _Page, below: tuple[Button, ...] = ()
) -> Message:
    counts = await context.topic_items.counts()
    chosen = (*cut.topics, *cut.excluded.topics)
    slugs = [slug for slug in context.topics if page.whole or slug in counts or slug in chosen]
    shown = slugs[page.number * _A_PAGE : (page.number + 1) * _A_PAGE]
    named = ((Interests(topics=(slug,)), counts.get(slug, 0)) for slug in shown)
    switches = [await _switch(request, context, cut, *one, page) for one in named]
    topics = in_rows(list(chain.from_iterable(switches)), _A_ROW)
    own = in_rows(await _keywords(request, context, cut, page), _A_ROW)
    turns = _turns(request, context, page, len(slugs))
    clearing = (context.button("clear:", request, "clear_topics"),) if cut.followed or cut.excluded else ()
    return context.say(
        "topics",
        request,
        **context.interest_values(cut, request),
        buttons=(*topics, *own, turns, clearing, below, context.joining(request)),
    )


async def _switch(
    request: Request, context: HandlerContext, cut: Cut, one: Interests, count: int, page: _Page
) -> tuple[Button, ...]:
    followed, left_out = bool(one & cut.followed), bool(one & cut.excluded)
    verb = "drop" if followed or left_out else "pick"
    return context.row(
        await context.long_texts.data(f"{verb}:", write_refs(one), f":{page}"),
        request,
        "topic",
        name=context.called(one, request)[0],
        count=count,
        followed=followed,
        left_out=left_out,
    )


async def _keywords(request: Request, context: HandlerContext, cut: Cut, page: _Page) -> list[Button]:
    """Buttons for the reader's keywords, as many as there is room for."""
    words = Interests(keywords=(*cut.keywords, *cut.excluded.keywords)).each
    counts = [await context.topic_items.count(one) for one in words]
    made = [
        await _switch(request, context, cut, one, count, page)
        for one, count in zip(words, counts, strict=True)
    ]
    buttons = list(chain.from_iterable(made))
    sizes = accumulate(len(json.dumps(button.as_parameter())) for button in buttons)
    return buttons[: sum(size <= _KEYWORD_BYTES for size in sizes)]


def _turns(request: Request, context: HandlerContext, page: _Page, total: int) -> tuple[Button, ...]:
    shown = context.turns(
        request,
        page.number,
        lambda number: f"board:{_Page(number, page.whole)}",
        ("newer", "more"),
        total=total,
        size=_A_PAGE,
    )
    count = len(context.topics.topics)
    if page.whole or total == count:
        return shown
    return (*shown, context.button(f"board:{_Page(whole=True)}", request, "board_all", count=count))
