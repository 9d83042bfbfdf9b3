"""What a handler takes and returns: a :class:`Request` and a :class:`Reply`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Self

from bot.messages import Buttons, Message
from bot.model import Channel, Cut, Destination, Language, Mode, Subscriber, SubscriberState


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person wants: a command with its words, a text, or a tap on a button.

    ``words`` is what follows the name of the command or button. ``message_id`` is the message whose
    button was tapped, and ``buttons`` are all that stand there; None and none if something was typed.
    ``person`` is who acts, where Telegram says so. ``thread`` is the topic of a forum in which it was, or 0.
    ``question`` is the message of a group that is answered, ``replied_to`` the one that a text replies to,
    whose buttons are ``replied_buttons``.
    ``topic_name`` is what that topic is called, where Telegram says so.
    ``app_language`` is that of the person's app, where Telegram says so; ``language`` is that of the answer.
    ``channel`` is what somebody sets up from their private chat, whose ``chat_id`` is the channel's then.
    """

    chat_id: int
    words: str
    language: Language
    subscriber: Subscriber | None
    message_id: int | None = None
    buttons: Buttons = ()
    person: int | None = None
    thread: int = 0
    question: int | None = None
    replied_to: int | None = None
    replied_buttons: Buttons = ()
    channel: Channel | None = None
    topic_name: str = ""
    app_language: Language | None = None

    @property
    def modes(self) -> tuple[Mode, ...]:
        """Which modes there are to choose from: what a tap unfolds for all is not for channels."""
        return tuple(one for one in Mode if one is not Mode.ONE) if self.channel else tuple(Mode)

    @property
    def destination(self) -> Destination:
        """Where it was said, which is where it is answered, and what it is about."""
        return Destination(self.chat_id, self.thread)

    def in_language(self, language: Language) -> Self:
        """The same, to be answered in a language."""
        return replace(self, language=language)

    @property
    def cut(self) -> Cut:
        """The person's cut, or the default one if they are not subscribed."""
        return self.subscriber.cut if self.subscriber else Cut(language=self.language)

    @property
    def active(self) -> bool:
        """Whether this person gets issues."""
        return self.subscriber is not None and self.subscriber.state is SubscriberState.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file for the person."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the person gets: new messages, another text for the tapped message, a short notice.

    ``without_buttons`` removes the buttons of the tapped message and keeps its text, ``buttons`` puts
    others in their place. A ``document`` comes after all else. ``tells_missed``: it says itself what was
    missed, so that nothing else need. ``regained`` are chats and threads which get issues again by what was
    done, and are told what they missed. ``sent`` is told the id of each message once it was sent.
    """

    messages: tuple[Message, ...] = ()
    edit: Message | None = None
    notice: str = ""
    without_buttons: bool = False
    buttons: Buttons = ()
    document: Document | None = None
    tells_missed: bool = False
    regained: tuple[Destination, ...] = ()
    sent: Callable[[int], Awaitable[None]] | None = None


def reply_with(*messages: Message) -> Reply:
    """A reply of new messages."""
    return Reply(messages=messages)
