"""What a person is told whose words a handler could not deal with."""

from bot.errors import StoreConflict, StoreError
from bot.handlers.context import HandlerContext
from bot.handlers.request import Reply, Request, reply_with


async def failed(error: Exception, request: Request, context: HandlerContext) -> Reply:
    """That it failed; why, only the admin chat is told, where the database is away."""
    if request.message_id is not None:
        return Reply(notice=context.notice("failed", request))
    is_away = isinstance(error, StoreError) and not isinstance(error, StoreConflict)
    if is_away and await context.desk.place.is_here(request.chat_id):
        return reply_with(context.say("admin/away", request, why=str(error)))
    return reply_with(context.say("failed", request))
