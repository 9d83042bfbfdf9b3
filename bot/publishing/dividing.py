"""A folder whose files hold several issues, seen as one file for each issue."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.digest.division import IssueText
from bot.publishing.intake import Source
from bot.sources import Listing, Problem, SourceFile

Divide = Callable[[SourceFile], Sequence[IssueText]]  #: the texts of the issues in a file


class DividedFiles:
    """The files of another source, each divided into its issues; a file of one issue stays as it is.

    Of an issue, slug, text and checksum are its own: what is written elsewhere in the file does not
    change it. An issue that has the slug of another is a problem.
    """

    def __init__(self, source: Source, divide: Divide) -> None:
        self._source = source
        self._divide = divide
        self._known: dict[str, tuple[str, Sequence[SourceFile]]] = {}

    def read(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """The issues in the folder; blocks. A file is divided anew only when it changed."""
        listing = self._source.read(now, unsettled_too=unsettled_too)
        self._known = {file.name: (file.checksum, self._issues(file)) for file in listing.files}
        issues: dict[str, SourceFile] = {}
        problems = list(listing.problems)
        for _, found in self._known.values():
            for issue in found:
                first = issues.setdefault(issue.slug, issue)
                if first is not issue:
                    reason = f"its issue {issue.slug} has the name of one in {first.name}, read instead"
                    problems.append(Problem(path=issue.path, reason=reason))
        return Listing(files=tuple(issues.values()), problems=tuple(problems))

    def _issues(self, file: SourceFile) -> Sequence[SourceFile]:
        checksum, known = self._known.get(file.name, ("", ()))
        return known if checksum == file.checksum else [_as_file(file, one) for one in self._divide(file)]


def _as_file(file: SourceFile, issue: IssueText) -> SourceFile:
    if (issue.slug, issue.whole) == (file.slug, file.text):
        return file
    checksum = hashlib.sha256(issue.whole.encode()).hexdigest()
    return replace(file, slug=issue.slug, text=issue.whole, checksum=checksum)
