"""One item by itself: opened, kept, passed on, and what is like it."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from bot.handlers.context import HandlerContext, page_of
from bot.handlers.identity import item_payload, item_refs
from bot.handlers.issues import issue_button
from bot.handlers.listing import LIKE_MOST, item_data, like_code, list_of, listed_entry, open_buttons
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button, Buttons, Message
from bot.model import Deed, ItemRef
from bot.readers.items import Around, OpenedItem, around

Row = tuple[Button, ...]


async def open_item(request: Request, context: HandlerContext) -> Reply:
    """A number below a list: ``open:<item>:<place>:<list>``; the item comes as a message of its own."""
    ref, place, code = _read(request.words)
    found = await context.items.open(ref)
    if found is None:
        return await _gone(ref, request, context)
    await context.feedback.did(request.person, Deed.OPENED, _topics(found))
    return reply_with(*await _view(found, place, code, request, context))


async def show(request: Request, context: HandlerContext) -> Reply:
    """The buttons before and behind: ``item:<item>:<place>:<list>``; the message becomes that item."""
    ref, place, code = _read(request.words)
    found = await context.items.open(ref)
    if found is None:
        return await _gone(ref, request, context)
    await context.feedback.did(request.person, Deed.OPENED, _topics(found))
    first, *others = await _view(found, place, code, request, context)
    return Reply(edit=first, messages=tuple(others))


async def open_alone(ref: ItemRef, request: Request, context: HandlerContext) -> Reply | None:
    """The item by itself, out of no list; None if there is none."""
    found = await context.items.open(ref)
    if found is None:
        return None
    await context.feedback.did(request.person, Deed.OPENED, _topics(found))
    return reply_with(*await _view(found, 0, "", request, context))


async def by_link(payload: str, request: Request, context: HandlerContext) -> Reply:
    """The item that a link names, and to who gets no issues a button that subscribes; or that it is gone."""
    joining = (context.joining(request),)
    for ref in item_refs(payload):
        if reply := await open_alone(ref, request, context):
            return reply if request.active else reply_with(*_inviting(reply.messages, joining))
        if await context.items.is_taken_back(ref.issue_slug):
            return reply_with(context.say("item_taken_back", request, buttons=joining))
    return reply_with(context.say("item_gone", request, buttons=joining))


def _inviting(messages: tuple[Message, ...], rows: Buttons) -> tuple[Message, ...]:
    *others, last = messages
    return (*others, replace(last, buttons=(*last.buttons, *rows)))


async def save(request: Request, context: HandlerContext) -> Reply:
    """The star below an item: ``save:<item>:<place>:<list>``."""
    ref, place, code = _read(request.words)
    found = await context.items.open(ref)
    if found is None:
        return await _gone(ref, request, context)
    notice = context.notice(await keep(found, request, context), request)
    return replace(await _again(found, place, code, request, context), notice=notice)


async def keep(opened: OpenedItem, request: Request, context: HandlerContext) -> str:
    """Keep an item, and count that; the name of the notice."""
    if not await context.saved.save(request.chat_id, opened.entry):
        return "keeps_too_many"
    await context.feedback.did(request.person, Deed.SAVED, _topics(opened))
    return "kept"


async def unsave(request: Request, context: HandlerContext) -> Reply:
    """The full star: ``unsave:<item>:<place>:<list>``."""
    ref, place, code = _read(request.words)
    await context.saved.drop(request.chat_id, ref)
    found = await context.items.open(ref)
    notice = context.notice("kept_no_longer", request)
    if found is None:
        return Reply(notice=notice)
    return replace(await _again(found, place, code, request, context), notice=notice)


async def like(request: Request, context: HandlerContext) -> Reply:
    """The button "more like this": ``like:<item>``."""
    ref = ItemRef.parse(request.words)
    found = await context.items.open(ref)
    if found is None:
        return await _gone(ref, request, context)
    entries = await context.search.like(ref, limit=LIKE_MOST)
    buttons = open_buttons((entry.ref for entry in entries), 1, like_code(ref))
    listed = [listed_entry(entry, request, context) for entry in entries]
    title = found.entry.title or found.entry.summary
    return reply_with(context.say("like", request, title=title, listed=listed, first=1, buttons=(buttons,)))


def _topics(opened: OpenedItem) -> frozenset[str]:
    return frozenset(topic.slug for topic in opened.entry.topics)


def _read(words: str) -> tuple[ItemRef, int, str]:
    """The item, its place in the list and the list's code in a button's data."""
    ref, place, code = (*words.split(":", 2), "", "")[:3]
    return ItemRef.parse(ref), page_of(place), code


async def _gone(ref: ItemRef, request: Request, context: HandlerContext) -> Reply:
    taken_back = await context.items.is_taken_back(ref.issue_slug)
    return Reply(notice=context.notice("taken_back" if taken_back else "outdated", request))


async def _again(
    opened: OpenedItem, place: int, code: str, request: Request, context: HandlerContext
) -> Reply:
    """The tapped message with the buttons as they are now."""
    return Reply(buttons=(await _view(opened, place, code, request, context))[-1].buttons)


async def _view(
    opened: OpenedItem, place: int, code: str, request: Request, context: HandlerContext
) -> tuple[Message, ...]:
    items = await list_of(code, request, context)
    near = await around(items, opened.entry.ref, place) if items else Around()
    kept = await context.saved.has(request.chat_id, opened.entry.ref)
    reports = await may_report(context)
    rows = (
        tuple(_row(opened.entry.ref, near, code, request, context, kept=kept)),
        (
            issue_button(opened.issue, request, context),
            context.button(f"like:{opened.entry.ref}", request, "like"),
        ),
        context.row(f"report:{opened.entry.ref}" if reports else None, request, "report"),
    )
    shown = tuple(row for row in rows if row)
    return context.renderer.entry(opened.issue, opened.entry, opened.text, request.cut, shown)


def _row(
    ref: ItemRef, near: Around, code: str, request: Request, context: HandlerContext, *, kept: bool
) -> Iterator[Button]:
    steps = {
        "before": near.before and item_data("item", near.before, near.place - 1, code),
        "star_full" if kept else "star": item_data("unsave" if kept else "save", ref, near.place, code),
    }
    for label, data in steps.items():
        if data:
            yield context.button(data, request, label)
    yield from share_buttons(ref, context, context.notice("share", request))
    if near.behind and (data := item_data("item", near.behind, near.place + 1, code)):
        yield context.button(data, request, "behind")


async def may_report(context: HandlerContext) -> bool:
    """Whether there is somebody who reads what is reported."""
    return context.feedback.asks and await context.editors.place.get() is not None


def share_buttons(ref: ItemRef, context: HandlerContext, label: str) -> Row:
    """A button that passes an item on: in a chat to choose, or by Telegram's page for sharing links."""
    if context.identity.inline:
        return (Button(label, share=item_payload(ref)),)
    link = context.identity.item_link(ref)
    return (Button(label, url=f"https://t.me/share/url?url={quote(link, safe='')}"),) if link else ()
