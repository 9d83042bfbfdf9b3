"""/help, and replies to plain text and unknown commands."""

import difflib

from bot.handlers.context import HandlerContext
from bot.handlers.issue import issue
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.search import found_by
from bot.messages import Button
from bot.model import NOTHING, Interests
from bot.readers.topic_query import parse_topic_query
from bot.words.asked_dates import is_relative
from bot.words.issue_numbers import asked_number
from bot.words.keywords import read_keyword

_MOST_TOPICS = 3
_SHORTEST_DATE = 4  # characters; "2" is how every date begins and means none, but it may be an issue's number


async def show_help(request: Request, context: HandlerContext) -> Reply:
    """What the bot does, and its commands."""
    menu = context.wording.menu(request.language)
    if await context.desk.place.is_here(request.chat_id):
        menu = (*menu, *context.wording.admin_menu(request.language))
    return reply_with(
        context.say("help", request, digest=context.digest, menu=menu, buttons=(_ways(request, context),))
    )


async def unknown_command(request: Request, context: HandlerContext) -> Reply:
    """Answer an unknown command with the nearest one that exists; one to another bot is left alone."""
    _, _, bot = request.words.partition(" ")[0].partition("@")
    if bot and bot.casefold() != context.identity.username.casefold():
        return Reply()
    word = request.words.split("@")[0].split()[0].lstrip("/") if request.words.split() else ""
    known = [name for name, _ in context.wording.menu(request.language)]
    near = next(iter(difflib.get_close_matches(word.casefold(), known, n=1)), "")
    return reply_with(context.say("unknown_command", request, word=word, near=near))


async def outdated(request: Request, context: HandlerContext) -> Reply:
    """Answer a tap on a button that the bot no longer knows."""
    return Reply(notice=context.notice("outdated", request))


async def not_text(request: Request, context: HandlerContext) -> Reply:
    """Answer a picture, a sticker or a voice, once a day."""
    return _once_a_day(request, context, edited=False)


async def edited(request: Request, context: HandlerContext) -> Reply:
    """Answer a message that was edited, once a day; what it asks now is not carried out."""
    return _once_a_day(request, context, edited=True)


def _once_a_day(request: Request, context: HandlerContext, *, edited: bool) -> Reply:
    if not context.once_a_day.first(request.chat_id):
        return Reply()
    return reply_with(context.say("only_text", request, edited=edited, buttons=(_ways(request, context),)))


async def text(request: Request, context: HandlerContext) -> Reply:
    """Answer plain text: send the issue that it names, or show what is found by it.

    If nothing is, offer topics like it; anything else is answered with what can be done.
    """
    word = request.words.strip()
    if await _names_issue(word, context):
        return await issue(request, context)
    dropped = _dropped(word, context)
    if not dropped and (found := await found_by(request, context, word)):
        return found
    word = "".join(dropped.keywords[:1]) or word
    exact = dropped.topics or tuple(filter(None, (context.topics.find(word),)))
    slugs = (exact or context.topics.suggestions(word))[:_MOST_TOPICS]
    keyword, mentions = (None, 0) if exact else await _keyword(word, context)
    offered = Interests(topics=slugs, keywords=(keyword,) if keyword else ())
    offers = [await _offer(one, request, context, dropping=bool(dropped)) for one in offered.each]
    buttons = tuple(filter(None, offers))
    return reply_with(
        context.say(
            "text",
            request,
            word=word,
            topics=context.topic_names(slugs, request),
            mentions=mentions,
            dropping=bool(dropped),
            back_issue=await _back_issue(context),
            buttons=buttons or (_ways(request, context),),
        )
    )


def _dropped(words: str, context: HandlerContext) -> Interests:
    """What somebody says that they want no more of, and nothing else."""
    query = parse_topic_query(words, context.topics)
    return NOTHING if query.plus or query.unsure else query.minus


async def _offer(
    one: Interests, request: Request, context: HandlerContext, *, dropping: bool
) -> tuple[Button, ...]:
    """A button that follows a topic or word or, if ``dropping``, drops it or leaves it out."""
    less = "unfollow" if request.cut.followed & one else "omit"
    return await context.about(less if dropping else "follow", one, request)


async def _names_issue(word: str, context: HandlerContext) -> bool:
    asked = asked_number(word)
    if (asked is not None and asked.surely) or is_relative(word):
        return True
    found = (await context.archive.find(word)).issue
    if found is None or len(word) >= _SHORTEST_DATE:
        return found is not None
    return found.date is None and any(map(str.isdigit, word))


async def _back_issue(context: HandlerContext) -> str:
    """How the newest issue can be asked for: by its month, or its name; empty if there is no issue."""
    latest = await context.archive.latest()
    if latest is None:
        return ""
    return f"{latest.date:%Y-%m}" if latest.date else latest.slug


async def _keyword(word: str, context: HandlerContext) -> tuple[str | None, int]:
    """The text as a keyword, and how many items mention it; None if none do."""
    keyword = read_keyword(word)
    if keyword is None:
        return None, 0
    mentions = await context.topic_items.count(Interests(keywords=(keyword,)))
    return (keyword, mentions) if mentions else (None, 0)


def _ways(request: Request, context: HandlerContext) -> tuple[Button, ...]:
    return (
        context.button("latest:", request, "latest"),
        context.button("topics:", request, "all_topics"),
        context.button("list:", request, "back_issues"),
    )
