"""Everything Jianbao raises on purpose.

The tree, by what the caller should do::

    JianbaoError
    ├── BadInput            somebody's file, argument or setting is wrong: tell them, exit code 2
    │   └── SourceAway      where issues come from cannot be reached, or has none: look again later
    ├── FileChanged         a file of issues is being written: look again later
    ├── NotSent             a call kept back in its slot: it has not left, and costs nothing
    ├── InvalidMessage      a text or a button that Telegram would refuse or spoil: a template is wrong
    ├── StoreError          the database did not do what was asked: exit code 1
    │   ├── StoreBusy       it was locked, or could not be reached in time: try again
    │   ├── StoreDamaged    its file is damaged: only a backup helps
    │   └── StoreConflict   what was written was wrong: trying again changes nothing
    └── SendError           Telegram did not take a message
        ├── ChatGone        the chat no longer exists for the bot: stop writing to it
        ├── ChatMoved       the group has a new id, ``chat_id``: continue there
        ├── ChatClosed      the bot may not write there: give up what waits for the chat
        │   └── ThreadClosed  that is so in one topic of a forum: leave that topic alone
        ├── MessageGone     the message to be edited no longer exists: leave it
        ├── MessageRefused  this message is refused: give it up and log an error
        ├── TryLater        not now: again after ``after`` seconds
        │   └── UpdatesTaken  another program, or a webhook, gets the bot's updates
        └── Uncertain       the request left and no answer came: it may have arrived

A message is one line for the operator's terminal or log. It never holds a secret
and is never shown to a subscriber.
"""


class JianbaoError(Exception):
    """Base of every error raised on purpose; its text is one clear line."""


class BadInput(JianbaoError):
    """A file, argument or setting that a person must correct.

    ``where`` names the place as ``file``, ``file:line`` or ``file: key``.
    """

    def __init__(self, reason: str, *, where: str = "") -> None:
        self.reason = reason
        self.where = where
        super().__init__(f"{where}: {reason}" if where else reason)


class TokenRefused(BadInput):
    """Telegram does not know the bot's token; ``where`` says where that stands, if who raises it knows."""

    def __init__(self, *, where: str = "") -> None:
        super().__init__("Telegram does not know the bot's token", where=where)


class SourceAway(BadInput):
    """The repository of issues cannot be reached, is not as it is said to be, or is too large."""


class InvalidMessage(JianbaoError):
    """A text or a button that Telegram would refuse or silently change."""


class StoreError(JianbaoError):
    """The database refused or cannot be reached."""


class StoreBusy(StoreError):
    """The database was locked, gave way to another transaction, or could not be reached in time."""


class StoreForeign(StoreError):
    """What was opened as the database is none."""


class StoreDamaged(StoreError):
    """The file of the database is no longer whole."""


class StoreConflict(StoreError):
    """A constraint was violated, or a value does not fit its column."""


class FileChanged(JianbaoError):
    """A file of issues is not as it was when it was found; it will be found again."""


class NotSent(JianbaoError):
    """A call was kept back when its turn came: nothing has left."""


class SendError(JianbaoError):
    """Telegram did not confirm a message; the subclass says what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class ChatGone(SendError):
    """The chat blocked the bot, was deactivated or never existed.

    ``blocked``: somebody shut the bot out and may let it in again.
    """

    def __init__(self, reason: str, *, blocked: bool = False) -> None:
        self.blocked = blocked
        super().__init__(reason)


class ChatMoved(SendError):
    """The group became a supergroup, whose id is ``chat_id``."""

    def __init__(self, reason: str, *, chat_id: int) -> None:
        self.chat_id = chat_id
        super().__init__(reason)


class ChatClosed(SendError):
    """The chat exists, and the bot may not write in it until one of its administrators allows it."""


class ThreadClosed(ChatClosed):
    """A topic of a forum is closed or was deleted; the rest of the chat is as it was."""


class MessageGone(SendError):
    """The message to be edited no longer exists."""


class RichRefused(SendError):
    """Telegram takes no rich message, or not this one; the same as ordinary messages it may take."""


class MessageRefused(SendError):
    """Telegram refused this message and would refuse it again."""


class TryLater(SendError):
    """Telegram asked to wait, or cannot be reached. ``after`` is in seconds, 0 if Telegram did not say."""

    def __init__(self, reason: str, *, after: float) -> None:
        self.after = after
        super().__init__(reason)


class UpdatesTaken(TryLater):
    """Another program fetches the bot's updates, or they go to a webhook."""


class WebhookTaken(UpdatesTaken):
    """Another program had put a webhook of its own in place of ours, or removed it."""


class Uncertain(SendError):
    """The request left and no answer came: the message may or may not have arrived."""
