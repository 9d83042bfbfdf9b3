"""Topics of forums, which Telegram calls threads: which one an update is in, and one that opened again."""

from telegram import Message, Update
from telegram.constants import ChatType

from bot.handlers.context import HandlerContext
from bot.handlers.request import Reply, Request

_GENERAL = 1  # the id of every forum's first topic, which Telegram takes for none


def thread_of(update: Update) -> int:
    """The topic of a forum in which something was said or tapped; 0 for what is in none.

    Outside forums ``message_thread_id`` names the message that a conversation began with; and what a bot
    talks about with one person stays one conversation.
    """
    message = update.callback_query.message if update.callback_query else update.effective_message
    if not isinstance(message, Message) or message.chat.type != ChatType.SUPERGROUP:
        return 0
    in_topic = message.is_topic_message or message.forum_topic_reopened is not None
    thread = (message.message_thread_id or 0) if in_topic else 0
    return 0 if thread == _GENERAL else thread


async def reopened(request: Request, context: HandlerContext) -> Reply:
    """A topic was opened: what was parked goes on. What was missed is told as to everyone who comes back."""
    await context.subscriptions.reopen(request.destination)
    return Reply()
