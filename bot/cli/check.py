"""jianbao check: what an editor should look at before an issue is published."""

import difflib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.changed import changed_files
from bot.cli.coming import coming
from bot.cli.file_io import read_saved, save
from bot.cli.findings import Checked, as_github, as_text, as_values, count, summed_up
from bot.cli.issue_files import IssueFile, issue_files
from bot.cli.output import Profile, read_text, say, write, write_json
from bot.cli.reading import Batch, each_beside
from bot.digest.codes import Level
from bot.digest.division import divided, placed
from bot.editors.linter import Linter, Saved, Sheet, index_of
from bot.editors.linter.codes_page import as_markdown
from bot.errors import BadInput
from bot.model import Issue
from bot.runtime.clock import utc_now
from bot.settings import Configuration, load
from bot.sources import markdown_below, slug_of

_SOMETHING_WRONG = 1


class CheckFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(  # noqa: PLR0913  # a command has the options that it has
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH…", help="Issue files, or folders of them.")
    ] = None,
    *,
    form: Annotated[
        CheckFormat, typer.Option("--format", help="As text, as JSON, or as notes on GitHub.")
    ] = CheckFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Fix mistakes with one right answer.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix changes; without --fix no file is changed.")
    ] = False,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed",
            help="Only files that differ from HEAD, or from a commit that stands before the paths:"
            " --changed origin/main issues.",
        ),
    ] = False,
    codes: Annotated[bool, typer.Option("--codes", help="Print what each code means, and exit.")] = False,
    profile: Profile = None,
) -> None:
    """Find mistakes in issues: broken links, repeats, leftovers of a template, and more."""
    if codes:
        write(as_markdown())
        return
    if not (paths or changed):
        raise BadInput("give at least one issue file or folder", where="PATH")
    if diff and form is CheckFormat.JSON:
        raise BadInput("cannot be combined with --format json", where="--diff")
    batch = Batch()
    configuration = load(profile)
    pattern = configuration.profile.file_pattern
    files = changed_files(paths or (), pattern) if changed else issue_files(paths or (), pattern)
    desk = _Desk(configuration, files, batch)
    done = batch.each(
        desk.sheets,
        lambda sheet: desk.check(sheet, fix=fix, diff=diff),
        what="Checking",
        path=lambda sheet: sheet.path,
    )
    checked = [file for _, file in done]
    _show(checked, form)
    say(summed_up(checked))
    for sheet in desk.sheets:
        for line in coming(sheet, configuration, utc_now()):
            say(line)
    findings = [finding for file in checked for finding in file.findings]
    if count(findings, Level.ERROR) or (strict and findings):
        raise typer.Exit(_SOMETHING_WRONG)
    batch.end()


def _show(checked: Iterable[Checked], form: CheckFormat) -> None:
    if form is CheckFormat.JSON:
        write_json([values for file in checked for values in as_values(file)])
        return
    written = {CheckFormat.TEXT: as_text, CheckFormat.GITHUB: as_github}[form]
    for file in checked:
        if file.findings:
            write(written(file))


class _Desk:
    """Where files lie open. Each is read once, and so are the issues beside them."""

    def __init__(self, configuration: Configuration, files: tuple[IssueFile, ...], batch: Batch) -> None:
        self._profile = configuration.profile
        self._linter = Linter(configuration.profile, configuration.topics)
        self.sheets = tuple(sheet for _, sheet in batch.each(files, self._sheet))
        beside = each_beside(self._beside(files), self._issues)
        named = [(sheet.path, issue) for sheet in self.sheets for issue in sheet.issues]
        others = [(str(file), issue) for file, issues in beside for issue in issues]
        self._seen = index_of((*named, *others))

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
        texts = divided(saved.text, slug=slug_of(name), profile=self._profile)
        return Sheet.of(self._linter, saved, texts, path=path, name=name)

    def _issues(self, file: IssueFile) -> list[Issue]:
        name, text = file.name(self._profile.file_pattern), read_text(file.path)
        texts = divided(text, slug=slug_of(name), profile=self._profile)
        return [placed(self._linter.issue(one.whole, slug=one.slug, name=name), one) for one in texts]

    def _beside(self, files: tuple[IssueFile, ...]) -> Iterator[IssueFile]:
        """The files of the other issues in the same folders."""
        pattern = self._profile.file_pattern
        named = {file.path.resolve() for file in files}
        for folder, deep in dict.fromkeys(file.folder(pattern) for file in files):
            for name in markdown_below(folder, deep=deep):
                if pattern.match(name) and (folder / name).resolve() not in named:
                    yield IssueFile(path=folder / name, below=name)


def _difference(sheet: Sheet, text: str) -> str:
    """What mending changes, as a patch; empty if only the bytes change."""
    before, after = sheet.saved.text.split("\n"), text.split("\n")
    return "\n".join(difflib.unified_diff(before, after, sheet.path, sheet.path, lineterm=""))
