"""Rows of the ledger that are deleted, and the counts of them that stay: how many of an issue ended how."""

from collections import Counter

import sqlalchemy as sa

from bot.model import OPEN_STATES, Purpose
from bot.storage.connection import Connection
from bot.storage.schema import deliveries, past_counts
from bot.storage.upsert import insert

#: True for what goes to readers: what an operator tries out is no delivery of an issue.
COUNTS = deliveries.c.purpose != Purpose.TEST


async def delete_counted(connection: Connection, *where: sa.ColumnElement[bool]) -> int:
    """Delete rows of the ledger in the caller's transaction; returns how many there were.

    What had come to an end goes on being counted.
    """
    columns = (deliveries.c.issue_slug, deliveries.c.state, COUNTS)
    gone = list(await connection.execute(sa.delete(deliveries).where(*where).returning(*columns)))
    counted = Counter((slug, state) for slug, state, counts in gone if counts and state not in OPEN_STATES)
    ended = [
        {"issue_slug": slug, "state": state, "rows": rows} for (slug, state), rows in sorted(counted.items())
    ]
    if ended:
        new = insert(connection, past_counts).values(ended)
        added = {"rows": past_counts.c.rows + new.excluded.rows}
        await connection.execute(
            new.on_conflict_do_update(index_elements=past_counts.primary_key, set_=added)
        )
    return len(gone)
