"""What in a group only its administrators may decide."""

import structlog
from telegram import Update
from telegram.constants import ChatType

from bot.errors import SendError
from bot.handlers.context import HandlerContext, Reply, Request, reply_with
from bot.handlers.throttled import ChatGateway

log = structlog.get_logger()


async def may_decide(update: Update, telegram: ChatGateway) -> bool:
    """Whether the person may decide for the chat; False where Telegram does not say."""
    chat, user, message = update.effective_chat, update.effective_user, update.message
    if chat is None or chat.type == ChatType.PRIVATE:
        return True
    if message is not None and message.sender_chat == chat:  # an administrator who stays anonymous
        return True
    try:
        return user is not None and user.id in await telegram.administrators(chat.id)
    except SendError as error:
        log.warning("administrators_unknown", chat=chat.id, reason=error.reason)
        return False


async def refused(request: Request, context: HandlerContext) -> Reply:
    """To who may not."""
    if request.message_id is not None:
        return Reply(notice=context.notice("for_administrators", request))
    return reply_with(context.say("for_administrators", request))
