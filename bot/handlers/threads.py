"""Topics of forums, which Telegram calls threads: which one an update is in, and what becomes of one."""

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
    told = (message.forum_topic_reopened, message.forum_topic_edited)
    in_topic = message.is_topic_message or any(one is not None for one in told)
    thread = (message.message_thread_id or 0) if in_topic else 0
    return 0 if thread == _GENERAL else thread


def topic_name(update: Update) -> str:
    """What the topic is called, where the update says so; else empty.

    Whatever is said there replies to the message that opened it, if to no other.
    """
    message = update.effective_message
    if message is None or not thread_of(update):
        return ""
    replied = message.reply_to_message
    told = (message.forum_topic_edited, replied.forum_topic_created if replied else None)
    return next((one.name for one in told if one is not None and one.name), "")


async def renamed(request: Request, context: HandlerContext) -> Reply:
    """A topic got another name, or only another picture."""
    if request.topic_name:
        await context.subscriptions.rename(request.destination, request.topic_name)
    return Reply()


async def reopened(request: Request, context: HandlerContext) -> Reply:
    """A topic was opened: what was parked goes on. What was missed is told as to everyone who comes back."""
    await context.subscriptions.reopen(request.destination)
    return Reply()
