"""What the bot may ask about a chat."""

from bot.sandbox import channels
from bot.sandbox.chat import Chat, Group, Person
from bot.sandbox.errors import bad_request
from bot.sandbox.members import member_json
from bot.sandbox.methods.method import Call, method
from bot.sandbox.state import Json, present

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


async def get_chat(call: Call) -> Json:
    """A ``ChatFullInfo``: what every chat has of it. There is none of who never wrote to the bot."""
    chat = call.world.chat(call.given.chat_id())
    if isinstance(chat.party, Person) and not chat.started:
        raise bad_request("chat not found")
    more = {"accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    linked = chat.party.linked if isinstance(chat.party, Group) else None
    return chat.party.chat_json() | more | present(linked_chat_id=linked)


async def get_administrators(call: Call) -> list[Json]:
    """``ChatMember`` of each who administers a group."""
    chat = _shared(call, "there are no administrators in the private chat")
    return [member_json(call.world, chat, who) for who in call.world.administrators(chat)]


async def get_member(call: Call) -> Json:
    """The ``ChatMember`` of one person; everybody is in every group that they were not put out of."""
    chat = _shared(call, "member not found")
    who = call.given.number("user_id") or 0
    if who not in call.world.people:
        raise bad_request("member not found")
    return member_json(call.world, chat, who)


async def pin_message(call: Call) -> bool:
    """Puts a message on top of its chat; no call tells of it in the chat itself."""
    channels.pin(call.world, call.given.chat_id(), call.given.number("message_id"))
    return True


async def unpin_message(call: Call) -> bool:
    """Takes a message down from the top of its chat."""
    channels.unpin(call.world, call.given.chat_id(), call.given.number("message_id"))
    return True


def _shared(call: Call, refusal: str) -> Chat:
    """The group that is asked about; bad_request if it is none."""
    chat = call.world.chat(call.given.chat_id())
    if not isinstance(chat.party, Group):
        raise bad_request(refusal)
    return chat


METHODS = (
    method("getChat", get_chat, "chat_id"),
    method("getChatAdministrators", get_administrators, "chat_id return_bots"),
    method("getChatMember", get_member, "chat_id user_id"),
    method("pinChatMessage", pin_message, "business_connection_id chat_id message_id disable_notification"),
    method("unpinChatMessage", unpin_message, "business_connection_id chat_id message_id"),
)
