"""jianbao publish SLUG --to CHAT: an issue in one chat, as everybody would get it."""

import asyncio

from bot.cli.output import write
from bot.cli.progress import lapsed_line
from bot.errors import JianbaoError
from bot.model import Cut, Delivery, DeliveryState, Destination, Purpose
from bot.reports.sender import current_sender, lapsed_sender
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.settings import Configuration
from bot.storage import Access, Storage
from bot.words.english import plural

_LOOK_EVERY, _PATIENCE = 0.2, 60.0  # seconds


async def send_test(configuration: Configuration, slug: str, to: Destination) -> None:
    """Plan the test, and say how it ended, if a process sends.

    Raises JianbaoError if the chat does not get it.
    """
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        await editorial.intake.read_for(slug, utc_now(), rested=True)
        subscriber = await storage.subscribers.get(to)
        cut = subscriber.cut if subscriber else Cut(language=configuration.profile.language)
        if not await editorial.publisher.test(slug, to, cut, utc_now()):
            write(f"a test of {slug} is on its way to {to} already")
        if await current_sender(storage.leases) is None:
            lapsed = await lapsed_sender(storage.leases)
            nobody = lapsed_line(lapsed) if lapsed else "no process is sending: jianbao run"
            write(f"a test of {slug} is planned for {to}; {nobody}")
            return
        _tell(slug, to, await _ended(storage, slug, to))


async def _ended(storage: Storage, slug: str, to: Destination) -> Delivery | None:
    """The delivery once it is done; None if that takes too long."""
    for _ in range(round(_PATIENCE / _LOOK_EVERY)):
        row = await storage.deliveries.get(slug, to, Purpose.TEST)
        if row is None or not row.is_open:
            return row
        await asyncio.sleep(_LOOK_EVERY)
    return None


def _tell(slug: str, to: Destination, row: Delivery | None) -> None:
    if row is None:
        write(
            f"the test of {slug} is still on its way; jianbao deliveries --chat {to.chat} says how far it is"
        )
    elif row.state is DeliveryState.SENT:
        write(f"{to} has {slug} in {plural(row.part_count, 'message')}; nobody else got this test")
    else:
        raise JianbaoError(f"{to} does not get {slug}: {row.reason}")
