"""An application of aiohttp that listens at a port. Apart, as the servers that use it are."""

from aiohttp import web

from bot.errors import BadInput


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
            raise BadInput(
                f"cannot listen on {self._host}:{self._port}: {error.strerror}", where=self._where
            ) from None

    async def stop(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()
