"""How people who send to many chats hold themselves back."""

import asyncio
from itertools import islice

from benchmarks.sending.job import Job, Pace, Send


async def in_flight(send: Send, job: Job) -> None:
    """Not at all: as many under way at a time as the job allows."""
    messages = job.messages()

    async def work() -> None:
        for chat, part in messages:
            await send(chat, part)

    await asyncio.gather(*(work() for _ in range(job.in_flight)))


async def by_chat(send: Send, job: Job) -> None:
    """All chats at a time, each with its parts in turn: what holds back is in the library."""

    async def work(chat: int) -> None:
        for part in range(1, job.parts + 1):
            await send(chat, part)

    await asyncio.gather(*(work(chat) for chat in range(1, job.chats + 1)))


async def by_second(send: Send, job: Job) -> None:
    """As many as the rate at a time, then a second's sleep."""
    messages = job.messages()
    while batch := list(islice(messages, job.rate)):
        await asyncio.gather(*(send(chat, part) for chat, part in batch))
        await asyncio.sleep(1)


async def one_by_one(send: Send, job: Job) -> None:
    """One message after the other, with a sleep of the rate's share of a second after each."""
    for chat, part in job.messages():
        await send(chat, part)
        await asyncio.sleep(1 / job.rate)


PACES: dict[str, Pace] = {
    "in-flight": in_flight,
    "by-chat": by_chat,
    "by-second": by_second,
    "one-by-one": one_by_one,
}
