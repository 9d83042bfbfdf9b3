"""Who sends and how far deliveries are, in words for the terminal."""

from collections.abc import Iterable

from bot.model import Aim, DeliveryState, Hold
from bot.reports.progress import IssueProgress, ProgressSnapshot
from bot.reports.readiness import Readiness
from bot.reports.sender import LapsedSender, Sender, current_sender
from bot.storage import EVERYTHING, CopyChange, Storage
from bot.words.durations import duration
from bot.words.english import plural
from bot.words.moments import moment

NO_SENDER = "no process is sending; start one with jianbao run, or see jianbao health"
_JUST_BEGUN = "it has just begun, or stands by"


def sender_line(sender: Sender | None, lapsed: LapsedSender | None, idle: Readiness | None = None) -> str:
    """Who sends, and how fast; if nobody does, which process is ``idle``, or who did last and said no end."""
    if sender is None:
        return idle_line(idle) if idle else lapsed_line(lapsed) if lapsed else NO_SENDER
    if sender.is_silent:
        ends = f"which ends in {duration(sender.left)}"
        return f"{sender.holder} does not renew its lease, {ends}: it is gone, or cannot write"
    if sender.report is None:
        return f"{sender.holder} is sending and has not reported its rate yet"
    one = sender.report
    why = "for Telegram does not answer" if one.rests else "as Telegram asked"
    paused = f", paused for {duration(one.paused_for)}, {why}" if one.paused_for > 0 else ""
    return f"{sender.holder} sends {one.rate:.1f} of at most {one.limit:.1f} messages a second{paused}"


def idle_line(idle: Readiness) -> str:
    """That a process runs here and does not send, and why."""
    return f"no process is sending; the bot of this machine runs: {idle.why or _JUST_BEGUN}"


def lapsed_line(lapsed: LapsedSender) -> str:
    """That a bot which may well run has no lease to send."""
    return (
        f"{lapsed.holder} has not renewed its lease, which ended {duration(lapsed.seconds)} ago: it is gone,"
        " or cannot write (is the disk full?); jianbao health tells which. If it is gone: jianbao run"
    )


def summary_line(snapshot: ProgressSnapshot) -> str:
    """Who sends, how fast, how many messages failed, and how much time is left."""
    return ", ".join(_summary(snapshot))


def issue_line(issue: IssueProgress) -> str:
    """As in "50 % (1 of 2) of deliveries, 10 messages, 0 failed, 0 skipped, 0 uncertain".

    No percentage while more is being planned: it would fall back.
    """
    if issue.counts.taken_back:
        return taken_back_line(issue)
    failed, skipped = (issue.count(state) for state in (DeliveryState.FAILED, DeliveryState.SKIPPED))
    return (
        f"{_deliveries(issue)}, {_messages(issue)}, "
        f"{failed} failed, {skipped} skipped, {issue.counts.uncertain} uncertain{_waiting(issue)}"
    )


def _waiting(issue: IssueProgress) -> str:
    """As in ", 12 of 40 wait for their hour, the last until 2026-03-03 08:30 UTC"."""
    if not issue.waves:
        return ""
    last = moment(issue.waves[-1].at)
    return f", {issue.waiting} of {issue.total} wait for their hour, the last until {last}"


def taken_back_line(issue: IssueProgress) -> str:
    """As in "taken back from 15 of 18 chats, could not be deleted in 3".

    Of a part that was sent twice for want of an answer, one copy stays.
    """
    more = ", more being planned" if issue.grows else ""
    chats = plural(issue.to_take_back, "chat")
    stays = f", could not be deleted in {issue.stays}" if issue.stays else ""
    look = f"jianbao deliveries {issue.slug} --uncertain"
    copies = f", {issue.copies} may still hold a copy: {look}" if issue.copies else ""
    return f"taken back from {issue.is_taken_back} of {chats}{more}{stays}{copies}"


def change_line(change: CopyChange) -> str:
    """As in "being corrected: 57 of 301", of chats whose copy counts as sent."""
    what = "taken back" if change.aim is Aim.RETRACT else "corrected"
    return f"being {what}: {change.done} of {change.total}"


async def sends_when(storage: Storage, slug: str) -> str:
    """What sends what was planned, or what has to be done before."""
    return await waits_for(storage, slug) or "the running bot will send it"


async def waits_for(storage: Storage, slug: str) -> str | None:
    """What has to be done before something that was planned is sent; None if nothing has to."""
    holds = await storage.holds.all()
    if EVERYTHING in holds:
        return "everything is held until jianbao resume"
    if slug in holds:
        return f"it is held until jianbao resume {slug}"
    if await current_sender(storage.leases) is None:
        return "no bot sends now, so it goes out once one runs: jianbao run"
    return None


def held_line(scope: str, hold: Hold) -> str:
    """That an issue, or everything, is held, and what lets it go on."""
    what = "nothing is pushed" if scope == EVERYTHING else scope
    return f"HELD: {what} {hold.told}; {hold.advice(scope)}"


def held_lines(snapshot: ProgressSnapshot) -> tuple[str, ...]:
    """A line for each hold."""
    return tuple(held_line(scope, hold) for scope, hold in snapshot.held.items())


def snapshot_line(snapshot: ProgressSnapshot) -> str:
    """The whole snapshot in one line."""
    issues = (f"{issue.slug}: {issue_line(issue)}" for issue in snapshot.issues)
    return "; ".join((*held_lines(snapshot), summary_line(snapshot), *issues))


def _summary(snapshot: ProgressSnapshot) -> Iterable[str]:
    yield sender_line(snapshot.sender, snapshot.lapsed, snapshot.idle)
    if snapshot.sender and (report := snapshot.sender.report):
        yield f"of its calls since it started {report.refused} were refused (429) and {report.failed} failed"
    if snapshot.issues and snapshot.seconds is not None:
        about = "at most" if any(issue.at_most for issue in snapshot.issues) else "about"
        yield f"{about} {duration(snapshot.seconds)} left"
    if not snapshot.issues:
        yield "nothing is being delivered"


def _deliveries(issue: IssueProgress) -> str:
    if issue.grows:
        return f"{issue.done} of {issue.total} deliveries, more being planned"
    return f"{_share(issue.done, issue.total)} of deliveries"


def _messages(issue: IssueProgress) -> str:
    if issue.left is None:
        return plural(issue.parts_done, "message")
    return f"{_share(issue.parts_done, issue.parts_done + issue.left)} messages"


def _share(done: int, total: int) -> str:
    return f"{done * 100 // total if total else 100} % ({done} of {total})"
