"""Issue files read one after the other. One that cannot be read is named and passed over."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import typer

from bot.cli.issue_files import IssueFile
from bot.cli.output import read_text, say
from bot.cli.tables import watched
from bot.digest.breaking import breaking_line, reason_of
from bot.digest.division import IssueText, divided
from bot.digest.profile import Profile
from bot.digest.reader import IssueReader
from bot.errors import BadInput, JianbaoError
from bot.model import Beside, Issue
from bot.settings import Configuration
from bot.sources import sidecar_path

S = TypeVar("S")
T = TypeVar("T")

_SOME_FAILED = 1


def issue_reader(configuration: Configuration) -> Callable[[IssueFile], tuple[Issue, ...]]:
    """What reads the issues in a file, with their topics: one, or several where the profile says so."""
    reader, pattern = (
        IssueReader(configuration.profile, configuration.topics),
        configuration.profile.file_pattern,
    )

    def read(file: IssueFile) -> tuple[Issue, ...]:
        name = file.name(pattern)
        own, text = file.slug(pattern), read_text(file.path)
        return read_by_lines(
            text,
            lambda some: reader.issues(
                some, slug=own, name=name, beside=lambda one: beside(file.path, own, one)
            ),
            path=file.path,
        )

    return read


def sidecar_of(path: Path, own: str, slug: str) -> Path:
    """Where the file of topics lies of the issue ``slug`` in the file at ``path``, whose slug is ``own``."""
    return sidecar_path(path, "" if slug == own else slug)


def sidecars_of(file: IssueFile, profile: Profile) -> frozenset[Path]:
    """Where the files of topics lie of all issues in a file, whether they are there or not."""
    own = file.slug(profile.file_pattern)
    try:
        text = read_text(file.path)
    except BadInput:  # whoever reads the file says so
        return frozenset()
    issues = divided(text, slug=own, profile=profile)
    return frozenset(sidecar_of(file.path, own, one.slug) for one in issues)


def beside(path: Path, own: str, issue: IssueText) -> Beside | None:
    """The file of topics that lies beside an issue of the file at ``path``, whose slug is ``own``.

    One that cannot be read is told, and the issue goes without it.
    """
    file = sidecar_of(path, own, issue.slug)
    try:
        return Beside(name=file.name, text=read_text(file)) if file.exists() else None
    except BadInput as error:
        say(f"jianbao: {error}")
        return None


def read_by_lines(text: str, read: Callable[[str], T], *, path: object) -> T:
    """What ``read`` makes of a text. Where it breaks, the error names the line at which it begins to.

    Raises JianbaoError for a fault of ours; errors that are raised on purpose go through.
    """
    try:
        return read(text)
    except JianbaoError:
        raise
    except Exception as error:  # a fault of ours, whatever it is
        line = breaking_line(read, text)
        raise JianbaoError(f"{path}:{line}: cannot be read ({reason_of(error)})") from error


class Batch:
    """Files that a command goes through. It remembers whether one was passed over."""

    def __init__(self) -> None:
        self._passed_over = False

    def each(
        self,
        things: Sequence[S],
        do: Callable[[S], T],
        *,
        what: str = "Reading",
        path: Callable[[S], object] = str,
    ) -> list[tuple[S, T]]:
        """Each thing with what ``do`` makes of it; a failure goes to standard error with its ``path``.

        Raises the last failure where nothing is left to go on with.
        """
        done, failures = _attempted(watched(things, what), do, path)
        if failures and not done:
            *failures, last = failures
            _tell(failures)
            raise last
        _tell(failures)
        self._passed_over |= bool(failures)
        return done

    def end(self) -> None:
        """End the command with exit code 1 where a file was passed over."""
        if self._passed_over:
            raise typer.Exit(_SOME_FAILED)


def each_beside(things: Iterable[S], do: Callable[[S], T]) -> list[tuple[S, T]]:
    """Files that nobody asked for: one that fails is named too, and the command succeeds all the same."""
    done, failures = _attempted(things, do, str)
    _tell(failures)
    return done


def _attempted(
    things: Iterable[S], do: Callable[[S], T], path: Callable[[S], object]
) -> tuple[list[tuple[S, T]], list[JianbaoError]]:
    done: list[tuple[S, T]] = []
    failures: list[JianbaoError] = []
    for thing in things:
        try:
            done.append((thing, do(thing)))
        except JianbaoError as error:
            failures.append(error)
        except Exception as error:  # noqa: BLE001  # a fault of ours in one file must not keep the others out
            failures.append(JianbaoError(f"{path(thing)}: cannot be read ({reason_of(error)})"))
    return done, failures


def _tell(failures: Iterable[JianbaoError]) -> None:
    for failure in failures:
        say(f"jianbao: {failure}")
