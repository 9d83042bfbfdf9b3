"""How many messages a second Telegram accepts, where that was learnt to be less than configured."""

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.leases import SENDER
from bot.storage.schema import learnt_limits
from bot.storage.upsert import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLimit:
    """``low`` messages a second that climb from ``since`` on; lower than configured since ``slow_since``."""

    low: float
    since: datetime
    slow_since: datetime


class LearntLimits:
    """The limit of one database's sender. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self) -> KeptLimit | None:
        """What was learnt last, however long ago; None if nothing ever was."""
        columns = (learnt_limits.c.low, learnt_limits.c.since, learnt_limits.c.slow_since)
        query = sa.select(*columns).where(learnt_limits.c.role == SENDER)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        return KeptLimit(low=row.low, since=row.since, slow_since=row.slow_since)

    async def set(self, limit: KeptLimit) -> None:
        """Keep it in place of the one before."""
        values = asdict(limit)
        async with self._database.writing() as connection:
            row = insert(connection, learnt_limits).values(role=SENDER, **values)
            await connection.execute(
                row.on_conflict_do_update(index_elements=[learnt_limits.c.role], set_=values)
            )
