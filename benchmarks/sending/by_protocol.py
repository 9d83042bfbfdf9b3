"""``python -m benchmarks.sending.by_protocol``: the least that asyncio can do, and so the floor of costs.

It writes requests that are ready but for the chat, and of an answer looks at the length and the status. An
answer makes its connection write the next request: there is no task, no future and no queue in between.
"""

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import orjson

from benchmarks.sending.figures import Outcome
from benchmarks.sending.job import TOKEN, Job, cpu_seconds, job_parser, tell

_HEAD = "POST /bot{token}/sendMessage HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"Content-Length: "
_READ_BYTES = 65_536
_STATUS = slice(9, 12)  # after "HTTP/1.1 "


class _Run:
    """What the connections share: the requests that are left, and the statuses of the answers."""

    def __init__(self, job: Job, host: str) -> None:
        self.requests = _requests(job, host)
        self.statuses: dict[bytes, int] = {}
        self.working = job.in_flight
        self.done = asyncio.Event()

    def stop_one(self) -> None:
        """A connection has nothing more to do, or broke."""
        self.working -= 1
        if not self.working:
            self.done.set()


class _Connection(asyncio.BufferedProtocol):
    """One request at a time until there are no more.

    It reads into memory of its own: else asyncio allocates a quarter of a megabyte each time.
    """

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._read = memoryview(bytearray(_READ_BYTES))
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # for the type; asyncio gives no other
        self.transport = transport

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002  # asyncio's signature
        return self._read

    def buffer_updated(self, nbytes: int) -> None:
        self._buffer += self._read[:nbytes]
        if _is_whole(self._buffer):
            status, self._buffer = self._buffer[_STATUS], b""
            self._run.statuses[status] = self._run.statuses.get(status, 0) + 1
            self.ask()

    def ask(self) -> None:
        """Write the next request, or close."""
        request = next(self._run.requests, None)
        if request is None:
            self.transport.close()
        else:
            self.transport.write(request)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        self._run.stop_one()


def _is_whole(answer: bytes) -> bool:
    head_ends = answer.find(_END_OF_HEAD)
    length = answer.find(_LENGTH, 0, head_ends)
    if head_ends < 0 or length < 0:
        return False
    digits = answer[length + len(_LENGTH) : head_ends].partition(b"\r\n")[0]
    return len(answer) >= head_ends + len(_END_OF_HEAD) + int(digits)


def _requests(job: Job, host: str) -> Iterator[bytes]:
    head = _HEAD.format(token=TOKEN, host=host).encode()
    bodies = {number: _rest_of_body(text) for number, text in job.texts().items()}
    for chat, part in job.messages():
        body = b'{"chat_id":%d,%b' % (chat, bodies[part])
        yield b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


def _rest_of_body(text: str) -> bytes:
    rest = {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return orjson.dumps(rest).removeprefix(b"{")


async def _carry_out(job: Job) -> Outcome:
    host = urlsplit(job.url).netloc
    run = _Run(job, host)
    connections = await _opened(run, host)
    start, cpu = time.monotonic(), cpu_seconds()
    for connection in connections:
        connection.ask()
    async with asyncio.timeout(job.seconds):
        await run.done.wait()
    return _outcome(job, run, time.monotonic() - start, cpu_seconds() - cpu)


async def _opened(run: _Run, host: str) -> list[_Connection]:
    loop = asyncio.get_running_loop()
    name, _, port = host.rpartition(":")
    return [
        (await loop.create_connection(lambda: _Connection(run), name, int(port)))[1]
        for _ in range(run.working)
    ]


def _outcome(job: Job, run: _Run, seconds: float, cpu: float) -> Outcome:
    sent = run.statuses.get(b"200", 0)
    return Outcome(
        seconds=seconds,
        cpu_seconds=cpu,
        sent=sent,
        raised=run.statuses.get(b"429", 0),
        lost=job.chats * job.parts - sent,
    )


if __name__ == "__main__":
    tell(asyncio.run(_carry_out(Job(**vars(job_parser().parse_args())))))
