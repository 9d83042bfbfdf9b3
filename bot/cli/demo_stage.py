"""Where the issues of the demo lie: in a folder, or in a git repository to which anybody here may push."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.errors import BadInput
from bot.settings import process_environment
from bot.settings.sections import SourceSettings
from bot.sources.git import is_installed

ISSUES = "issues"  # the folder of what has come out so far
_BRANCH = "main"
_POLL = 0.5  # seconds; the page's button is to be answered at once
_WHO = "Jianbao demo <demo@example.org>"


class Place(Protocol):
    """Where issues are put for the bot to find."""

    @property
    def source(self) -> SourceSettings:
        """The settings by which the bot reads it."""

    @property
    def hint(self) -> str:
        """What to say of it in the terminal; empty where there is nothing to say."""

    def put(self, name: str, content: bytes) -> str:
        """Put an issue there, and what to say of it; blocks."""


class IssuesFolder:
    """The folder ``issues`` below ``home``."""

    source = SourceSettings()
    hint = ""

    def __init__(self, home: Path) -> None:
        self._home = home
        (home / ISSUES).mkdir()

    def put(self, name: str, content: bytes) -> str:
        """Written apart and moved in whole, as an editor's tools do."""
        part, target = self._home / "part", self._home / ISSUES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(target)
        return f"{name} → {ISSUES}/"


class IssuesRepository:
    """The repository ``digest.git`` below ``home``, bare, with the issues in its folder ``issues``."""

    def __init__(self, home: Path) -> None:
        if not is_installed():
            raise BadInput("needs the git command, which is not installed", where="--git")
        self._path = home / "digest.git"
        self._git("init", "--quiet", "--bare", "--template=", f"--initial-branch={_BRANCH}", str(self._path))

    @property
    def source(self) -> SourceSettings:
        """Its branch is asked about twice a second."""
        return SourceSettings(git=str(self._path), branch=_BRANCH, folder=ISSUES, poll=_POLL)

    @property
    def hint(self) -> str:
        """How to be an editor in another terminal."""
        return f"The issues: git clone {self._path}\nWrite one into {ISSUES}/, commit it and push."

    def put(self, name: str, content: bytes) -> str:
        """Commit it on top of whatever was pushed meanwhile."""
        ref, path = f"refs/heads/{_BRANCH}", f"{ISSUES}/{name}"
        head = self._git("-C", str(self._path), "for-each-ref", "--format=%(objectname)", ref).strip()
        message = f"Add {name}".encode()
        commit = [
            f"commit {ref}\ncommitter {_WHO} now\ndata {len(message)}\n".encode() + message,
            f"from {head}".encode() if head else b"",
            f'M 100644 inline "{_quoted(path)}"\ndata {len(content)}\n'.encode() + content,
        ]
        stream = b"\n".join(filter(None, commit)) + b"\n"
        self._git("-C", str(self._path), "fast-import", "--quiet", "--date-format=now", given=stream)
        return f"{name} → git commit"

    def _git(self, *words: str, given: bytes = b"") -> str:
        """Run git by no settings of this machine; what it printed."""
        plain = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
        inherited = {name: value for name, value in process_environment().items() if name[:4] != "GIT_"}
        done = subprocess.run(  # noqa: S603  # the words are ours
            ["git", *words],  # noqa: S607  # wherever it was installed
            env=inherited | plain,
            input=given,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise BadInput(f"git failed: {done.stderr.decode('utf-8', 'replace').strip()}", where="--git")
        return done.stdout.decode()


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The folder of the demo, the place that its bot reads, and the samples still to come, oldest first."""

    home: Path
    place: Place
    samples: Path
    to_come: Iterator[str]

    async def drop(self) -> str:
        """Put the next sample issue into its place."""
        issue = next(self.to_come, None)
        if issue is None:
            return "样刊都发完了 · no sample issues left"
        return await asyncio.to_thread(self.put, issue)

    def put(self, issue: str) -> str:
        """Put a sample into its place, and what to say of it."""
        return self.place.put(issue, (self.samples / issue).read_bytes())
