"""An issue in one message: a tap unfolds a section in place, folds it again, or turns its page."""

import asyncio
from dataclasses import replace

from bot.handlers.context import HandlerContext, page_of
from bot.handlers.request import Reply, Request
from bot.messages import Message
from bot.model import Cut, Delivery, Mode


async def unfold(request: Request, context: HandlerContext) -> Reply:
    """A button of the message: ``at:<issue>:<number of a face>``, 0 for the message as it was sent.

    In a group it unfolds for all, and so often a minute only that other messages are not kept waiting.
    """
    slug, _, number = request.words.partition(":")
    issue = await context.archive.get(slug)
    if issue is None or request.message_id is None:
        return Reply(notice=context.notice("outdated", request))
    if not _may_turn(request, context):
        return Reply(notice=context.notice("unfolds_too_often", request))
    row = await context.requests.row_of(request.destination, slug, request.message_id)
    private = request.chat_id > 0
    (message, *_) = await asyncio.to_thread(
        context.renderer.issue, issue, _cut(request, row), private=private
    )
    faces = (message, *message.unfolded)
    face = faces[min(page_of(number), len(faces) - 1)]
    if row is not None:
        await context.requests.note_face(row, request.message_id, "" if face is message else face.name)
    notice = "" if private else context.notice("unfolds_for_all", request)
    return Reply(edit=_with_other_issues(face, request), notice=notice)


def _may_turn(request: Request, context: HandlerContext) -> bool:
    """Whether the chat's messages may be turned once more now, which is noted then."""
    if request.chat_id > 0:
        return True
    may = not context.unfolds.minutes_left(request.chat_id)
    if may:
        context.unfolds.note(request.chat_id)
    return may


def _cut(request: Request, row: Delivery | None) -> Cut:
    """What of the issue the message was made of; what its reader gets today if that is not known."""
    return row.cut if row and row.cut.mode is Mode.ONE else replace(request.cut, mode=Mode.ONE)


def _with_other_issues(face: Message, request: Request) -> Message:
    """The face with the row to the issues before and after, if the message has one."""
    for row in request.buttons:
        if all((button.data or "").startswith("issue:") for button in row):
            return face.with_row(row)
    return face
