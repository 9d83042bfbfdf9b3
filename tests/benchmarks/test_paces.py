"""The paces, and what is counted at each, without a network."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from benchmarks.sending.job import Failed, Job, Refused, Send, carry_out
from benchmarks.sending.paces import PACES, by_second, in_flight, one_by_one

Way = Callable[[Job], AbstractAsyncContextManager[Send]]
EVERY = [(chat, part) for chat in (1, 2, 3) for part in (1, 2)]


def job(*, rate: int = 1000, seconds: float = 5.0) -> Job:
    return Job(url="", chats=3, parts=2, rate=rate, in_flight=2, seconds=seconds)


def way(send: Send) -> Way:
    @asynccontextmanager
    async def opened(job: Job) -> AsyncIterator[Send]:  # noqa: ARG001  # what every way is given
        yield send

    return opened


@pytest.mark.parametrize("name", PACES)
async def test_every_message_is_sent_once_and_in_order_within_its_chat(name: str) -> None:
    sent: list[tuple[int, int]] = []

    async def send(chat: int, part: int) -> None:
        sent.append((chat, part))

    outcome = await carry_out(job(), way(send), PACES[name])

    assert sorted(sent) == EVERY
    assert all(sent.index((chat, 1)) < sent.index((chat, 2)) for chat in (1, 2, 3))
    assert (outcome.sent, outcome.finished) == (6, True)


async def test_no_more_are_in_flight_than_the_job_allows() -> None:
    under_way: set[tuple[int, int]] = set()
    most = 0

    async def send(chat: int, part: int) -> None:
        nonlocal most
        under_way.add((chat, part))
        most = max(most, len(under_way))
        await asyncio.sleep(0)
        under_way.remove((chat, part))

    await carry_out(job(), way(send), in_flight)

    assert most == 2


async def test_by_second_sends_the_rate_and_sleeps() -> None:
    times: list[float] = []

    async def send(chat: int, part: int) -> None:  # noqa: ARG001  # what every way is given
        times.append(time.monotonic())

    await carry_out(job(rate=3, seconds=1.3), way(send), by_second)

    assert times[2] - times[0] < 0.5
    assert times[3] - times[2] >= 0.9


async def test_what_is_refused_or_fails_is_given_up_and_counted() -> None:
    async def send(chat: int, part: int) -> None:
        if chat == 1:
            raise Refused
        if part == 2:
            raise Failed

    outcome = await carry_out(job(), way(send), one_by_one)

    assert (outcome.sent, outcome.raised, outcome.lost) == (2, 2, 4)


async def test_a_strategy_that_goes_on_is_stopped_and_still_reports() -> None:
    async def send(chat: int, part: int) -> None:  # noqa: ARG001  # what every way is given
        await asyncio.sleep(0.1)

    outcome = await carry_out(job(seconds=0.3), way(send), one_by_one)

    assert not outcome.finished
    assert 1 <= outcome.sent < 6
    assert outcome.seconds >= 0.3
