"""Channels: posts are passed on from them to the bot, and pinned in them."""

from bot.errors import BadInput
from bot.sandbox import people
from bot.sandbox.chat import Group
from bot.sandbox.errors import bad_request
from bot.sandbox.state import Message
from bot.sandbox.world import World

CHANNEL = Group(id=-1001002004, title="频道 · Digest channel", type="channel", owner=1001, joined=False)


def forward(world: World, chat_id: int, person_id: int, text: str = "") -> Message:
    """Somebody passes on to the bot the last post of a channel, or one with this text."""
    channel, who = people.find(world, chat_id), people.person(world, person_id)
    if not channel.is_channel:
        raise BadInput("this is no channel", where=f"chat {chat_id}")
    last = channel.messages[-1] if channel.messages else None
    said = text or (last.text if last else "…")
    message = Message(
        message_id=world.next_message_id(),
        chat_id=who.id,
        from_bot=False,
        date=world.clock(),
        text=said,
        html=said,
        sender=who.id,
        origin={
            "type": "channel",
            "date": int((last.date if last else world.clock()).timestamp()),
            "chat": channel.party.chat_json(),
            "message_id": last.message_id if last else 1,
        },
    )
    return people.post(world, people.find(world, who.id), message)


def pin(world: World, chat_id: int | None, message_id: int | None) -> None:
    """Put a message on top of a chat; Telegram's 400 if there is none."""
    chat = world.writable(chat_id)
    if message_id is None or chat.find(message_id) is None:
        raise bad_request("message to pin not found")
    chat.pinned = [*(one for one in chat.pinned if one != message_id), message_id]
    world.announce_chat(chat)
