"""What Telegram tells of channels: the bot is let in or put out, and what is passed on from them."""

from typing import Any

import structlog
from telegram import ChatMember, ChatMemberAdministrator, Message, MessageOriginChannel, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import CallbackContext
from telegram.ext.filters import MessageFilter

from bot.handlers.asked import reader_language
from bot.handlers.channel_catchup import hello, missed_in
from bot.handlers.channels import found
from bot.handlers.context import HandlerContext
from bot.handlers.dispatch import Dispatch
from bot.handlers.request import Reply, Request
from bot.messages import Message as OurMessage
from bot.model import Channel, Parked

log = structlog.get_logger()

Context = CallbackContext[Any, Any, Any, Any]
_GONE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})
_REASONS = {Parked.REMOVED: "the bot was put out", Parked.MUTED: "the bot may not write"}


class FromChannel(MessageFilter):
    """What somebody passes on from a channel."""

    def filter(self, message: Message) -> bool:
        """Whether it is such a message."""
        return isinstance(message.forward_origin, MessageOriginChannel)


class ChannelNews:
    """Notes what becomes of the bot in channels, and tells who let it in."""

    def __init__(self, context: HandlerContext, dispatch: Dispatch) -> None:
        self._context = context
        self._dispatch = dispatch

    async def forwarded(self, update: Update, _: Context) -> None:
        """Answer a post of a channel that somebody passes on."""
        origin = update.message.forward_origin if update.message else None
        if not isinstance(origin, MessageOriginChannel):
            return
        chat = origin.chat

        async def handle(request: Request, context: HandlerContext) -> Reply:
            return await found(request, context, chat.id, chat.title or str(chat.id), chat.username)

        await self._dispatch.answer(update, handle)

    async def of_bot(self, update: Update) -> None:
        """Note what became of the bot in a channel."""
        change = update.my_chat_member
        assert change is not None  # noqa: S101  # who calls has looked
        chat, person = change.chat, change.from_user.id
        await self._context.channels.known.note(chat.id, chat.title or str(chat.id), chat.username)
        channel = await self._context.channels.known.get(chat.id)
        assert channel is not None  # noqa: S101  # it was noted just now
        reason = _parked(change.new_chat_member)
        before = (await self._context.groups.get(chat.id)).parked
        if reason is not None:
            if reason is not before:
                await self._park(channel, reason)
            return
        is_new = await self._context.groups.note_added(chat.id, person, change.date)
        await self._context.groups.park(chat.id, None)
        await self._context.subscriptions.unblock(chat.id)
        self._context.wake()  # something may have waited for this
        await self._context.channels.rights_changed(chat.id)
        if is_new or before is not None:
            log.info("chat_unparked", chat=chat.id)
            await self._tell(person, channel, None, update)

    async def _park(self, channel: Channel, reason: Parked) -> None:
        await self._context.groups.park(channel.chat_id, reason)
        await self._context.subscriptions.block(channel.chat_id, _REASONS[reason])
        log.info("chat_parked", chat=channel.chat_id, reason=str(reason))
        host = (await self._context.groups.get(channel.chat_id)).added_by
        if host is not None:
            await self._tell(host, channel, reason, None)

    async def _tell(
        self, person: int, channel: Channel, reason: Parked | None, update: Update | None
    ) -> None:
        context = self._context
        language = reader_language(update) if update else context.written_in
        request = Request(chat_id=person, words="", language=language, subscriber=None, person=person)
        goes_on = await context.subscriptions.go_on_in(channel.chat_id)
        missed = await missed_in(channel, context) if goes_on and reason is None else None

        def words(known: Request) -> OurMessage:
            if reason is not None:
                return context.say("channel_parked", known, title=channel.title, reason=str(reason))
            return hello(channel, missed, known, context, goes_on=goes_on)

        await self._dispatch.tell(request, words)


def _parked(member: ChatMember) -> Parked | None:
    """Why nothing can be posted in a channel of which the bot is such a member; None if it can."""
    if member.status in _GONE:
        return Parked.REMOVED
    may_post = isinstance(member, ChatMemberAdministrator) and member.can_post_messages
    return None if may_post else Parked.MUTED
