"""One 401 is not the end of a bot: Telegram is asked again before its token counts as refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import BadInput, SendError, TryLater
from bot.messages import Message
from bot.model import Destination
from bot.telegram_api import Client, Sender, TokenCheck, make_client
from bot.telegram_api.token_check import IN_DOUBT, WAITS
from tests.telegram_api.server import TOKEN, Answer, BotApi, hang_up, page, refusal

NO = refusal(401, "Unauthorized")
TEXT = Message("x")


class Bot:
    """A client with a check; what was heard of it, and how long was waited."""

    def __init__(self) -> None:
        self.heard: list[str | None] = []
        self.waited: list[float] = []

    def hear(self, error: SendError | None) -> None:
        self.heard.append(error.reason if error else None)

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        await asyncio.sleep(0)

    @asynccontextmanager
    async def client(self, api: BotApi) -> AsyncIterator[Client]:
        check = TokenCheck(sleep=self.sleep, heard=self.hear)
        async with api.server() as server:
            client = make_client(TOKEN, api_url=str(server.make_url("/")), token_check=check)
            try:
                yield client
            finally:
                await client.shutdown()


async def test_a_token_that_is_refused_once_is_tried_again_and_is_a_trouble_meanwhile(api: BotApi) -> None:
    bot = Bot()
    async with bot.client(api) as client:
        await client.initialize()
        api.answers.append(NO)
        api.in_doubt += [NO, NO]
        with pytest.raises(TryLater, match="not when it was asked again"):
            await Sender(client).send(Destination(7), TEXT)
        assert (bot.heard, bot.waited) == ([IN_DOUBT, None], list(WAITS[:3]))
        assert await Sender(client).send(Destination(7), TEXT)


async def test_a_token_that_is_refused_each_time_is_wrong(api: BotApi) -> None:
    bot = Bot()
    async with bot.client(api) as client:
        await client.initialize()
        api.answers.append(NO)
        api.in_doubt += [NO] * len(WAITS)
        with pytest.raises(BadInput, match="does not know the bot's token"):
            await Sender(client).send(Destination(7), TEXT)
    assert (bot.heard, bot.waited) == ([IN_DOUBT], list(WAITS))


async def test_many_calls_at_once_ask_once(api: BotApi) -> None:
    bot = Bot()
    async with bot.client(api) as client:
        await client.initialize()
        api.answers += [NO] * 5
        sent = await asyncio.gather(
            *(Sender(client).send(Destination(chat), TEXT) for chat in range(1, 6)), return_exceptions=True
        )
    assert [type(one) for one in sent] == [TryLater] * 5
    assert (bot.heard, bot.waited) == ([IN_DOUBT, None], [WAITS[0]])


@pytest.mark.parametrize("answer", [hang_up, page(502, "Bad Gateway"), page(401, "a proxy")])
async def test_where_nobody_knows_the_token_is_not_called_wrong(api: BotApi, answer: Answer) -> None:
    bot = Bot()
    async with bot.client(api) as client:
        await client.initialize()
        api.answers.append(NO)
        api.in_doubt.append(answer)
        with pytest.raises(TryLater):
            await Sender(client).send(Destination(7), TEXT)
    assert bot.heard == [IN_DOUBT]


async def test_a_token_that_never_was_good_is_wrong_at_once(api: BotApi) -> None:
    bot = Bot()
    api.in_doubt.append(NO)
    async with bot.client(api) as client:
        with pytest.raises(BadInput, match="does not know the bot's token"):
            await client.initialize()
    assert (bot.heard, bot.waited) == ([], [])
