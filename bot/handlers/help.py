"""/help, and answers to what is no command."""

import difflib

from bot.handlers.desk import Answer, Ask, Desk, told
from bot.handlers.issue import issue
from bot.messages import Button

_MOST_TOPICS = 3
_SHORTEST_DATE = 4  # characters; "2" is the beginning of every date and means none


async def show_help(ask: Ask, desk: Desk) -> Answer:
    """What the bot does, and its commands."""
    menu = desk.wording.menu(ask.language)
    return told(desk.say("help", ask, digest=desk.digest, menu=menu, buttons=(_ways(ask, desk),)))


async def unknown_command(ask: Ask, desk: Desk) -> Answer:
    """A command that does not exist: the nearest that does."""
    word = ask.words.split("@")[0].split()[0].lstrip("/") if ask.words.split() else ""
    known = [name for name, _ in desk.wording.menu(ask.language)]
    near = next(iter(difflib.get_close_matches(word.casefold(), known, n=1)), "")
    return told(desk.say("unknown_command", ask, word=word, near=near))


async def outdated(ask: Ask, desk: Desk) -> Answer:
    """A tap on a button that no version of the bot knows any more."""
    return Answer(notice=desk.notice("outdated", ask))


async def text(ask: Ask, desk: Desk) -> Answer:
    """Plain text: a date or an issue is sent, a topic offered, anything else answered with the ways to go."""
    word = ask.words.strip()
    if len(word) >= _SHORTEST_DATE and desk.archive.find(word).issue:
        return await issue(ask, desk)
    exact = desk.topics.find(word)
    slugs = (exact,) if exact else desk.topics.suggestions(word, limit=_MOST_TOPICS)
    offers = tuple(
        (desk.button(f"follow:{slug}", ask, "follow", topic=desk.names.topic(slug, ask.language)),)
        for slug in slugs
    )
    buttons = offers or (_ways(ask, desk),)
    return told(desk.say("text", ask, word=word, topics=desk.topic_names(slugs, ask), buttons=buttons))


def _ways(ask: Ask, desk: Desk) -> tuple[Button, ...]:
    return (
        desk.button("latest:", ask, "latest"),
        desk.button("topics:", ask, "all_topics"),
        desk.button("list:", ask, "back_issues"),
    )
