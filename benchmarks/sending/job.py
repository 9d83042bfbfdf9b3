"""What every strategy is given, and how its own process tells what became of it."""

import asyncio
import logging
import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from benchmarks.sending.figures import Outcome

#: A token as Telegram makes them; it opens nothing.
TOKEN = "1:" + "A" * 35
_MARKUP = "{number}|<b>端侧模型</b> "
_SENTENCE = "某社发布了可在手机上运行的小模型，权重量化到四位，<i>首字延迟</i>低于半秒。"


class Refused(Exception):
    """The message was refused with a 429."""


class Failed(Exception):
    """The message was not sent for another reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Send ``parts`` messages to each of ``chats`` chats at ``url``; both count from 1.

    ``rate`` is what the strategy believes to be allowed a second, ``in_flight`` how many messages may be
    under way where nothing else holds it back. It is stopped after ``seconds``. A text has ``size`` bytes.
    Our engine stands still for a moment every ``stalls`` seconds, on the average, and every ``groups``-th
    chat that it sends to is a group; 0 is never and none.
    """

    url: str
    chats: int
    parts: int
    rate: int = 30
    in_flight: int = 32
    seconds: float = 600.0
    size: int = 1500
    stalls: float = 0.0
    groups: int = 0

    def texts(self) -> dict[int, str]:
        """The text of each part: Telegram HTML that begins with the part's number and a bar."""
        return {number: text_of(number, self.size) for number in range(1, self.parts + 1)}

    def chat_ids(self) -> Iterator[int]:
        """Of every chat; that of a group is negative."""
        for number in range(1, self.chats + 1):
            yield -number if self.groups and number % self.groups == 0 else number

    def messages(self) -> Iterator[tuple[int, int]]:
        """Chat and part of every message: the first part for all chats, then the second."""
        for part in range(1, self.parts + 1):
            for chat in range(1, self.chats + 1):
                yield chat, part


#: Sends a part to a chat. Raises Refused or Failed.
Send = Callable[[int, int], Awaitable[None]]
#: Opens the way to the stand-in; what it takes is not measured.
Way = Callable[[Job], AbstractAsyncContextManager[Send]]
#: Sends all messages of a job. Neither Refused nor Failed comes out of what it sends by.
Pace = Callable[[Send, Job], Awaitable[None]]


def text_of(number: int, size: int) -> str:
    """The text of one part, of about so many bytes as UTF-8 and never less than a sentence."""
    begin = _MARKUP.format(number=number)
    sentences = (size - len(begin.encode())) // len(_SENTENCE.encode())
    return begin + _SENTENCE * max(sentences, 1)


class Tally:
    """Counts what becomes of the messages of one way."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.sent = 0
        self.raised = 0
        self.lost = 0

    async def send(self, chat: int, part: int) -> None:
        """Send a part to a chat; one that is refused or fails is given up."""
        try:
            await self._send(chat, part)
        except Refused:
            self.raised += 1
            self.lost += 1
        except Failed:
            self.lost += 1
        else:
            self.sent += 1


async def carry_out(job: Job, way: Way, pace: Pace) -> Outcome:
    """Send the messages of a job at a pace, and tell what became of them."""
    async with way(job) as send:
        tally = Tally(send)
        start, cpu = time.monotonic(), cpu_seconds()
        finished = await _within(job.seconds, pace(tally.send, job))
        return Outcome(
            seconds=time.monotonic() - start,
            cpu_seconds=cpu_seconds() - cpu,
            sent=tally.sent,
            raised=tally.raised,
            lost=tally.lost,
            finished=finished,
        )


async def _within(seconds: float, work: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        return False
    return True


def cpu_seconds() -> float:
    """The processor time of this process by the operating system's account, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def job_parser() -> ArgumentParser:
    """The arguments that every strategy understands; a strategy may add its own."""
    parser = ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--chats", type=int, required=True)
    parser.add_argument("--parts", type=int, required=True)
    parser.add_argument("--rate", type=int, default=30)
    parser.add_argument("--in-flight", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--size", type=int, default=1500)
    parser.add_argument("--stalls", type=float, default=0.0)
    parser.add_argument("--groups", type=int, default=0)
    return parser


def tell(outcome: Outcome) -> None:
    """Print what became of a run, as the last line of the output."""
    sys.stdout.write(outcome.to_json() + "\n")


def main(way: Way, paces: dict[str, Pace]) -> None:
    """The process of a strategy: the arguments' job, at the pace that ``--pace`` names."""
    logging.disable(logging.CRITICAL)  # thousands of refusals are counted and not told
    parser = job_parser()
    parser.add_argument("--pace", choices=sorted(paces), default=next(iter(paces)))
    given = vars(parser.parse_args())
    pace = paces[given.pop("pace")]
    tell(asyncio.run(carry_out(Job(**given), way, pace)))
