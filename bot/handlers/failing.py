"""What becomes of a handler's error: what the person is told, and whether it is a fault of the program."""

import structlog

from bot.errors import StoreConflict, StoreError
from bot.handlers.context import HandlerContext
from bot.handlers.request import Reply, Request, reply_with

log = structlog.get_logger()


async def failed(error: Exception, request: Request, context: HandlerContext) -> Reply:
    """That it failed. That the database is away, only chats with a role are told; why, the admin chat."""
    away = _is_away(error)
    if request.message_id is not None:
        is_told = away and await context.has_role(request.chat_id)
        return Reply(notice=context.notice("away" if is_told else "failed", request))
    if away and await context.desk.place.is_here(request.chat_id):
        return reply_with(context.say("admin/away", request, why=str(error)))
    return reply_with(context.say("failed", request))


def is_fault(error: Exception | None, chat_id: int | None) -> bool:
    """Whether an error is one of the program; a database that is away tells its own trouble."""
    if _is_away(error):
        log.debug("update_not_served", chat=chat_id, reason=str(error))
        return False
    return True


def _is_away(error: Exception | None) -> bool:
    return isinstance(error, StoreError) and not isinstance(error, StoreConflict)
