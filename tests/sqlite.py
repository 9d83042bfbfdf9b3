"""An SQLite file without a row, its schema up to date: made once in a process, which takes a while."""

import asyncio
import tempfile
from functools import cache
from pathlib import Path

from bot.storage import Database


def write_empty(path: Path) -> Path:
    """Put such a file there, in a moment; returns where. Not to be called in a running loop."""
    path.write_bytes(_empty())
    path.chmod(0o600)  # as the bot makes it
    return path


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory(prefix="jianbao-sqlite-") as folder:
        path = Path(folder) / "jianbao.db"
        asyncio.run(migrate(f"sqlite:///{path}"))
        return path.read_bytes()


async def migrate(url: str) -> None:
    """Bring the schema of a database up to date."""
    async with Database(url):
        pass
