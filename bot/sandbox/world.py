"""Everything that the stand-in knows, in memory: the bot, the people, their chats."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.sandbox.chat import Chat, Group, Pair, Person
from bot.sandbox.errors import bad_request, forbidden, upgraded
from bot.sandbox.inline_queries import InlineQueries
from bot.sandbox.limits import Limits, Pace
from bot.sandbox.live import Feed
from bot.sandbox.profile import BotProfile
from bot.sandbox.state import Json, Message, present
from bot.sandbox.updates import UpdateQueue

#: In whose names Telegram has those write who write in the name of a chat.
GROUP_ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
CHANNEL_TITLE = "频道 · Channel"
_FIRST_PAIR = 1 << 52  # Telegram's ids of people stay below


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A pressed button that waits for its answer."""

    query_id: str
    chat_id: int
    message_id: int
    data: str
    person: Person


class World:
    """The state behind both doors: the Bot API's methods and what people do.

    ``clock`` gives aware times; ``random`` makes the ids that look random.
    """

    def __init__(
        self,
        *,
        bot: BotProfile,
        people: Iterable[Person],
        groups: Iterable[Group],
        limits: Limits,
        clock: Callable[[], datetime],
        random: Random,
    ) -> None:
        self.bot = bot
        self.limits = limits
        self.clock = clock
        self.random = random
        self.pace = Pace(limits)
        self.feed = Feed(start=int(clock().timestamp() * 1000))
        self.updates = UpdateQueue(
            first_id=random.randrange(100_000_000, 900_000_000),
            on_poll=lambda waits: self.feed.publish("poll", waits=waits),
        )
        self.people = {person.id: person for person in people}
        private = (Chat(party=person, started=person.started) for person in self.people.values())
        shared = (Chat(party=group, started=True, blocked=not group.joined) for group in groups)
        self.chats = {chat.id: chat for chat in (*private, *shared)}
        self.queries: dict[str, Query] = {}
        self.inline = InlineQueries()
        self._last_message_id = 0

    def administrators(self, chat: Chat) -> tuple[int, ...]:
        """Who administers a group, its owner first; nobody any other chat."""
        if not isinstance(chat.party, Group):
            return ()
        owner = chat.party.owner or next(iter(self.people))
        return owner, *sorted(chat.promoted - {owner})

    def next_message_id(self) -> int:
        """Ids grow over all chats (in Telegram every supergroup counts for itself)."""
        self._last_message_id += 1
        return self._last_message_id

    def next_pair_id(self) -> int:
        """An id for a chat of two people, which no person has."""
        return _FIRST_PAIR + len(self.chats)

    def next_query_id(self) -> str:
        """An id in the shape of Telegram's callback and inline queries."""
        return str(self.random.randrange(10**18, 10**19))

    def chat(self, chat_id: int | None) -> Chat:
        """The chat; Telegram's 400 if there is none or it moved, 403 if the group expelled the bot."""
        if chat_id is None:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id)
        if chat is None or isinstance(chat.party, Pair):
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            raise upgraded(chat.moved_to)
        if chat.blocked and isinstance(chat.party, Group):
            raise forbidden(f"bot was kicked from the {chat.party.type} chat")
        return chat

    def writable(self, chat_id: int | None, *, what: str = "text messages") -> Chat:
        """The chat, if the bot may write there; else Telegram's 400 or 403. ``what`` is to be sent."""
        chat = self.chat(chat_id)
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.closed or chat.muted:
            raise bad_request(f"not enough rights to send {what} to the chat")
        return chat

    def spend(self, chat: Chat, *, paid: bool = False) -> None:
        """Count one message or edit against the rates, or Telegram's 429."""
        self.pace.take(chat.id, self.clock().timestamp(), paid=paid)

    def show(self, message: Message) -> Message:
        """Put a new or changed message into its chat and tell who watches."""
        self.chats[message.chat_id].put(message)
        self.feed.publish("message", chat_id=message.chat_id, message=lambda: self.page_json(message))
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message away and tell who watches."""
        was_pinned = message_id in chat.pinned
        chat.remove(message_id)
        if was_pinned:
            self.announce_chat(chat)
        self.feed.publish("deleted", chat_id=chat.id, message_id=message_id)

    def edit(self, message: Message, **fields: object) -> Message:
        """Replace fields of a message; Telegram's 400 if that changes nothing."""
        changed = replace(message, **fields)  # type: ignore[arg-type]  # names and types are the callers' own
        if _content(changed) == _content(message):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message"
            )
        return self.show(changed)

    def age(self, chat: Chat, by: timedelta) -> None:
        """Let a chat's messages be older than they are."""
        for message in chat.messages:
            edited = message.edited and message.edited - by
            self.show(replace(message, date=message.date - by, edited=edited))

    def message_json(self, message: Message) -> Json:
        """A Bot API ``Message``, with the one that it replies to."""
        replied = self._replied(message)
        return self._alone(message) | present(reply_to_message=replied and self._alone(replied))

    def _replied(self, message: Message) -> Message | None:
        """What it replies to: in a topic of a forum at least to what opened that, which has its name."""
        chat = self.chats[message.chat_id]
        opened = message.thread if chat.is_forum and message.thread != message.message_id else 0
        number = message.reply_to or opened
        return chat.find(number) if number else None

    def _alone(self, message: Message) -> Json:
        caption = "caption" if message.is_captioned else "text"
        body: Json = {
            "message_id": message.message_id,
            **present(**{"from": self._sender_json(message)}),
            "chat": self.chats[message.chat_id].party.chat_json(),
            "date": int(message.date.timestamp()),
            **present(migrate_to_chat_id=message.moved_to, migrate_from_chat_id=message.moved_from),
            **present(sender_chat=self._sender_chat(message), forward_origin=message.origin),
            **present(message_thread_id=message.thread or None),
            **present(is_topic_message=bool(message.thread and self.chats[message.chat_id].is_forum) or None),
        }
        if message.via_bot:
            body["via_bot"] = self.bot.as_json()
        if message.edited:
            body["edit_date"] = int(message.edited.timestamp())
        if message.photo:
            body["photo"] = message.photo.as_json()
        if message.document:
            body["document"] = message.document.as_json()
        body |= message.attached or {}
        body |= _words(message, caption)
        if message.entities:
            entities = [entity.as_json() for entity in message.entities]
            body["entities" if caption == "text" else "caption_entities"] = entities
        if message.preview:
            body["link_preview_options"] = message.preview.as_json()
        if message.reply_markup and "inline_keyboard" in message.reply_markup:
            body["reply_markup"] = message.reply_markup
        return body

    def _sender_chat(self, message: Message) -> Json | None:
        """The chat in whose name it was written, if that is not its author's."""
        if self.chats[message.chat_id].is_channel:
            return self.chats[message.chat_id].party.chat_json()
        if message.sender_chat is None:
            return None
        if message.sender_chat in self.chats:
            return self.chats[message.sender_chat].party.chat_json()
        return {"id": message.sender_chat, "type": "channel", "title": CHANNEL_TITLE}

    def _sender_json(self, message: Message) -> Json | None:
        """Who wrote it; None in a channel, whose posts are its own."""
        if self.chats[message.chat_id].is_channel:
            return None
        if message.sender_chat is not None:
            return GROUP_ANONYMOUS if message.sender_chat == message.chat_id else CHANNEL_BOT
        person = None if message.sender is None else self.people[message.sender]
        return person.as_json() if person else self.bot.as_json()

    def page_json(self, message: Message) -> Json:
        """A message as the page wants it: the Bot API's, and what only the person's app knows."""
        photo = message.photo
        return self.message_json(message) | {
            "from_bot": message.from_bot,
            "silent": message.silent,
            "asks": bool((message.reply_markup or {}).get("force_reply")),
            "photo_url": photo and photo.url,
            "photo_id": photo and photo.content is not None and photo.file_id,
            **_noticed(message, self.chats[message.chat_id]),
        }

    def chat_json(self, chat: Chat) -> Json:
        """A chat for the page, without its messages."""
        person = chat.party if isinstance(chat.party, Person) else None
        pair = chat.party if isinstance(chat.party, Pair) else None
        return {
            "id": chat.id,
            "kind": "person" if person else "pair" if pair else "channel" if chat.is_channel else "group",
            "name": chat.party.name,
            "bot": asdict(self.bot.read_in((person and person.language_code) or "")),
            "people": pair and [pair.one.id, pair.other.id],
            "administrators": self.administrators(chat),
            "topics": _topics(chat),
            "username": person and person.username,
            "language": person and person.language_code,
            "pinned": chat.pinned,
            "started": chat.started,
            "blocked": chat.blocked,
            "deactivated": chat.deactivated,
            "commands": self.bot.commands_for(chat.party),
            "menu_button": self.bot.menu_button(chat.id),
        }

    def bot_json(self) -> Json:
        """The bot for the page."""
        return {
            "name": self.bot.name,
            "username": self.bot.username,
            "inline": self.inline.enabled,
        }

    def announce(self) -> None:
        """Tell who watches that the bot or the chats changed as a whole."""
        self.feed.publish(
            "bot", bot=self.bot_json(), chats=[self.chat_json(chat) for chat in self.chats.values()]
        )

    def announce_chat(self, chat: Chat) -> None:
        """Tell who watches that a chat changed."""
        self.feed.publish("chat", chat=self.chat_json(chat))


def _words(message: Message, caption: str) -> Json:
    if message.blocks is not None:
        return {"rich_message": {"blocks": message.blocks}}
    return {caption: message.text} if message.text else {}


def _noticed(message: Message, chat: Chat) -> Json:
    """What the page says of what Telegram tells in a chat."""
    signs = {"forum_topic_created": "🧵", "forum_topic_closed": "🔒", "forum_topic_reopened": "🔓"}
    sign = next((signs[name] for name in message.attached or () if name in signs), None)
    if sign:
        return {"text": f"{sign} {chat.topics.get(message.thread, 'General')}"}
    if message.moved_to:
        return {"text": f"→ {message.moved_to}"}
    return {"text": f"← {message.moved_from}"} if message.moved_from else {}


def _topics(chat: Chat) -> list[Json] | None:
    """The topics of a forum; None for a chat that has none."""
    if not chat.is_forum:
        return None
    named = {0: "General"} | chat.topics
    return [
        {"id": thread, "name": name, "closed": thread in chat.closed_topics} for thread, name in named.items()
    ]


def _content(message: Message) -> tuple[object, ...]:
    """What an edit must change something of."""
    return message.text, message.entities, message.reply_markup, message.preview, message.blocks
