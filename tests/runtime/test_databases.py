"""A database that is not up yet is waited for, as one trouble that begins and ends."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import StoreBusy, StoreError
from bot.runtime.databases import open_storage, until_reached
from bot.settings import Settings
from bot.storage import Access
from tests.postgres import Postgres


def settings(url: str, folder: Path) -> Settings:
    """Of a server whose socket lies in this folder, which need not be there."""
    return Settings(database_url=SecretStr(f"{url.partition('?')[0]}?host={folder}"))


async def test_a_server_that_comes_up_later_is_waited_for_and_told(
    postgres: Postgres, tmp_path: Path
) -> None:
    url, folder = postgres.migrated(), tmp_path / "socket"
    waits: list[float] = []
    told: list[bool] = []  # whether there was trouble

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            folder.symlink_to(url.rpartition("=")[2])

    await until_reached(settings(url, folder), lambda trouble: told.append(trouble is not None), sleep=sleep)
    assert waits == [1, 2, 4]
    assert told == [True, True, True, False]


async def test_what_waiting_does_not_mend_is_told_at_once(postgres: Postgres) -> None:
    host = Path(postgres.url("").rpartition("=")[2])

    async def sleep(_: float) -> None:
        pytest.fail("waited")

    with pytest.raises(StoreError, match='database "nowhere" does not exist'):
        await until_reached(settings("postgresql://postgres@/nowhere", host), lambda _: None, sleep=sleep)


async def test_a_command_does_not_wait(tmp_path: Path) -> None:
    with pytest.raises(StoreBusy, match="PostgreSQL cannot be reached: "):
        async with open_storage(settings("postgresql://u:secret@/x", tmp_path), Access.READ):
            pytest.fail("opened")
