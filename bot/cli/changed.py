"""The issue files of a work tree that differ from a commit, or are not committed yet."""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.cli.issue_files import IssueFile, issue_files
from bot.cli.reading import sidecars_of
from bot.digest.profile import Profile
from bot.errors import BadInput
from bot.model import FilePattern, is_topics

_HEAD = "HEAD"
_PATIENCE = 60  # seconds
_WHERE = "--changed"


def changed_files(words: Sequence[Path], profile: Profile) -> tuple[IssueFile, ...]:
    """Those of the named files and folders that differ; ``words`` may begin with the commit to compare with.

    Without a commit it is ``HEAD``; without a path, all below the current folder that are named as issues.
    A file differs too if one of topics beside it does. What differs is what was done since the branch left
    that commit. Raises BadInput if there is no such commit, or no repository.
    """
    base, *paths = words if words and not words[0].exists() else (Path(_HEAD), *words)
    changed = _changed(str(base))
    files = _files(paths, profile.file_pattern)
    return tuple(file for file in files if file.path.resolve() in changed or _beside(file, changed, profile))


def _beside(file: IssueFile, changed: frozenset[Path], profile: Profile) -> bool:
    """Whether a file of topics of one of its issues differs, or is gone."""
    folder = file.path.resolve().parent
    near = {path for path in changed if path.parent == folder and is_topics(path.name)}
    return bool(near) and not near.isdisjoint(path.resolve() for path in sidecars_of(file, profile))


def _files(paths: Sequence[Path], pattern: FilePattern) -> Iterable[IssueFile]:
    if paths:
        return issue_files(paths, pattern)
    here = issue_files([Path()], pattern)
    return [file for file in here if pattern.match(file.name(pattern))]


def _changed(base: str) -> frozenset[Path]:
    top = Path(_said("rev-parse", "--show-toplevel").rstrip("\n"))
    commit = _commit(base)
    differing = _said("diff", "--name-only", "-z", "--no-renames", commit, "--")
    new = _said("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
    return frozenset((top / name).resolve() for name in (differing + new).split("\0") if name)


def _commit(base: str) -> str:
    """Where the branch left ``base``; that itself, if it was never part of it."""
    try:
        wanted = _said("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").strip()
    except BadInput:
        advice = "fetch it first (in a workflow: fetch-depth: 0)"
        raise BadInput(f"there is no commit {base!r}; {advice}", where=_WHERE) from None
    try:
        return _said("merge-base", wanted, _HEAD).strip()
    except BadInput:
        return wanted


def _said(*words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # the words are ours, and what a person named stands behind an end of options
            ["git", "-c", "core.quotePath=false", *words],  # noqa: S607  # wherever it was installed
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except FileNotFoundError:
        raise BadInput("needs the git command, which is not installed", where=_WHERE) from None
    except subprocess.TimeoutExpired:
        raise BadInput(f"git did not answer within {_PATIENCE} seconds", where=_WHERE) from None
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["git failed"])[0].removeprefix("fatal: ")
        raise BadInput(reason, where=_WHERE) from None
    return done.stdout
