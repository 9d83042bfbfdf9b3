"""/saved: what the reader keeps, by page or by words, and all of it as a document."""

from dataclasses import replace

from bot.handlers.context import HandlerContext, page_of
from bot.handlers.listing import kept_with_address, listed_entry, open_buttons, saved_code, turns
from bot.handlers.request import Document, Reply, Request, reply_with
from bot.messages import Listed, Message
from bot.model import ItemRef, SavedItem
from bot.readers.search import understood


async def saved(request: Request, context: HandlerContext) -> Reply:
    """What is kept; with words behind the command, what of it has them."""
    return reply_with(await _page(request, context, request.words.strip(), 0))


async def turn(request: Request, context: HandlerContext) -> Reply:
    """Another page: ``saved:<page>:<words>``."""
    page, _, short = request.words.partition(":")
    words = await context.long_texts.whole(short)
    if words is None:
        return Reply(notice=context.notice("outdated", request))
    return Reply(edit=await _page(request, context, words, page_of(page)))


async def export(request: Request, context: HandlerContext) -> Reply:
    """All that is kept, as a Markdown document."""
    title = context.notice("saved_items", request, digest=context.digest)
    text = await context.saved.as_markdown(request.chat_id, title)
    return Reply(document=Document(name="saved.md", data=text.encode()))


async def _page(request: Request, context: HandlerContext, words: str, page: int) -> Message:
    """A page of all that is kept, or of what of it has the words."""
    first = page * context.newest
    total, lines = await (_found(request, context, words, first) if words else _kept(request, context, first))
    short = await context.long_texts.short(words) if total else None
    rows = (
        open_buttons((ref for ref, _ in lines), first + 1, saved_code(short)),
        turns("saved", short, request, context, page, total=total),
        (context.button("export:", request, "export"),) if total and not words else (),
    )
    return context.say(
        "saved",
        request,
        words=words,
        total=total,
        first=first + 1,
        listed=[line for _, line in lines],
        buttons=rows,
    )


Lines = tuple[int, list[tuple[ItemRef, Listed]]]


async def _kept(request: Request, context: HandlerContext, first: int) -> Lines:
    kept = await context.saved.page(request.chat_id, limit=context.newest, offset=first)
    return kept.total, [(item.ref, _line(item)) for item in kept.items]


async def _found(request: Request, context: HandlerContext, words: str, first: int) -> Lines:
    asked = understood(words, context.topics)
    if asked.address is not None:
        kept = await kept_with_address(words, request, context)
        return len(kept), [(item.ref, _line(item)) for item in kept[first : first + context.newest]]
    if not asked:
        return 0, []
    query = replace(asked.query, saved_by=request.chat_id)
    found = await context.search.page(query, limit=context.newest, offset=first)
    return found.total, [(entry.ref, listed_entry(entry, request, context)) for entry in found.entries]


def _line(item: SavedItem) -> Listed:
    return Listed(title=item.title, url=item.url, facts=(item.issue_slug,))
