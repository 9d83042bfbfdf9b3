"""``python -m benchmarks.ledger.recording``: record messages in groups of several sizes."""

import asyncio
import sys
import time
from argparse import ArgumentParser
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from benchmarks.ledger.figures import Recorded
from benchmarks.ledger.filling import NOW, SLUG, fill
from bot.model import Delivery, Part, Purpose
from bot.storage import SENDER, Database, Deliveries, Leases, Planner

PARTS = 6  # of an issue of middling length
_MOST_GROUPS = 100  # of each size; small ones take long
_NOTES = (1, 2)


@dataclass(slots=True)
class Recording:
    """Records what one sender with the lease ``token`` did, and counts the seconds that takes."""

    ledger: Deliveries
    token: int
    seconds: float = 0.0

    async def write(self, changed: Sequence[Delivery]) -> list[Delivery]:
        """The rows as they are once they are written, all in one commit."""
        start = time.monotonic()
        written = await self.ledger.record(changed, token=self.token, now=NOW)
        self.seconds += time.monotonic() - start
        if len(written) != len(changed):
            raise RuntimeError("rows were not recorded")
        return [replace(one, version=one.version + 1) for one in changed]


async def recorded(database_url: str, groups: Sequence[int], messages: int) -> list[Recorded]:
    """Every size of group once with one note a message and once with two, of about so many messages each."""
    works = [(group, notes) for group in groups for notes in _NOTES]
    chats = [_chats(group, messages) for group, _ in works]
    async with Database(database_url) as database:
        await fill(database, sum(chats))
        await Planner(database).push(SLUG, NOW)
        token = await Leases(database).acquire(SENDER, holder="benchmark", seconds=30)
        ledger = Deliveries(database)
        rows = iter(await ledger.due(NOW, limit=sum(chats), purposes=(Purpose.PUSH,)))
        return [
            await _measured([next(rows) for _ in range(count)], group, notes, Recording(ledger, token or 0))
            for (group, notes), count in zip(works, chats, strict=True)
        ]


def _chats(group: int, messages: int) -> int:
    """How many chats get their parts: full groups of them, at least one."""
    return max(1, min(messages // PARTS // group, _MOST_GROUPS)) * group


async def _measured(rows: list[Delivery], group: int, notes: int, recording: Recording) -> Recorded:
    """Chats come in groups, each with part after part."""
    for start in range(0, len(rows), group):
        here = rows[start : start + group]
        for number in range(1, PARTS + 1):
            if notes > 1:
                here = await recording.write([row.departing() for row in here])
            here = await recording.write(list(_arrived(here, number)))
    return Recorded(group=group, notes=notes, messages=len(rows) * PARTS, seconds=recording.seconds)


def _arrived(rows: Sequence[Delivery], number: int) -> Iterator[Delivery]:
    """The rows with one part more; the last one finishes them."""
    digest = b64encode(blake2b(bytes([number]), digest_size=6).digest()).decode()
    for row in rows:
        part = Part(name=f"section.{number}", message_id=10_000_000 + row.chat_id, content_hash=digest)
        done = row.departing().with_part(part)
        yield done.finished("0123456789ab") if number == PARTS else done


def main() -> None:
    """The process; its lines are one size of group each."""
    parser = ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--groups", type=lambda text: [int(one) for one in text.split(",")], required=True)
    parser.add_argument("--messages", type=int, required=True)
    given = parser.parse_args()
    for one in asyncio.run(recorded(given.database, given.groups, given.messages)):
        sys.stdout.write(one.to_json() + "\n")


if __name__ == "__main__":
    main()
