"""What Telegram tells of members: the bot is let into a chat, put out or muted; who administers it."""

from enum import Enum
from typing import Any

import structlog
from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import CallbackContext

from bot.handlers.channel_news import ChannelNews
from bot.handlers.context import HandlerContext
from bot.handlers.dispatch import Dispatch
from bot.handlers.group import back, hello
from bot.model import Parked

log = structlog.get_logger()

_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_GONE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})
_ADMINISTERS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})
#: Why what is on its way to a chat is not sent.
_REASONS = {Parked.REMOVED: "the bot was put out", Parked.MUTED: "the bot may not write"}

Context = CallbackContext[Any, Any, Any, Any]


class Presence(Enum):
    """How somebody is in a chat."""

    AWAY = "away"
    MUTED = "muted"
    WRITES = "writes"


def presence_of(member: ChatMember) -> Presence:
    """How the member is in the chat."""
    if member.status in _GONE:
        return Presence.AWAY
    if not isinstance(member, ChatMemberRestricted):
        return Presence.WRITES
    if not member.is_member:
        return Presence.AWAY
    return Presence.WRITES if member.can_send_messages else Presence.MUTED


class Membership:
    """Parks a chat in which nothing can be sent, and takes it up again; says in a new group what this is."""

    def __init__(self, context: HandlerContext, dispatch: Dispatch) -> None:
        self._context = context
        self._dispatch = dispatch
        self._channels = ChannelNews(context, dispatch)

    async def of_bot(self, update: Update, _: Context) -> None:
        """Note what became of the bot in a chat."""
        change, chat = update.my_chat_member, update.effective_chat
        if change is None or chat is None:
            return
        if chat.type == ChatType.CHANNEL:
            await self._channels.of_bot(update)
            return
        now = presence_of(change.new_chat_member)
        if now is not Presence.WRITES:
            await self._park(chat.id, Parked.REMOVED if now is Presence.AWAY else Parked.MUTED)
            return
        for place in self._context.places:
            await place.let_in(chat.id)
        is_new = chat.type in _GROUPS and await self._let_in(update)
        await self._dispatch.answer(update, hello if is_new else back)

    async def of_people(self, update: Update, _: Context) -> None:
        """Note that somebody administers a chat, or no longer."""
        change = update.chat_member
        if change is not None:
            member = change.new_chat_member
            self._context.administrators.hear(
                change.chat.id,
                member.user.id,
                administers=member.status in _ADMINISTERS,
                is_there=presence_of(member) is not Presence.AWAY,
            )

    async def moved(self, update: Update, _: Context) -> None:
        """Note that a group became a supergroup; the bot is in it, whatever was told of the old one."""
        message = update.effective_message
        if message is None or message.migrate_to_chat_id is None:
            return
        old, new = message.chat_id, message.migrate_to_chat_id
        await self._context.subscriptions.move(old, new)
        await self._context.subscriptions.unblock(new)
        log.info("chat_moved", chat=old, to=new)

    async def _park(self, chat_id: int, reason: Parked) -> None:
        self._context.administrators.forget(chat_id)
        if chat_id > 0:
            await self._context.subscriptions.block(chat_id)
        else:
            await self._context.groups.park(chat_id, reason)
            await self._context.subscriptions.block(chat_id, _REASONS[reason])
            log.info("chat_parked", chat=chat_id, reason=str(reason))
        if reason is Parked.REMOVED:
            for place in self._context.places:
                await place.left(chat_id)

    async def _let_in(self, update: Update) -> bool:
        """Note that the bot may write in a group; whether it was let in just now."""
        change = update.my_chat_member
        assert change is not None  # noqa: S101  # who calls has looked
        chat_id, who = change.chat.id, change.from_user
        before = presence_of(change.old_chat_member)
        if before is Presence.MUTED:
            await self._context.groups.park(chat_id, None)
            log.info("chat_unparked", chat=chat_id)
        if before is Presence.WRITES:
            return False
        # Who lets it write did not add it, and an administrator who stays anonymous has a bot's name.
        is_known = before is Presence.AWAY and not who.is_bot
        return await self._context.groups.note_added(chat_id, who.id if is_known else None, change.date)
