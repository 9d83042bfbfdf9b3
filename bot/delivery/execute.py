"""One step in a chat, and the row after it."""

from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from bot.delivery.reconcile import Edit, Remove, Send, Step
from bot.errors import MessageGone, MessageRefused
from bot.messages import Message
from bot.model import MAY_BE_MISSING, NOT_CORRECTED, NOT_TAKEN_BACK, Aim, Delivery, Destination, Part


class MessageGateway(Protocol):
    """The way to Telegram. Every method raises SendError, or BadInput for a wrong token."""

    async def send(self, to: Destination, message: Message, *, reply_to: int | None = None) -> int:
        """Send a message; returns Telegram's id of it."""

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        """Rewrite a message; does nothing if it has this text already."""

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message; does nothing if it is gone already."""


async def execute(step: Step, row: Delivery, gateway: MessageGateway) -> Delivery:
    """Do the step and return the row with the parts that are in the chat now.

    Raises what ``gateway`` raises. A part that can no longer be edited or deleted stays as it is, and
    the reason says so; one that a deletion of ours may have taken away is missing then.
    """
    match step:
        case Send(message=message, reply_to=reply_to):
            sent = _silenced(message) if _is_silent(row) else message
            message_id = await gateway.send(row.destination, sent, reply_to=reply_to)
            return row.with_part(
                Part(
                    name=message.name,
                    message_id=message_id,
                    content_hash=message.content_hash,
                    uncertain=row.in_flight,
                )
            )
        case Edit(part=part, message=message):
            return await _edited(row, part, step.message_id, message, gateway)
        case Remove(part=part, notice=notice):
            return await _removed(row, part, step.message_id, notice, gateway)


def _is_silent(row: Delivery) -> bool:
    """Whether its reader wants no sound: at no time, or not at an hour that nobody asked him for."""
    return row.hours.silent or (row.aim is Aim.CORRECT and row.hours.waits)


@lru_cache(maxsize=256)
def _silenced(message: Message) -> Message:
    """The message without a sound; many share it, and to make one is to check it."""
    return replace(message, silent=True)


def mark_uncertain(step: Send, row: Delivery) -> Delivery:
    """The row with the part marked as uncertain: it may have arrived, and is not sent again."""
    part = Part(
        name=step.message.name, message_id=None, content_hash=step.message.content_hash, uncertain=True
    )
    return replace(row.with_part(part), reason=MAY_BE_MISSING)


async def _edited(
    row: Delivery, part: Part, message_id: int, message: Message, gateway: MessageGateway
) -> Delivery:
    try:
        await gateway.edit(row.chat_id, message_id, message.face(part.face))
    except MessageGone as error:
        if part.is_changing:
            return row.without_part(part.name)
        return _out_of_reach(row, part, message.content_hash, f"{NOT_CORRECTED}{error.reason}")
    except MessageRefused as error:  # this text is; another one may not be
        known = row.with_part(replace(part, content_hash=message.content_hash))
        return replace(known, reason=f"{NOT_CORRECTED}{error.reason}")
    return row.with_part(replace(part, content_hash=message.content_hash))


async def _removed(
    row: Delivery, part: Part, message_id: int, notice: Message, gateway: MessageGateway
) -> Delivery:
    """The row after deleting the part, or after replacing it by the notice if it is older than 48 hours."""
    try:
        await gateway.delete(row.chat_id, message_id)
    except MessageRefused:
        try:
            await gateway.edit(row.chat_id, message_id, notice)
        except (MessageGone, MessageRefused) as error:
            return _out_of_reach(row, part, part.content_hash, f"{NOT_TAKEN_BACK}{error.reason}")
        return row.with_part(replace(part, content_hash=notice.content_hash))
    return row.without_part(part.name)


def _out_of_reach(row: Delivery, part: Part, content_hash: str, reason: str) -> Delivery:
    """The row with a part that can no longer be changed, which is why it has no message id."""
    return replace(row.with_part(replace(part, message_id=None, content_hash=content_hash)), reason=reason)
