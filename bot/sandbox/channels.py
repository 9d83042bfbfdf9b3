"""Channels: posts are passed on from them to the bot, and pinned in them."""

from bot.errors import BadInput
from bot.sandbox import people
from bot.sandbox.chat import Chat, Group
from bot.sandbox.errors import bad_request
from bot.sandbox.members import bot_in
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
    """Put a message on top of a chat; Telegram's 400 if there is none, or the bot may not."""
    chat = world.writable(chat_id)
    if message_id is None or chat.find(message_id) is None:
        raise bad_request("message to pin not found")
    _check_right(chat)
    chat.pinned = [*(one for one in chat.pinned if one != message_id), message_id]
    world.announce_chat(chat)


def unpin(world: World, chat_id: int | None, message_id: int | None) -> None:
    """Take a message, or the one that was sent last of them, down from the top of a chat.

    Telegram's 400 if there is none, or the bot may not. One that is not on top stays where it is.
    """
    chat = world.writable(chat_id)
    message_id = message_id or max(chat.pinned, default=0)
    if chat.find(message_id) is None:
        raise bad_request("message to unpin not found")
    _check_right(chat)
    chat.pinned = [one for one in chat.pinned if one != message_id]
    world.announce_chat(chat)


def let_pin(world: World, chat_id: int, *, allowed: bool) -> None:
    """Give the bot the right to edit a channel's posts, which is that to pin them, or take it; it is told."""
    chat = people.find(world, chat_id)
    if not chat.is_channel or chat.blocked:
        raise BadInput("the bot administers no such channel", where=f"chat {chat_id}")
    before = bot_in(chat)
    chat.may_pin = allowed
    people.tell_member(world, chat, world.people[world.administrators(chat)[0]], before, bot_in(chat))


def _check_right(chat: Chat) -> None:
    """In private chats everybody may; elsewhere administrators, in channels those who may edit posts."""
    party = chat.party
    if isinstance(party, Group) and not (chat.may_pin if chat.is_channel else party.bot_administers):
        raise bad_request("not enough rights to manage pinned messages in the chat")
