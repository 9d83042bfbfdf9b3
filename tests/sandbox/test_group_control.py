"""What happens to groups can be asked for over HTTP, as an operator does who tries his bot."""

from typing import Any

import aiohttp

from bot.sandbox import Sandbox
from tests.sandbox.conftest import ADA, GROUP, LIN

MOVED = -1002001


async def test_a_group_is_administered_closed_and_moved_on_demand(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    async def asked(what: str, **given: int) -> int:
        async with http.post(f"{telegram.url}/sandbox/{what}", json={"chat_id": GROUP, **given}) as response:
            return response.status

    async def chats() -> dict[int, Any]:
        async with http.get(f"{telegram.url}/sandbox/state") as response:
            return {chat["id"]: chat for chat in (await response.json())["chats"]}

    assert await asked("promote", person=ADA) == 200
    assert (await chats())[GROUP]["administrators"] == [LIN, ADA]
    assert await asked("demote", person=ADA) == 200
    assert (await chats())[GROUP]["administrators"] == [LIN]
    assert await asked("demote", person=ADA) == 400
    assert await asked("promote") == 400
    assert await asked("close") == await asked("open") == await asked("remove", person=ADA) == 200
    assert await asked("migrate", to=MOVED) == 200
    assert MOVED in await chats()
    assert await asked("deactivate") == 400
