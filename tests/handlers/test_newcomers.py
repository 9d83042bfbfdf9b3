"""Who joins is greeted before the newest issue comes, whenever the worker looks into the ledger."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.runtime.leadership import Lease
from bot.storage import SENDER
from tests.security.forging import Actor
from tests.security.room import Call, Room, make_room

READER = Actor(who=801, chat=801)


def sent(room: Room) -> list[str]:
    return [call.given["text"] for call in room.wire.calls if call.method == "sendMessage"]


@pytest.mark.parametrize("joins", ["/start", "subscribe:", "join:quantization"])
async def test_a_worker_that_looks_before_the_greeting_has_left_brings_the_issue_after_it(
    tmp_path: Path, sqlite_file: Path, joins: str
) -> None:
    async with make_room(tmp_path, Path(shutil.copy(sqlite_file, tmp_path))) as room:
        token = await room.storage.leases.acquire(SENDER, holder="test", seconds=30)
        assert token is not None
        lease = Lease(token=token, until=30.0, now=lambda: 0.0)
        await room.sending.brake.look()
        began, ended = list[str](), list[str]()

        async def look_first(call: Call) -> None:
            if call.method == "sendMessage" and not began:
                began.append(call.given["text"])
                async with asyncio.timeout(5):  # an issue would wait for the greeting that it overtook
                    await room.sending.worker(lease).drain()
                ended.extend(began)

        room.wire.before = look_first
        await room.gets(READER.says(joins) if joins.startswith("/") else READER.taps(joins))
        answered = sent(room)
        assert answered[:1] == ended
        await room.sending.worker(lease).drain()
        assert sent(room)[: len(answered)] == answered
        assert len(sent(room)) > len(answered)
