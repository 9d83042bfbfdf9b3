"""The members of groups, as Telegram tells of them."""

from bot.sandbox.chat import Chat
from bot.sandbox.state import Json
from bot.sandbox.world import World

#: What an administrator may do, by the names of ``ChatMemberAdministrator``.
_RIGHTS = dict.fromkeys(
    (
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    False,
)


#: What the bot may do in a channel that let it in, besides posting and editing.
_IN_CHANNEL = _RIGHTS | {"can_manage_chat": True, "can_delete_messages": True}


def bot_in(chat: Chat) -> Json:
    """The bot's own ``ChatMember`` in a chat, without its ``user``: in a channel it can only administer."""
    if chat.blocked:
        return {"status": "kicked", "until_date": 0}
    if not chat.is_channel:
        return {"status": "member"}
    rights = {"can_post_messages": not chat.muted, "can_edit_messages": chat.may_pin, "can_be_edited": False}
    return {"status": "administrator"} | _IN_CHANNEL | rights


def member_json(world: World, chat: Chat, who: int) -> Json:
    """A ``ChatMember``: what one of the people is in a group."""
    user = world.people[who].as_json()
    if who == world.administrators(chat)[0]:
        return {"status": "creator", "user": user, "is_anonymous": False}
    if who in chat.promoted:
        return {"status": "administrator", "user": user, "can_be_edited": False} | _RIGHTS
    if who in chat.removed:
        return {"status": "kicked", "user": user, "until_date": 0}
    return {"status": "member", "user": user}
