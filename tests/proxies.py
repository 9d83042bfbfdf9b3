"""Real proxies on this machine: HTTP (CONNECT, and whole addresses), and SOCKS5 by RFC 1928 and 1929."""

import asyncio
import base64
import socket
import struct
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

USER, PASSWORD = "reader", "p@ss:word"
QUOTED = "p%40ss%3Aword"  # as it stands in an address

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy(ABC):
    """Lets through who knows the password; ``reached`` holds where it was asked to go."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self.port = 0

    @abstractmethod
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""

    async def _open(self, host: str, port: int) -> Streams | None:
        """A connection. Every name that ends in ``.test`` means this machine, here alone."""
        self.reached.append(f"{host}:{port}")
        try:
            return await asyncio.open_connection("127.0.0.1" if host.endswith(".test") else host, port)
        except OSError:
            return None


class HttpProxy(Proxy):
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = head.split(" ", 2)
        known = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if f"Proxy-Authorization: Basic {known}" not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        far = await self._open(parts.hostname or "", parts.port or 80)
        if far is None:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            far[1].write(head.replace(target, parts.path, 1).encode())
        await joined((reader, writer), far)


class SocksProxy(Proxy):
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = await self._block(reader, skipped=1)
        writer.write(b"\x05\x02" if 2 in methods else b"\x05\xff")
        if 2 not in methods:
            return
        user, password = await self._block(reader, skipped=1), await self._block(reader)
        is_known = (user.decode(), password.decode()) == (USER, PASSWORD)
        writer.write(b"\x01\x00" if is_known else b"\x01\x01")
        if not is_known:
            return
        far = await self._open(*await self._target(reader))
        writer.write((b"\x05\x00" if far else b"\x05\x04") + b"\x00\x01" + bytes(6))
        if far:
            await joined((reader, writer), far)

    @staticmethod
    async def _block(reader: asyncio.StreamReader, *, skipped: int = 0) -> bytes:
        await reader.readexactly(skipped)
        (length,) = await reader.readexactly(1)
        return await reader.readexactly(length)

    async def _target(self, reader: asyncio.StreamReader) -> tuple[str, int]:
        kind = (await reader.readexactly(4))[3]
        host = (
            (await self._block(reader)).decode()
            if kind == 3
            else socket.inet_ntoa(await reader.readexactly(4))
        )
        (port,) = struct.unpack("!H", await reader.readexactly(2))
        return host, port


class Odd(Proxy):
    """Answers each thing that it is told with the next of ``says``, and closes the connection."""

    def __init__(self, *says: bytes) -> None:
        super().__init__()
        self.says = says

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for one in self.says:
            await reader.read(65_536)
            writer.write(one)
        await reader.read(65_536)


async def joined(near: Streams, far: Streams) -> None:
    """Pass bytes on in both directions until either side ends."""
    ways = [asyncio.create_task(_passed(a[0], b[1])) for a, b in ((near, far), (far, near))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:  # also where the proxy is stopped meanwhile
        far[1].close()
        for way in ways:
            way.cancel()
    await asyncio.gather(*ways, return_exceptions=True)


async def _passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()


@asynccontextmanager
async def running(proxy: Proxy) -> AsyncIterator[None]:
    """The proxy on a free port of this machine; at the end nothing of it is left."""
    open_now: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            await proxy.serve(reader, writer)
        writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        open_now[task] = writer
        task.add_done_callback(open_now.pop)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        server.close()
        for task, writer in tuple(open_now.items()):
            writer.close()  # also of a connection that nobody has begun to serve
            task.cancel()
        await asyncio.gather(*open_now, return_exceptions=True)
