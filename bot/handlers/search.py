"""/search: items of the archive by words, topic, section, time or address."""

from itertools import chain

from bot.handlers.context import HandlerContext, page_of
from bot.handlers.item import open_alone
from bot.handlers.listing import found_code, listed_entry, open_buttons, turns
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button, Message
from bot.model import Interests
from bot.readers.search import Results
from bot.words.keywords import read_keyword

Row = tuple[Button, ...]

_MOST_SECTIONS = 3


async def search(request: Request, context: HandlerContext) -> Reply:
    """Show what is found; without words, explain the command."""
    words = request.words.strip()
    return reply_with(await _shown(request, context, words, await _found(context, words)))


async def found_by(request: Request, context: HandlerContext, words: str) -> Reply | None:
    """As /search of these words, or the item that has this address.

    None if nothing is found; of several words, if nothing would be found by some of them either.
    """
    found = await _found(context, words)
    if found.asked.address and found.total == 1:
        return await open_alone(found.hits[0].entry.ref, request, context)
    if not (found.total or found.fewer):
        return None
    return reply_with(await _shown(request, context, words, found))


async def turn(request: Request, context: HandlerContext) -> Reply:
    """The buttons "back" and "further": ``find:<page>:<words>``."""
    page, _, short = request.words.partition(":")
    words = await context.long_texts.whole(short)
    if words is None:
        return Reply(notice=context.notice("outdated", request))
    number = page_of(page)
    return Reply(edit=await _shown(request, context, words, await _found(context, words, number), number))


async def _found(context: HandlerContext, words: str, page: int = 0) -> Results:
    return await context.search.results(words, limit=context.newest, offset=page * context.newest)


async def _shown(
    request: Request, context: HandlerContext, words: str, found: Results, page: int = 0
) -> Message:
    if not found.asked:
        return context.say("search_help", request)
    first = page * context.newest + 1
    short = await context.long_texts.short(words) if found.total else None
    return context.say(
        "search",
        request,
        words=words,
        found=found,
        first=first,
        listed=[listed_entry(hit.entry, request, context, hit.excerpt) for hit in found.hits],
        buttons=(
            open_buttons((hit.entry.ref for hit in found.hits), first, found_code(short)),
            turns("find", short, request, context, page, total=found.total),
            await _sections(request, context, words, found),
            *await _near(request, context, words, found),
            await _follow(request, context, found),
        ),
    )


async def _sections(request: Request, context: HandlerContext, words: str, found: Results) -> Row:
    """Buttons that look in one section alone, for the sections of what is shown."""
    slugs = dict.fromkeys(hit.entry.section_slug for hit in found.hits)
    if found.asked.query.section or found.asked.address or len(slugs) < 2:
        return ()
    named = [(slug, context.names.listed(slug, request.language)) for slug in slugs if slug != "other"]
    narrowed = [(f"{words} in:{slug}", name) for slug, name in named[:_MOST_SECTIONS]]
    rows = [
        context.row(await context.long_texts.data("find:0:", one), request, "only", name=name)
        for one, name in narrowed
    ]
    return tuple(chain.from_iterable(rows))


async def _near(request: Request, context: HandlerContext, words: str, found: Results) -> list[Row]:
    """Buttons that look for words that do occur instead of one that does not."""
    typed = [(near, words.replace(word, near)) for word, near in found.near]
    return [
        context.row(await context.long_texts.data("find:0:", one), request, "instead", word=near)
        for near, one in typed
    ]


def _interest(word: str, context: HandlerContext) -> Interests:
    """The topic that is called so, or else the keyword; none if it can be neither."""
    if topic := context.topics.find(word):
        return Interests(topics=(topic,))
    keyword = read_keyword(word)
    return Interests(keywords=(keyword,)) if keyword else Interests()


async def _follow(request: Request, context: HandlerContext, found: Results) -> Row:
    """A button that follows the topic, or the only word, that was searched for."""
    query, words = found.asked.query, found.asked.words
    one = Interests(topics=(query.topic,)) if query.topic and not words else Interests()
    if len(words) == 1 and not query.topic:
        one = _interest(words[0], context)
    if not one or one & request.cut.followed:
        return ()
    return await context.about("follow", one, request)
