"""What the bot may ask about a chat."""

from bot.sandbox import people
from bot.sandbox.chat import Group
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Call, method
from bot.sandbox.state import Json

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


async def get_chat(call: Call) -> Json:
    """A ``ChatFullInfo``: what every chat has of it."""
    chat = call.world.chat(call.given.chat_id())
    more = {"accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return chat.party.chat_json() | more


async def get_administrators(call: Call) -> list[Json]:
    """``ChatMember`` of each, which is the owner of a group alone."""
    chat = call.world.chat(call.given.chat_id())
    if not isinstance(chat.party, Group):
        raise bad_request("there are no administrators in the private chat")
    owner = people.author(call.world, chat, chat.party.owner)
    return [{"status": "creator", "user": owner.as_json(), "is_anonymous": False}]


METHODS = (
    method("getChat", get_chat, "chat_id"),
    method("getChatAdministrators", get_administrators, "chat_id return_bots"),
)
