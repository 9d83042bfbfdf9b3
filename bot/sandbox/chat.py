"""Whom the bot writes to, and the chats."""

from dataclasses import dataclass, field
from typing import Literal

from bot.errors import BadInput
from bot.sandbox.state import CallbackAnswer, Json, Message, present


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who talks to the bot. ``id`` is also the id of their private chat, as in Telegram.

    ``started`` lets the bot write first: in Telegram it may only after the person did.
    """

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    started: bool = False

    @property
    def name(self) -> str:
        """What the chat is called."""
        return self.first_name

    def as_json(self) -> Json:
        """A Bot API ``User``."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | present(username=self.username, language_code=self.language_code)

    def chat_json(self) -> Json:
        """The Bot API ``Chat`` of the private chat."""
        chat: Json = {"id": self.id, "type": "private", "first_name": self.first_name}
        return chat | present(username=self.username)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A chat of several, or a channel, that the bot was let into. BadInput if its id is not negative.

    ``owner`` administers it, without one the first of the people, and whoever is promoted in its chat.
    ``joined``: the bot is in it from the beginning. ``bot_administers``: the bot is told of members.
    ``linked`` is the id of the channel that is discussed in it.
    ``is_forum``: it has topics, which only a supergroup can. ``username`` is that of a public channel.
    """

    id: int
    title: str
    type: Literal["group", "supergroup", "channel"] = "group"
    owner: int | None = None
    joined: bool = True
    bot_administers: bool = False
    linked: int | None = None
    is_forum: bool = False
    username: str | None = None

    def __post_init__(self) -> None:
        if self.id >= 0:
            raise BadInput("the id of a group is negative", where=f"group {self.id}")
        if self.type not in ("group", "supergroup", "channel"):
            raise BadInput(f"no such type of group: {self.type!r}", where=f"group {self.id}")
        if self.is_forum and self.type != "supergroup":
            raise BadInput("only a supergroup has topics", where=f"group {self.id}")

    @property
    def name(self) -> str:
        """What the chat is called."""
        return self.title

    def chat_json(self) -> Json:
        """A Bot API ``Chat``."""
        chat: Json = {"id": self.id, "type": self.type, "title": self.title}
        return chat | present(is_forum=self.is_forum or None, username=self.username)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people who write to each other. The bot is not among them and does not know the ``id``."""

    id: int
    one: Person
    other: Person

    @property
    def name(self) -> str:
        """What the chat is called."""
        return f"{self.one.name} · {self.other.name}"

    def chat_json(self) -> Json:
        """A Bot API ``Chat``, for the page alone."""
        return {"id": self.id, "type": "private", "first_name": self.name}


@dataclass(slots=True, kw_only=True)
class Chat:
    """The private chat of one person with the bot, a group that it is in, or a chat between two people.

    ``party`` is the other side, as the bot sees it.

    ``started``: the person wrote at least once. ``blocked``: they blocked the bot, or the group
    expelled it. ``deactivated``: the account is gone. ``closed``: the group lets the bot read only;
    ``muted``: it does so to the bot alone. ``may_pin``: a channel lets the bot edit posts and pin them.
    ``moved_to``: the group became a supergroup and has this id now. ``promoted``: those who administer the
    group besides its owner. ``removed``: people who are no members of the group any more.
    ``pinned`` are ids of messages, the last one last.
    ``topics`` of a forum are names by id, besides "General", which has the id 0 among ``closed_topics``.
    """

    party: Person | Group | Pair
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    closed: bool = False
    muted: bool = False
    may_pin: bool = True
    moved_to: int | None = None
    promoted: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    _messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    answers: list[CallbackAnswer] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        """What Telegram calls it."""
        return self.party.id

    @property
    def is_forum(self) -> bool:
        """Whether it has topics."""
        return isinstance(self.party, Group) and self.party.is_forum

    @property
    def is_channel(self) -> bool:
        """Whether only administrators post in it, in its name."""
        return isinstance(self.party, Group) and self.party.type == "channel"

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages that stand in the chat, in order."""
        return tuple(self._messages.values())

    @property
    def from_bot(self) -> tuple[Message, ...]:
        """The bot's messages, in order."""
        return tuple(message for message in self._messages.values() if message.from_bot)

    def find(self, message_id: int) -> Message | None:
        """The message, if it stands in this chat."""
        return self._messages.get(message_id)

    def put(self, message: Message) -> None:
        """Add a message, or replace the one with its id."""
        self._messages[message.message_id] = message

    def remove(self, message_id: int) -> None:
        """Take a message away, also from the top of the chat; KeyError if there is none."""
        del self._messages[message_id]
        self.pinned = [one for one in self.pinned if one != message_id]
