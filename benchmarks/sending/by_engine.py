"""``python -m benchmarks.sending.by_engine``: all that the bot sends an issue with, its ledger included.

``--database`` is the address of an empty database; without it, a new SQLite file.
"""

import asyncio
import logging
import tempfile
import time
from asyncio import Event
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from pydantic import SecretStr

from benchmarks.ledger.filling import NOW, SLUG, add_issue
from benchmarks.sending.figures import Outcome
from benchmarks.sending.job import TOKEN, Job, cpu_seconds, job_parser, tell
from benchmarks.sending.stalls import stalling
from bot.delivery.reconcile import RenderedIssue
from bot.delivery.render_cache import RenderCache
from bot.messages import Message
from bot.model import Cut, DeliveryState
from bot.runtime.databases import open_storage
from bot.runtime.leadership import Lease
from bot.runtime.memory import freeze_gc
from bot.runtime.sending import Sending, make_dispatcher, make_leadership
from bot.settings import Settings
from bot.settings.sections import UNPAID_RATE, DeliverySettings
from bot.storage import Access, ImportRow, Storage
from bot.telegram_api import Sender, make_client
from bot.telegram_api.chats import Chats

_HIGHEST_RATE = 1000
_SEED = 2  # of its stalls
_LOOK = 0.05  # seconds between two looks at whether all is sent


class Editions(RenderCache):
    """The same edition of every issue, whatever the cut, ready from the start."""

    def __init__(self, job: Job) -> None:
        messages = tuple(Message(text, name=f"part.{number}") for number, text in job.texts().items())
        self._only = RenderedIssue(edition="benchmark", messages=messages, notice=Message("taken back"))

    async def render(
        self, slug: str, cut: Cut, *, private: bool = False, fresh: bool = False
    ) -> RenderedIssue:
        """The same messages for every cut."""
        del slug, cut, private, fresh  # what every cache is asked
        return self._only


@dataclass(slots=True)
class Delivering:
    """Delivers what is planned of a job while it is the leader; ``outcome`` tells of it in the end."""

    job: Job
    sending: Sending
    outcome: Outcome | None = None

    async def lead(self, lease: Lease) -> None:
        """Deliver until all is sent, or the job's seconds are over; what it costs to wind down counts too."""
        worker = self.sending.worker(lease)
        start, cpu = time.monotonic(), cpu_seconds()
        running = asyncio.create_task(worker.run())
        finished = await self._sent(start + self.job.seconds, running)
        seconds = time.monotonic() - start  # no part begins after this
        worker.stop()
        await running
        cpu = cpu_seconds() - cpu
        report = self.sending.dispatcher.report
        self.outcome = Outcome(
            seconds=seconds,
            cpu_seconds=cpu,
            sent=report.sent,
            raised=report.refused,
            lost=await self._given_up(),
            finished=finished,
        )

    async def _sent(self, until: float, running: "asyncio.Task[None]") -> bool:
        messages = self.job.chats * self.job.parts
        while self.sending.dispatcher.report.sent < messages:
            if time.monotonic() >= until or running.done():
                return False
            await asyncio.sleep(_LOOK)
        return True

    async def _given_up(self) -> int:
        """Parts of deliveries that were closed without them."""
        states = (await self.sending.storage.statistics.counts_of()).states
        closed = [one for one in states if one.state in (DeliveryState.FAILED, DeliveryState.SKIPPED)]
        return sum(one.rows * self.job.parts - one.parts for one in closed)


async def carry_out(job: Job, database_url: str) -> Outcome:
    """Deliver a job from an empty database; what comes before the first message is not measured."""
    settings = _settings(job, database_url)
    async with open_storage(settings, Access.MIGRATE) as storage, _sending(job, settings, storage) as sending:
        await _plan(storage, job)
        freeze_gc()
        delivering = Delivering(job, sending)
        async with stalling(job.stalls, _SEED):
            await make_leadership(storage, sending.report, lambda _: None).lead(delivering.lead)
    assert delivering.outcome is not None  # noqa: S101  # for the type; who leads to the end has told
    return delivering.outcome


def _settings(job: Job, database_url: str) -> Settings:
    """The defaults but for the rate: neither the environment nor a file has a say.

    A rate above any that Telegram has means no limit at all, of the bot or of a chat.
    """
    rate = min(job.rate, _HIGHEST_RATE)
    delivery = DeliverySettings(rate=rate, allow_paid_broadcast=job.rate > UNPAID_RATE)
    if job.rate > _HIGHEST_RATE:
        delivery = delivery.model_copy(update={"rate": job.rate, "per_chat": 0.0, "open_chats": 1000})
    return Settings.model_construct(database_url=SecretStr(database_url), api_url=job.url, delivery=delivery)


@asynccontextmanager
async def _sending(job: Job, settings: Settings, storage: Storage) -> AsyncIterator[Sending]:
    """As the bot does before it begins: its connections are open."""
    delivery = settings.delivery
    async with make_client(TOKEN, api_url=job.url, connections=delivery.connections) as client:
        await Chats(client).warm(delivery.in_flight_limit)
        yield Sending(
            settings=settings,
            storage=storage,
            render=Editions(job).render,
            gateway=Sender(client, paid=delivery.allow_paid_broadcast),
            dispatcher=make_dispatcher(settings, lambda _: None),
            wake_up=Event(),
        )


async def _plan(storage: Storage, job: Job) -> None:
    readers = (ImportRow(chat_id=chat, language="zh") for chat in job.chat_ids())
    await storage.subscribers.import_rows(readers, NOW)
    await add_issue(storage.database)
    await storage.planner.push(SLUG, NOW)


def main() -> None:
    """The process of the strategy."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    parser = job_parser()
    parser.add_argument("--database")
    given = vars(parser.parse_args())
    database_url = given.pop("database")
    with tempfile.TemporaryDirectory(prefix="jianbao-bench-") as folder:
        own = f"sqlite:///{Path(folder) / 'ledger.sqlite'}"
        tell(asyncio.run(carry_out(Job(**given), database_url or own)))


if __name__ == "__main__":
    main()
