"""What happens to the bot in groups, and to the groups."""

from dataclasses import replace

from bot.errors import BadInput
from bot.sandbox import people
from bot.sandbox.chat import Chat, Group
from bot.sandbox.state import Message
from bot.sandbox.world import World


def expel(world: World, chat_id: int) -> None:
    """Put the bot out: it gets a ``my_chat_member`` update and 403 until somebody lets it back in."""
    _group(world, chat_id)
    people.block(world, chat_id)


def set_closed(world: World, chat_id: int, *, closed: bool) -> None:
    """Take the right to write from the bot, or give it back. No update tells it."""
    _group(world, chat_id)
    chat = people.find(world, chat_id)
    chat.closed = closed
    world.announce_chat(chat)


def promote(world: World, chat_id: int, person_id: int) -> None:
    """Let somebody administer a group besides its owner. No update tells it, as the bot is a mere member."""
    _group(world, chat_id)
    chat = people.find(world, chat_id)
    chat.promoted.add(people.person(world, person_id).id)
    world.announce_chat(chat)


def demote(world: World, chat_id: int, person_id: int) -> None:
    """Let somebody be a member like any other; nor does an update tell that."""
    chat = people.find(world, chat_id)
    if person_id not in chat.promoted:
        raise BadInput("no administrator who was promoted", where=f"person {person_id}")
    chat.promoted.remove(person_id)
    world.announce_chat(chat)


def remove(world: World, chat_id: int, person_id: int) -> None:
    """Let somebody be no member of a group any more. No update tells it."""
    _group(world, chat_id)
    chat = people.find(world, chat_id)
    chat.promoted.discard(person_id)
    chat.removed.add(people.person(world, person_id).id)
    world.announce_chat(chat)


def migrate(world: World, chat_id: int, new_id: int) -> None:
    """Make a group a supergroup with another id.

    Whoever asks for the old id learns the new one, and the old messages stay behind: the new chat
    begins empty. The bot gets two updates, a message of the old chat and one of the new.
    """
    group, old = _group(world, chat_id), people.find(world, chat_id)
    if group.type != "group" or new_id in world.chats:
        raise BadInput(f"this group cannot become chat {new_id}", where=f"chat {chat_id}")
    became = replace(group, id=new_id, type="supergroup")
    new = Chat(party=became, started=True, promoted=set(old.promoted), removed=set(old.removed))
    world.chats[new_id] = new
    world.announce()
    _tell(world, _notice(world, old, moved_to=new_id))
    old.moved_to = new_id
    _tell(world, _notice(world, new, moved_from=chat_id))


def _group(world: World, chat_id: int) -> Group:
    party = people.find(world, chat_id).party
    if not isinstance(party, Group):
        raise BadInput("this is no group", where=f"chat {chat_id}")
    return party


def _notice(
    world: World, chat: Chat, *, moved_to: int | None = None, moved_from: int | None = None
) -> Message:
    return Message(
        message_id=world.next_message_id(),
        chat_id=chat.id,
        from_bot=False,
        date=world.clock(),
        text="",
        html="",
        sender=people.author(world, chat, None).id,
        moved_to=moved_to,
        moved_from=moved_from,
    )


def _tell(world: World, notice: Message) -> None:
    world.show(notice)
    world.updates.push("message", world.message_json(notice), now=notice.date)
