"""jianbao status: issues, subscribers, deliveries, and who sends."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli.audience import show_audience
from bot.cli.beside import settings_beside
from bot.cli.output import Format, write, write_json
from bot.cli.progress import change_line, held_line, sender_line
from bot.cli.since import moment_of
from bot.cli.tables import write_table
from bot.cli.watching import watch
from bot.digest.fingerprint import fingerprint_of
from bot.errors import BadInput
from bot.model import LOSSES, UNBORN, DeliveryState, Hold, IssueState
from bot.pacing import Report
from bot.reports.audience import Audience, audience
from bot.reports.gone_topics import gone_topics
from bot.reports.lost_chats import lost_chats
from bot.reports.progress import ProgressSnapshot, current_progress
from bot.reports.readiness import Readiness, idle_bot
from bot.reports.sender import Sender, changed_since
from bot.reports.slowness import slowness
from bot.reports.status import EMPTY, IssueStatus, Status, current_status
from bot.reports.troubles import Trouble
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_approving, make_calendar, make_editorial
from bot.settings import Configuration, Settings, load_or_mistake
from bot.sources import Listing
from bot.storage import EVERYTHING, Access, Storage
from bot.words.durations import duration
from bot.words.moments import moment

_MOST_NAMED = 10
_TOLD_APART = ("rate", "losses")  # SLOW and UNUSUAL say it with figures
_RUNS_ON = "a bot that runs goes on as it was started, and does not start again"


def status(
    *,
    form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT,
    watching: Annotated[
        bool, typer.Option("--watch", help="Follow what is being delivered, until Ctrl-C.")
    ] = False,
    every: Annotated[
        float, typer.Option("--every", min=0.1, max=3600, metavar="SECONDS", help="With --watch: how often.")
    ] = 1.0,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="SPAN",
            help="Show instead who came and who was lost since then, by day and by issue, and what was asked"
            " for: 12h, 30d, 4w or a date.",
        ),
    ] = None,
) -> None:
    """Show issues, subscribers, deliveries by state, and which process sends."""
    if watching and form is Format.JSON:
        raise BadInput("cannot be combined with --format json", where="--watch")
    if watching and since is not None:
        raise BadInput("cannot be combined with --since", where="--watch")
    settings = settings_beside()
    if watching:
        asyncio.run(_watch(settings, every))
        return
    if since is not None:
        schedule = settings.schedule
        moment = moment_of(since, utc_now(), schedule.zone, where="--since")
        show_audience(asyncio.run(_audience(settings, moment)), form, schedule.timezone)
        return
    found = asyncio.run(_status(settings))
    if form is Format.JSON:
        write_json(_values(found))
    else:
        _show(found, settings)


async def _watch(settings: Settings, every: float) -> None:
    async def look() -> ProgressSnapshot:
        """Opened anew each time: the bot may make or migrate the database meanwhile."""
        async with open_storage(settings, Access.READ) as storage:
            found = await current_progress(storage, utc_now())
        return found if found.sender else replace(found, idle=await _idle(settings))

    await watch(look, every=every)


async def _idle(settings: Settings) -> Readiness | None:
    return await asyncio.to_thread(idle_bot, settings.web)


async def _audience(settings: Settings, since: datetime) -> Audience:
    async with open_storage(settings, Access.READ) as storage:
        return await audience(storage, since, settings.schedule.zone)


async def _status(settings: Settings) -> Status:
    """The status; of a digest whose files have a mistake, what the database knows."""
    digest, mistake = load_or_mistake()
    fingerprint = fingerprint_of(digest.profile, digest.topics) if digest else None
    async with open_storage(settings, Access.READ) as storage:
        folder = await _folder(digest, storage) if digest else EMPTY
        lost, calendar = await lost_chats(storage, settings), make_calendar(settings)
        found = await current_status(
            storage,
            calendar,
            fingerprint,
            utc_now(),
            folder,
            approving=make_approving(settings, storage),
            lost=lost,
        )
        changed = changed_since(found.sender, digest.files) if digest else None
        gone = await gone_topics(storage, digest.topics.topics, digest.topics.former) if digest else ()
        idle = None if found.sender else await _idle(settings)
        return replace(found, mistake=mistake, changed=changed, gone_topics=gone, idle=idle)


async def _folder(configuration: Configuration, storage: Storage) -> Listing:
    """The folder of issues; nothing of one that was not named or is away, which doctor and health tell."""
    if configuration.settings.names_issues:
        with suppress(BadInput):
            return await make_editorial(configuration, storage).intake.listing(utc_now())
    return EMPTY


def _values(found: Status) -> dict[str, Any]:
    return {
        "issues": [_issue_values(issue) for issue in found.issues],
        "subscribers": {state.value: count for state, count in found.subscribers.items()},
        "deliveries": {state.value: count for state, count in found.deliveries.items()},
        "sender": _sender_values(found.sender) if found.sender else None,
        "lapsed_sender": asdict(found.lapsed) if found.lapsed else None,
        "idle": dict(found.idle.troubles) if found.idle else None,
        "index": asdict(found.index) if found.index else None,
        "mistake": found.mistake,
        "troubles": {one.name: one.told for one in _troubles(found)},
        "gone_topics": {one.slug: one.followers for one in found.gone_topics},
        "changed_files": list(found.changed.files) if found.changed else [],
        "held": _hold_values(found.held),
        "held_issues": dict(found.held_by),
        "lost_chats": {one.role.value: one.at.isoformat() for one in found.lost_chats},
        "lost_last_day": {what.value: found.lately.happened.get(what, 0) for what in LOSSES},
        "unusual_losses": found.lately.unusual,
        "behind": found.behind,
        "unreadable": [{"file": str(one.path), "reason": one.reason} for one in found.unreadable],
    }


def _issue_values(issue: IssueStatus) -> dict[str, Any]:
    record = issue.record
    return {
        "slug": record.slug,
        "title": record.title,
        "date": record.date.isoformat() if record.date else None,
        "state": record.state,
        "commit": record.commit,
        "published_at": record.published_at.isoformat() if record.published_at else None,
        "publish_at": record.publish_at.isoformat() if record.publish_at else None,
        "file": record.file,
        "file_away": record.file_away.isoformat() if record.file_away else None,
        "corrected": record.corrected,
        "file_changed": issue.file_changed,
        "held": _hold_values(issue.held),
        "deliveries": {state.value: count for state, count in issue.deliveries.items()},
        "change": asdict(issue.change) if issue.change else None,
    }


def _hold_values(hold: Hold | None) -> dict[str, Any] | None:
    return {"by": hold.by, "why": hold.why, "since": hold.at.isoformat()} if hold else None


def _sender_values(sender: Sender) -> dict[str, Any]:
    """Numbers are null until they are known."""
    unknown: dict[str, Any] = {field.name: None for field in fields(Report)}
    return {"holder": sender.holder} | unknown | (asdict(sender.report) if sender.report else {})


def _show(found: Status, settings: Settings) -> None:
    for line in _lines(found, settings.delivery.rate):
        write(line)
    if not found.issues:
        write("No issues yet.")
        return
    write_table(_table(found.issues, ask=settings.delivery.edits == "ask"))


def _lines(found: Status, rate: float) -> Iterator[str]:
    """What is told above the issues."""
    report = found.sender.report if found.sender else None
    yield "Subscribers: " + _counted(found.subscribers)
    if found.lately.unusual:
        yield f"UNUSUAL: {found.lately}; jianbao status --since 2d shows when, and after which issue"
    yield f"Sending: {sender_line(found.sender, found.lapsed, found.idle)}"
    if report and (slow := slowness(report, rate)):
        below = f"the limit has been below delivery.rate for {duration(report.slow_for)}"
        yield f"SLOW: {slow}; {below} and climbs back by itself"
    yield from (f"TROUBLE: {one.told}" for one in _troubles(found))
    yield from (f"LOST: {lost.what}; {lost.advice}" for lost in found.lost_chats)
    if found.held:
        yield held_line(EVERYTHING, found.held)
    if any(found.held_by.values()):
        yield "Held: " + _counted({f"by {by}": count for by, count in found.held_by.items() if count})
    yield from _of_configuration(found)
    if found.index and found.index.done < found.index.total:
        done = f"{found.index.done} of {found.index.total} issues as they are read now"
        yield f"Index: {done}, of all that were not taken back"
    yield from _of_files(found)


def _troubles(found: Status) -> tuple[Trouble, ...]:
    """What the process that sends says is wrong, but for what is told apart."""
    troubles = found.sender.troubles if found.sender else ()
    return tuple(one for one in troubles if one.name not in _TOLD_APART)


def _of_configuration(found: Status) -> Iterator[str]:
    """What is wrong with its files."""
    if found.changed:
        yield f"CHANGED: {found.changed.what}; {found.changed.advice}"
    if found.mistake:
        yield f"MISTAKE: {found.mistake}; {_RUNS_ON}"
    for one in found.gone_topics:
        yield f"TOPIC {'RENAMED' if one.new else 'GONE'}: {one.what}; {one.advice}"


def _of_files(found: Status) -> Iterator[str]:
    """What is wrong with the files of issues."""
    if found.behind:
        yield f"BEHIND: {found.behind}"
    for one in found.unreadable[:_MOST_NAMED]:
        yield f"{'UNREADABLE' if one.unreadable else 'PASSED OVER'}: {one.path} {one.reason}"
    if len(found.unreadable) > _MOST_NAMED:
        yield f"PASSED OVER: {len(found.unreadable) - _MOST_NAMED} files more"


def _counted(numbers: Mapping[Any, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in numbers.items())


def _table(issues: Sequence[IssueStatus], *, ask: bool) -> Table:
    """The issues, with their commits if they come from a repository."""
    of_git = any(issue.record.commit for issue in issues)
    states = (state.value for state in DeliveryState)
    table = Table("issue", *(("commit",) if of_git else ()), "state", *states, title="Pushes")
    for issue in issues:
        commit = (issue.record.short_commit,) if of_git else ()
        counts = (str(count or "·") for count in issue.deliveries.values())
        table.add_row(issue.record.slug, *commit, _state(issue, ask=ask), *counts)
    return table


def _state(issue: IssueStatus, *, ask: bool) -> str:
    """The state in words, with how far what was sent is changed."""
    state = _own_state(issue, ask=ask)
    return f"{state}; {change_line(issue.change)}" if issue.change else state


def _own_state(issue: IssueStatus, *, ask: bool) -> str:
    """``ask``: a correction of what was sent waits for the operator."""
    record = issue.record
    if issue.held:
        return f"held {issue.held.told}; {issue.held.release(record.slug)}"
    if (record.file_away or issue.untold) and record.state in UNBORN:
        since = f" since {moment(record.file_away)}" if record.file_away else ""
        return f"{record.state}; its file {issue.untold or 'is away or empty'}{since}"
    if issue.waits_until:
        return f"waiting until {issue.waits_until}"
    if record.corrected or (issue.file_changed and ask):
        changed = f"{record.state}; its file changed"
        return f"{changed}: jianbao publish {record.slug} --edit" if ask else changed
    state = "taken back" if record.state is IssueState.RETRACTED else str(record.state)
    return f"{state}; its file is gone" if record.file_away else state
