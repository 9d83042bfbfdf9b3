"""Updates are fetched once, in order, whatever happens on the way."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.errors import BadInput
from bot.telegram_api import Poller

Raw = dict[str, Any]
Answer = list[Raw] | TelegramError


def text(number: int) -> Raw:
    chat = {"id": 1, "type": "private", "first_name": "小林"}
    return {"update_id": number, "message": {"message_id": number, "date": 0, "chat": chat, "text": "/help"}}


class Account:
    """Stands in for the bot's account: gives the answers in order, then waits for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int | None, int]] = []
        self.exhausted = asyncio.Event()

    async def raw_updates(self, *, offset: int | None, timeout: int, allowed: Sequence[str]) -> list[Raw]:  # noqa: ASYNC109  # Telegram's parameter
        assert allowed == ["message"]
        self.asked.append((offset, timeout))
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, TelegramError):
                raise answer
            return answer
        if timeout:
            self.exhausted.set()
            await asyncio.Event().wait()
        return []


class HandlerContext:
    """Notes what was handed on, and how long was slept."""

    def __init__(self) -> None:
        self.updates: list[int] = []
        self.slept: list[float] = []

    async def take(self, update: Update) -> None:
        self.updates.append(update.update_id)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def polled(account: Account, desk: HandlerContext) -> None:
    """Poll until the account has no more answers, then stop."""
    poller = Poller(
        account,
        read=Update.de_json,
        hand_on=desk.take,
        allowed=["message"],
        timeout=30,
        sleep=desk.sleep,
    )
    running = asyncio.create_task(poller.run())
    waiting = asyncio.create_task(account.exhausted.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if running.done():
        running.result()
    running.cancel()
    await asyncio.wait({running})


async def test_each_update_is_handed_on_once_and_then_confirmed() -> None:
    account, desk = Account([text(7), text(8)], [text(9)]), HandlerContext()
    await polled(account, desk)
    assert desk.updates == [7, 8, 9]
    assert account.asked == [(None, 30), (9, 30), (10, 30), (10, 0)]


async def test_a_stop_confirms_what_was_fetched() -> None:
    account = Account([text(7)])
    await polled(account, HandlerContext())
    assert account.asked[-1] == (8, 0)


async def test_a_lost_network_is_waited_out_longer_each_time() -> None:
    account, desk = (
        Account(NetworkError("no"), NetworkError("no"), [text(7)], NetworkError("no")),
        HandlerContext(),
    )
    await polled(account, desk)
    assert desk.updates == [7]
    assert desk.slept == [1.0, 2.0, 1.0]


async def test_after_a_failure_the_first_request_is_answered_at_once_also_where_nothing_happened() -> None:
    account, desk = (
        Account([text(7)], NetworkError("no"), NetworkError("no"), [], [text(8)]),
        HandlerContext(),
    )
    await polled(account, desk)
    assert [patience for _, patience in account.asked] == [30, 30, 0, 0, 30, 30, 0]


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_next() -> None:
    broken = {"update_id": 7, "message": {"text": "no date, no chat"}}
    account, desk = Account([broken, text(8)]), HandlerContext()
    await polled(account, desk)
    assert desk.updates == [8]


async def test_a_revoked_token_ends_it_with_one_clear_line() -> None:
    with pytest.raises(BadInput, match="does not know the bot's token"):
        await polled(Account([text(7)], InvalidToken("Unauthorized")), HandlerContext())
