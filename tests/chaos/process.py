"""A process that delivers and does nothing else: started quickly, and killed as easily."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.delivery.failures import OnUncertain
from bot.runtime.clock import boot_time
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.runtime.leadership import Leadership, Lease
from bot.runtime.sending import make_dispatcher, make_sending
from bot.settings import Configuration, load
from bot.settings.sections import DeliverySettings, TelegramSettings
from bot.storage import SENDER, Access, Storage
from bot.telegram_api import Sender, Timeouts, make_client
from tests.apart import apart

TICK = 0.2  # seconds

#: Read once, before the processes are forked.
SHIPPED = load()


def deliver(  # what a process is started with must be plain values
    database_url: str,
    api_url: str,
    token: str,
    issues: str,
    uncertain: OnUncertain,
    term: float,
) -> None:
    """Stand by for the lease, and deliver while it is had, until killed."""
    settings = SHIPPED.settings.model_copy(
        update={
            "api_url": api_url,
            "issues": Path(issues),
            "database_url": SecretStr(database_url),
            "delivery": DeliverySettings(rate=1000, per_chat=0, open_chats=60, uncertain=uncertain),
            "telegram": TelegramSettings(request_timeout=1, connect_timeout=2),
        }
    )
    configuration = Configuration(settings=settings, profile=apart(SHIPPED.profile), topics=SHIPPED.topics)
    asyncio.run(_deliver(configuration, token, term))


async def _deliver(configuration: Configuration, token: str, term: float) -> None:
    async with open_storage(configuration.settings, Access.MIGRATE) as storage:
        await engine(configuration, storage, token, term=term)


@asynccontextmanager
async def ticking(wake_up: asyncio.Event) -> AsyncIterator[None]:
    """What the schedule does in the bot: say now and then that something may have been planned."""

    async def tick() -> None:
        while True:
            wake_up.set()
            await asyncio.sleep(TICK)

    clock = asyncio.create_task(tick())
    try:
        yield
    finally:
        clock.cancel()


async def engine(configuration: Configuration, storage: Storage, token: str, *, term: float) -> None:
    """Deliver what the ledger holds, in turn with others, until cancelled."""
    settings = configuration.settings
    editorial = make_editorial(configuration, storage)
    timeouts = Timeouts(read=settings.telegram.request_timeout, connect=settings.telegram.connect_timeout)
    async with make_client(token, api_url=settings.api_url, timeouts=timeouts) as client:
        dispatcher = make_dispatcher(settings, lambda _: None)
        sending = make_sending(settings, storage, editorial, Sender(client), dispatcher)

        async def work(lease: Lease) -> None:
            async with ticking(sending.wake_up):
                await sending.worker(lease).run()

        leadership = Leadership(
            storage.leases,
            role=SENDER,
            holder=str(time.monotonic()),
            now=boot_time,
            sleep=asyncio.sleep,
            term=term,
        )
        await leadership.lead(work)
