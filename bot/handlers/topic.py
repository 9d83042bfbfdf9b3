"""/topic: follow topics, or no longer, and see what the archive has on them."""

from bot.handlers.desk import Answer, Ask, Desk, page_of, told
from bot.handlers.wanted import Wanted, read_wanted
from bot.messages import Button, Message
from bot.messages.limits import MAX_CALLBACK_BYTES
from bot.model import Cut

_MOST_BUTTONS = 6


async def topic(ask: Ask, desk: Desk) -> Answer:
    """Follow what is named, drop what has a minus; without words, say how it works."""
    wanted = read_wanted(ask.words, desk.topics)
    if wanted.clear:
        return told(_shown(desk, ask, await _clear(ask, desk), Wanted()))
    if not (wanted.add or wanted.remove or wanted.unknown):
        return told(_explained(ask, desk))
    cut = await _follow(ask, desk, wanted) if wanted.add or wanted.remove else ask.cut
    return told(_shown(desk, ask, cut, wanted))


async def follow(ask: Ask, desk: Desk) -> Answer:
    """The button "follow": ``follow:<topic>``."""
    return await _tapped(ask, desk, Wanted(add=_known(ask, desk)), "followed")


async def unfollow(ask: Ask, desk: Desk) -> Answer:
    """The button "unfollow": ``unfollow:<topic>``."""
    return await _tapped(ask, desk, Wanted(remove=_known(ask, desk)), "unfollowed")


async def more(ask: Ask, desk: Desk) -> Answer:
    """The buttons "newer" and "older": ``more:<page>:<topic>,<topic>``."""
    page, _, slugs = ask.words.partition(":")
    wanted = tuple(slug for slug in slugs.split(",") if slug in desk.topics.topics)
    if not wanted:
        return Answer(notice=desk.notice("outdated", ask))
    return Answer(edit=_shown(desk, ask, ask.cut, Wanted(), shown=wanted, page=page_of(page)))


async def _tapped(ask: Ask, desk: Desk, wanted: Wanted, notice: str) -> Answer:
    touched = wanted.add + wanted.remove
    if not touched:
        return Answer(notice=desk.notice("outdated", ask))
    cut = await _follow(ask, desk, wanted)
    name = desk.names.topic(touched[0], ask.language)
    return Answer(edit=_shown(desk, ask, cut, wanted), notice=desk.notice(notice, ask, topic=name))


def _known(ask: Ask, desk: Desk) -> tuple[str, ...]:
    return (ask.words,) if ask.words in desk.topics.topics else ()


async def _follow(ask: Ask, desk: Desk, wanted: Wanted) -> Cut:
    """Change what is followed; whoever never subscribed does so by following a topic."""
    if ask.subscriber is None:
        joined = await desk.subscribing.join(ask.chat_id, language=ask.language, topics=wanted.add)
        return joined.subscriber.cut
    changed = await desk.subscribing.follow(ask.chat_id, add=wanted.add, remove=wanted.remove)
    return changed.cut


async def _clear(ask: Ask, desk: Desk) -> Cut:
    if ask.subscriber is None:
        return ask.cut
    return (await desk.subscribing.clear_topics(ask.chat_id)).cut


def _explained(ask: Ask, desk: Desk) -> Message:
    following = desk.topic_names(ask.cut.topics, ask)
    buttons = ((desk.button("topics:", ask, "all_topics"),),)
    return desk.say("topic_help", ask, following=following, buttons=buttons)


def _shown(
    desk: Desk, ask: Ask, cut: Cut, wanted: Wanted, *, shown: tuple[str, ...] | None = None, page: int = 0
) -> Message:
    """The answer: what changed, what the archive has on it, what is followed now."""
    slugs = wanted.add or wanted.remove if shown is None else shown
    hits = desk.archive.on_topics(slugs)
    first = page * desk.newest
    near = [slug for word in wanted.unknown for slug in desk.topics.suggestions(word)]
    suggested = tuple(dict.fromkeys(near))
    return desk.say(
        "topic",
        ask,
        added=desk.topic_names(wanted.add, ask),
        removed=desk.topic_names(wanted.remove, ask),
        shown=desk.topic_names(slugs, ask),
        total=len(hits),
        first=first + 1,
        hits=hits[first : first + desk.newest],
        unknown=wanted.unknown,
        suggestions=desk.topic_names(suggested, ask),
        following=desk.topic_names(cut.topics, ask),
        buttons=(
            *_toggles(ask, desk, cut, (*slugs, *suggested)),
            _pages(ask, desk, slugs, page, len(hits)),
            (desk.button("topics:", ask, "all_topics"),),
        ),
    )


def _toggles(ask: Ask, desk: Desk, cut: Cut, slugs: tuple[str, ...]) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    for slug in dict.fromkeys(slugs[:_MOST_BUTTONS]):
        verb = "unfollow" if slug in cut.topics else "follow"
        name = desk.names.topic(slug, ask.language)
        rows.append((desk.button(f"{verb}:{slug}", ask, verb, topic=name),))
    return rows


def _pages(ask: Ask, desk: Desk, slugs: tuple[str, ...], page: int, total: int) -> tuple[Button, ...]:
    pages = [(page - 1, "newer"), (page + 1, "older" if page else "more")]
    data = {number: f"more:{number}:{','.join(slugs)}" for number, _ in pages}
    return tuple(
        desk.button(data[number], ask, label)
        for number, label in pages
        if 0 <= number * desk.newest < total and len(data[number].encode()) <= MAX_CALLBACK_BYTES
    )
