"""What happens to the bot in groups, and to the groups."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.errors import BadInput
from bot.sandbox import people
from bot.sandbox.chat import Chat, Group
from bot.sandbox.members import bot_in, member_json
from bot.sandbox.state import Json, Message
from bot.sandbox.world import World

#: What a restricted member may do or not, by the names of ``ChatMemberRestricted``.
_MAY = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages"),
    *("can_manage_topics", "can_edit_tag", "can_react_to_messages"),
)


def expel(world: World, chat_id: int, *, by: int | None = None) -> None:
    """Put the bot out: it gets a ``my_chat_member`` update and 403 until somebody lets it back in."""
    _group(world, chat_id)
    people.block(world, chat_id, by=by)


def let_in(world: World, chat_id: int, *, by: int | None = None) -> None:
    """Let the bot in, as any member may: it gets a ``my_chat_member`` update."""
    _group(world, chat_id)
    people.unblock(world, chat_id, by=by)


def set_muted(world: World, chat_id: int, *, muted: bool) -> None:
    """Take the right to write from the bot alone, or give it back, of which a ``my_chat_member`` tells."""
    _group(world, chat_id)
    chat = people.find(world, chat_id)
    if chat.muted == muted or chat.blocked:
        return
    posting = bot_in(chat)
    chat.muted = muted
    world.announce_chat(chat)
    owner = world.people[world.administrators(chat)[0]]
    restricted = {"status": "restricted", "is_member": True, "until_date": 0} | dict.fromkeys(_MAY, False)
    member: Json = {"status": "member"}
    before, after = (member, restricted) if muted else (restricted, member)
    if chat.is_channel:
        before, after = posting, bot_in(chat)
    people.tell_member(world, chat, owner, before, after)


def set_closed(world: World, chat_id: int, *, closed: bool) -> None:
    """Take the right to write from the bot, or give it back. No update tells it."""
    _group(world, chat_id)
    chat = people.find(world, chat_id)
    chat.closed = closed
    world.announce_chat(chat)


def promote(world: World, chat_id: int, person_id: int) -> None:
    """Let somebody administer a group besides its owner.

    Here and below a ``chat_member`` update tells it where the bot is an administrator; to a mere member
    nothing does.
    """
    _group(world, chat_id)
    chat = people.find(world, chat_id)
    with _told(world, chat, people.person(world, person_id).id):
        chat.promoted.add(person_id)


def demote(world: World, chat_id: int, person_id: int) -> None:
    """Let somebody be a member like any other."""
    chat = people.find(world, chat_id)
    if person_id not in chat.promoted:
        raise BadInput("no administrator who was promoted", where=f"person {person_id}")
    with _told(world, chat, person_id):
        chat.promoted.remove(person_id)


def remove(world: World, chat_id: int, person_id: int) -> None:
    """Let somebody be no member of a group any more."""
    _group(world, chat_id)
    chat = people.find(world, chat_id)
    with _told(world, chat, people.person(world, person_id).id):
        chat.promoted.discard(person_id)
        chat.removed.add(person_id)


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


@contextmanager
def _told(world: World, chat: Chat, person_id: int) -> Iterator[None]:
    """Tell who watches, and a bot that administers the group, what changes meanwhile of somebody."""
    before = member_json(world, chat, person_id)
    yield
    world.announce_chat(chat)
    if not isinstance(chat.party, Group) or not chat.party.bot_administers:
        return
    now = world.clock()
    body = {
        "chat": chat.party.chat_json(),
        "from": world.people[world.administrators(chat)[0]].as_json(),
        "date": int(now.timestamp()),
        "old_chat_member": before,
        "new_chat_member": member_json(world, chat, person_id),
    }
    world.updates.push("chat_member", body, now=now)


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
