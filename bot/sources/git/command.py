"""Runs git: for so long, for so much, and by no settings but ours."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from bot.errors import SourceAway

_TICK = 0.2  # seconds between two looks at a command that runs
_LONGEST = 200  # characters of what git says
_COMPLAINTS = ("fatal:", "error:", "ERROR:")
_SSH_SAID_WHY = "Could not read from remote repository"
_HINTS = {
    "could not read Username": "; if it needs a token, name the file that holds one (source.token_file)",
    "Authentication failed": "; is the token in source.token_file right, and may it read the repository?",
    "Permission denied (publickey": "; name the file of a key that may read it (source.key_file)",
    "Host key verification failed": "; put the host's key into a file (source.known_hosts_file)",
}
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def is_installed() -> bool:
    """Whether there is a git command."""
    return shutil.which("git") is not None


class Git:
    """The git command in a folder. What it says of a failure is raised as SourceAway, in one line.

    Once ``stopped`` is set, what runs is killed and nothing more begins.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], stopped: threading.Event) -> None:
        self._folder = folder
        self._environment = environment
        self._stopped = stopped

    @contextmanager
    def output(
        self,
        *arguments: str,
        within: float,
        most: int,
        given: bytes = b"",
        trouble: Callable[[], str | None] = lambda: None,
    ) -> Iterator[IO[bytes]]:
        """What a command prints, ``most`` bytes of it, as a file that is gone with the context.

        The command ends ``within`` seconds. ``given`` is its input; ``trouble`` says, while it runs, why it
        must not go on.
        """
        with (
            tempfile.TemporaryFile(dir=self._folder) as words,
            tempfile.TemporaryFile(dir=self._folder) as out,
            tempfile.TemporaryFile(dir=self._folder) as errors,
        ):
            words.write(given)
            words.seek(0)

            def why_not() -> str | None:
                too_much = os.fstat(out.fileno()).st_size > most
                return "has too many files" if too_much else trouble()

            code = self._run(arguments, (words, out, errors), within, why_not)
            if code:
                errors.seek(0)
                raise SourceAway(_reason(errors.read(10_000), code))
            out.seek(0)
            yield out

    def _run(
        self,
        arguments: Sequence[str],
        files: tuple[IO[bytes], IO[bytes], IO[bytes]],
        within: float,
        why_not: Callable[[], str | None],
    ) -> int:
        ends = time.monotonic() + within
        words, out, errors = files
        process = subprocess.Popen(  # noqa: S603  # the words are ours, and none begins with a dash by chance
            ["git", *arguments],  # noqa: S607  # wherever it was installed
            cwd=self._folder,
            env=self._environment,
            stdin=words,
            stdout=out,
            stderr=errors,
            start_new_session=True,
        )
        try:
            while not self._stopped.is_set():
                with suppress(subprocess.TimeoutExpired):
                    return process.wait(_TICK)
                if reason := why_not():
                    raise SourceAway(reason)
                if time.monotonic() > ends:
                    raise SourceAway(f"did not answer within {within:g} seconds")
            raise SourceAway("was not asked to the end, as the bot stops")
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """With all that it started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, _KILL)
        process.wait()


def _reason(said: bytes, code: int) -> str:
    """What git said of a failure, in a line that may be shown: its first complaint, without control marks."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    lines = lines or [f"git ended with {code}"]
    found = next((line for mark in _COMPLAINTS for line in lines if line.startswith(mark)), lines[0])
    why = next((line for line in reversed(lines[: lines.index(found)]) if line.strip("@")), found)
    line = (why if _SSH_SAID_WHY in found else found).removeprefix("fatal:").strip()
    shown = "".join(char if char.isprintable() else " " for char in line)
    hint = next((hint for words, hint in _HINTS.items() if words in shown), "")
    return shown[:_LONGEST] + hint
