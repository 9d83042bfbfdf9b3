"""Which text of an issue an editor has approved."""

from datetime import datetime

import sqlalchemy as sa

from bot.model import HeldBy, IssueState
from bot.storage.admin_schema import approvals
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.holds import let_go
from bot.storage.schema import issues
from bot.storage.upsert import insert


class Approvals:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> dict[str, str]:
        """The checksum of the text that was approved last, by issue."""
        async with self._database.reading() as connection:
            found = await connection.execute(sa.select(approvals.c.slug, approvals.c.checksum))
            return {row.slug: row.checksum for row in found}

    async def approve(self, slug: str, checksum: str, now: datetime) -> bool:
        """Approve a text of an issue that waits; what held it for want of that does so no longer.

        False, without a change, if the issue does not wait, or has another text by now.
        """
        query = sa.select(issues.c.slug).where(
            issues.c.slug == slug, issues.c.checksum == checksum, issues.c.state == IssueState.WAITING
        )
        async with self._database.writing() as connection:
            if await connection.scalar(query.with_for_update()) is None:
                return False
            row = insert(connection, approvals).values(slug=slug, checksum=checksum, at=now)
            fields = {name: row.excluded[name] for name in ("checksum", "at")}
            statement = row.on_conflict_do_update(index_elements=[approvals.c.slug], set_=fields)
            await connection.execute(statement)
            await let_go(connection, slug, (HeldBy.APPROVAL,))
        return True


async def disapprove(connection: Connection, slug: str) -> None:
    """Forget that an issue was approved, in the caller's transaction."""
    await connection.execute(sa.delete(approvals).where(approvals.c.slug == slug))
