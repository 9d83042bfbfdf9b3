"""What the bot may ask about a chat."""

from bot.sandbox.chat import Chat, Group
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Call, method
from bot.sandbox.state import Json
from bot.sandbox.world import World

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}

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


async def get_chat(call: Call) -> Json:
    """A ``ChatFullInfo``: what every chat has of it."""
    chat = call.world.chat(call.given.chat_id())
    more = {"accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return chat.party.chat_json() | more


async def get_administrators(call: Call) -> list[Json]:
    """``ChatMember`` of each who administers a group."""
    chat = _shared(call, "there are no administrators in the private chat")
    return [_member(call.world, chat, who) for who in call.world.administrators(chat)]


async def get_member(call: Call) -> Json:
    """The ``ChatMember`` of one person; everybody is in every group that they were not put out of."""
    chat = _shared(call, "member not found")
    who = call.given.number("user_id") or 0
    if who not in call.world.people:
        raise bad_request("member not found")
    return _member(call.world, chat, who)


def _shared(call: Call, refusal: str) -> Chat:
    """The group that is asked about; bad_request if it is none."""
    chat = call.world.chat(call.given.chat_id())
    if not isinstance(chat.party, Group):
        raise bad_request(refusal)
    return chat


def _member(world: World, chat: Chat, who: int) -> Json:
    user = world.people[who].as_json()
    if who == world.administrators(chat)[0]:
        return {"status": "creator", "user": user, "is_anonymous": False}
    if who in chat.promoted:
        return {"status": "administrator", "user": user, "can_be_edited": False} | _RIGHTS
    if who in chat.removed:
        return {"status": "kicked", "user": user, "until_date": 0}
    return {"status": "member", "user": user}


METHODS = (
    method("getChat", get_chat, "chat_id"),
    method("getChatAdministrators", get_administrators, "chat_id return_bots"),
    method("getChatMember", get_member, "chat_id user_id"),
)
