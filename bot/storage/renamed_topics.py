"""Topics that have new names: who follows them, or leaves them out, goes on so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.model import Cut, Interests
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.rows import change
from bot.storage.schema import deliveries, is_open, subscribers
from bot.storage.subscriber_rows import columns_of

Former = Mapping[str, str]  #: what topics are called now by what they were called


class RenamedTopics:
    """Raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def move(self, former: Former, now: datetime) -> Mapping[str, int]:
        """Give everybody the new names; returns how many had each of the old ones. Harmless to repeat."""
        if not former:
            return {}
        async with self._database.writing() as connection:
            moved = await _move_subscribers(connection, former)
            on_their_way = await _move_deliveries(connection, former, now)
            if moved or on_their_way:  # else nothing that was sent is of a former name: it is a long table
                await _move_sent(connection, former)
            return moved


async def _move_subscribers(connection: Connection, former: Former) -> Mapping[str, int]:
    cut, moved = subscribers.c.cut, Counter[str]()
    query = sa.select(cut, sa.func.count()).where(_names(cut, former)).group_by(cut)
    for signature, number in (await connection.execute(query)).all():
        before = Cut.parse(signature)
        old = [slug for slug in sorted(former) if slug in (*before.topics, *before.excluded.topics)]
        if old:
            values = columns_of(_renamed(before, former))
            await connection.execute(sa.update(subscribers).where(cut == signature).values(values))
            moved.update(dict.fromkeys(old, number))
    return dict(moved)


async def _move_deliveries(connection: Connection, former: Former, now: datetime) -> bool:
    """Of those on their way; a sender that has one in hand takes note."""
    cut = deliveries.c.cut
    query = sa.select(cut).where(is_open, _names(cut, former)).distinct()
    changed = _changed((await connection.execute(query)).scalars().all(), former)
    for before, after in changed.items():
        await connection.execute(change(now, cut=after).where(is_open, cut == before))
    return bool(changed)


async def _move_sent(connection: Connection, former: Former) -> None:
    """Of those that are done, which a correction or the rest of an issue goes by."""
    cut = deliveries.c.cut
    query = sa.select(cut).where(_names(cut, former)).distinct()
    changed = _changed((await connection.execute(query)).scalars().all(), former)
    for before, after in changed.items():
        await connection.execute(sa.update(deliveries).where(cut == before).values(cut=after))


def _changed(signatures: Iterable[str], former: Former) -> dict[str, str]:
    after = {one: _renamed(Cut.parse(one), former).signature for one in signatures}
    return {before: signature for before, signature in after.items() if signature != before}


def _names(cut: sa.ColumnElement[str], former: Former) -> sa.ColumnElement[bool]:
    """True for every cut that names a former topic, and for some others."""
    return sa.or_(*(cut.contains(slug, autoescape=True) for slug in former))


def _renamed(cut: Cut, former: Former) -> Cut:
    return cut.about(_called_now(cut.followed, former), excluded=_called_now(cut.excluded, former))


def _called_now(interests: Interests, former: Former) -> Interests:
    topics = tuple(former.get(slug, slug) for slug in interests.topics)
    return Interests(topics=topics, keywords=interests.keywords)
