"""Gathers what a checkup goes by. Nothing is changed, and a bot that runs meanwhile is not disturbed.

Telegram is asked a few times, never for updates; the second reader what models it has. The database is
opened for reading alone.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from bot.digest.reader import IssueReader
from bot.editors.second_reader.client import ReaderClient
from bot.errors import JianbaoError
from bot.model import IssueState
from bot.reports.checkup.facts import Facts, Machine, Stored
from bot.reports.gone_topics import gone_topics
from bot.reports.losses import lost_lately
from bot.reports.lost_chats import lost_chats
from bot.reports.readiness import Readiness, ask_bot
from bot.reports.sender import current_sender
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_approving, make_calendar, make_editorial
from bot.runtime.machine import disk_left, memory_left, zone_data
from bot.runtime.origin import make_source
from bot.runtime.schedule import next_run
from bot.runtime.second_reader import reader_server
from bot.settings import Configuration, Settings, proxy_place, read_proxy, read_token
from bot.sources import Listing
from bot.storage import HEAD, Access
from bot.storage.addresses import file_of_database, place_of_database
from bot.storage.condition import condition
from bot.telegram_api import Proxy, Timeouts, make_client
from bot.telegram_api.account import Account, ask_account

_PATIENCE = Timeouts(read=5.0, write=5.0, connect=5.0, pool=5.0)


async def examine(configuration: Configuration, now: Callable[[], datetime]) -> Facts:
    """What can be found out at present."""
    settings = configuration.settings
    proxy = _proxy(settings)
    account, listing, stored, bot, models = await asyncio.gather(
        _account(settings, proxy, now),
        _listing(configuration, now()),
        _stored(configuration, now()),
        asyncio.to_thread(_bot, settings),
        _models(settings),
    )
    return Facts(
        now=now(),
        settings=settings,
        proxy=proxy.name if isinstance(proxy, Proxy) else proxy,
        proxy_place=proxy_place(settings),
        account=account,
        listing=listing,
        stored=stored,
        bot=bot,
        jobs=_jobs(settings, now()),
        zone_data=zone_data(settings.schedule.timezone),
        machine=_machine(settings),
        models=models,
        files=configuration.files,
    )


def _proxy(settings: Settings) -> Proxy | JianbaoError | None:
    try:
        address = read_proxy(settings)
    except JianbaoError as error:
        return error
    return Proxy(url=address.get_secret_value()) if address else None


async def _account(
    settings: Settings, proxy: Proxy | JianbaoError | None, now: Callable[[], datetime]
) -> Account | JianbaoError:
    if isinstance(proxy, JianbaoError):
        return proxy
    try:
        token = read_token(settings).get_secret_value()
        client = make_client(token, api_url=settings.api_url, connections=1, timeouts=_PATIENCE, proxy=proxy)
        named = (settings.admin.chat, settings.editors.chat)
        return await ask_account(client, now, {chat for chat in named if chat is not None})
    except JianbaoError as error:
        return error


async def _listing(configuration: Configuration, now: datetime) -> Listing | JianbaoError:
    """The folder as the bot would read it; without a database, what can be said without one."""
    # An error of the database is another line, and one of the folder comes again below.
    with suppress(JianbaoError):
        async with open_storage(configuration.settings, Access.READ) as storage:
            return await make_editorial(configuration, storage).intake.listing(now)
    source = make_source(configuration, IssueReader(configuration.profile, configuration.topics))
    try:
        return await asyncio.to_thread(source.read, now, unsettled_too=True)
    except JianbaoError as error:
        return error


async def _stored(configuration: Configuration, now: datetime) -> Stored | JianbaoError:
    settings, topics = configuration.settings, configuration.topics
    try:
        calendar = make_calendar(settings)
        async with open_storage(settings, Access.READ) as storage:
            told = await storage.admin_chats.get(settings.admin.chat)
            waiting = [one for one in await storage.issues.all() if one.state is IssueState.WAITING]
            return Stored(
                place=place_of_database(settings.database_url.get_secret_value()),
                file=storage.database.file,
                condition=await condition(storage.database),
                revision=HEAD,
                sender=await current_sender(storage.leases),
                waiting=waiting,
                holds=await make_approving(settings, storage).holds(),
                until={
                    one.slug: calendar.until(one)
                    for one in waiting
                    if calendar.is_to_come(one.date, one.publish_at, now)
                },
                oldest_due=await storage.deliveries.oldest_due(now),
                time=await storage.kept_jumps.steady_time(now),
                lately=await lost_lately(storage, now),
                admin_chat=told.chat_id if told else None,
                lost_chats=await lost_chats(storage, settings),
                gone_topics=await gone_topics(storage, topics.topics, topics.former),
            )
    except JianbaoError as error:
        return error


def _bot(settings: Settings) -> Readiness | JianbaoError | None:
    if not settings.web.port:
        return None
    try:
        return ask_bot(settings.web)
    except JianbaoError as error:
        return error


async def _models(settings: Settings) -> frozenset[str] | JianbaoError | None:
    """What models the second reader's server has; it gets no text."""
    try:
        server = reader_server(settings)
        return await ReaderClient(replace(server, timeout=_PATIENCE.read)).models() if server else None
    except JianbaoError as error:
        return error


def _jobs(settings: Settings, now: datetime) -> dict[str, datetime]:
    schedule = settings.schedule
    lines = {"read": schedule.read, "publish": schedule.publish, "deliver": schedule.deliver}
    runs = {name: next_run(name, times, schedule.zone, now) for name, times in lines.items() if times.cron}
    return {name: at for name, at in runs.items() if at is not None}


def _machine(settings: Settings) -> Machine:
    try:
        file = file_of_database(settings.database_url.get_secret_value())
    except JianbaoError:
        file = None
    folder = next((one for one in file.parents if one.is_dir()), None) if file else None
    return Machine(folder=folder, disk=disk_left(folder) if folder else None, memory=memory_left())
