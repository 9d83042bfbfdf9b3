"""/topics: every topic, and the reader's own keywords, as buttons that follow them or no longer."""

import json
from itertools import accumulate

from bot.handlers.callback_data import fits, read_refs, write_refs
from bot.handlers.desk import Answer, Ask, Desk, page_of, told
from bot.messages import Button, Message
from bot.model import Choice, Cut, Interests

_A_ROW = 2
_A_PAGE = 40  # Telegram takes 100 buttons, and 10,000 bytes of them
_KEYWORD_BYTES = 4000  # of those, for the keywords


async def topics(ask: Ask, desk: Desk) -> Answer:
    """All topics with their counts."""
    return told(_board(ask, desk, ask.cut, page=0))


async def pick(ask: Ask, desk: Desk) -> Answer:
    """A tap on a topic that is not followed: ``pick:<topic>:<page>``."""
    return await _tapped(ask, desk, follow=True)


async def drop(ask: Ask, desk: Desk) -> Answer:
    """A tap on one that is followed, or left out: ``drop:<topic>:<page>``; it may be a keyword too."""
    return await _tapped(ask, desk, follow=False)


async def _tapped(ask: Ask, desk: Desk, *, follow: bool) -> Answer:
    """The button says what is wanted, so that a tap that Telegram repeats is not undone."""
    refs, _, page = ask.words.partition(":")
    one = read_refs(refs, desk.topics)
    if not one:
        return Answer(notice=desk.notice("outdated", ask))
    if ask.subscriber is None:
        return Answer(notice=desk.notice("join_first", ask))
    choice = Choice(follow=one) if follow else Choice(unfollow=one, admit=one)
    cut = (await desk.subscribing.choose(ask.chat_id, choice)).cut
    verb = "followed" if follow else "admitted" if one & ask.cut.without else "unfollowed"
    notice = desk.notice(verb, ask, topic=", ".join(desk.called(one, ask)))
    return Answer(edit=_board(ask, desk, cut, page=page_of(page)), notice=notice)


async def clear(ask: Ask, desk: Desk) -> Answer:
    """The button "clear topics"."""
    if ask.subscriber is None:
        return Answer(notice=desk.notice("join_first", ask))
    cut = (await desk.subscribing.clear_interests(ask.chat_id)).cut
    return Answer(edit=_board(ask, desk, cut, page=0), notice=desk.notice("saved", ask))


async def turn(ask: Ask, desk: Desk) -> Answer:
    """Another page of the board: ``board:<page>``."""
    return Answer(edit=_board(ask, desk, ask.cut, page=page_of(ask.words)))


def _board(ask: Ask, desk: Desk, cut: Cut, *, page: int) -> Message:
    counts = desk.archive.counts()
    slugs = tuple(desk.topics)
    shown = slugs[page * _A_PAGE : (page + 1) * _A_PAGE]
    topics = _rows([_switch(ask, desk, cut, Interests(topics=(slug,)), counts[slug], page) for slug in shown])
    own = _rows(_keywords(ask, desk, cut, page))
    below = _below(ask, desk, cut, page)
    return desk.say("topics", ask, **desk.standing(cut, ask), buttons=(*topics, *own, *below))


def _switch(ask: Ask, desk: Desk, cut: Cut, one: Interests, count: int, page: int) -> Button:
    followed, left_out = bool(one & cut.followed), bool(one & cut.without)
    return desk.button(
        f"{'drop' if followed or left_out else 'pick'}:{write_refs(one)}:{page}",
        ask,
        "topic",
        name=desk.called(one, ask)[0],
        count=count,
        followed=followed,
        left_out=left_out,
    )


def _keywords(ask: Ask, desk: Desk, cut: Cut, page: int) -> list[Button]:
    """The reader's keywords, as many as Telegram takes; a long one in Chinese goes by ``/topic -`` alone."""
    words = Interests(keywords=(*cut.keywords, *cut.without.keywords)).each
    fitting = [one for one in words if fits(f"drop:{write_refs(one)}:{page}")]
    made = [_switch(ask, desk, cut, one, len(desk.archive.about(one)), page) for one in fitting]
    sizes = accumulate(len(json.dumps(button.as_parameter())) for button in made)
    return made[: sum(size <= _KEYWORD_BYTES for size in sizes)]


def _rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + _A_ROW]) for start in range(0, len(buttons), _A_ROW)]


def _below(ask: Ask, desk: Desk, cut: Cut, page: int) -> list[tuple[Button, ...]]:
    pages = [(page - 1, "newer"), (page + 1, "more")]
    turns = tuple(
        desk.button(f"board:{number}", ask, label)
        for number, label in pages
        if 0 <= number * _A_PAGE < len(desk.topics.topics)
    )
    clearing = (desk.button("clear:", ask, "clear_topics"),) if cut.followed or cut.without else ()
    return [turns, clearing]
