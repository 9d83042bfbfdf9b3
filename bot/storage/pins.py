"""What is on top of each channel, and what should be: the contents of the newest issue that stands there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.model import READABLE, Aim, Channel, IssueState, Purpose
from bot.storage.admin_schema import channels, group_chats
from bot.storage.database import Database
from bot.storage.issues import NEWEST_FIRST
from bot.storage.rows import READ, DeliveryRow, delivery_of
from bot.storage.schema import deliveries, is_issue, issues

_ISSUES = 12  # the newest, of which one stands in a channel
_CONTENTS = "contents"  # the part that is put on top


@dataclass(frozen=True, slots=True, kw_only=True)
class PinChange:
    """``wanted`` is to be on top of the channel in place of what the bot put there, None: nothing of it.

    ``host`` set the channel up, if that is known.
    """

    channel: Channel
    wanted: int | None
    host: int | None


class Pins:
    """What is on top of the channels. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, chats: Collection[int] | None = None) -> tuple[PinChange, ...]:
        """What is to be changed, in some channels or in all; not where the bot can do nothing."""
        asks = sa.or_(channels.c.pins, channels.c.pinned.is_not(None))
        query = (
            sa.select(channels, group_chats.c.added_by)
            .outerjoin(group_chats, group_chats.c.chat_id == channels.c.chat_id)
            .where(asks, group_chats.c.parked.is_(None))
            .order_by(channels.c.chat_id)
        )
        async with self._database.reading() as connection:
            found = [dict(row) for row in (await connection.execute(query)).mappings()]
            hosts = {one["chat_id"]: one.pop("added_by") for one in found}
            known = [Channel(**one) for one in found if chats is None or one["chat_id"] in chats]
            pinning = [one.chat_id for one in known if one.pins]
            rows = (await connection.execute(_newest(pinning))).all() if pinning else ()
        wanted = _wanted(DeliveryRow._make(row) for row in rows)
        return tuple(
            PinChange(channel=one, wanted=aim, host=hosts[one.chat_id])
            for one in known
            if (aim := _aim(one, wanted)) != one.pinned
        )

    async def note(self, chat_id: int, message_id: int | None) -> None:
        """Note what the bot put on top of a channel, which it therefore may."""
        await self._set(chat_id, pinned=message_id, may_not_pin=False)

    async def refused(self, chat_id: int) -> bool:
        """Note that the bot may not; False if that was noted before."""
        first = sa.update(channels).where(channels.c.chat_id == chat_id, ~channels.c.may_not_pin)
        return await self._database.change(first.values(may_not_pin=True)) == 1

    async def untold(self, chat_id: int) -> None:
        """Note that nobody was told of it yet, or that the bot's rights have changed."""
        await self._set(chat_id, may_not_pin=False)

    async def _set(self, chat_id: int, **fields: object) -> None:
        await self._database.change(sa.update(channels).where(channels.c.chat_id == chat_id).values(**fields))


def _newest(chats: Collection[int]) -> sa.Select[tuple[object, ...]]:
    """The pushes of the newest issues to the channels, found by their keys."""
    is_out = issues.c.state.in_((*READABLE, IssueState.RETRACTED))
    newest = sa.select(issues.c.slug).where(is_out, is_issue).order_by(*NEWEST_FIRST).limit(_ISSUES)
    return sa.select(*READ).where(
        deliveries.c.issue_slug.in_(newest),
        deliveries.c.chat_id.in_(chats),
        deliveries.c.thread == 0,
        deliveries.c.purpose == Purpose.PUSH,
    )


def _wanted(rows: Iterable[DeliveryRow]) -> Mapping[int, int | None]:
    """The last contents that stand in each channel; None where all that stood there was taken back."""
    wanted: dict[int, int | None] = {}
    for row in map(delivery_of, rows):
        if row.aim is Aim.RETRACT:
            wanted.setdefault(row.chat_id, None)
            continue
        for part in row.parts:
            if part.name == _CONTENTS and part.message_id is not None:
                wanted[row.chat_id] = max(part.message_id, wanted.get(row.chat_id) or 0)
    return wanted


def _aim(channel: Channel, wanted: Mapping[int, int | None]) -> int | None:
    """What is to be on top; where the ledger knows nothing any more, what is."""
    return wanted.get(channel.chat_id, channel.pinned) if channel.pins else None
