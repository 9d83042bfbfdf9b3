"""The issues in a git repository, as a source: each commit is read whole, and needs no rest."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.errors import BadInput, SourceAway
from bot.model import FilePattern
from bot.sources.folder import FolderSource, slug_of
from bot.sources.git.access import Repository
from bot.sources.git.command import is_installed
from bot.sources.git.mirror import Bounds, Mirror, State
from bot.sources.listing import Listing, Problem, SourceFile


class GitSource:
    """The Markdown files of a repository's folder that ``pattern`` takes for issues.

    The repository is asked at the first reading, then every ``poll`` seconds by the clock ``seconds``, and
    when :meth:`refetch` wants it; between, and while it cannot be reached, what is known of it is read.
    Problems are named by their paths in the repository. Safe to use from several threads.
    """

    def __init__(  # noqa: PLR0913  # each is passed by name
        self,
        repository: Repository,
        *,
        mirror: Path,
        pattern: FilePattern,
        bounds: Bounds,
        poll: float,
        environment: Mapping[str, str],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._repository = repository
        self._pattern = pattern
        self._bounds = bounds
        self._poll = poll
        self._seconds = seconds
        self._stopped = threading.Event()
        self._mirror = Mirror(repository, mirror, bounds, environment=environment, stopped=self._stopped)
        self._lock = threading.Lock()
        self._wanted = True
        self._asked_at = 0.0
        self._trouble: str | None = None
        self._known: tuple[str, FolderSource] | None = None

    def check(self) -> None:
        """Raises BadInput if git is not there, or what opens the repository cannot be read; asks nobody."""
        if not is_installed():
            raise BadInput("needs the git command, which is not installed", where=self._repository.place)
        self._repository.check()

    def refetch(self) -> None:
        """Ask the repository at the next reading, however soon that is."""
        self._wanted = True

    def stop(self) -> None:
        """Ask it no more; what is being asked ends."""
        self._stopped.set()

    def read(self, now: datetime, *, unsettled_too: bool = False) -> Listing:  # noqa: ARG002  # a commit has settled
        """The issues of the newest commit that could be had; blocks on the network.

        Raises SourceAway if none could be had yet.
        """
        with self._lock:
            if self._wanted or self._seconds() - self._asked_at >= self._poll:
                self._ask()
            state = self._mirror.state()
            if state is None:
                raise SourceAway(self._trouble or "is being fetched by another process", where=self._where)
            folder = self._folder(state)
        found = folder.read(now, unsettled_too=True)
        return Listing(
            files=tuple(self._named(file, state) for file in found.files),
            problems=(*(self._placed(one, folder.path) for one in found.problems), *self._passed(state)),
            trouble=self._trouble and f"{self._where}: {self._trouble}",
            rewritten=state.rewritten,
        )

    def is_gone(self, file: str, slug: str) -> bool:  # noqa: ARG002  # of a file with one issue
        """Whether the newest commit lacks a file: a commit is whole."""
        with self._lock:
            known = self._known
        return known is not None and not self._trouble and not (known[1].path / file).exists()

    @property
    def _where(self) -> str:
        return f"{self._repository.place}: {self._repository.url}".removeprefix(": ")

    def _ask(self) -> None:
        self._wanted = False
        try:
            self.check()
            self._mirror.refresh()
        except BadInput as error:
            self._trouble = error.reason
        else:
            self._trouble = None
        self._asked_at = self._seconds()

    def _folder(self, state: State) -> FolderSource:
        if self._known is None or self._known[0] != state.commit:
            path = self._mirror.folder(state)
            source = FolderSource(path=path, pattern=self._pattern, size_limit=self._bounds.file, settle=0)
            self._known = state.commit, source
        return self._known[1]

    def _named(self, file: SourceFile, state: State) -> SourceFile:
        return replace(file, path=self._path(file.name), copy=file.path, commit=state.commit)

    def _placed(self, problem: Problem, below: Path) -> Problem:
        return replace(problem, path=self._path(problem.path.relative_to(below).as_posix()))

    def _passed(self, state: State) -> tuple[Problem, ...]:
        return tuple(
            Problem(
                path=self._path(one.name),
                slug=slug_of(one.name, self._pattern),
                reason=one.reason,
                unreadable=one.unreadable,
                name=one.name,
            )
            for one in state.passed
        )

    def _path(self, name: str) -> Path:
        """Where a file is in the repository."""
        return Path(self._repository.folder, name)
