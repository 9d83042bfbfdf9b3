"""Updates brought to a webhook at a steady pace, as Telegram would bring them, over its connections."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
import orjson

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
_TAP = "gone:1"
_MOST_TRIES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The seconds until each update was answered with 200; ``again`` had to be brought more than once."""

    waits: tuple[float, ...]
    again: int
    seconds: float

    @property
    def a_second(self) -> float:
        """How many were taken in each second."""
        return len(self.waits) / self.seconds

    def within(self, share: float) -> float:
        """Seconds within which this share of them was answered."""
        return sorted(self.waits)[min(int(len(self.waits) * share), len(self.waits) - 1)]


async def bring(url: str, secret: str, *, updates: int, a_second: float, connections: int) -> Brought:
    """Bring so many updates, each of a chat of its own, however long the bot takes for those before."""
    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector, headers={_SECRET_HEADER: secret}) as session:
        begun = time.perf_counter()
        posting = []
        for number, body in enumerate(_bodies(updates)):
            await asyncio.sleep(begun + number / a_second - time.perf_counter())
            posting.append(asyncio.create_task(_post(session, url, body)))
        taken = await asyncio.gather(*posting)
    return Brought(
        waits=tuple(wait for wait, _ in taken),
        again=sum(tries > 1 for _, tries in taken),
        seconds=time.perf_counter() - begun,
    )


async def _post(session: aiohttp.ClientSession, url: str, body: bytes) -> tuple[float, int]:
    """How long it took until the answer was 200, and how often it was brought, as Retry-After says."""
    begun, tries = time.perf_counter(), 0
    while True:
        tries += 1
        async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
            await response.read()
            if response.status == 200:
                return time.perf_counter() - begun, tries
            if tries == _MOST_TRIES:
                raise RuntimeError(f"the bot answered {response.status} {tries} times")
            again = float(response.headers.get("Retry-After", 1))
        await asyncio.sleep(again)


def _bodies(updates: int) -> Iterator[bytes]:
    """Taps on a button that the bot no longer has: the least that an answer takes."""
    for number in range(1, updates + 1):
        person = {"id": number, "first_name": "Reader"}
        message = {"message_id": 1, "date": 1_700_000_000, "chat": {**person, "type": "private"}, "text": "x"}
        tap = {
            "id": str(number),
            "from": {**person, "is_bot": False, "language_code": "en"},
            "message": message,
            "chat_instance": "1",
            "data": _TAP,
        }
        yield orjson.dumps({"update_id": number, "callback_query": tap})
