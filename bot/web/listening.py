"""An application of aiohttp that listens at a port. Apart, as the servers that use it are."""

import errno

from aiohttp import web

from bot.errors import BadInput

_ADVICE = {
    errno.EADDRINUSE: "end the process that has it, if that is another bot, or name another port",
    errno.EACCES: "name a port above 1023",
    errno.EADDRNOTAVAIL: "name an address of this machine as host",
}


class Listener:
    """Lets ``runner`` answer at ``host`` and ``port``; ``where`` is the setting that the port comes from."""

    def __init__(self, runner: web.AppRunner, *, host: str, port: int, where: str) -> None:
        self._runner = runner
        self._host = host
        self._port = port
        self._where = where

    async def start(self) -> None:
        """Listen; BadInput if the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            what = f"cannot listen on {self._host}:{self._port}: {error.strerror}"
            advice = _ADVICE.get(error.errno or 0, "name another host or port")
            raise BadInput(f"{what}; {advice}", where=self._where) from None

    async def stop(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()
