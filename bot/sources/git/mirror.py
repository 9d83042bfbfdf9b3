"""The newest commit of a repository as a folder of its issues, fetched and kept below the data.

========== ========================================================================
lock       whoever holds it fetches
gitconfig  all that git goes by
repository what was fetched: as few commits as possible
commits    the issues of the newest commit and of the one before, a folder each
state.json which commit is the newest, and of what
========== ========================================================================

What is lost of it is fetched again.
"""

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import SourceAway
from bot.model import SHORT_COMMIT
from bot.sources.git.access import Repository
from bot.sources.git.command import Git
from bot.sources.git.export import Passed, export

_BRANCH = "refs/heads/mirror"
_FETCH = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
_SAID = 2_000_000  # bytes of what a command answers
_BACK = 50  # commits that are fetched to learn whether a history was rewritten
_PACKS = 50  # fetched; with more, all is fetched anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Bytes of one file and of everything, and seconds for an answer, for a fetch and for writing it down."""

    file: int
    everything: int
    answer: float = 20.0
    fetch: float = 120.0
    export: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the mirror holds: a commit of the repository that ``identity`` names, made at ``time``.

    ``rewritten``: the commit that was known before is not among its ancestors.
    """

    identity: str
    commit: str
    time: int
    rewritten: bool
    passed: tuple[Passed, ...]


class Mirror:
    """The issues of one repository, in a folder that several processes may share."""

    def __init__(
        self,
        repository: Repository,
        path: Path,
        bounds: Bounds,
        *,
        environment: Mapping[str, str],
        stopped: threading.Event,
    ) -> None:
        self._repository = repository
        self._path = path
        self._bounds = bounds
        self._config = path / "gitconfig"
        self._objects = path / "repository"
        inherited = repository.environment(environment, self._config)
        self._git = Git(path, inherited | {"GIT_DIR": str(self._objects)}, stopped)

    def state(self) -> State | None:
        """What is there; None if nothing is, or something else."""
        try:
            found = _state_of(json.loads((self._path / "state.json").read_bytes()))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        fits = found.identity == self._repository.identity and self.folder(found).is_dir()
        return found if fits else None

    def folder(self, state: State) -> Path:
        """Where the issues of a commit lie, as they lie in the repository below the folder of issues."""
        return self._path / "commits" / state.commit

    def refresh(self) -> None:
        """Fetch what is new; blocks. Raises SourceAway, and leaves what is there as it is.

        If another process is at it, nothing is done.
        """
        try:
            with self._locked() as mine:
                if mine:
                    self._refresh(self.state())
        except OSError as error:
            reason = f"cannot be kept in {self._path} ({error.strerror or error})"
            raise SourceAway(reason) from None

    @contextmanager
    def _locked(self) -> Iterator[bool]:
        self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._path / "lock").open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _refresh(self, known: State | None) -> None:
        self._config.write_text(self._repository.configuration(), "utf-8")
        self._prepare()
        tip = self._tip()
        if known is None or tip != known.commit:
            self._fetch(known)
            self._take(known)

    def _prepare(self) -> None:
        """A repository to fetch into; a new one if there is none, or if it has grown old."""
        if len(list(self._objects.glob("objects/pack/*.pack"))) > _PACKS or not self._is_sound():
            shutil.rmtree(self._objects, ignore_errors=True)
            self._say("init", "--quiet", "--bare", "--template=", str(self._objects))

    def _is_sound(self) -> bool:
        return all((self._objects / part).exists() for part in ("HEAD", "config", "objects", "refs"))

    def _tip(self) -> str:
        """The commit that the repository has now."""
        ref = self._repository.ref
        lines = self._say("ls-remote", "--", self._repository.url, ref).splitlines()
        found = {name: commit for commit, _, name in (line.partition("\t") for line in lines)}
        if ref not in found:
            branch = self._repository.branch
            raise SourceAway(f"has no branch {branch} (source.branch)" if branch else "is empty")
        return found[ref]

    def _fetch(self, known: State | None) -> None:
        """Fetch the newest commit, with those since the ``known`` one, if they lead to it."""
        if known is not None:
            with suppress(SourceAway):  # there are none since, or the server cannot tell
                return self._fetch_only(f"--shallow-since={known.time}")
        try:
            self._fetch_only("--depth=1")
        except SourceAway:
            if not any(self._objects.glob("objects/pack/*")):
                raise
            shutil.rmtree(self._objects)  # which may be what is wrong
            self._prepare()
            self._fetch_only("--depth=1")

    def _fetch_only(self, how: str) -> None:
        refs = f"+{self._repository.ref}:{_BRANCH}"
        bounds = self._bounds
        with self._git.output(
            *_FETCH, how, "--", self._repository.url, refs,
            within=bounds.fetch, most=_SAID, trouble=self._too_large,
        ):  # fmt: skip
            pass
        if reason := self._too_large():
            raise SourceAway(reason)

    def _too_large(self) -> str | None:
        size = 0
        for file in self._objects.glob("objects/*/*"):
            with suppress(FileNotFoundError):
                size += file.stat().st_size
        most = self._bounds.everything
        return f"is larger than {most / 1_000_000:g} MB (source.most_megabytes)" if size > most else None

    def _take(self, known: State | None) -> None:
        """Write the issues of what was fetched, all of them, before it counts as the newest."""
        commit, time = self._say("log", "-1", "--format=%H %ct", _BRANCH).split()
        new, bounds = self._path / "commits" / commit, self._bounds
        part = new.with_name("part")
        shutil.rmtree(part, ignore_errors=True)
        part.parent.mkdir(exist_ok=True)
        passed = export(
            self._git,
            self._tree(commit),
            part,
            size_limit=bounds.file,
            most=bounds.everything,
            within=bounds.export,
        )
        shutil.rmtree(new, ignore_errors=True)
        part.replace(new)
        rewritten = known is not None and self._is_rewritten(known.commit, commit)
        state = State(
            identity=self._repository.identity,
            commit=commit,
            time=int(time),
            rewritten=rewritten,
            passed=passed,
        )
        self._note(state)
        self._tidy(keep={commit, known.commit if known else commit})

    def _tree(self, commit: str) -> str:
        """The folder of issues in a commit, by git's id."""
        folder = self._repository.folder
        tree = f"{commit}:{folder}" if folder else f"{commit}^{{tree}}"
        try:
            found = self._say("rev-parse", "--verify", "--quiet", "--end-of-options", f"{tree}")
            if self._say("cat-file", "-t", found.strip()).strip() == "tree":
                return found.strip()
        except SourceAway:
            pass
        raise SourceAway(f"has no folder {folder} in commit {commit[:SHORT_COMMIT]} (source.folder)")

    def _is_rewritten(self, old: str, new: str) -> bool:
        """Whether an old commit is not among a new one's ancestors; False as well if that cannot be known.

        Of the new one no ancestors may be here, as where a clock was behind: some are fetched then.
        """
        if self._leads_to(old, new):
            return False
        try:
            self._fetch_only(f"--deepen={_BACK}")
        except SourceAway:
            return False
        return not self._leads_to(old, new)

    def _leads_to(self, old: str, new: str) -> bool:
        """Whether a commit is among another's ancestors; True as well if the old one is not here any more."""
        try:
            self._say("cat-file", "-e", f"{old}^{{commit}}")
        except SourceAway:
            return True
        try:
            self._say("merge-base", "--is-ancestor", old, new)
        except SourceAway:
            return False
        return True

    def _note(self, state: State) -> None:
        part = self._path / "state.part"
        with part.open("w", encoding="utf-8") as file:
            json.dump(asdict(state), file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path / "state.json")

    def _tidy(self, keep: set[str]) -> None:
        for folder in (self._path / "commits").iterdir():
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    def _say(self, *arguments: str) -> str:
        with self._git.output(*arguments, within=self._bounds.answer, most=_SAID) as out:
            return out.read().decode("utf-8", "replace")


def _state_of(values: Mapping[str, Any]) -> State:
    passed = tuple(Passed(**one) for one in values["passed"])
    return State(**{**values, "passed": passed})
