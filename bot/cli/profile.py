"""jianbao profile: propose a profile for a folder of issues, and measure how well it fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli.issue_files import IssueFile, issue_files
from bot.cli.output import Format, read_text, say, write, write_json
from bot.cli.reading import Batch, read_by_lines
from bot.cli.tables import say_table, watched
from bot.digest.profile import Profile
from bot.editors.profile_inference import Fitness, Proposal, Sample, measure, propose
from bot.editors.profile_inference.explanation import as_read, left_out, tree_of, tried
from bot.editors.profile_inference.report import as_plain, head_of, rows_of
from bot.editors.profile_inference.sample import layout_of
from bot.errors import BadInput
from bot.settings import shipped
from bot.settings.profiles import read_profile
from bot.settings.reference import profile_comments
from bot.settings.writing import as_yaml
from bot.sources import slug_of
from bot.sources.saving import save

_PROPOSAL = "proposal"
_MOST_NAMED = 3  # files that are not issues


def profile(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Issue files, or folders of them.")],
    *,
    target: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write the profile to this file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the tree of headings with the role of each.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT,
) -> None:
    """Propose a profile for issues: how well it and the shipped ones fit, and an issue as read."""
    if target and target.exists() and not force:
        raise BadInput("exists already; --force overwrites it", where=str(target))
    known = _shipped()
    batch = Batch()
    measured = [one for _, one in batch.each(issue_files(paths), lambda file: _measured(file, known))]
    proposal = propose([sample for sample, _ in measured], known, called=_folder_name(paths))
    fits = _fits(measured, proposal)
    text = as_yaml(proposal.values, head=head_of(fits[_PROPOSAL]), comments=profile_comments())
    if target:
        _save(target, text)
    if form is Format.JSON:
        write_json(as_plain(proposal, fits))
    else:
        if not target:
            write(text)
        _report(proposal, fits)
        _explain(proposal, tree=explain)
    batch.end()


def _measured(file: IssueFile, known: Mapping[str, Profile]) -> tuple[Sample, dict[str, Fitness]]:
    """A file, and how each known profile fits it."""
    sample = Sample(name=file.below, slug=slug_of(file.below), text=read_text(file.path))

    def fits(text: str) -> dict[str, Fitness]:
        return {name: measure(one, [replace(sample, text=text)]) for name, one in known.items()}

    return sample, read_by_lines(sample.text, fits, path=file.path)


def _shipped() -> dict[str, Profile]:
    folder = shipped("config")
    names = sorted(path.stem for path in (folder / "profiles").glob("*.yml"))
    return {name: read_profile(folder, name) for name in names}


def _fits(measured: Sequence[tuple[Sample, dict[str, Fitness]]], proposal: Proposal) -> dict[str, Fitness]:
    """How the known profiles and the proposed one fit the issues."""
    issues = set(proposal.issues)
    by_known = [fits for sample, fits in measured if sample in issues]
    if by_known:
        known = {name: sum((fits[name] for fits in by_known), Fitness()) for name in by_known[0]}
    else:  # one file was many issues
        known = {name: measure(one, proposal.issues) for name, one in _shipped().items()}
    return {**known, _PROPOSAL: measure(proposal.profile, watched(proposal.issues, "Measuring"))}


def _report(proposal: Proposal, fits: Mapping[str, Fitness]) -> None:
    head, *rows = rows_of(fits)
    table = Table(box=None, pad_edge=False)
    for name in head:
        table.add_column(name, justify="right" if name else "left")
    for row in rows:
        table.add_row(*row)
    say_table(table)
    for name, reason in proposal.others[:_MOST_NAMED]:
        say(f"Left out: {name} ({reason})")
    if len(proposal.others) > _MOST_NAMED:
        say(f"Left out: {len(proposal.others) - _MOST_NAMED} more files")


def _explain(proposal: Proposal, *, tree: bool) -> None:
    """How the proposal came about, and its newest issue as it would be read."""
    if proposal.learned:
        _block("Tried", tried(proposal.learned.divisions))
        _block(
            "Left out of every issue (leave_out.lines), and its share", left_out(proposal.learned.boilerplate)
        )
    if not proposal.issues:
        return
    newest = proposal.issues[-1]
    if tree:
        layout = layout_of(newest, proposal.profile.issues)
        _block(f"Headings of {newest.name}", tree_of(layout, proposal.profile))
    _block(f"{newest.name} as it would be read", as_read(newest, proposal.profile))


def _block(title: str, lines: Iterable[str]) -> None:
    shown = list(lines)
    if shown:
        say(f"\n{title}:")
        for line in shown:
            say(f"  {line}")


def _folder_name(paths: Sequence[Path]) -> str:
    """The name of the only folder that was given."""
    only = paths[0].resolve() if len(paths) == 1 else Path()
    return only.name if only.is_dir() else ""


def _save(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot be saved: {error.strerror}", where=str(path)) from None
    save(path, text)
    say(f"{path} was written")
