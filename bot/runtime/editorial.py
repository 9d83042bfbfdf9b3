"""The parts between an issue's file and its messages, built from the configuration."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sized
from dataclasses import dataclass
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.digest.fingerprint import fingerprint_of
from bot.digest.names import DigestNames
from bot.digest.reader import IssueReader
from bot.digest.said_dates import said_dates
from bot.digest.said_moments import Clock
from bot.digest.said_release import said_release
from bot.handlers import Identity
from bot.messages import Renderer
from bot.model import Cut, Issue, IssueRecord
from bot.publishing.approving import Approving
from bot.publishing.decisions import Calendar
from bot.publishing.found import Reading
from bot.publishing.holding import Holding
from bot.publishing.indexing import Indexer
from bot.publishing.intake import Intake
from bot.publishing.length import Measure
from bot.publishing.publisher import Publisher
from bot.publishing.skipping import Skipping
from bot.readers.archive import Archive
from bot.readers.parsed_issues import ParsedIssues
from bot.reports.forecast import Forecaster
from bot.runtime.expiry_news import issue_expired
from bot.runtime.issue_news import post_event
from bot.runtime.origin import make_source
from bot.settings import Configuration, Settings
from bot.sources import Source
from bot.storage import Storage

Count = Callable[[IssueRecord], Awaitable[int]]  #: how many messages an issue is


@dataclass(frozen=True, slots=True, kw_only=True)
class Brakes:
    """What holds issues, lets them out, and takes them back."""

    holding: Holding
    skipping: Skipping
    publisher: Publisher
    measure: Measure
    approving: Approving


@dataclass(frozen=True, slots=True, kw_only=True)
class Editorial:
    """The parts between an issue's file and its messages.

    ``whole`` is the cut that leaves nothing out; ``read`` reads the issue of a slug from a text. ``identity``
    is who the bot is, from when Telegram has said so: until then no address leads to it. ``files`` are those
    of the configuration, by checksum.
    """

    archive: Archive
    parsed: ParsedIssues
    read: Callable[[str, str], Issue]
    indexer: Indexer
    source: Source
    intake: Intake
    publisher: Publisher
    holding: Holding
    skipping: Skipping
    measure: Measure
    approving: Approving
    renderer: Renderer
    whole: Cut
    names: DigestNames
    identity: Identity
    files: Mapping[str, str]


def make_editorial(configuration: Configuration, storage: Storage) -> Editorial:
    """Reader, archive, publisher and renderer of the configured digest."""
    settings = configuration.settings
    reader = IssueReader(configuration.profile, configuration.topics)
    names = DigestNames(configuration.profile, configuration.topics)

    def read(slug: str, text: str) -> Issue:
        return reader.read(text, slug=slug)

    fingerprint = fingerprint_of(configuration.profile, configuration.topics)
    indexer = Indexer(storage.entry_index, storage.issues, read, fingerprint)
    parsed = ParsedIssues(storage.issues, read)
    identity = Identity()
    renderer = _make_renderer(configuration, names, identity)
    whole = Cut(language=configuration.profile.language)
    source = make_source(configuration, reader)
    brakes = brakes_by(_count(parsed, lambda issue: renderer.issue(issue, whole)), settings, storage)
    return Editorial(
        archive=Archive(storage.listed_issues, parsed),
        source=source,
        parsed=parsed,
        read=read,
        indexer=indexer,
        intake=Intake(
            source=source,
            issues=storage.issues,
            files=storage.issue_files,
            timestamps=storage.timestamps,
            reading=_reading(configuration, reader, indexer),
            calendar=make_calendar(settings),
            edits=settings.delivery.edits,
            answers=storage.topic_answers,
            listener=lambda event: post_event(storage.news, storage.holds, event),
            together=storage.database.together,
        ),
        publisher=brakes.publisher,
        holding=brakes.holding,
        skipping=brakes.skipping,
        measure=brakes.measure,
        approving=brakes.approving,
        renderer=renderer,
        whole=whole,
        names=names,
        identity=identity,
        files=configuration.files,
    )


def _make_renderer(configuration: Configuration, names: DigestNames, identity: Identity) -> Renderer:
    reading = configuration.settings.reading
    return Renderer(
        names,
        configuration.profile.messages.habit,
        rows=reading.buttons,
        votes=reading.feedback,
        item_link=identity.opens,
    )


def _count(parsed: ParsedIssues, render: Callable[[Issue], Sized]) -> Count:
    async def messages(record: IssueRecord) -> int:
        issue = await parsed.issue(record)
        return len(await asyncio.to_thread(render, issue)) if issue else 0

    return messages


def brakes_by(count: Count, settings: Settings, storage: Storage) -> Brakes:
    """The brakes, to which ``count`` says how many messages an issue is."""
    most = settings.publishing.most_messages
    measure = Measure(count=count, most=most, accepted=storage.accepted_lengths)
    holding = Holding(storage.issues, storage.holds, measure, storage.statistics)
    approving = make_approving(settings, storage)
    return Brakes(
        holding=holding,
        skipping=Skipping(storage.issues, storage.open_pushes, holding, make_calendar(settings)),
        publisher=make_publisher(settings, storage, approving, measure),
        measure=measure,
        approving=approving,
    )


def _reading(configuration: Configuration, reader: IssueReader, indexer: Indexer) -> Reading:
    profile, clock = configuration.profile, make_clock(configuration.settings)
    return Reading(
        parse=lambda file, text: reader.read(text, slug=file.slug, name=file.name),
        index=indexer.indexed,
        dates=lambda file, text, issue: said_dates(issue, text, file.name, profile),
        release=lambda file, text, issue: said_release(
            "\n\n".join(filter(None, (file.front, text))), profile, clock, day=issue.date
        ),
    )


def make_approving(settings: Settings, storage: Storage) -> Approving:
    """What lets texts out."""
    needed = settings.publishing.approve
    return Approving(storage.issues, storage.approvals, storage.holds, needed=needed)


def make_publisher(
    settings: Settings,
    storage: Storage,
    approving: Approving,
    measure: Measure,
) -> Publisher:
    """What publishes, corrects and takes back."""
    return Publisher(
        issues=storage.issues,
        planner=storage.planner,
        holds=storage.holds,
        measure=measure,
        approving=approving,
        calendar=make_calendar(settings),
        edits=settings.delivery.edits,
        on_expired=lambda slug, now: storage.news.post(issue_expired(slug, now)),
        listener=lambda event: post_event(storage.news, storage.holds, event),
        together=storage.database.together,
    )


def make_calendar(settings: Settings) -> Calendar:
    """Which day it is in the editor's time zone, and which issues may be published on it."""
    return Calendar(
        zone=ZoneInfo(settings.schedule.timezone),
        hold_until_date=settings.publishing.hold_until_date,
        expires_after=timedelta(days=settings.delivery.expires_after),
        hold_doubtful_dates=settings.publishing.hold_doubtful_dates,
        outdated_after=timedelta(days=settings.publishing.outdated_after),
        at=settings.publishing.hour,
    )


def make_clock(settings: Settings) -> Clock:
    """What a time in the front matter of an issue means where it does not say."""
    return Clock(
        zone=ZoneInfo(settings.schedule.timezone),
        hour=settings.publishing.hour or time(),
        dates_count=settings.publishing.hold_until_date,
    )


def make_forecaster(settings: Settings, storage: Storage, editorial: Editorial) -> Forecaster:
    """What forecasts sending an issue, at the configured rate."""
    return Forecaster(
        storage=storage,
        intake=editorial.intake,
        parsed=editorial.parsed,
        renderer=editorial.renderer,
        calendar=make_calendar(settings),
        rate=settings.delivery.rate,
        per_chat=settings.delivery.per_chat,
        whole=editorial.whole,
        measure=editorial.measure,
        approving=editorial.approving,
    )
