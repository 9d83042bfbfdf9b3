"""``python -m benchmarks.ledger.planning``: plan an issue for all subscribers of a database."""

import asyncio
import sys
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable

from benchmarks.ledger.by_message import plan_by_message
from benchmarks.ledger.figures import Planned
from benchmarks.ledger.filling import NOW, SLUG
from benchmarks.ledger.memory import peak
from bot.storage import Database, Planner

#: Plans the issue; returns how many rows that made.
Plan = Callable[[Database], Awaitable[int]]


async def by_delivery(database: Database) -> int:
    """As the bot does: a row for each subscriber."""
    return await Planner(database).push(SLUG, NOW) or 0


PLANS: dict[str, Plan] = {"delivery": by_delivery, "message": plan_by_message}


async def planned(database_url: str, plan: Plan) -> Planned:
    """Plan it, connection open and schema there: neither is measured."""
    async with Database(database_url) as database:
        start = time.monotonic()
        rows = await plan(database)
        seconds = time.monotonic() - start
    return Planned(rows=rows, seconds=seconds, peak=peak())


def main() -> None:
    """The process."""
    parser = ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--by", choices=PLANS, default="delivery")
    given = parser.parse_args()
    told = asyncio.run(planned(given.database, PLANS[given.by]))
    sys.stdout.write(told.to_json() + "\n")


if __name__ == "__main__":
    main()
