"""Inline mode as people use it: typing ``@bot …`` in some chat, and picking a result."""

import asyncio
from dataclasses import dataclass, replace

from bot.errors import BadInput
from bot.sandbox import people
from bot.sandbox.chat import Chat, Group, Person
from bot.sandbox.inline_queries import InlineAnswer, InlineQuery
from bot.sandbox.state import Message
from bot.sandbox.world import World

_LONGEST_QUERY = 256
_LONGEST_OFFSET = 64  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """Who types, where, and what stands behind the bot's name; ``offset`` is where the list goes on."""

    person: Person
    chat: Chat
    text: str
    offset: str = ""


def typing(world: World, person_id: int, chat_id: int | None, text: str, offset: str = "") -> Typing:
    """What a person types in a chat as they call it; BadInput if that cannot be."""
    person = people.person(world, person_id)
    chat = people.chat_of(world, person, chat_id)
    if len(offset.encode()) > _LONGEST_OFFSET:
        raise BadInput("an offset has at most 64 bytes", where="offset")
    return Typing(person=person, chat=chat, text=text.strip()[:_LONGEST_QUERY], offset=offset)


async def ask(world: World, typed: Typing, *, patience: float) -> InlineAnswer:
    """What the person sees as soon as there is something: from Telegram's cache, or else from the bot.

    BadInput if inline mode is off, the bot's answer was refused, or it gave none in so many seconds.
    """
    if not world.inline.enabled:
        raise BadInput("this bot can't be used in inline mode", where="BOT_INLINE_DISABLED")
    known = world.inline.cached(typed.person.id, typed.text, typed.offset, world.clock())
    if known:
        answer = replace(known, cached=True)
    else:
        answer = await _answered(world, _push(world, typed), patience)
    world.inline.show((typed.person.id, typed.chat.id), typed.text, typed.offset, answer)
    return answer


def pick(world: World, person_id: int, result_id: str, chat_id: int | None = None) -> Message:
    """Post a result that the person sees there: their message, via the bot; BadInput if they see none."""
    person = people.person(world, person_id)
    chat = people.chat_of(world, person, chat_id)
    result = world.inline.seen((person.id, chat.id), result_id)
    if result is None:
        raise BadInput(f"no result {result_id!r} is shown here", where=f"chat {chat.id}")
    message_id = world.next_message_id()
    message = Message(
        message_id=message_id,
        chat_id=chat.id,
        from_bot=False,
        date=world.clock(),
        text=result.text,
        html=result.html,
        entities=result.entities,
        reply_markup=result.reply_markup,
        preview=result.preview,
        sender=person.id,
        via_bot=True,
        inline_id=f"AgAAA{message_id}_{world.random.getrandbits(64):016x}" if result.reply_markup else None,
    )
    return people.post(world, chat, message)


def _push(world: World, typed: Typing) -> InlineQuery:
    now = world.clock()
    query = InlineQuery(
        query_id=world.next_query_id(),
        person_id=typed.person.id,
        text=typed.text,
        offset=typed.offset,
        at=now,
    )
    world.inline.asked[query.query_id] = query
    body = {
        "id": query.query_id,
        "from": typed.person.as_json(),
        "query": query.text,
        "offset": query.offset,
        "chat_type": chat_type(typed.chat),
    }
    world.updates.push("inline_query", body, now=now)
    return query


def chat_type(chat: Chat) -> str:
    """What the bot learns of the chat where somebody asks: ``sender`` is the chat with the bot itself."""
    if isinstance(chat.party, Person):
        return "sender"
    return chat.party.type if isinstance(chat.party, Group) else "private"


async def _answered(world: World, query: InlineQuery, patience: float) -> InlineAnswer:
    inline, name = world.inline, query.query_id
    try:
        async with asyncio.timeout(patience):
            await world.feed.until(lambda: name in inline.answers or name in inline.refusals)
    except TimeoutError:
        raise BadInput("the bot did not answer", where="BOT_RESPONSE_TIMEOUT") from None
    if name in inline.answers:
        return inline.answers[name]
    raise BadInput(inline.refusals[name], where="answerInlineQuery")
