"""The process that sends, with the report that it stores in its lease."""

import json
import os
import socket
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from math import inf

from bot.pacing import Report
from bot.reports.troubles import Trouble
from bot.storage import SENDER, Leases
from bot.words.moments import moment

_LONGEST_NAME = 60  # characters of a machine's name
LEASE_SILENT = 5.0  #: seconds: of a lease that is renewed more are left


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """When a process was started, and the checksums of the files of its configuration, by name."""

    at: datetime
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The process that sends; ``report`` and ``started`` are None until it has written them.

    Its lease ends in ``left`` seconds, unless it renews it. ``troubles`` are what it says is wrong.
    """

    holder: str
    report: Report | None
    started: Started | None = None
    left: float = inf
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether it has missed to renew it, as one that was killed does."""
        return self.left < LEASE_SILENT


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFiles:
    """The files of the configuration that are not as they were when the process was started that sends.

    ``machine`` is that of the process, if it is another than this one, which may have files of its own.
    """

    files: tuple[str, ...]
    since: datetime
    machine: str | None = None

    @property
    def what(self) -> str:
        """Which they are; who asks may have another folder than that process, and other files in it."""
        differ = "differs from the one" if len(self.files) == 1 else "differ from those"
        where = f" on {self.machine}" if self.machine else ""
        started = f"that the sending process{where} was started with on {moment(self.since)}"
        return f"{' and '.join(self.files)} {differ} {started}"

    @property
    def advice(self) -> str:
        """What to do."""
        they, them = ("it says", "it") if len(self.files) == 1 else ("they say", "them")
        counts = f"what {they} counts once that process is restarted with {them}"
        return f"right if {self.machine} has its own; else {counts}" if self.machine else counts


def this_process() -> str:
    """What the leases of this process call it: machine and number."""
    return f"{_machine()} {os.getpid()}"


def _machine() -> str:
    return socket.gethostname()[:_LONGEST_NAME]


def changed_since(sender: Sender | None, files: Mapping[str, str]) -> ChangedFiles | None:
    """What of the files, by checksum, changed since it was started; None if nothing did, or nobody knows."""
    if sender is None or sender.started is None or not (files and sender.started.files):
        return None
    before = sender.started.files
    changed = sorted(name for name in {**before, **files} if before.get(name) != files.get(name))
    if not changed:
        return None
    machine = sender.holder.rpartition(" ")[0]
    elsewhere = machine if machine != _machine() else None
    return ChangedFiles(files=tuple(changed), since=sender.started.at, machine=elsewhere)


async def current_sender(leases: Leases) -> Sender | None:
    """The process that sends now; None if there is none."""
    lease = await leases.current(SENDER)
    if lease is None:
        return None
    return Sender(
        holder=lease.holder,
        report=read_report(lease.report),
        started=_read_started(lease.report),
        left=lease.left,
        troubles=_read_troubles(lease.report),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsedSender:
    """The process that sent last, and how many seconds ago the lease ended that it has not renewed."""

    holder: str
    seconds: float


async def lapsed_sender(leases: Leases) -> LapsedSender | None:
    """The process that sent last, if it did not end in order: it is gone, or cannot write."""
    lease = await leases.lapsed(SENDER)
    return LapsedSender(holder=lease.holder, seconds=-lease.left) if lease else None


def write_report(report: Report, started: Started | None = None, troubles: Iterable[Trouble] = ()) -> str:
    """The report as JSON, as the lease has it; with what the process was started, and what is wrong."""
    began = {"at": started.at.isoformat(), "files": dict(started.files)} if started else None
    wrong = [{"name": one.name, "reason": one.reason, "since": one.since.isoformat()} for one in troubles]
    return json.dumps({**asdict(report), "started": began, "troubles": wrong})


def read_report(text: str) -> Report | None:
    """The report that :func:`write_report` wrote; None for any other text, such as another version's."""
    try:
        values = {
            "slow_for": 0.0,
            "rests": False,
            **json.loads(text),
        }  # which an earlier version does not write
        return Report(**{field.name: values[field.name] for field in fields(Report)})
    except (ValueError, KeyError, TypeError):
        return None


def _read_troubles(text: str) -> tuple[Trouble, ...]:
    """What the process says is wrong; nothing in the text of another version."""
    try:
        return tuple(
            Trouble(name=one["name"], reason=one["reason"], since=datetime.fromisoformat(one["since"]))
            for one in json.loads(text)["troubles"]
        )
    except (ValueError, KeyError, TypeError):
        return ()


def _read_started(text: str) -> Started | None:
    try:
        values = json.loads(text)["started"]
        return Started(at=datetime.fromisoformat(values["at"]), files=dict(values["files"]))
    except (ValueError, KeyError, TypeError):
        return None
