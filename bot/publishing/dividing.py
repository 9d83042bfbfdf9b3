"""A folder whose files hold several issues, seen as one file for each issue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.digest.division import IssueText
from bot.errors import FileChanged
from bot.sources import Listing, Problem, Source, SourceFile
from bot.sources.text import checksum_of, former_checksums

Divide = Callable[[SourceFile, str], Sequence[IssueText]]  #: the texts of the issues in a file and its text


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInFile(SourceFile):
    """One issue of a file, with its text."""

    whole: str

    @property
    def stem(self) -> str:
        """What a file that lies beside it is called by: itself, for the file has several."""
        return self.slug

    def text(self) -> str:
        """The issue's own text."""
        return self.whole


class DividedFiles:
    """The files of another source, each divided into its issues; a file of one issue stays as it is.

    Of an issue, slug, text and checksum are its own: what is written elsewhere in the file does not
    change it. An issue that has the slug of another is a problem.
    """

    def __init__(self, source: Source, divide: Divide) -> None:
        self._source = source
        self._divide = divide
        self._known: dict[str, tuple[str, Sequence[SourceFile]]] = {}

    def check(self) -> None:
        """Raises BadInput if nothing can be read from there."""
        self._source.check()

    def read(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """The issues in the folder; blocks. A file is divided anew only when it changed."""
        listing = self._source.read(now, unsettled_too=unsettled_too)
        self._known = {file.name: self._divided(file) for file in listing.files}
        issues: dict[str, SourceFile] = {}
        problems = list(listing.problems)
        for _, found in self._known.values():
            for issue in found:
                first = issues.setdefault(issue.slug, issue)
                if first is not issue:
                    reason = f"its issue {issue.slug} has the name of one in {first.name}, read instead"
                    problems.append(Problem(path=issue.path, slug=issue.slug, reason=reason, unwanted=True))
        return replace(listing, files=tuple(issues.values()), problems=tuple(problems))

    def refetch(self) -> None:
        """Look for something new at the next reading, however soon after the last."""
        self._source.refetch()

    def stop(self) -> None:
        """End a reading that takes long, and read no more."""
        self._source.stop()

    def is_gone(self, file: str, slug: str) -> bool:
        """Whether an issue was taken away: out of its file, or with it; blocks."""
        if file in self._known:
            return all(one.slug != slug for one in self._known[file][1])
        return self._source.is_gone(file, slug)

    def _divided(self, file: SourceFile) -> tuple[str, Sequence[SourceFile]]:
        """The checksum and the issues of a file; those before while it is changing."""
        checksum, known = self._known.get(file.name, ("", ()))
        if checksum == file.checksum:
            return checksum, known
        try:
            text = file.text()
        except FileChanged:
            return checksum, known
        return file.checksum, [_as_file(file, text, one) for one in self._divide(file, text)]


def _as_file(file: SourceFile, text: str, issue: IssueText) -> SourceFile:
    if (issue.slug, issue.whole) == (file.slug, text):
        return file
    data = f"{issue.front}{issue.whole}".encode()
    return IssueInFile(
        slug=issue.slug,
        name=file.name,
        path=file.path,
        checksum=checksum_of(data),
        former=former_checksums(data),
        size=file.size,
        guessed=file.guessed,
        front=issue.front,
        commit=file.commit,
        copy=file.copy,
        first_line=issue.line,
        whole=issue.whole,
    )
