"""``python -m benchmarks.sending.stand_in``: a stand-in for the Bot API that takes messages and counts.

Its port is the first line of its output. It ends after ``--seconds``, or when it is ended.
"""

import asyncio
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from benchmarks.sending.bot_api import BotApi
from benchmarks.sending.http import Request, answer, take_request
from benchmarks.sending.limits import Limits
from benchmarks.sending.stalls import stalling

HOST = "127.0.0.1"
_CONTROL = "/control/"
_READ_BYTES = 65_536
_SEED = 1  # of its stalls


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``latency`` seconds lie between a request and its answer; the stand-in ends after ``seconds``.

    It stands still for a moment every ``stalls`` seconds, on the average; 0 is never.
    """

    limits: Limits
    latency: float = 0.05
    seconds: float = 900.0
    stalls: float = 0.0

    def arguments(self) -> tuple[str, ...]:
        """These settings as the arguments of the module."""
        rates = {
            "--bot-rate": self.limits.bot_rate,
            "--chat-rate": self.limits.chat_rate,
            "--chat-burst": self.limits.chat_burst,
            "--lockout": self.limits.lockout,
            "--latency": self.latency,
            "--seconds": self.seconds,
            "--stalls": self.stalls,
        }
        return tuple(f"{name}={0 if value is None else value}" for name, value in rates.items())


class Connection(asyncio.BufferedProtocol):
    """One connection of a client.

    It reads into memory of its own: else asyncio allocates a quarter of a megabyte each time.
    """

    def __init__(self, api: BotApi, latency: float) -> None:
        self._api = api
        self._latency = latency
        self._read = memoryview(bytearray(_READ_BYTES))
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where the answers go."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # for the type; asyncio gives no other
        self._transport = transport

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002  # asyncio's signature
        """Where what comes in is put."""
        return self._read

    def buffer_updated(self, nbytes: int) -> None:
        """Judge every request that is whole now; each is answered when its time has come."""
        self._buffer += self._read[:nbytes]
        while (request := take_request(self._buffer)) is not None:
            if request.target.startswith(_CONTROL):
                self._write(_controlled(self._api, request))
            else:
                self._answer(request)

    def _answer(self, request: Request) -> None:
        reply = self._api.reply(request, time.monotonic())
        delay = max(self._latency, reply.delay)
        if delay:
            asyncio.get_running_loop().call_later(delay, self._write, reply.answer)
        else:
            self._write(reply.answer)

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)


def _controlled(api: BotApi, request: Request) -> bytes:
    name, _, query = request.target.removeprefix(_CONTROL).partition("?")
    if name == "reset":
        api.reset()
        return answer(200, b"{}")
    if name != "report":
        return answer(404, b"{}")
    asked = dict(parse_qsl(query))
    report = api.report(int(asked.get("chats", 0)), int(asked.get("parts", 0)))
    return answer(200, report.to_json().encode())


async def serve(settings: Settings, tell_port: Callable[[int], None]) -> None:
    """Serve on a free port of this machine alone until the time is over."""
    api = BotApi(settings.limits)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(api, settings.latency), HOST, 0, backlog=1024)
    async with server, stalling(settings.stalls, _SEED):
        tell_port(server.sockets[0].getsockname()[1])
        await asyncio.sleep(settings.seconds)


def parsed(arguments: list[str]) -> Settings:
    """The settings that the arguments name; a rate of 0 is no limit."""
    parser = ArgumentParser(prog="benchmarks.sending.stand_in")
    parser.add_argument("--bot-rate", type=int, default=30)
    parser.add_argument("--chat-rate", type=float, default=1.0)
    parser.add_argument("--chat-burst", type=int, default=1)
    parser.add_argument("--lockout", type=float, default=0.0)
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--seconds", type=float, default=900.0)
    parser.add_argument("--stalls", type=float, default=0.0)
    given = parser.parse_args(arguments)
    limits = Limits(
        bot_rate=given.bot_rate or None,
        chat_rate=given.chat_rate or None,
        chat_burst=given.chat_burst,
        lockout=given.lockout,
    )
    return Settings(limits=limits, latency=given.latency, seconds=given.seconds, stalls=given.stalls)


def _tell(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(parsed(sys.argv[1:]), _tell))
