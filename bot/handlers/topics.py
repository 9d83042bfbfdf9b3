"""/topics: every topic as a button that follows it, or no longer."""

from bot.handlers.desk import Answer, Ask, Desk, page_of, told
from bot.messages import Button, Message
from bot.model import Cut

_A_ROW = 2
_A_PAGE = 60  # Telegram takes 100 buttons


async def topics(ask: Ask, desk: Desk) -> Answer:
    """All topics with their counts."""
    return told(_board(ask, desk, ask.cut, page=0))


async def pick(ask: Ask, desk: Desk) -> Answer:
    """A tap on a topic that is not followed: ``pick:<topic>:<page>``."""
    return await _tapped(ask, desk, follow=True)


async def drop(ask: Ask, desk: Desk) -> Answer:
    """A tap on a topic that is: ``drop:<topic>:<page>``."""
    return await _tapped(ask, desk, follow=False)


async def _tapped(ask: Ask, desk: Desk, *, follow: bool) -> Answer:
    """The button says what is wanted, so that a tap that Telegram repeats is not undone."""
    slug, _, page = ask.words.partition(":")
    if slug not in desk.topics.topics:
        return Answer(notice=desk.notice("outdated", ask))
    if ask.subscriber is None:
        return Answer(notice=desk.notice("join_first", ask))
    chosen = {"add": (slug,)} if follow else {"remove": (slug,)}
    cut = (await desk.subscribing.follow(ask.chat_id, **chosen)).cut
    notice = desk.notice(
        "followed" if follow else "unfollowed", ask, topic=desk.names.topic(slug, ask.language)
    )
    return Answer(edit=_board(ask, desk, cut, page=page_of(page)), notice=notice)


async def clear(ask: Ask, desk: Desk) -> Answer:
    """The button "clear topics"."""
    if ask.subscriber is None:
        return Answer(notice=desk.notice("join_first", ask))
    cut = (await desk.subscribing.clear_topics(ask.chat_id)).cut
    return Answer(edit=_board(ask, desk, cut, page=0), notice=desk.notice("saved", ask))


async def turn(ask: Ask, desk: Desk) -> Answer:
    """Another page of the board: ``board:<page>``."""
    return Answer(edit=_board(ask, desk, ask.cut, page=page_of(ask.words)))


def _board(ask: Ask, desk: Desk, cut: Cut, *, page: int) -> Message:
    counts = desk.archive.counts()
    slugs = tuple(desk.topics)
    shown = slugs[page * _A_PAGE : (page + 1) * _A_PAGE]
    buttons = tuple(
        desk.button(
            f"{'drop' if slug in cut.topics else 'pick'}:{slug}:{page}",
            ask,
            "topic",
            name=desk.names.topic(slug, ask.language),
            count=counts[slug],
            followed=slug in cut.topics,
        )
        for slug in shown
    )
    rows = [buttons[start : start + _A_ROW] for start in range(0, len(buttons), _A_ROW)]
    following = desk.topic_names(cut.topics, ask)
    return desk.say("topics", ask, following=following, buttons=(*rows, *_below(ask, desk, cut, page)))


def _below(ask: Ask, desk: Desk, cut: Cut, page: int) -> list[tuple[Button, ...]]:
    pages = [(page - 1, "newer"), (page + 1, "more")]
    turns = tuple(
        desk.button(f"board:{number}", ask, label)
        for number, label in pages
        if 0 <= number * _A_PAGE < len(desk.topics.topics)
    )
    clearing = (desk.button("clear:", ask, "clear_topics"),) if cut.topics else ()
    return [turns, clearing]
