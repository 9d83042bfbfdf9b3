"""What the admin chat is answered."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.clock import utc_now
from tests.security.forging import Actor
from tests.security.room import ADMINISTRATOR, Room, make_room

DESK = -1007
OPERATOR = Actor(who=ADMINISTRATOR, chat=DESK, kind="supergroup")


async def answer(room: Room, command: str) -> str:
    update: dict[str, Any] = OPERATOR.says(command)
    (call,) = (one for one in await room.gets(update) if one.method == "sendMessage")
    text: str = call.given["text"]
    return text


@contextmanager
def is_away(file: Path) -> Iterator[None]:
    """The database's file lies elsewhere."""
    elsewhere = file.rename(file.with_name("away"))
    yield
    elsewhere.rename(file)


@pytest.mark.parametrize("command", ["/hold", "/status", "/resume", "/hold 2026-03-02"])
async def test_while_the_database_is_away_the_admin_chat_is_told_that_and_that_nothing_changed(
    tmp_path: Path, sqlite_file: Path, command: str
) -> None:
    file = Path(shutil.copy(sqlite_file, tmp_path))
    async with make_room(tmp_path, file) as room:
        now, chats = utc_now(), room.storage.admin_chats
        await chats.offer("digest", now)
        await chats.claim("digest", DESK, "zh", now)
        assert "发送" in await answer(room, "/status")
        with is_away(file):
            told = await answer(room, command)
        assert told.startswith("⚠️ 数据库用不了，什么也没有查到，什么也没有改动：")
        assert await room.storage.holds.all() == {}
