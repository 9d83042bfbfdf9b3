"""jianbao check: what an editor should look at before an issue is published."""

import difflib
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.file_io import read_saved, save
from bot.cli.findings import Checked, as_github, as_text, as_values, count, summed_up
from bot.cli.output import Profile, issue_files, read_text, say, write, write_json
from bot.cli.reading import Batch, each_beside
from bot.digest.codes import Level
from bot.editors.linter import Draft, Linter, index_of
from bot.editors.linter.codes_page import as_markdown
from bot.errors import BadInput
from bot.model import Issue
from bot.settings import Configuration, load
from bot.sources import slug_of

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
    codes: Annotated[bool, typer.Option("--codes", help="Print what each code means, and exit.")] = False,
    profile: Profile = None,
) -> None:
    """Find mistakes in issues: broken links, repeats, leftovers of a template, and more."""
    if codes:
        write(as_markdown())
        return
    if not paths:
        raise BadInput("give at least one issue file or folder", where="PATH")
    if diff and form is CheckFormat.JSON:
        raise BadInput("cannot be combined with --format json", where="--diff")
    batch = Batch()
    desk = _Desk(load(profile), issue_files(paths), batch)
    done = batch.each(
        desk.drafts,
        lambda draft: desk.check(draft, fix=fix, diff=diff),
        what="Checking",
        path=lambda draft: draft.path,
    )
    checked = [file for _, file in done]
    _show(checked, form)
    say(summed_up(checked))
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

    def __init__(self, configuration: Configuration, files: tuple[Path, ...], batch: Batch) -> None:
        self._linter = Linter(configuration.profile, configuration.topics)
        self._is_issue = re.compile(configuration.profile.files).fullmatch
        self.drafts = tuple(draft for _, draft in batch.each(files, self._draft))
        beside = each_beside(self._beside(files), self._issue)
        named = [(draft.path, draft.issue) for draft in self.drafts]
        self._seen = index_of((*named, *((str(path), issue) for path, issue in beside)))

    def check(self, draft: Draft, *, fix: bool, diff: bool) -> Checked:
        """The findings in a file; with ``fix``, those that are left after fixing it."""
        findings = self._linter.check(draft, self._seen)
        if not (fix or diff) or not any(finding.mends for finding in findings):
            return Checked(path=draft.path, findings=findings)
        mended = self._linter.mend(draft, self._seen)
        if diff and (patch := _difference(draft, mended.text)):
            write(patch)
        if not fix:
            return Checked(path=draft.path, findings=findings)
        if mended.count:
            save(Path(draft.path), mended.text)
        left = self._linter.check(self._linter.again(draft, mended.text), self._seen)
        return Checked(path=draft.path, findings=left, mended=mended.count)

    def _draft(self, path: Path) -> Draft:
        return self._linter.draft(read_saved(path), path=str(path), name=path.name, slug=slug_of(path))

    def _issue(self, path: Path) -> Issue:
        return self._linter.issue(read_text(path), slug=slug_of(path))

    def _beside(self, files: tuple[Path, ...]) -> Iterator[Path]:
        """The files of the other issues in the same folders."""
        named = {path.resolve() for path in files}
        for folder in dict.fromkeys(path.parent for path in files):
            for path in sorted(folder.glob("*.md")):
                if self._is_issue(path.name) and path.resolve() not in named:
                    yield path


def _difference(draft: Draft, text: str) -> str:
    """What mending changes, as a patch; empty if only the bytes change."""
    before, after = draft.saved.text.split("\n"), text.split("\n")
    return "\n".join(difflib.unified_diff(before, after, draft.path, draft.path, lineterm=""))
