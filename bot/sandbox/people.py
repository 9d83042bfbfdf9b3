"""What people do in their chats, and the updates that the bot gets from it."""

from dataclasses import replace

from bot.errors import BadInput
from bot.sandbox import tdlib
from bot.sandbox.chat import Chat, Group, Pair, Person
from bot.sandbox.members import bot_in
from bot.sandbox.state import CallbackAnswer, Json, Message
from bot.sandbox.world import Query, World


def say(  # noqa: PLR0913  # all but three are passed by name
    world: World,
    chat_id: int,
    text: str,
    *,
    by: int | None = None,
    in_name_of: int | None = None,
    reply_to: int | None = None,
    thread: int = 0,
) -> Message:
    """Write to the bot, or in a group; ``by`` as :func:`author` takes it.

    ``in_name_of`` is the group itself, for an administrator who stays anonymous, or a channel.
    ``reply_to`` is the id of a message of the chat.

    Whoever blocked the bot unblocks it by that, as a new start does in Telegram's apps. The bot learns of
    everything that is said in a group (privacy mode is not played) until it is expelled.
    """
    chat = find(world, chat_id)
    person = author(world, chat, by)
    if not text.strip():
        raise BadInput("there is nothing to say", where="text")
    message = Message(
        message_id=world.next_message_id(),
        chat_id=chat_id,
        from_bot=False,
        date=world.clock(),
        text=text,
        html=text,
        entities=tdlib.detect(text),
        sender=person.id,
        sender_chat=_name(world, chat, person, in_name_of),
        reply_to=_replied(chat, reply_to),
        thread=thread,
    )
    return post(world, chat, message)


def _name(world: World, chat: Chat, person: Person, given: int | None) -> int | None:
    """In the name of which chat is written; BadInput where that cannot be."""
    if given is None:
        return None
    if not isinstance(chat.party, Group):
        raise BadInput("people write in their own name here", where=f"chat {chat.id}")
    if given == chat.id and person.id not in world.administrators(chat):
        raise BadInput("only administrators stay anonymous", where=f"person {person.id}")
    return given


def _replied(chat: Chat, message_id: int | None) -> int | None:
    if message_id is not None and chat.find(message_id) is None:
        raise BadInput("there is no such message", where=f"message {message_id}")
    return message_id


def post(world: World, chat: Chat, message: Message, *, update: str = "message") -> Message:
    """Put a person's message into a chat; the bot learns of it where it is, by that kind of update."""
    if isinstance(chat.party, Person):
        _open_up(world, chat)
    world.show(message)
    if not chat.blocked and not isinstance(chat.party, Pair):
        world.updates.push(update, world.message_json(message), now=message.edited or message.date)
    return message


def edit(world: World, chat_id: int, message_id: int, text: str, *, by: int | None = None) -> Message:
    """Write a text of one's own anew; the bot gets an ``edited_message``. BadInput if it is none."""
    chat = find(world, chat_id)
    message = chat.find(message_id)
    if (
        message is None
        or message.is_captioned
        or message.via_bot
        or message.sender != author(world, chat, by).id
    ):
        raise BadInput("nobody can edit this", where=f"message {message_id}")
    if not text.strip() or text == message.text:
        raise BadInput("there is nothing to change", where="text")
    changed = replace(message, text=text, html=text, entities=tdlib.detect(text), edited=world.clock())
    return post(world, chat, changed, update="edited_message")


def press(world: World, chat_id: int, message_id: int, data_or_label: str, *, by: int | None = None) -> Query:
    """Press an inline button, named by its callback data or else by its label; BadInput if there is none.

    What no button has but a colon is in is sent as data nevertheless: a client may send any, for any message.
    """
    chat = find(world, chat_id)
    message = chat.find(message_id)
    given = {
        button.text: button.data for button in reversed(message.buttons if message else ()) if button.data
    }
    data = data_or_label if data_or_label in given.values() else given.get(data_or_label)
    if data is None and message and message.from_bot and ":" in data_or_label:
        data = data_or_label
    if message is None or data is None:
        raise BadInput(f"no button {data_or_label!r}", where=f"message {message_id}")
    query = Query(
        query_id=world.next_query_id(),
        chat_id=chat_id,
        message_id=message_id,
        data=data,
        person=author(world, chat, by),
    )
    world.queries[query.query_id] = query
    world.updates.push("callback_query", _query_json(world, query, message), now=world.clock())
    return query


def answered(world: World, query_id: str) -> CallbackAnswer | None:
    """What the bot answered to a pressed button, if it did."""
    query = world.queries[query_id]
    answers = world.chats[query.chat_id].answers
    return next((answer for answer in answers if answer.query_id == query_id), None)


def block(world: World, chat_id: int, *, by: int | None = None) -> None:
    """Block the bot, or expel it from a group: a ``my_chat_member`` update, and 403 from then on."""
    _set_blocked(world, find(world, chat_id), blocked=True, by=by)


def unblock(world: World, chat_id: int, *, by: int | None = None) -> None:
    """Let the bot write again, or into a group: it gets a ``my_chat_member`` update."""
    _set_blocked(world, find(world, chat_id), blocked=False, by=by)


def deactivate(world: World, chat_id: int) -> None:
    """Delete the account: the bot gets 403 from then on, and no update."""
    chat = find(world, chat_id)
    if not isinstance(chat.party, Person):
        raise BadInput("a group has no account", where=f"chat {chat_id}")
    chat.deactivated = True
    world.announce_chat(chat)


def author(world: World, chat: Chat, by: int | None) -> Person:
    """Who acts in a chat: its person; in a group the one with the id ``by``, else the first of the people."""
    person = next(iter(world.people.values()), None) if by is None else world.people.get(by)
    if isinstance(chat.party, Person):
        person = chat.party if by in (None, chat.id) else None
    elif isinstance(chat.party, Pair):
        those = (chat.party.one, chat.party.other)
        person = next((one for one in those if by in (None, one.id)), None)
    if person is None:
        raise BadInput("no such person", where=f"chat {chat.id}")
    return person


def person(world: World, person_id: int) -> Person:
    """The person with that id, whose account is not gone; BadInput if there is none."""
    if person_id not in world.people:
        raise BadInput("no such person", where=f"person {person_id}")
    if world.chats[person_id].deactivated:
        raise BadInput("this account is gone", where=f"person {person_id}")
    return world.people[person_id]


def chat_of(world: World, who: Person, chat_id: int | None) -> Chat:
    """A chat as that person calls it: None or their own id is the chat with the bot.

    The id of somebody else is the chat with them, which is made when it is first named.
    """
    if chat_id in (None, who.id):
        return find(world, who.id)
    if chat_id in world.people:
        return _pair(world, who, person(world, chat_id))
    chat = find(world, chat_id)
    author(world, chat, who.id)
    return chat


def _pair(world: World, one: Person, other: Person) -> Chat:
    for chat in world.chats.values():
        if isinstance(chat.party, Pair) and {chat.party.one.id, chat.party.other.id} == {one.id, other.id}:
            return chat
    made = Chat(party=Pair(id=world.next_pair_id(), one=one, other=other), started=True)
    world.chats[made.id] = made
    world.announce()
    return made


def find(world: World, chat_id: int) -> Chat:
    """The chat, as people see it; BadInput if there is none, or none any more."""
    if chat_id not in world.chats:
        raise BadInput("no such person", where=f"chat {chat_id}")
    chat = world.chats[chat_id]
    if chat.moved_to is not None:
        raise BadInput(f"this group is chat {chat.moved_to} now", where=f"chat {chat_id}")
    return chat


def _open_up(world: World, chat: Chat) -> None:
    if chat.deactivated:
        raise BadInput("this account is gone", where=f"chat {chat.id}")
    if chat.blocked:
        _set_blocked(world, chat, blocked=False)
    if not chat.started:
        chat.started = True
        world.announce_chat(chat)


def _set_blocked(world: World, chat: Chat, *, blocked: bool, by: int | None = None) -> None:
    if isinstance(chat.party, Pair):
        raise BadInput("the bot is not in this chat", where=f"chat {chat.id}")
    if chat.blocked == blocked:
        return
    who = author(world, chat, by)
    before = bot_in(chat)
    chat.blocked, chat.muted = blocked, False
    after = bot_in(chat)
    world.announce_chat(chat)
    tell_member(world, chat, who, before, after)


def tell_member(world: World, chat: Chat, who: Person, before: Json, after: Json) -> None:
    """Tell the bot what became of it in a chat by somebody's doing."""
    now, bot = world.clock(), {"user": world.bot.as_json()}
    body = {
        "chat": chat.party.chat_json(),
        "from": who.as_json(),
        "date": int(now.timestamp()),
        "old_chat_member": bot | before,
        "new_chat_member": bot | after,
    }
    world.updates.push("my_chat_member", body, now=now)


def _query_json(world: World, query: Query, message: Message) -> Json:
    """A ``CallbackQuery``. Of a message that was posted via the bot it learns nothing but the id."""
    posted: Json = {"inline_message_id": message.inline_id}
    return {
        "id": query.query_id,
        "from": query.person.as_json(),
        **(posted if message.inline_id else {"message": world.message_json(replace(message, reply_to=None))}),
        "chat_instance": str(world.bot.id * 31 + query.chat_id),
        "data": query.data,
    }
