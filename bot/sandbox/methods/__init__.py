"""The Bot API's methods that the stand-in knows: a table from name to :class:`Method`.

Each method lists all parameters that the Bot API 10.1 gives it, those without
an effect here included, so that a misspelt one shows in the log.
"""

from bot.sandbox.methods import about, answers, chats, editing, rich, sending, updates
from bot.sandbox.methods.method import Method

_TABLES = (
    about.METHODS,
    answers.METHODS,
    chats.METHODS,
    editing.METHODS,
    rich.METHODS,
    sending.METHODS,
    updates.METHODS,
)

METHODS: dict[str, Method] = {method.name: method for table in _TABLES for method in table}
_BY_LOWER_CASE = {name.lower(): method for name, method in METHODS.items()}


def find(name: str) -> Method | None:
    """The method of that name, in any case, as Telegram takes it."""
    return _BY_LOWER_CASE.get(name.lower())


__all__ = ["METHODS", "Method", "find"]
