"""The bot's webhook at Telegram: set, looked at now and then, and set again if somebody else changed it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Never, Protocol
from urllib.parse import urlsplit, urlunsplit

import structlog
import telegram

from bot.errors import SendError, UpdatesTaken, WebhookTaken
from bot.telegram_api.failures import done

log = structlog.get_logger()

NONE = "none"  #: what stands for an address where there is no webhook
_FIRST_WAIT = 1.0  # seconds after a failure


def _nobody(_: SendError | None) -> None:
    """For who need not know."""


class Account(Protocol):
    """The bot's account at Telegram."""

    async def set_webhook(
        self, url: str, *, max_connections: int, allowed_updates: list[str], secret_token: str
    ) -> bool:
        """Let updates be brought to an address, which replaces any other."""

    async def get_webhook_info(self) -> telegram.WebhookInfo:
        """Where updates are brought to, and how that goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram is to bring updates of the kinds in ``allowed``, and what it shows with each."""

    url: str
    secret: str = field(repr=False)
    connections: int
    allowed: tuple[str, ...]

    def stands(self, info: telegram.WebhookInfo) -> bool:
        """Whether Telegram has it as it should be; the secret it does not tell."""
        return (
            info.url == self.url
            and info.max_connections == self.connections
            and set(info.allowed_updates or ()) == set(self.allowed)
        )


class WebhookKeeper:
    """Keeps the webhook as it should be, looking every so many seconds.

    ``heard`` is told how each look ended: with an error if Telegram cannot be asked or refuses the address,
    UpdatesTaken if it has another one or cannot bring updates there, WebhookTaken if it had another one.
    """

    def __init__(
        self,
        account: Account,
        webhook: Webhook,
        *,
        every: float,
        sleep: Callable[[float], Awaitable[None]],
        heard: Callable[[SendError | None], None] = _nobody,
    ) -> None:
        self._account = account
        self._webhook = webhook
        self._every = every
        self._sleep = sleep
        self._heard = heard
        self._is_set = False
        self._failed_at: object = None
        self._trouble: SendError | None = None

    async def run(self) -> Never:
        """Set and watch the webhook until cancelled. Raises BadInput if Telegram does not know the token."""
        wait = _FIRST_WAIT
        while True:
            try:
                self._note(await self._look())
            except SendError as error:
                self._note(error)
                await self._sleep(wait)
                wait = min(wait * 2, self._every)
            else:
                wait = _FIRST_WAIT
                await self._sleep(self._every)

    async def _look(self) -> SendError | None:
        """What is wrong, or None. What somebody changed is set again, at once but not over and over."""
        stood = self._is_set
        if not stood:
            await self._set()
        info = await done(self._account.get_webhook_info())
        if info is not None and self._webhook.stands(info):
            return self._not_brought(info)
        self._is_set = False
        other = self._named(info.url if info else "")
        if not stood:
            return UpdatesTaken(f"Telegram has another webhook: {other}", after=0)
        log.warning("webhook_replaced", other=other)
        self._heard(_taken(other))
        return await self._look()

    def _named(self, url: str) -> str:
        """An address as it may be shown: of another program's, the end may be a secret."""
        parts = urlsplit(url)
        place = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
        return url if url == self._webhook.url else place or NONE

    async def _set(self) -> None:
        webhook = self._webhook
        await done(
            self._account.set_webhook(
                webhook.url,
                max_connections=webhook.connections,
                allowed_updates=list(webhook.allowed),
                secret_token=webhook.secret,
            )
        )
        self._is_set = True
        self._failed_at = None
        log.info("webhook_set", url=webhook.url)

    def _not_brought(self, info: telegram.WebhookInfo) -> SendError | None:
        """Why updates wait at Telegram, until none does; what failed once and arrived later is no trouble."""
        has_failed_again = info.last_error_date not in {None, self._failed_at}
        self._failed_at = info.last_error_date
        if info.pending_update_count and (has_failed_again or self._trouble is not None):
            waiting = info.pending_update_count
            return UpdatesTaken(f"{info.last_error_message}; updates that wait: {waiting}", after=0)
        return None

    def _note(self, trouble: SendError | None) -> None:
        if trouble is not None:
            log.debug("webhook_failing", reason=trouble.reason)
        self._trouble = trouble
        self._heard(trouble)


def _taken(other: str) -> WebhookTaken:
    if other == NONE:
        return WebhookTaken("another program removed the webhook; ours is set again", after=0)
    return WebhookTaken(f"another program set a webhook at {other}; ours is set again", after=0)
