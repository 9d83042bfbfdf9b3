"""The row of buttons under a message of items: keep one, open one, pass one on."""

from dataclasses import replace

from bot.messages.limits import MAX_CALLBACK_BYTES
from bot.messages.message import Button, Message

#: What the row offers, and the verb that its button sends: ``<verb>:<issue>:<message>``.
_KEEP, _OPEN, _PASS_ON = ("☆", "star"), ("⤢", "view"), ("↗", "pass")


def row_of(issue_slug: str, name: str, *, headlines: bool) -> tuple[Button, ...]:
    """The row under the message of this name; empty if its buttons would have no room for that.

    Only of ``headlines`` is there more to open.
    """
    offered = (_KEEP, _OPEN, _PASS_ON) if headlines else (_KEEP, _PASS_ON)
    data = {sign: f"{verb}:{issue_slug}:{name}" for sign, verb in offered}
    if max(len(one.encode()) for one in data.values()) > MAX_CALLBACK_BYTES:
        return ()
    return tuple(Button(sign, data=one) for sign, one in data.items())


def with_rows(issue_slug: str, message: Message, *, headlines: bool) -> Message:
    """The message with the row under each of its faces that shows numbered items."""
    faces = tuple(with_rows(issue_slug, one, headlines=headlines) for one in message.unfolded)
    row = row_of(issue_slug, message.name, headlines=headlines) if message.marks else ()
    buttons = (*message.buttons, row) if row else message.buttons
    return replace(message, buttons=buttons, unfolded=faces)
