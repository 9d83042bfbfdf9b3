"""A webhook is kept as it should be, and how each look at it ended is told."""

import asyncio
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs
from telegram import WebhookInfo
from telegram.error import BadRequest, InvalidToken, NetworkError

from bot.errors import BadInput, SendError
from bot.telegram_api import Webhook, WebhookKeeper

OURS = Webhook(url="https://bot.example/x", secret="a-secret", connections=40, allowed=("message", "x"))
LONGER = 30.0


def info(
    url: str = OURS.url, *, pending: int = 0, failed_at: int | None = None, connections: int = 40
) -> WebhookInfo:
    return WebhookInfo.de_json(
        {
            "url": url,
            "has_custom_certificate": False,
            "pending_update_count": pending,
            "max_connections": connections,
            "allowed_updates": ["x", "message"],
            "last_error_date": failed_at,
            "last_error_message": failed_at and "Connection refused",
        },
        None,
    )


@dataclass
class Account:
    """Answers as it was told to, and stops whoever asks for more."""

    answers: list[WebhookInfo | Exception]
    refusals: list[Exception] = field(default_factory=list)
    was_set: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    async def set_webhook(
        self, url: str, *, max_connections: int, allowed_updates: list[str], secret_token: str
    ) -> bool:
        if self.refusals:
            raise self.refusals.pop(0)
        assert (max_connections, allowed_updates, secret_token) == (40, ["message", "x"], "a-secret")
        self.was_set.append(url)
        return True

    async def get_webhook_info(self) -> WebhookInfo:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.answers:
            raise asyncio.CancelledError

    async def told(self) -> list[str | None]:
        """What the keeper says of each look until there are no more answers."""
        heard: list[SendError | None] = []
        keeper = WebhookKeeper(self, OURS, every=LONGER, sleep=self.sleep, heard=heard.append)
        with pytest.raises(asyncio.CancelledError):
            await keeper.run()
        return [error.reason if error else None for error in heard]


async def test_a_webhook_that_stands_is_set_once_and_told_once() -> None:
    account = Account([info(), info(), info()])
    assert await account.told() == [None] * 3
    assert (account.was_set, account.slept) == ([OURS.url], [LONGER] * 3)


@pytest.mark.parametrize(
    ("other", "named", "told"),
    [
        (
            "https://other.example:8443/s3cret",
            "https://other.example:8443",
            "another program set a webhook at https://other.example:8443; ours is set again",
        ),
        ("", "none", "another program removed the webhook; ours is set again"),
    ],
)
async def test_one_that_somebody_changed_is_set_again_at_once_and_told(
    other: str, named: str, told: str
) -> None:
    account = Account([info(), info(other), info()])
    with capture_logs() as lines:
        assert await account.told() == [None, told, None]
    assert [line["other"] for line in lines if line["event"] == "webhook_replaced"] == [named]
    assert len(account.was_set) == 2
    assert account.slept == [LONGER] * 2


async def test_one_that_stays_another_is_told_without_what_may_be_secret_in_its_address() -> None:
    account = Account([info("https://other.example/s3cret")])
    assert await account.told() == ["Telegram has another webhook: https://other.example"]


async def test_one_that_never_stands_is_not_set_over_and_over() -> None:
    account = Account([info(connections=1)] * 3)
    assert await account.told() == [f"Telegram has another webhook: {OURS.url}"] * 3
    assert account.slept == [LONGER] * 3


async def test_a_server_that_is_not_reached_is_asked_again_ever_later() -> None:
    refusals: list[Exception] = [NetworkError("gone"), BadRequest("bad webhook: failed to resolve host")]
    account = Account([NetworkError("gone"), info()], refusals=refusals)
    assert await account.told() == ["gone", "bad webhook: failed to resolve host", "gone", None]
    assert account.slept == [1, 2, 4, LONGER]


async def test_updates_that_cannot_be_brought_are_told_until_none_waits() -> None:
    account = Account(
        [
            info(pending=1),  # on its way
            info(pending=0, failed_at=100),  # failed once, and arrived
            info(pending=2, failed_at=100),
            info(pending=3, failed_at=130),
            info(pending=9, failed_at=130),  # Telegram waits ever longer
            info(failed_at=130),
        ]
    )
    wait = "Connection refused; updates that wait: {}".format
    assert await account.told() == [None, None, None, wait(3), wait(9), None]


async def test_a_token_that_telegram_does_not_know_ends_it() -> None:
    keeper = WebhookKeeper(Account([], [InvalidToken()]), OURS, every=LONGER, sleep=asyncio.sleep)
    with pytest.raises(BadInput):
        await keeper.run()


def test_the_secret_is_not_shown() -> None:
    assert "a-secret" not in repr(OURS)
