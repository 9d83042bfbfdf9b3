"""A database that is not up yet is waited for, with one line when that begins and one when it ends."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.errors import StoreBusy, StoreError
from bot.runtime.databases import open_storage, until_reached
from bot.settings import Settings
from bot.storage import Access
from tests.postgres import Postgres


def settings(url: str, folder: Path) -> Settings:
    """Of a server whose socket lies in this folder, which need not be there."""
    return Settings(database_url=SecretStr(f"{url.partition('?')[0]}?host={folder}"))


async def test_a_server_that_comes_up_later_is_waited_for_with_two_lines(
    postgres: Postgres, tmp_path: Path
) -> None:
    url, folder = postgres.migrated(), tmp_path / "socket"
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            folder.symlink_to(url.rpartition("=")[2])

    with capture_logs() as lines:
        await until_reached(settings(url, folder), sleep=sleep)
    assert [line["event"] for line in lines] == ["database_not_reached", "database_reached"]
    assert (waits, lines[1]["waited"]) == ([1, 2, 4], 7)


async def test_what_waiting_does_not_mend_is_told_at_once(postgres: Postgres) -> None:
    host = Path(postgres.url("").rpartition("=")[2])

    async def sleep(_: float) -> None:
        pytest.fail("waited")

    with pytest.raises(StoreError, match='database "nowhere" does not exist'):
        await until_reached(settings("postgresql://postgres@/nowhere", host), sleep=sleep)


async def test_a_command_does_not_wait(tmp_path: Path) -> None:
    with pytest.raises(StoreBusy, match="PostgreSQL cannot be reached: "):
        async with open_storage(settings("postgresql://u:secret@/x", tmp_path), Access.READ):
            pytest.fail("opened")
