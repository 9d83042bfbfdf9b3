"""Where files lie open to be checked, with the issues beside them."""

import difflib
from collections.abc import Iterable
from pathlib import Path

from bot.cli.file_io import read_saved
from bot.cli.findings import Checked
from bot.cli.issue_files import IssueFile, files_beside
from bot.cli.output import read_text, write
from bot.cli.reading import Batch, beside, each_beside
from bot.digest.division import divided, placed
from bot.digest.said_release import is_draft
from bot.editors.linter import Linter, Saved, SeenIndex, Sheet, index_of
from bot.model import Issue
from bot.settings import Configuration
from bot.sources import among_drafts, slug_of
from bot.sources.saving import save


class Desk:
    """Where files lie open. Each is read once, and so are the issues beside them."""

    def __init__(self, configuration: Configuration, files: tuple[IssueFile, ...], batch: Batch) -> None:
        self._profile = configuration.profile
        self._linter = Linter(configuration.profile, configuration.topics)
        self.sheets = tuple(sheet for _, sheet in batch.each(files, self._sheet))
        beside = each_beside(files_beside(files, self._profile.file_pattern), self._issues)
        self._others = [(str(file), issue) for file, issues in beside for issue, _ in issues]
        #: The issues beside them that are no drafts, with their files.
        self.others = [
            (str(file), issue)
            for file, issues in beside
            for issue, draft in issues
            if not (draft or among_drafts(file.below))
        ]
        self._seen = self._index(self.sheets)

    def _index(self, sheets: Iterable[Sheet]) -> SeenIndex:
        named = [(sheet.path, issue) for sheet in sheets for issue in sheet.issues]
        return index_of((*named, *self._others))

    def check_anew(self, file: IssueFile) -> Checked:
        """The findings in the only file that lies open, as it is now; those beside it as they were."""
        sheet = self._sheet(file)
        self.sheets, self._seen = (sheet,), self._index((sheet,))
        return self.check(sheet, fix=False, diff=False)

    def check(self, sheet: Sheet, *, fix: bool, diff: bool) -> Checked:
        """The findings in a file; with ``fix``, those that are left after fixing it."""
        findings = sheet.findings(self._linter, self._seen)
        if not (fix or diff) or not any(finding.mends for finding in findings):
            return Checked(path=sheet.path, findings=findings)
        mended = sheet.mended(self._linter, self._seen)
        if diff and (patch := _difference(sheet, mended.text)):
            write(patch)
        if not fix:
            return Checked(path=sheet.path, findings=findings)
        if mended.count:
            save(Path(sheet.path), mended.text)
        left = self._laid(Saved(text=mended.text), sheet.path, sheet.name)
        return Checked(path=sheet.path, findings=left.findings(self._linter, self._seen), mended=mended.count)

    def _sheet(self, file: IssueFile) -> Sheet:
        return self._laid(read_saved(file.path), str(file), file.name(self._profile.file_pattern))

    def _laid(self, saved: Saved, path: str, name: str) -> Sheet:
        own = slug_of(name, self._profile.file_pattern)
        texts = divided(saved.text, slug=own, profile=self._profile)
        return Sheet.of(
            self._linter,
            saved,
            texts,
            path=path,
            name=name,
            beside=lambda one: beside(Path(path), own, one),
        )

    def _issues(self, file: IssueFile) -> list[tuple[Issue, bool]]:
        """The issues in a file, and whether each is a draft."""
        name, text = file.name(self._profile.file_pattern), read_text(file.path)
        texts = divided(text, slug=slug_of(name, self._profile.file_pattern), profile=self._profile)
        return [
            (
                placed(self._linter.issue(one.whole, slug=one.slug, name=name), one),
                is_draft(one.front or one.whole, self._profile),
            )
            for one in texts
        ]


def _difference(sheet: Sheet, text: str) -> str:
    """What mending changes, as a patch; empty if only the bytes change."""
    before, after = sheet.saved.text.split("\n"), text.split("\n")
    return "\n".join(difflib.unified_diff(before, after, sheet.path, sheet.path, lineterm=""))
