"""/topic: follow topics and keywords, or no longer, leave some out, and see what the archive has on them."""

from dataclasses import dataclass

from bot.handlers.callback_data import fits, read_refs, write_refs
from bot.handlers.desk import Answer, Ask, Desk, page_of, told
from bot.messages import Button, Message
from bot.model import MOST_KEYWORDS, NOTHING, Choice, Cut, Interests
from bot.readers.topic_query import Wanted, read_wanted

_MOST_BUTTONS = 6
_MOST_NEAR = 3
_OMITTED = "-"

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class _View:
    """A page of the items on something; on what changed where nothing is named."""

    interests: Interests = NOTHING
    page: int = 0


_NO_CHOICE, _NOT_TYPED, _NEWEST = Choice(), Wanted(), _View()


async def topic(ask: Ask, desk: Desk) -> Answer:
    """Follow what is named, drop or leave out what has a minus; without words, say how it works."""
    wanted = read_wanted(ask.words, desk.topics)
    if wanted.clear:
        return told(_shown(desk, ask, await _clear(ask, desk)))
    if not wanted:
        return told(_explained(ask, desk))
    choice = wanted.choice(ask.cut)
    cut = await _choose(ask, desk, choice) if wanted.plus or wanted.minus else ask.cut
    return told(_shown(desk, ask, cut, choice, wanted))


async def followed(ask: Ask, desk: Desk, interests: Interests) -> Answer:
    """The answer of /topic to one who follows these, whatever they left out before."""
    choice = Choice(follow=interests)
    return told(_shown(desk, ask, await _choose(ask, desk, choice), choice))


async def follow(ask: Ask, desk: Desk) -> Answer:
    """The button "follow": ``follow:<topic>``; a keyword may stand for the topic here and below."""
    return await _tapped(ask, desk, Choice(follow=read_refs(ask.words, desk.topics)), "followed")


async def unfollow(ask: Ask, desk: Desk) -> Answer:
    """The button "unfollow": ``unfollow:<topic>``."""
    return await _tapped(ask, desk, Choice(unfollow=read_refs(ask.words, desk.topics)), "unfollowed")


async def omit(ask: Ask, desk: Desk) -> Answer:
    """The button "leave out": ``omit:<topic>``."""
    return await _tapped(ask, desk, Choice(omit=read_refs(ask.words, desk.topics)), "omitted")


async def admit(ask: Ask, desk: Desk) -> Answer:
    """The button "take in again": ``admit:<topic>``."""
    return await _tapped(ask, desk, Choice(admit=read_refs(ask.words, desk.topics)), "admitted")


async def swap(ask: Ask, desk: Desk) -> Answer:
    """The button "this instead": ``swap:<old>:<new>``; with a minus before them it leaves out."""
    old, _, new = ask.words.removeprefix(_OMITTED).partition(":")
    before, after = read_refs(old, desk.topics), read_refs(new, desk.topics)
    if not after:
        return Answer(notice=desk.notice("outdated", ask))
    if ask.words.startswith(_OMITTED):
        return await _tapped(ask, desk, Choice(admit=before, omit=after), "omitted")
    return await _tapped(ask, desk, Choice(unfollow=before, follow=after), "followed")


async def more(ask: Ask, desk: Desk) -> Answer:
    """The buttons "newer" and "older": ``more:<page>:<topic>,<topic>``."""
    page, _, refs = ask.words.partition(":")
    interests = read_refs(refs, desk.topics)
    if not interests:
        return Answer(notice=desk.notice("outdated", ask))
    return Answer(edit=_shown(desk, ask, ask.cut, view=_View(interests, page_of(page))))


async def _tapped(ask: Ask, desk: Desk, choice: Choice, notice: str) -> Answer:
    touched = choice.follow or choice.omit or choice.unfollow or choice.admit
    if not touched:
        return Answer(notice=desk.notice("outdated", ask))
    cut = await _choose(ask, desk, choice)
    told_of = "full" if choice.surplus(cut) else notice
    names = ", ".join(desk.called(touched, ask))
    return Answer(edit=_shown(desk, ask, cut, choice), notice=desk.notice(told_of, ask, topic=names))


async def _choose(ask: Ask, desk: Desk, choice: Choice) -> Cut:
    """Change what is followed; whoever never subscribed does so by following a topic."""
    if ask.subscriber is None:
        joined = await desk.subscribing.join(ask.chat_id, language=ask.language, choice=choice)
        return joined.subscriber.cut
    return (await desk.subscribing.choose(ask.chat_id, choice)).cut


async def _clear(ask: Ask, desk: Desk) -> Cut:
    if ask.subscriber is None:
        return ask.cut
    return (await desk.subscribing.clear_interests(ask.chat_id)).cut


def _explained(ask: Ask, desk: Desk) -> Message:
    buttons = ((desk.button("topics:", ask, "all_topics"),),)
    return desk.say("topic_help", ask, **desk.standing(ask.cut, ask), buttons=buttons)


def _shown(
    desk: Desk,
    ask: Ask,
    cut: Cut,
    choice: Choice = _NO_CHOICE,
    wanted: Wanted = _NOT_TYPED,
    view: _View = _NEWEST,
) -> Message:
    """The answer: what changed, what the archive has on it, what is followed and left out now."""
    surplus = choice.surplus(cut)
    added, omitted = choice.follow - surplus, choice.omit - surplus
    shown = view.interests or added or omitted or choice.admit or choice.unfollow
    hits = desk.archive.about(shown)
    first = view.page * desk.newest
    near = _near(desk, wanted, added | omitted)
    return desk.say(
        "topic",
        ask,
        added=desk.called(added, ask),
        words=desk.called(Interests(keywords=added.keywords), ask),
        removed=desk.called(choice.unfollow, ask),
        omitted=desk.called(omitted, ask),
        admitted=desk.called(choice.admit, ask),
        surplus=desk.called(surplus, ask),
        most=MOST_KEYWORDS,
        refused=wanted.refused,
        near=desk.topic_names(dict.fromkeys(slug for _, slug in near), ask),
        shown=desk.called(shown, ask),
        total=len(hits),
        first=first + 1,
        hits=hits[first : first + desk.newest],
        **desk.standing(cut, ask),
        buttons=(
            *_instead(ask, desk, cut, near, wanted),
            *_toggles(ask, desk, cut, shown | omitted),
            _pages(ask, desk, shown, view.page, len(hits)),
            (desk.button("topics:", ask, "all_topics"),),
        ),
    )


def _near(desk: Desk, wanted: Wanted, taken: Interests) -> list[tuple[str, str]]:
    """The keywords that somebody may have meant a topic by, with that topic."""
    if wanted.phrase:
        return []
    words = (word for word in wanted.bare if word in taken.keywords)
    return [(word, slug) for word in words for slug in desk.topics.suggestions(word, limit=_MOST_NEAR)]


def _instead(ask: Ask, desk: Desk, cut: Cut, near: list[tuple[str, str]], wanted: Wanted) -> list[Row]:
    """Buttons that put a topic in the place of a keyword, or a phrase in that of its words."""
    swaps = [(Interests(keywords=(word,)), Interests(topics=(slug,))) for word, slug in near]
    if wanted.phrase:
        swaps.insert(0, (wanted.plus, Interests(keywords=(wanted.phrase,))))
    rows: list[Row] = []
    for old, new in swaps[:_MOST_BUTTONS]:
        sign = _OMITTED if old & cut.without else ""
        data = f"swap:{sign}{write_refs(old)}:{write_refs(new)}"
        label = "omit_instead" if sign else "follow_instead"
        rows.append((desk.button(data, ask, label, topic=desk.called(new, ask)[0]),) if fits(data) else ())
    return rows


def _toggles(ask: Ask, desk: Desk, cut: Cut, interests: Interests) -> list[Row]:
    return [_toggle(ask, desk, cut, one) for one in interests.each[:_MOST_BUTTONS]]


def _toggle(ask: Ask, desk: Desk, cut: Cut, one: Interests) -> Row:
    """What may be done with a topic or keyword as it stands; nothing where it is too long for a button."""
    verbs = ("unfollow",) if one & cut.followed else ("admit",) if one & cut.without else ("follow", "omit")
    refs, (name,) = write_refs(one), desk.called(one, ask)
    return tuple(
        desk.button(f"{verb}:{refs}", ask, verb, topic=name) for verb in verbs if fits(f"{verb}:{refs}")
    )


def _pages(ask: Ask, desk: Desk, interests: Interests, page: int, total: int) -> Row:
    pages = [(page - 1, "newer"), (page + 1, "older" if page else "more")]
    data = {number: f"more:{number}:{write_refs(interests)}" for number, _ in pages}
    return tuple(
        desk.button(data[number], ask, label)
        for number, label in pages
        if 0 <= number * desk.newest < total and fits(data[number])
    )
