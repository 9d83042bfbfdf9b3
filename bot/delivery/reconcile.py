"""The next step of a delivery, from the parts that are in its chat and those that should be.

Decides; does nothing.

The next step depends only on what is in the chat, not on what was done before. So a delivery continues
after any interruption, and correcting or taking back an issue is delivering it again with another aim.

========= ==============================================================================
aim       steps, in order
========= ==============================================================================
send      each part that may be gone is edited, which tells; each that is missing is
          sent; then as for correct
correct   each part with another text is edited; each new one is sent as a reply to
          the contents, unless only a part of it came; each one that no longer belongs to
          the issue is removed
retract   each part is removed, the last first, but for what names other issues, which is
          edited
========= ==============================================================================
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from bot.messages import CONTENTS, Button, Message
from bot.messages.posts import linked
from bot.model import NOTE, Aim, Channel, Delivery, Part

EARLIER = "earlier"  #: the part that names issues of which the chat has nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """The channel whose posts are meant; ``up`` is what the way back to the contents is called."""

    channel: Channel
    up: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedIssue:
    """The messages of a cut of an issue; ``notice`` replaces a message that cannot be deleted.

    ``edition`` names the text that they were made from. ``posts``: they are posts of a channel. ``empty``:
    they say that the cut selects nothing. ``nothing`` says why there are none.
    """

    edition: str
    messages: tuple[Message, ...]
    notice: Message
    posts: Posts | None = None
    empty: bool = False
    nothing: str = ""

    def linked(self, parts: tuple[Part, ...]) -> Self:
        """The same with links between the posts of a channel, as far as they stand there.

        The contents have theirs once every post is there, so that they are edited once.
        """
        if self.posts is None:
            return self
        channel, ids = self.posts.channel, {part.name: part.message_id for part in parts}
        is_whole = all(message.name in ids for message in self.messages)

        def address(name: str) -> str | None:
            message_id = ids.get(name) if is_whole or name == CONTENTS else None
            return None if message_id is None else channel.link_to(message_id)

        return replace(self, messages=linked(self.messages, CONTENTS, self.posts.up, address))

    def with_last_row(self, row: tuple[Button, ...]) -> Self:
        """The same with a row of buttons below those of the last message."""
        if not row or not self.messages:
            return self
        *others, last = self.messages
        return replace(self, messages=(*others, last.with_row(row)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send a missing part, as a reply to the message ``reply_to`` if there are others between them."""

    message: Message
    reply_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Rewrite a part whose text should be another."""

    part: Part
    message: Message
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Delete a part that should not be there, or replace it by ``notice`` if it cannot be deleted."""

    part: Part
    notice: Message
    message_id: int


Step = Send | Edit | Remove


def next_step(delivery: Delivery, rendered: RenderedIssue) -> Step | None:
    """The first remaining step; None if there is none.

    The parts of the delivery must have names: see :func:`with_part_names`.
    """
    return next(_steps(delivery, rendered), None)


def out_of_date(delivery: Delivery, rendered: RenderedIssue) -> frozenset[str]:
    """The names of the parts that stand in the chat and are to be edited or removed."""
    steps = _steps(delivery, rendered)
    return frozenset(step.part.name for step in steps if not isinstance(step, Send))


def steps_left(delivery: Delivery, rendered: RenderedIssue) -> int:
    """How many steps remain."""
    return sum(1 for _ in _steps(delivery, rendered))


def with_part_names(delivery: Delivery, rendered: RenderedIssue) -> Delivery:
    """The delivery with names for parts that an older version sent: those of the messages in their order."""
    if all(part.name for part in delivery.parts):
        return delivery
    names = [message.name for message in rendered.messages]
    spare = (f"{len(names) + number}" for number in range(len(delivery.parts)))
    names += list(spare)[: max(0, len(delivery.parts) - len(names))]
    parts = tuple(
        replace(part, name=part.name or name) for part, name in zip(delivery.parts, names, strict=False)
    )
    return replace(delivery, parts=parts)


def _steps(delivery: Delivery, rendered: RenderedIssue) -> Iterator[Step]:
    if delivery.aim is Aim.RETRACT:
        lines = tuple(message for message in rendered.messages if message.name == EARLIER)
        yield from _edits(delivery, replace(rendered, messages=lines))
        yield from _removals(delivery, rendered, frozenset(message.name for message in lines))
        return
    rendered = rendered.linked(delivery.parts)
    wanted = frozenset(message.name for message in rendered.messages)
    if delivery.aim is Aim.SEND:
        yield from (edit for edit in _edits(delivery, rendered) if edit.part.is_changing)
        yield from _missing(delivery, rendered)
        yield from _edits(delivery, rendered)
    else:
        yield from _edits(delivery, rendered)
        if not delivery.is_part:
            yield from _missing(delivery, rendered, reply_to=_contents(delivery))
    notes = {part.name for part in delivery.parts if part.name.startswith(NOTE)}
    yield from _removals(delivery, rendered, wanted | notes)


def _missing(delivery: Delivery, rendered: RenderedIssue, reply_to: int | None = None) -> Iterator[Send]:
    present = {part.name for part in delivery.parts}
    for message in rendered.messages:
        if message.name not in present:
            yield Send(message=message, reply_to=reply_to)


def _edits(delivery: Delivery, rendered: RenderedIssue) -> Iterator[Edit]:
    wanted = {message.name: message for message in rendered.messages}
    for part in delivery.parts:
        message = wanted.get(part.name)
        if message is None or part.message_id is None or part.content_hash == message.content_hash:
            continue
        if part.content_hash or delivery.aim is Aim.CORRECT:  # parts of an older version have no hash
            yield Edit(part=part, message=message, message_id=part.message_id)


def _removals(delivery: Delivery, rendered: RenderedIssue, wanted: frozenset[str]) -> Iterator[Remove]:
    for part in reversed(delivery.parts):  # so what is left is the beginning, and can be continued
        if (
            part.name in wanted
            or part.message_id is None
            or part.content_hash == rendered.notice.content_hash
        ):
            continue
        yield Remove(part=part, notice=rendered.notice, message_id=part.message_id)


def _contents(delivery: Delivery) -> int | None:
    return next((part.message_id for part in delivery.parts if part.name == CONTENTS), None)
