"""jianbao check: what an editor should look at before an issue is published."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.changed import changed_files
from bot.cli.coming import coming, with_fates
from bot.cli.desk import Desk
from bot.cli.findings import Checked, as_github, as_text, as_values, count, summed_up
from bot.cli.foresight import Foresight
from bot.cli.issue_files import IssueFile, issue_files
from bot.cli.output import Profile, say, write, write_json
from bot.cli.passed_over import passed_over
from bot.cli.reading import Batch
from bot.digest.codes import Level
from bot.digest.profile import Profile as DigestProfile
from bot.editors.linter.codes_page import as_markdown
from bot.errors import BadInput
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_calendar
from bot.settings import load

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
    files = _files(paths or (), configuration.profile, changed=changed)
    desk = Desk(configuration, files, batch)
    done = batch.each(
        desk.sheets,
        lambda sheet: desk.check(sheet, fix=fix, diff=diff),
        what="Checking",
        path=lambda sheet: sheet.path,
    )
    left_out = passed_over(() if changed else paths or (), files, configuration, utc_now())
    foresight = Foresight(configuration, desk.sheets, desk.others, utc_now(), left_out=left_out)
    checked = [with_fates(file, sheet, foresight) for sheet, file in done]
    _show(checked, form)
    _say(f"{path}: passed over, for it {reason}" for path, reason in left_out.items())
    _say(coming(desk.sheets, foresight, make_calendar(configuration.settings)))
    _fail(checked, strict=strict)
    batch.end()


def _fail(checked: Iterable[Checked], *, strict: bool) -> None:
    """End the command with exit code 1 where something is wrong."""
    findings = [finding for file in checked for finding in file.findings]
    if findings if strict else count(findings, Level.ERROR):
        raise typer.Exit(_SOMETHING_WRONG)


def _files(paths: Sequence[Path], profile: DigestProfile, *, changed: bool) -> tuple[IssueFile, ...]:
    return changed_files(paths, profile) if changed else issue_files(paths, profile.file_pattern)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _show(checked: Sequence[Checked], form: CheckFormat) -> None:
    if form is CheckFormat.JSON:
        write_json([values for file in checked for values in as_values(file)])
    else:
        written = {CheckFormat.TEXT: as_text, CheckFormat.GITHUB: as_github}[form]
        for file in checked:
            if file.findings:
                write(written(file))
    say(summed_up(checked))
