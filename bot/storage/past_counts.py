"""Which rows of the ledger count as what, and the counts of those that are deleted."""

from collections import Counter

import sqlalchemy as sa

from bot.model import OPEN_STATES, IssueState, Purpose
from bot.storage.connection import Connection
from bot.storage.schema import deliveries, issues, past_counts
from bot.storage.upsert import insert

#: True for what goes to readers: what an operator tries out is no delivery of an issue.
TO_READERS = deliveries.c.purpose != Purpose.TEST
_ARCHIVED = sa.select(issues.c.slug).where(issues.c.state == IssueState.ARCHIVED)
#: True for a push, and not for what somebody asked for, or got from the archive to begin with.
IS_PUSH = sa.and_(deliveries.c.purpose == Purpose.PUSH, deliveries.c.issue_slug.not_in(_ARCHIVED))
#: The same of what is in the ledger no more.
WAS_PUSH = sa.and_(past_counts.c.pushed, past_counts.c.issue_slug.not_in(_ARCHIVED))


async def delete_counted(connection: Connection, *where: sa.ColumnElement[bool]) -> int:
    """Delete rows of the ledger in the caller's transaction; returns how many there were.

    What had come to an end goes on being counted.
    """
    columns = (deliveries.c.issue_slug, deliveries.c.state, deliveries.c.purpose)
    gone = list(await connection.execute(sa.delete(deliveries).where(*where).returning(*columns)))
    counted = Counter(
        (slug, purpose == Purpose.PUSH, state)
        for slug, state, purpose in gone
        if purpose != Purpose.TEST and state not in OPEN_STATES
    )
    ended = [
        {"issue_slug": slug, "pushed": pushed, "state": state, "rows": rows}
        for (slug, pushed, state), rows in sorted(counted.items())
    ]
    if ended:
        new = insert(connection, past_counts).values(ended)
        added = {"rows": past_counts.c.rows + new.excluded.rows}
        await connection.execute(
            new.on_conflict_do_update(index_elements=past_counts.primary_key, set_=added)
        )
    return len(gone)
