"""/search: items of the archive by words, topic, section, time or address."""

from bot.handlers.callback_data import fits, write_refs
from bot.handlers.context import HandlerContext, Reply, Request, page_of, reply_with
from bot.messages import Button, Message
from bot.model import Interests
from bot.readers.search import Results
from bot.words.keywords import read_keyword

Row = tuple[Button, ...]


async def search(request: Request, context: HandlerContext) -> Reply:
    """Show what is found; without words, explain the command."""
    words = request.words.strip()
    return reply_with(_shown(request, context, words, await _found(context, words)))


async def found_by(request: Request, context: HandlerContext, words: str) -> Reply | None:
    """As /search of these words; None if nothing is found."""
    found = await _found(context, words)
    return reply_with(_shown(request, context, words, found)) if found.total else None


async def turn(request: Request, context: HandlerContext) -> Reply:
    """The buttons "back" and "further": ``find:<page>:<words>``."""
    page, _, words = request.words.partition(":")
    number = page_of(page)
    return Reply(edit=_shown(request, context, words, await _found(context, words, number), number))


async def _found(context: HandlerContext, words: str, page: int = 0) -> Results:
    return await context.search.results(words, limit=context.newest, offset=page * context.newest)


def _shown(request: Request, context: HandlerContext, words: str, found: Results, page: int = 0) -> Message:
    if not found.asked:
        return context.say("search_help", request)
    return context.say(
        "search",
        request,
        words=words,
        found=found,
        first=page * context.newest + 1,
        buttons=(_pages(request, context, words, page, found.total), _follow(request, context, found)),
    )


def _pages(request: Request, context: HandlerContext, words: str, page: int, total: int) -> Row:
    data = {number: f"find:{number}:{words}" for number in (page - 1, page + 1)}
    labels = {page - 1: "back", page + 1: "further"}
    return tuple(
        context.button(data[number], request, labels[number])
        for number in data
        if 0 <= number * context.newest < total and fits(data[number])
    )


def _follow(request: Request, context: HandlerContext, found: Results) -> Row:
    """A button that follows the topic, or the only word, that was searched for."""
    query, words = found.asked.query, found.asked.words
    keyword = read_keyword(words[0]) if len(words) == 1 else None
    one = Interests(
        topics=(query.topic,) if query.topic and not words else (),
        keywords=(keyword,) if keyword and not query.topic else (),
    )
    data = f"follow:{write_refs(one)}"
    if not one or one & request.cut.followed or not fits(data):
        return ()
    return (context.button(data, request, "follow", topic=context.called(one, request)[0]),)
