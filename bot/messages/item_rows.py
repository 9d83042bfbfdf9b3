"""The row of buttons under a message of items: keep one, open one, pass one on; like them, or not."""

from dataclasses import dataclass, replace

from bot.messages.limits import MAX_CALLBACK_BYTES
from bot.messages.message import Button, Message

#: What the row offers, and the verb that its button sends: ``<verb>:<issue>:<message>``.
_KEEP, _OPEN, _PASS_ON = ("☆", "star"), ("⤢", "view"), ("↗", "pass")
_UP, _DOWN = ("👍", "up"), ("👎", "down")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the row has: for a person to ``keep`` items and pass them on, and for ``votes``.

    Only of ``headlines`` is there more to open.
    """

    keep: bool
    votes: bool
    headlines: bool

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """Signs and verbs, in order."""
        opened = (_OPEN,) if self.headlines else ()
        return (*((_KEEP, *opened, _PASS_ON) if self.keep else ()), *((_UP, _DOWN) if self.votes else ()))


def row_of(issue_slug: str, name: str, row: Row) -> tuple[Button, ...]:
    """The row under the message of this name; empty if its buttons would have no room for that."""
    offered = row.offered
    data = {sign: f"{verb}:{issue_slug}:{name}" for sign, verb in offered}
    if max((len(one.encode()) for one in data.values()), default=0) > MAX_CALLBACK_BYTES:
        return ()
    return tuple(Button(sign, data=one) for sign, one in data.items())


def with_rows(issue_slug: str, message: Message, row: Row) -> Message:
    """The message with the row under each of its faces that shows numbered items."""
    faces = tuple(with_rows(issue_slug, one, row) for one in message.unfolded)
    made = row_of(issue_slug, message.name, row) if message.marks else ()
    buttons = (*message.buttons, made) if made else message.buttons
    return replace(message, buttons=buttons, unfolded=faces)
