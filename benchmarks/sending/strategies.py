"""The strategies by name: what is run, each in a process of its own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec

from benchmarks.sending.job import Job

#: Finds what is installed by its name; None is what is not.
Find = Callable[[str], object | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """``python -m module arguments`` with the job's arguments after them; its last line is an Outcome.

    See :mod:`benchmarks.sending.job` for what a module is given. ``needs`` is what has to be installed.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    needs: str | None = None

    def is_installed(self, find: Find = find_spec) -> bool:
        """Whether it can be run here."""
        return self.needs is None or find(self.needs) is not None

    def command(self, job: Job) -> tuple[str, ...]:
        """What starts it on a job."""
        given = {
            "--url": job.url,
            "--chats": job.chats,
            "--parts": job.parts,
            "--rate": job.rate,
            "--in-flight": job.in_flight,
            "--seconds": job.seconds,
            "--size": job.size,
            "--stalls": job.stalls,
            "--groups": job.groups,
        }
        arguments = (f"{name}={value}" for name, value in given.items())
        return (sys.executable, "-m", self.module, *self.arguments, *arguments)


#: All that the bot sends an issue with, its ledger included.
ENGINE = Strategy(name="our engine, on SQLite", module="benchmarks.sending.by_engine")


def engine_on(name: str, database_url: str) -> Strategy:
    """The engine on an empty database elsewhere; ``name`` is the database's."""
    return replace(ENGINE, name=f"our engine, on {name}", arguments=(f"--database={database_url}",))


#: What people send to many chats by. The first of them is what python-telegram-bot recommends.
LIMITER = Strategy(name="AIORateLimiter", module="benchmarks.sending.by_limiter", needs="aiolimiter")
BY_SECOND = Strategy(
    name="gather 30, sleep(1)", module="benchmarks.sending.by_ptb", arguments=("--pace=by-second",)
)
ONE_BY_ONE = Strategy(
    name="loop, sleep(1/30)", module="benchmarks.sending.by_ptb", arguments=("--pace=one-by-one",)
)

#: What a message costs: nothing holds these back but the number in flight.
PROTOCOL = Strategy(name="bare protocol", module="benchmarks.sending.by_protocol")
OURS = Strategy(name="our client and Sender", module="benchmarks.sending.by_ours")
AIOGRAM = Strategy(name="aiogram", module="benchmarks.sending.by_aiogram", needs="aiogram")
PTB = Strategy(name="python-telegram-bot on httpx", module="benchmarks.sending.by_ptb")
