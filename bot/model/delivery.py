"""One issue on its way to one chat: the ledger's row."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.cut import Cut


class Purpose(StrEnum):
    """Why an issue goes to a chat. One row per issue, chat and purpose."""

    PUSH = "push"  #: the issue came out, or was the newest when the subscriber joined
    REQUEST = "request"  #: the reader asked for it
    REST = "rest"  #: the reader asked for what a cut had left out


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    PLANNED = "planned"  #: nothing was sent yet
    SENDING = "sending"  #: some parts were sent, the next is due
    SENT = "sent"  #: every part was sent
    FAILED = "failed"  #: given up; the reason says why
    SKIPPED = "skipped"  #: not sent on purpose; the reason says why


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One issue for one chat, with the parts still to send.

    ``next_part`` counts from 0; ``message_ids`` holds Telegram's id of each
    part sent so far, in order. ``not_before`` is aware; nothing is sent earlier.
    ``attempts`` counts the failures of the part that is next.
    """

    issue_slug: str
    chat_id: int
    purpose: Purpose
    cut: Cut
    state: DeliveryState
    next_part: int
    message_ids: tuple[int, ...]
    attempts: int
    not_before: datetime
    reason: str | None
