"""Lists of items in messages: a button opens each, and its data knows the list that it was opened from.

=========== =====================================
s<words>    what is found by words
t<refs>     what is on topics or has keywords
v<words>    what the reader keeps, all of it or what has the words
i<slug>     an issue
m<ref>      what is like an item
c<span>     what the reader had missed in a time
=========== =====================================

Words and refs stand there as :class:`~bot.handlers.callback_data.LongTexts` writes them.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from string import ascii_lowercase, digits

from bot.handlers.callback_data import fits, read_refs
from bot.handlers.context import HandlerContext
from bot.handlers.request import Request
from bot.messages import Button, Listed
from bot.model import Entry, ItemRef, SavedItem, SearchQuery
from bot.readers.items import ItemList
from bot.readers.missed import Span
from bot.readers.search import understood
from bot.readers.topic_items import query_of

LIKE_MOST = 5
_DIGITS = digits + ascii_lowercase
_BETWEEN = "."


def found_code(short: str | None) -> str:
    """The list of what is found by words."""
    return _code("s", short)


def topic_code(short: str | None) -> str:
    """The list of what is on topics or has keywords."""
    return _code("t", short)


def saved_code(short: str | None) -> str:
    """The list of what the reader keeps; with words, of what has them."""
    return _code("v", short)


def _code(kind: str, short: str | None) -> str:
    """The code of a list; none if what it is of cannot be kept now."""
    return "" if short is None else f"{kind}{short}"


def like_code(ref: ItemRef) -> str:
    """The list of what is like an item."""
    return f"m{ref}"


def issue_code(slug: str) -> str:
    """The list of an issue's items."""
    return f"i{slug}"


def missed_code(span: Span) -> str:
    """The list of what the reader had missed in a time; the days that are looked back for are understood."""
    moments = (span.until,) if span == Span.ending(span.until) else (span.until, span.since)
    return f"c{_BETWEEN.join(map(_written, moments))}"


def missed_span(code: str) -> Span | None:
    """The time in the code of what was missed; None if it is no such code."""
    try:
        until, *since = map(_moment, code.removeprefix("c").split(_BETWEEN))
        return Span(since=since[0], until=until) if since else Span.ending(until)
    except (ValueError, OverflowError, OSError):
        return None


def _written(moment: datetime) -> str:
    """The moment to the millisecond, as short as digits and letters make it."""
    rest, text = round(moment.timestamp() * 1000), ""
    while rest:
        rest, digit = divmod(rest, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def _moment(text: str) -> datetime:
    """Raises ValueError, OverflowError or OSError if it is none."""
    return datetime.fromtimestamp(int(text, len(_DIGITS)) / 1000, UTC)


def item_data(verb: str, ref: ItemRef, place: int, code: str) -> str | None:
    """A button's data: an item and its place in a list; without the list if there is no room for it.

    None if there is no room for the item.
    """
    with_list, alone = f"{verb}:{ref}:{place}:{code}", f"{verb}:{ref}:0:"
    return next(filter(fits, (with_list, alone)), None)


def open_buttons(refs: Iterable[ItemRef], first: int, code: str) -> tuple[Button, ...]:
    """A button for each item, numbered from ``first``, which counts from 1."""
    data = ((number, item_data("open", ref, number - 1, code)) for number, ref in enumerate(refs, first))
    return tuple(Button(str(number), data=one) for number, one in data if one)


def listed_entry(entry: Entry, request: Request, context: HandlerContext, note: str = "") -> Listed:
    """The line of an entry."""
    section = context.names.section(entry.section_slug, request.language) or entry.section_heading
    return Listed(
        title=entry.title or entry.summary or entry.source or entry.issue_slug,
        url=entry.url,
        facts=tuple(filter(None, (entry.when or entry.issue_slug, section, entry.source))),
        note=note,
    )


def turns(
    verb: str,
    short: str | None,
    request: Request,
    context: HandlerContext,
    page: int,
    *,
    total: int,
) -> tuple[Button, ...]:
    """Buttons ``<verb>:<page>:<short>`` to the pages of a list of items; none if it cannot be kept now."""
    if short is None:
        return ()
    return context.turns(request, page, lambda one: f"{verb}:{one}:{short}", total=total, size=context.newest)


async def kept_with_address(address: str, request: Request, context: HandlerContext) -> tuple[SavedItem, ...]:
    """What the reader keeps of the items with an address."""
    found = await context.search.with_address(address)
    return await context.saved.with_address(request.chat_id, address, [entry.ref for entry in found])


@dataclass(frozen=True, slots=True)
class _Searched:
    """What a query finds."""

    context: HandlerContext
    query: SearchQuery

    async def refs(self, *, limit: int, offset: int) -> Sequence[ItemRef]:
        page = await self.context.search.page(self.query, limit=limit, offset=offset)
        return [entry.ref for entry in page.entries]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a chat keeps."""

    context: HandlerContext
    chat_id: int

    async def refs(self, *, limit: int, offset: int) -> Sequence[ItemRef]:
        kept = await self.context.saved.page(self.chat_id, limit=limit, offset=offset)
        return [item.ref for item in kept.items]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A list that is asked for whole."""

    items: Callable[[], Awaitable[Sequence[Entry | SavedItem]]]

    async def refs(self, *, limit: int, offset: int) -> Sequence[ItemRef]:
        return [item.ref for item in (await self.items())[offset : offset + limit]]


async def list_of(code: str, request: Request, context: HandlerContext) -> ItemList | None:
    """The list that a code means; None if it means none, or none that is still known."""
    make, text = _LISTS.get(code[:1]), await context.long_texts.whole(code[1:])
    return None if make is None or text is None else make(text, request, context)


def _found(words: str, request: Request, context: HandlerContext) -> ItemList:
    del request
    asked = understood(words, context.topics)
    if asked.address is not None:
        return _Whole(lambda: context.search.with_address(words))
    return _Searched(context, asked.query)


def _on_topics(refs: str, request: Request, context: HandlerContext) -> ItemList | None:
    del request
    query = query_of(read_refs(refs, context.topics))
    return _Searched(context, query) if query else None


def _kept(words: str, request: Request, context: HandlerContext) -> ItemList:
    if not words:
        return _Kept(context, request.chat_id)
    asked = understood(words, context.topics)
    if asked.address is not None:
        return _Whole(lambda: kept_with_address(words, request, context))
    return _Searched(context, replace(asked.query, saved_by=request.chat_id))


def _of_issue(slug: str, request: Request, context: HandlerContext) -> ItemList:
    del request
    return _Whole(lambda: context.search.of_issue(slug))


def _like(ref: str, request: Request, context: HandlerContext) -> ItemList:
    del request
    return _Whole(lambda: context.search.like(ItemRef.parse(ref), limit=LIKE_MOST))


def _missed(moments: str, request: Request, context: HandlerContext) -> ItemList | None:
    span = missed_span(moments)
    if span is None:
        return None
    return _Whole(lambda: context.catch_up.entries(request.destination, request.cut, span))


_LISTS: dict[str, Callable[[str, Request, HandlerContext], ItemList | None]] = {
    "s": _found,
    "t": _on_topics,
    "v": _kept,
    "i": _of_issue,
    "m": _like,
    "c": _missed,
}
