"""/latest and /issue: one issue, whole or cut."""

from bot.handlers.desk import Answer, Ask, Desk, told
from bot.handlers.issues import issue_button, issues
from bot.messages.selection import select
from bot.model import Cut, Issue
from bot.readers.archive import Found
from bot.readers.topic_query import Wanted, read_wanted

_MOST_CHOICES = 8


async def latest(ask: Ask, desk: Desk) -> Answer:
    """The newest issue, cut as this person always gets it."""
    newest = desk.archive.latest
    if newest is None:
        return told(desk.say("no_issues", ask))
    return await _send(ask, desk, newest, ask.cut)


async def issue(ask: Ask, desk: Desk) -> Answer:
    """``/issue 2022-02-22``: that issue, whole; words after it cut it by topics and keywords."""
    if not ask.words.strip():
        return await issues(ask, desk)
    word, interests = (*ask.words.split(maxsplit=1), "")[:2]
    found = desk.archive.find(word)
    if found.issue is None:
        return _choices(ask, desk, word, found)
    wanted = read_wanted(interests, desk.topics)
    cut = _whole(ask).about(wanted.plus, without=wanted.minus)
    near = _meant(desk, found.issue, cut, wanted)
    if near or wanted.refused:
        unknown, suggestions = wanted.refused or wanted.bare, desk.topic_names(near, ask)
        return told(desk.say("topic_unknown", ask, unknown=unknown, suggestions=suggestions))
    return await _send(ask, desk, found.issue, cut)


def _meant(desk: Desk, found: Issue, cut: Cut, wanted: Wanted) -> tuple[str, ...]:
    """The topics that somebody may have meant by words of which nothing in the issue speaks."""
    if not select(found, cut).empty:
        return ()
    return tuple(dict.fromkeys(slug for word in wanted.bare for slug in desk.topics.suggestions(word)))


async def open_issue(ask: Ask, desk: Desk) -> Answer:
    """A tap on an issue: ``issue:<slug>``."""
    found = desk.archive.readable(ask.words)
    if found is None:
        return Answer(notice=desk.notice("outdated", ask))
    return await _send(ask, desk, found, _whole(ask))


async def rest(ask: Ask, desk: Desk) -> Answer:
    """A tap on "show the rest": ``rest:<slug>``."""
    if ask.message_id is None or desk.archive.readable(ask.words) is None:
        return Answer(notice=desk.notice("outdated", ask))
    planned = await desk.requesting.rest(ask.chat_id, ask.words, ask.message_id)
    if planned is None:
        return Answer(notice=desk.notice("outdated", ask))
    return Answer(notice=desk.notice("sending" if planned else "on_its_way", ask), without_buttons=True)


async def _send(ask: Ask, desk: Desk, wanted: Issue, cut: Cut) -> Answer:
    planned = await desk.requesting.issue(ask.chat_id, wanted.slug, cut)
    if ask.message_id is not None:
        return Answer(notice=desk.notice("sending" if planned else "on_its_way", ask))
    return Answer() if planned else told(desk.say("on_its_way", ask))


def _choices(ask: Ask, desk: Desk, word: str, found: Found) -> Answer:
    if not found.candidates:
        return told(desk.say("no_issues", ask))
    buttons = [(issue_button(issue, ask, desk),) for issue in found.candidates[:_MOST_CHOICES]]
    return told(desk.say("issue_choices", ask, word=word, several=not found.nearest, buttons=buttons))


def _whole(ask: Ask) -> Cut:
    return Cut(language=ask.language, mode=ask.cut.mode)
