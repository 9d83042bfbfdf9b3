"""The admin chat of a running bot: its desk, and what tells it things, built from the settings."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.digest.fingerprint import fingerprint_of
from bot.handlers import AdminDesk, Desks, KnownChat, Ledger, ThrottledGateway
from bot.messages.wording import Wording
from bot.model import WRITTEN
from bot.reports.briefing import Briefing
from bot.reports.gone_topics import gone_topics
from bot.reports.lost_chats import lost_chats
from bot.reports.sender import changed_since
from bot.reports.status import current_status
from bot.runtime.clock import Now, utc_now
from bot.runtime.editorial import Editorial, make_calendar
from bot.runtime.former_chats import FormerChats
from bot.runtime.sending import Sending
from bot.runtime.telling import Telling
from bot.runtime.voice import Voice
from bot.runtime.watch import Watch
from bot.settings import Configuration, load_or_mistake, secrets_of
from bot.storage import Storage
from bot.telegram_api import ChatCommands, Chats, Client
from bot.words.redaction import hiding


def make_desk(
    configuration: Configuration,
    storage: Storage,
    editorial: Editorial,
    watch: Watch,
    *,
    now: Now = utc_now,
) -> AdminDesk:
    """What the commands of the admin chat work with."""
    settings = configuration.settings
    fingerprint = fingerprint_of(configuration.profile, configuration.topics)

    async def status() -> Briefing:
        lost = await lost_chats(storage, settings)
        approving, calendar = editorial.approving, make_calendar(settings)
        found = await current_status(storage, calendar, fingerprint, now(), approving=approving, lost=lost)
        files, mistake = await _files_now(configuration)
        changed = changed_since(found.sender, files)
        gone = await gone_topics(storage, configuration.topics.topics)
        found = replace(found, changed=changed, mistake=mistake, gone_topics=gone)
        return Briefing(status=found, troubles=watch.troubles.present)

    ledger = Ledger(
        issues=storage.issues,
        planner=storage.planner,
        statistics=storage.statistics,
        broadcasts=storage.broadcasts,
        holds=storage.holds,
        holding=editorial.holding,
        news=storage.news,
    )
    place = KnownChat(storage.admin_chats, named=settings.admin.chat, now=now)
    return AdminDesk(place=place, ledger=ledger, status=status, now=now, zone=settings.schedule.zone)


async def _files_now(configuration: Configuration) -> tuple[Mapping[str, str], str | None]:
    """The files of the configuration as they are now, by checksum, and the mistake in one of them."""
    if not configuration.files:
        return {}, None
    again, mistake = await asyncio.to_thread(load_or_mistake)
    return again.files if again else {}, mistake


def make_telling(
    client: Client,
    configuration: Configuration,
    sending: Sending,
    editorial: Editorial,
    desk: AdminDesk,
    watch: Watch,
) -> Telling:
    """What tells the admin chat what matters, in slots of the same dispatcher as replies."""
    settings = configuration.settings
    return Telling(
        storage=sending.storage,
        approving=editorial.approving,
        desk=desk,
        troubles=watch.troubles,
        gateway=ThrottledGateway(Chats(client), sending.dispatcher, asyncio.sleep),
        menus=ChatCommands(client, Wording(), WRITTEN),
        voice=Voice(
            renderer=editorial.renderer,
            language=configuration.profile.language,
            zone=settings.schedule.zone,
            clean=hiding(secrets_of(settings)),
        ),
        asks=settings.delivery.edits == "ask",
        kept_back=lambda: editorial.intake.corrections.kept_back,
        unreadable=lambda: editorial.intake.unreadable,
        stood_by=lambda: watch.stood_by,
        topics=configuration.topics.topics,
        now=sending.now,
    )


def make_former_chats(
    client: Client, configuration: Configuration, sending: Sending, editorial: Editorial, desks: Desks
) -> FormerChats:
    """What tells chats that they have a role no more, in slots of the same dispatcher as replies."""
    return FormerChats(
        storage=sending.storage,
        places=(desks.admin.place, desks.editors.place),
        gateway=ThrottledGateway(Chats(client), sending.dispatcher, asyncio.sleep),
        renderer=editorial.renderer,
        language=configuration.profile.language,
        now=sending.now,
    )
