"""python-telegram-bot's application with our handlers: built and connected."""

import asyncio
from collections.abc import Callable, Container
from datetime import timedelta
from typing import Any

import structlog
from telegram.ext import Application, ApplicationBuilder

from bot.errors import SendError
from bot.handlers import (
    Administrators,
    ChannelDesk,
    Desks,
    HandlerContext,
    Identity,
    InOrderPerChat,
    LongTexts,
    OncePerDay,
    PerDay,
    ThrottledGateway,
    register,
)
from bot.handlers.rich_trial import RichTrial
from bot.messages.wording import Wording
from bot.model import WRITTEN, Language
from bot.publishing.claims import Claims
from bot.readers.allowance import Allowance
from bot.readers.feedback import Feedback
from bot.readers.forgetting import Forgetting, PersonalData
from bot.readers.items import Items
from bot.readers.missed import CatchUp
from bot.readers.newest import NewestIssue
from bot.readers.next_issue import NextIssue
from bot.readers.reading_hours import ReadingHours
from bot.readers.requests import IssueRequests
from bot.readers.saved import Saved
from bot.readers.search import Search
from bot.readers.subscriptions import Subscriptions
from bot.readers.topic_items import TopicItems
from bot.runtime.clock import Now
from bot.runtime.editorial import Editorial, make_calendar
from bot.runtime.sending import Sending
from bot.runtime.tasks import Gently
from bot.settings import Configuration, Settings
from bot.storage import Storage
from bot.telegram_api import Chats, Client, InlineAnswers, PublicProfile, PublicTexts

log = structlog.get_logger()

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds between tries to reach Telegram at the start
_WAKE = 0.05  # seconds between two looks of the worker at what people asked for, however many ask
_NAME = 64  # characters of the bot's name
_UNFOLDS_A_MINUTE = 8  # in a group, where a bot may send and edit 20 messages a minute
_DATA_A_DAY = 3  # documents of all that is kept, to one chat

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]


def build_application(
    client: Client,
    configuration: Configuration,
    sending: Sending,
    editorial: Editorial,
    identity: Identity,
    desks: Desks,
) -> TelegramApplication:
    """The application with its handlers; replies and broadcasts share one dispatcher.

    ``identity`` is filled by :func:`connect`.
    """
    gateway = ThrottledGateway(Chats(client), sending.dispatcher, asyncio.sleep)
    context = _context(configuration, sending, editorial, identity, desks, gateway)
    builder = ApplicationBuilder().bot(client).updater(None).job_queue(None)
    application = builder.concurrent_updates(InOrderPerChat(sending.storage.updates, sending.now)).build()
    register(application, context, gateway, InlineAnswers(client))
    return application


def _context(  # the parts that it brings together
    configuration: Configuration,
    sending: Sending,
    editorial: Editorial,
    identity: Identity,
    desks: Desks,
    gateway: ThrottledGateway,
) -> HandlerContext:
    settings, storage, now = configuration.settings, sending.storage, sending.now
    requests = _requests(settings, storage, now)
    return HandlerContext(
        digest=configuration.profile.name,
        written_in=configuration.profile.language,
        identity=identity,
        archive=editorial.archive,
        items=Items(storage.issues, editorial.parsed),
        saved=Saved(storage.saved_items, now),
        topic_items=TopicItems(storage.entries),
        search=Search(storage.entries, configuration.topics),
        subscriptions=_subscriptions(storage, configuration.topics.topics, now),
        hours=ReadingHours(storage.reader_hours, now, zone=settings.schedule.timezone),
        long_texts=LongTexts(storage.named_texts),
        requests=requests,
        catch_up=CatchUp(storage.missed_issues, storage.entries, requests, now),
        personal_data=PersonalData(storage.kept_rows),
        forgetting=Forgetting(storage.forgetting, sending.withdrawals.withdraw, now),
        next_issue=_next_issue(settings, storage, now),
        renderer=editorial.renderer,
        wording=Wording(),
        topics=configuration.topics,
        names=editorial.names,
        once_a_day=OncePerDay(now),
        data_sent=PerDay(now, most=_DATA_A_DAY),
        unfolds=Allowance(_UNFOLDS_A_MINUTE, now, within=timedelta(minutes=1)),
        rich_trial=RichTrial(gateway.send),
        desk=desks.admin,
        editors=desks.editors,
        feedback=_feedback(settings, storage, now),
        claims=_claims(desks, now),
        groups=storage.group_chats,
        administrators=Administrators(storage.group_chats, now),
        channels=ChannelDesk(storage.channels, storage.pins, gateway, sending.changed.note),
        per_page=settings.reading.back_issues_per_page,
        newest=settings.reading.newest_items,
        newcomers=sending.newcomers,
        wake=Gently(sending.wake_up.set, every=_WAKE),
    )


def _feedback(settings: Settings, storage: Storage, now: Now) -> Feedback:
    return Feedback(
        votes=storage.votes,
        mistakes=storage.mistakes,
        weekly=storage.weekly,
        asks=settings.reading.feedback,
        counts=settings.editors.report,
        zone=make_calendar(settings).zone,
        now=now,
    )


def _claims(desks: Desks, now: Now) -> Claims:
    places = (desks.admin.place, desks.editors.place)
    free = [place.chats for place in places if place.named is None]
    return Claims(free, now)


def _subscriptions(storage: Storage, topics: Container[str], now: Now) -> Subscriptions:
    return Subscriptions(
        storage.subscribers,
        storage.threads,
        NewestIssue(storage.issues, storage.planner, storage.deliveries, storage.asked_pushes, storage.holds),
        storage.deliveries,
        now,
        is_topic=lambda slug: slug in topics,
    )


def _next_issue(settings: Settings, storage: Storage, now: Now) -> NextIssue:
    calendar = make_calendar(settings)
    return NextIssue(
        storage.listed_issues,
        storage.issues,
        lambda: calendar.today(now()),
        shows_waiting=settings.reading.show_waiting,
    )


def _requests(settings: Settings, storage: Storage, now: Now) -> IssueRequests:
    allowance = Allowance(settings.reading.issues_an_hour, now)
    return IssueRequests(
        storage.planner,
        storage.deliveries,
        storage.asked_pushes,
        storage.named_texts,
        now,
        allowance=allowance,
    )


async def connect(
    application: TelegramApplication, identity: Identity, reached: Callable[[SendError | None], None]
) -> None:
    """Introduce the bot to Telegram, and learn who it is; tries again until Telegram can be reached.

    ``reached`` is told how each try ended.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            await _introduce(application)
        except SendError as error:
            log.debug("telegram_not_reached", reason=error.reason, retry_in=wait)
            reached(error)
        else:
            reached(None)
            identity.username = application.bot.username
            identity.user_id = application.bot.id
            identity.inline = bool(application.bot.bot.supports_inline_queries)
            log.info("telegram_reached", bot=identity.username)
            if not identity.inline:
                log.info("inline_mode_off", command="/setinline")
            return
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


async def _introduce(application: TelegramApplication) -> None:
    """Ask Telegram for the bot's name, and set the command menu."""
    await application.initialize()
    await Chats(application.bot).introduce(Wording(), WRITTEN)


async def present(client: Client, configuration: Configuration) -> None:
    """Set the bot's name and descriptions, unless the operator wants them left. What fails is logged."""
    if not configuration.settings.telegram.set_profile:
        return
    wording, digest = Wording(), configuration.profile.name
    texts: dict[str, PublicTexts] = {"": _public_texts(wording, digest, "en")}
    texts |= {language: _public_texts(wording, digest, language) for language in WRITTEN}
    try:
        await PublicProfile(client).bring_to(texts)
    except SendError as error:
        log.warning("profile_not_set", reason=error.reason)


def _public_texts(wording: Wording, digest: str, language: Language) -> PublicTexts:
    return PublicTexts(
        name=digest[:_NAME],
        description=wording.label("public_description", language, digest=digest[:_NAME]),
        short_description=wording.label("public_short_description", language, digest=digest[:_NAME]),
    )
