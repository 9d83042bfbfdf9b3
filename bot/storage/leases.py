"""Who may send: a lease that one process holds for some seconds at a time.

Each holder gets its own token, higher than any before. What a sender writes names its token, so that a
sender that was replaced without noticing writes nothing.

The time is the database's, so that processes need not agree on theirs: PostgreSQL's clock, and for
SQLite, whose processes share a machine, that machine's clock since it was started. A lease that would
end later than any lease can, such as one from before a restart of the machine, has ended.
"""

import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.schema import leases
from bot.storage.upsert import insert

SENDER = "sender"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseInfo:
    """Who holds a lease: ``left`` seconds until it ends, ``report`` is what the holder says of its work.

    ``left`` is below 0 if it has ended.
    """

    holder: str
    token: int
    left: float
    report: str


class Leases:
    """The leases of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def acquire(self, role: str, *, holder: str, seconds: float) -> int | None:
        """Take the lease and return its token; None while another process holds it."""
        async with self._database.writing() as connection:
            clock = _clock(connection)
            first = insert(connection, leases).values(
                role=role, holder=holder, token=1, expires=clock + seconds, report=""
            )
            free = sa.or_(leases.c.expires <= clock, leases.c.expires > clock + _LONGEST)
            taken = first.on_conflict_do_update(
                index_elements=[leases.c.role],
                set_={
                    "holder": holder,
                    "token": leases.c.token + 1,
                    "expires": first.excluded.expires,
                    "report": "",
                },
                where=free,
            )
            token: int | None = await connection.scalar(taken.returning(leases.c.token))
        return token

    async def renew(self, role: str, *, token: int, seconds: float, report: str) -> bool:
        """Extend the lease to so many seconds from now; False if another process holds it.

        A lease that has expired can be renewed as long as nobody took it.
        """
        async with self._database.writing() as connection:
            change = (
                sa.update(leases)
                .where(leases.c.role == role, leases.c.token == token)
                .values(expires=_clock(connection) + seconds, report=report)
            )
            return await rows_changed(connection, change) == 1

    async def release(self, role: str, *, token: int) -> None:
        """End the lease at once, so that another process need not wait until it expires."""
        own = (leases.c.role == role, leases.c.token == token)
        await self._database.change(sa.update(leases).where(*own).values(expires=0.0))

    async def current(self, role: str) -> LeaseInfo | None:
        """Who holds the lease now; None if nobody does."""
        found = await self._newest(role)
        return found if found and found.left > 0 else None

    async def lapsed(self, role: str) -> LeaseInfo | None:
        """Whose lease has ended, and was neither given back nor taken; None if nobody's has."""
        found = await self._newest(role)
        return found if found and found.left <= 0 else None

    async def _newest(self, role: str) -> LeaseInfo | None:
        """The lease as it was renewed last; None if it was given back, or is from before a restart."""
        async with self._database.reading() as connection:
            left = leases.c.expires - _clock(connection)
            query = sa.select(leases, left.label("left")).where(leases.c.role == role)
            row = (await connection.execute(query)).first()
        if row is None or row.expires <= 0 or row.left > _LONGEST:
            return None
        return LeaseInfo(holder=row.holder, token=row.token, left=row.left, report=row.report)


_LONGEST = 60.0  # seconds


def holds(role: str, token: int) -> sa.ColumnElement[bool]:
    """True while this token is the role's newest: for the condition of whatever its holder writes."""
    return sa.exists().where(leases.c.role == role, leases.c.token == token)


def _clock(connection: Connection) -> sa.ColumnElement[float]:
    """Seconds of the database's clock."""
    if connection.dialect.name == "postgresql":
        return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Double)
    return sa.literal(time.monotonic(), sa.Double)
