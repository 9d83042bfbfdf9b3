"""What in a group is said to the bot: it is mentioned, its message is replied to, or a command names it."""

from telegram import Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext import filters

from bot.handlers.identity import Identity

_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


class Addressed(filters.MessageFilter):
    """A text in a group that mentions the bot or replies to it, and is no command."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(name="Addressed")
        self._identity = identity

    def filter(self, message: Message) -> bool:
        """Whether the bot is meant."""
        if message.chat.type not in _GROUPS or not message.text or message.via_bot or _command(message):
            return False
        return bool(_mentions(message, self._identity)) or _is_reply(message, self._identity)


class Commanded(filters.MessageFilter):
    """A command in a group that names the bot: ``/latest@the_bot``."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(name="Commanded")
        self._identity = identity

    def filter(self, message: Message) -> bool:
        """Whether the bot is named."""
        if message.chat.type not in _GROUPS or message.via_bot:
            return False
        name = f"@{self._identity.username}".casefold()
        return len(name) > 1 and _command(message).casefold().endswith(name)


def words_to(message: Message, identity: Identity) -> str:
    """What is said besides the bot's name; ``help`` if that is nothing."""
    text = message.text or ""
    for mention in _mentions(message, identity):
        text = text.replace(mention, " ")
    return " ".join(text.split()) or "help"


def _command(message: Message) -> str:
    """The command that the text is; empty if it is none."""
    if any(one.type == MessageEntity.BOT_COMMAND and one.offset == 0 for one in message.entities):
        return (message.text or "").split(maxsplit=1)[0]
    return ""


def _mentions(message: Message, identity: Identity) -> list[str]:
    """The bot's name as it stands in the text, each time."""
    found = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    name = f"@{identity.username}".casefold()
    return [
        text
        for entity, text in found.items()
        if text.casefold() == name or (entity.user is not None and entity.user.id == identity.user_id)
    ]


def _is_reply(message: Message, identity: Identity) -> bool:
    """Whether it replies to a message of the bot; what opened a forum's topic is only where it stands."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or replied.from_user is None:
        return False
    return replied.from_user.id == identity.user_id
