"""A row of the ledger as a :class:`Delivery`, and back.

Parts are kept as one JSON list of ``[name, message id, content hash, uncertain]``, with the face of one
that was unfolded behind, so that recording one more is one write of one row. The column ``uncertain``
counts those of them that are, and the strays.
"""

import json
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from bot.model import (
    ASKED_FOR,
    AT_ONCE,
    CORRECTED_PART,
    LEFT_OUT,
    LINE_TAKEN_BACK,
    NOT_SENT,
    OFF_TOPIC,
    SENT_AGAIN,
    TOLD_WITH,
    Aim,
    Cut,
    Delivery,
    DeliveryState,
    Destination,
    Hours,
    Key,
    Part,
    Purpose,
)
from bot.storage.batch import Types
from bot.storage.schema import UtcTime, deliveries, is_open

KEY = (deliveries.c.issue_slug, deliveries.c.chat_id, deliveries.c.thread, deliveries.c.purpose)
DESTINATION = sa.tuple_(deliveries.c.chat_id, deliveries.c.thread)
KEY_NAMES = tuple(column.name for column in KEY)

#: The columns that tell what of an issue stands in the chat.
PARTS_IN_CHAT = frozenset({"parts", "next_part", "uncertain", "in_flight", "edition"})
#: What of a row changes while it is delivered, with its type in the database.
CHANGING: Types = {
    "state": sa.Text(),
    "next_part": sa.Integer(),
    "parts": sa.Text(),
    "uncertain": sa.Integer(),
    "in_flight": sa.Boolean(),
    "attempts": sa.Integer(),
    "weight": sa.Integer(),
    "not_before": UtcTime(),
    "reason": sa.Text(),
    "edition": sa.Text(),
}


class DeliveryRow(NamedTuple):
    """What is read of a row, as :data:`READ` asks for it."""

    issue_slug: str
    chat_id: int
    thread: int
    purpose: str
    cut: str
    aim: str
    state: str
    parts: str
    uncertain: int
    in_flight: bool
    attempts: int
    weight: int
    not_before: datetime
    reason: str | None
    edition: str
    version: int
    hours: str
    earlier: str


READ = tuple(deliveries.c[name] for name in DeliveryRow._fields)


def changing(delivery: Delivery) -> dict[str, object]:
    """The columns of :data:`CHANGING`."""
    return {
        "state": delivery.state,
        "next_part": delivery.part_count,
        "parts": parts_text(delivery.parts),
        "uncertain": delivery.uncertain,
        "in_flight": delivery.in_flight,
        "attempts": delivery.attempts,
        "weight": delivery.weight,
        "not_before": delivery.not_before,
        "reason": delivery.reason,
        "edition": delivery.edition,
    }


def fresh(aim: Aim = Aim.SEND) -> dict[str, object]:
    """The columns of a row of which nothing was done yet."""
    return {
        "aim": aim,
        "state": DeliveryState.PLANNED,
        "next_part": 0,
        "parts": "[]",
        "uncertain": 0,
        "in_flight": False,
        "attempts": 0,
        "weight": 0,
        "edition": "",
        "earlier": "",
    }


def has_key(key: Key) -> sa.ColumnElement[bool]:
    """True for the row of this key."""
    return sa.and_(*(column == value for column, value in zip(KEY, key, strict=True)))


def goes_to(to: Destination) -> sa.ColumnElement[bool]:
    """True for what goes to this chat, or to this thread of it, and to no other."""
    return sa.and_(deliveries.c.chat_id == to.chat, deliveries.c.thread == to.thread)


#: True for what came as one line with a newer issue.
is_told = sa.and_(
    deliveries.c.state == DeliveryState.SKIPPED,
    sa.func.coalesce(deliveries.c.reason, "").startswith(TOLD_WITH),
)


#: True for what was taken back where none of it stood, but for a line below another issue.
stood_not = sa.func.coalesce(deliveries.c.reason, "").in_((NOT_SENT, LINE_TAKEN_BACK))


#: True for what its reader did not want, for there was nothing in it for them.
is_off_topic = sa.and_(deliveries.c.state == DeliveryState.SKIPPED, deliveries.c.reason == OFF_TOPIC)


#: True for what its reader got by asking.
is_asked_for = sa.and_(
    deliveries.c.state == DeliveryState.SKIPPED,
    sa.func.coalesce(deliveries.c.reason, "") == ASKED_FOR,
)


#: True for what its reader got otherwise than as a push of its own.
has_come = sa.or_(is_told, is_asked_for)


#: True for what an operator left out, though a part may have been corrected since.
is_left_out = sa.and_(
    deliveries.c.state == DeliveryState.SKIPPED,
    sa.func.coalesce(deliveries.c.reason, "").in_((LEFT_OUT, CORRECTED_PART)),
)


#: True for what has a part that may be missing or doubled, be it only as one of them goes out once more.
is_uncertain = sa.or_(
    deliveries.c.uncertain > 0,
    sa.and_(deliveries.c.in_flight, sa.func.coalesce(deliveries.c.reason, "").endswith(SENT_AGAIN)),
)


def change(now: datetime, **fields: object) -> sa.Update:
    """A change of rows, which makes each a version newer."""
    return sa.update(deliveries).values(updated_at=now, version=deliveries.c.version + 1, **fields)


def close(now: datetime, state: DeliveryState, reason: str) -> sa.Update:
    """The end of those of the rows that are open, with the reason."""
    return change(now, state=state, reason=reason).where(is_open)


def replan(now: datetime, **fields: object) -> sa.Update:
    """A change that opens rows again and keeps the parts that are in their chats."""
    return change(
        now,
        state=DeliveryState.PLANNED,
        attempts=0,
        reason=None,
        not_before=chat_not_before(deliveries.c.chat_id),
        planned_at=now,
        **fields,
    )


def parts_text(parts: tuple[Part, ...]) -> str:
    """The parts as the column holds them."""
    values = [
        [part.name, part.message_id, part.content_hash, int(part.uncertain), *filter(None, [part.face])]
        for part in parts
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def delivery_of(row: DeliveryRow) -> Delivery:
    """The delivery that a row of the table says."""
    parts = tuple(
        Part(
            name=name,
            message_id=message_id,
            content_hash=content_hash,
            uncertain=bool(uncertain),
            face="".join(face),
        )
        for name, message_id, content_hash, uncertain, *face in json.loads(row.parts)
    )
    return Delivery(
        issue_slug=row.issue_slug,
        chat_id=row.chat_id,
        thread=row.thread,
        purpose=Purpose(row.purpose),
        cut=Cut.parse(row.cut),
        aim=Aim(row.aim),
        state=DeliveryState(row.state),
        parts=parts,
        in_flight=row.in_flight,
        strays=max(0, row.uncertain - sum(part.uncertain for part in parts)),
        attempts=row.attempts,
        weight=row.weight,
        not_before=row.not_before,
        reason=row.reason,
        edition=row.edition,
        version=row.version,
        hours=Hours.parse(row.hours),
        earlier=tuple(row.earlier.split(",")) if row.earlier else (),
    )


def chat_not_before(chat_id: sa.ColumnElement[int]) -> sa.ColumnElement[datetime]:
    """At once, or when the chat's open rows may go on, where Telegram let them wait."""
    others = deliveries.alias("others")
    waits = (
        sa.select(sa.func.max(others.c.not_before))
        .where(
            others.c.chat_id == chat_id,
            others.c.state.in_(is_open.right),
            others.c.reason.is_not(None),
        )
        .scalar_subquery()
    )
    return sa.func.coalesce(waits, sa.literal(AT_ONCE, UtcTime))


def later(one: sa.ColumnElement[datetime], other: sa.ColumnElement[datetime]) -> sa.ColumnElement[datetime]:
    """The later of two times, neither of them null."""
    return sa.case((one > other, one), else_=other)
