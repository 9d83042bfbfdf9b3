"""A client on a real connection to a server that answers as it is told."""

from collections.abc import AsyncIterator

import pytest

from bot.telegram_api import Client, Timeouts, make_client
from tests.telegram_api.server import TOKEN, BotApi


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
def answered() -> list[str]:
    """The methods that were answered."""
    return []


@pytest.fixture
def ends() -> list[str | None]:
    """How each call ended: why there was no answer, or None."""
    return []


@pytest.fixture
async def client(api: BotApi, answered: list[str], ends: list[str | None]) -> AsyncIterator[Client]:
    async with api.server() as server:
        client = make_client(
            TOKEN,
            api_url=str(server.make_url("/")),
            timeouts=Timeouts(read=0.1),
            on_answer=answered.append,
            on_end=lambda why, seconds: ends.append(why if seconds >= 0 else "before it began"),
        )
        async with client:
            yield client
