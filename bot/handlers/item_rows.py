"""The row under a message of items: its buttons become the items' numbers, to keep, open or pass on one."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.handlers.callback_data import fits
from bot.handlers.context import HandlerContext, in_rows
from bot.handlers.item import keep, share_buttons
from bot.handlers.listing import issue_code, item_data
from bot.handlers.request import Reply, Request
from bot.messages import Button, Buttons, Mark, Message, label_of, told_apart
from bot.model import ItemRef

_A_ROW, _A_ROW_OF_TITLES = 8, 2
#: What the buttons of the row, and of the numbers in its place, send; what passes an item on sends nothing.
_VERBS = frozenset({"star", "view", "pass", "up", "down", "mark", "open", "unmark"})

Row = tuple[Button, ...]
ToButton = Callable[[ItemRef, str], Button | None]  #: of an item, and what stands on its button


async def star(request: Request, context: HandlerContext) -> Reply:
    """The star: ``star:<issue>:<message>``; a number keeps its item, or no longer."""
    slug, _, name = request.words.partition(":")
    kept = await context.saved.of_issue(request.chat_id, slug)

    def button(ref: ItemRef, label: str) -> Button | None:
        data = f"mark:{ref}:{name}"
        sign = "★ " if ref.item_id in kept else ""
        return Button(f"{sign}{label}", data=data) if fits(data) else None

    return await _numbers(request, context, button)


async def mark(request: Request, context: HandlerContext) -> Reply:
    """A number below the star: ``mark:<item>:<message>``; keeps the item, or no longer if it was kept."""
    written, _, name = request.words.partition(":")
    ref = ItemRef.parse(written)
    if await context.saved.has(request.chat_id, ref):
        await context.saved.drop(request.chat_id, ref)
        notice = "kept_no_longer"
    else:
        found = await context.items.open(ref)
        if found is None:
            return Reply(notice=context.notice("outdated", request))
        notice = await keep(found, request, context)
    again = await star(replace(request, words=f"{ref.issue_slug}:{name}"), context)
    return replace(again, notice=context.notice(notice, request))


async def view(request: Request, context: HandlerContext) -> Reply:
    """Open one: ``view:<issue>:<message>``; a number opens its item."""
    slug, _, _ = request.words.partition(":")

    def button(ref: ItemRef, label: str) -> Button | None:
        data = item_data("open", ref, 0, issue_code(slug))
        return Button(label, data=data) if data else None

    return await _numbers(request, context, button)


async def pass_on(request: Request, context: HandlerContext) -> Reply:
    """The arrow: ``pass:<issue>:<message>``; a number passes its item on."""

    def button(ref: ItemRef, label: str) -> Button | None:
        return next(iter(share_buttons(ref, context, label)), None)

    return await _numbers(request, context, button)


async def back(request: Request, context: HandlerContext) -> Reply:
    """The numbers become the row again: ``unmark:<issue>:<message>``."""
    message = await tapped_message(request, context)
    if message is None:
        return Reply(notice=context.notice("outdated", request))
    before, behind = _other_rows(request)
    row = next(row for row in message.buttons if _is_ours(row))
    return Reply(buttons=(*before, row, *behind))


async def _numbers(request: Request, context: HandlerContext, button: ToButton) -> Reply:
    """A button for each item of the tapped message, and one back."""
    message = await tapped_message(request, context)
    if message is None:
        return Reply(notice=context.notice("outdated", request))
    slug, _, name = request.words.partition(":")
    alone = told_apart(message.marks)
    numbers = tuple(_buttons(slug, message.marks, button, alone=alone))
    rows = in_rows(numbers, _A_ROW if alone else _A_ROW_OF_TITLES)
    done = context.button(f"unmark:{slug}:{name}", request, "done")
    before, behind = _other_rows(request)
    return Reply(buttons=(*before, *rows, (done,), *behind))


def _is_ours(row: Row) -> bool:
    """Whether a row is that of the signs, or of the numbers that stand in its place."""
    return any((button.data or "").partition(":")[0] in _VERBS for button in row)


def _other_rows(request: Request) -> tuple[Buttons, Buttons]:
    """The rows before and behind ours, which stay as they are."""
    ours = [place for place, row in enumerate(request.buttons) if _is_ours(row)]
    if not ours:
        return request.buttons, ()
    return request.buttons[: ours[0]], request.buttons[ours[-1] + 1 :]


def _buttons(slug: str, marks: tuple[Mark, ...], button: ToButton, *, alone: bool) -> Iterator[Button]:
    for one in marks:
        made = button(ItemRef(issue_slug=slug, item_id=one.item_id), label_of(one, alone=alone))
        if made:
            yield made


async def tapped_message(request: Request, context: HandlerContext) -> Message | None:
    """The tapped message as it is made now; None if nothing is known of it."""
    slug, _, name = request.words.partition(":")
    issue = await context.archive.get(slug)
    cut = await context.requests.cut_of(request.destination, slug, request.message_id)
    if issue is None or cut is None:
        return None
    private = request.chat_id > 0
    messages = await asyncio.to_thread(context.renderer.issue, issue, cut, private=private)
    faces = (face for message in messages for face in (message, *message.unfolded))
    return next((face for face in faces if face.name == name), None)
