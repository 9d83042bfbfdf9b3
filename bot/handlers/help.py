"""/help, and answers to what is no command."""

import difflib
import re

from bot.handlers.callback_data import fits, write_refs
from bot.handlers.desk import Answer, Ask, Desk, told
from bot.handlers.issue import issue
from bot.messages import Button
from bot.model import Interests
from bot.words.keywords import read_keyword

_MOST_TOPICS = 3
#: How people say that they want no more of something.
_DROPPING = re.compile(
    r"(?:取消关注|取消|取关|不看|不要|[-\u2212\u2013\uff0d])\s*|(?:unfollow|stop following|drop)\s+",
    re.IGNORECASE,
)
_SHORTEST_DATE = 4  # characters; "2" is the beginning of every date and means none, but may be a number


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
    """Plain text: a date or an issue is sent, a topic or a word that items mention offered to follow.

    Anything else is answered with the ways to go.
    """
    word = ask.words.strip()
    if _names_issue(word, desk):
        return await issue(ask, desk)
    dropping = _DROPPING.match(word)
    word = word[dropping.end() :] if dropping and dropping.end() < len(word) else word
    exact = desk.topics.find(word)
    slugs = (exact,) if exact else desk.topics.suggestions(word, limit=_MOST_TOPICS)
    keyword, mentions = (None, 0) if exact else _keyword(word, desk)
    offered = Interests(topics=slugs, keywords=(keyword,) if keyword else ())
    buttons = tuple((_offer(one, ask, desk, dropping=bool(dropping)),) for one in offered.each)
    return told(
        desk.say(
            "text",
            ask,
            word=word,
            topics=desk.topic_names(slugs, ask),
            mentions=mentions,
            dropping=bool(dropping),
            back_issue=_back_issue(desk),
            buttons=buttons or (_ways(ask, desk),),
        )
    )


def _offer(one: Interests, ask: Ask, desk: Desk, *, dropping: bool) -> Button:
    """The button that follows a topic or word, or whoever wants less of it drops it or leaves it out."""
    less = "unfollow" if ask.cut.followed & one else "omit"
    verb = less if dropping else "follow"
    return desk.button(f"{verb}:{write_refs(one)}", ask, verb, topic=desk.called(one, ask)[0])


def _names_issue(word: str, desk: Desk) -> bool:
    found = desk.archive.find(word).issue
    if found is None or len(word) >= _SHORTEST_DATE:
        return found is not None
    return found.date is None and any(map(str.isdigit, word))


def _back_issue(desk: Desk) -> str:
    """How the newest issue may be asked for: by its month, or its name; empty where there is none."""
    latest = desk.archive.latest
    if latest is None:
        return ""
    return f"{latest.date:%Y-%m}" if latest.date else latest.slug


def _keyword(word: str, desk: Desk) -> tuple[str | None, int]:
    """The text as a keyword, where items mention it and a button takes it, and how many do."""
    keyword = read_keyword(word)
    if keyword is None or not fits(f"follow:{write_refs(Interests(keywords=(keyword,)))}"):
        return None, 0
    mentions = len(desk.archive.about(Interests(keywords=(keyword,))))
    return (keyword, mentions) if mentions else (None, 0)


def _ways(ask: Ask, desk: Desk) -> tuple[Button, ...]:
    return (
        desk.button("latest:", ask, "latest"),
        desk.button("topics:", ask, "all_topics"),
        desk.button("list:", ask, "back_issues"),
    )
