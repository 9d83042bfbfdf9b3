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
async def client(api: BotApi, answered: list[str]) -> AsyncIterator[Client]:
    async with api.server() as server:
        client = make_client(
            TOKEN,
            api_url=str(server.make_url("/")),
            timeouts=Timeouts(read=0.1),
            on_answer=answered.append,
        )
        async with client:
            yield client
