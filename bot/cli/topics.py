"""jianbao topics: how well the topics agree with readers, why an item has them, what they lack."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.evaluation_report import as_values, show
from bot.cli.explain import explained, explained_values, suggested
from bot.cli.output import Format, Profile, issue_files, read_text, say, write, write_json
from bot.cli.tables import watched, write_table
from bot.digest.reader import IssueReader
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.lexicon import Lexicon
from bot.editors.topics.evaluation import evaluate as compare
from bot.editors.topics.readings import Reading, reading
from bot.editors.topics.suggestions import suggest as find_terms
from bot.errors import BadInput
from bot.model import Issue
from bot.settings import Configuration, load
from bot.sources import slug_of

_TOO_LOW = 1
_MOST_NAMED = 2  # folders that a file is not in

topics = typer.Typer(help="How topics are given, how well, and what they lack.", no_args_is_help=True)

Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Issue files, or folders of them.")]
Form = Annotated[Format, typer.Option("--format", help="For people or for programs.")]


@topics.command("evaluate")
def evaluate(
    readings: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="A folder of readings: JSON, one file an issue.")
    ],
    issues: Annotated[
        list[Path] | None,
        typer.Option("--issues", help="A folder of the issues; again for more. Else around the readings."),
    ] = None,
    *,
    min_f1: Annotated[float, typer.Option("--min-f1", min=0, max=1, help="Fail below this F1.")] = 0.0,
    form: Form = Format.TEXT,
    profile: Profile = None,
) -> None:
    """Compare the topics of issues with those that careful readers gave; every decision counts the same."""
    configuration = load(profile)
    reader = IssueReader(configuration.profile, configuration.topics)
    classifier = Classifier(configuration.topics)
    folders = tuple(issues or _around(readings.resolve()))
    read = [(path, reading(read_text(path), where=str(path))) for path in _json_files(readings)]
    pairs = [
        (found, _read(reader, _issue_file(found, path, folders))) for path, found in watched(read, "Reading")
    ]
    evaluation = compare(pairs, classifier.candidates)
    if form is Format.JSON:
        write_json(as_values(evaluation, classifier.threshold))
    else:
        show(evaluation, classifier.threshold)
    if evaluation.total.f1 < min_f1:
        say(f"jianbao: F1 is {evaluation.total.f1:.3f}, below {min_f1:.3f}")
        raise typer.Exit(_TOO_LOW)


@topics.command("explain")
def explain(paths: Paths, form: Form = Format.TEXT, profile: Profile = None) -> None:
    """Show each item and flash with its topics, by which words, and those it nearly has."""
    configuration = load(profile)
    classifier = Classifier(configuration.topics)
    issues = _issues(configuration, paths)
    if form is Format.JSON:
        write_json([explained_values(issue, classifier) for issue in issues])
        return
    write("\n\n".join(explained(issue, classifier) for issue in issues))


@topics.command("suggest")
def suggest(
    paths: Paths,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many terms.")] = 40,
    form: Form = Format.TEXT,
    profile: Profile = None,
) -> None:
    """List frequent terms of an archive that no topic covers, the most promising first."""
    configuration = load(profile)
    lexicon = Lexicon(configuration.topics)
    found = find_terms(_issues(configuration, paths), lexicon.without, limit=limit)
    if form is Format.JSON:
        write_json([asdict(term) for term in found])
    else:
        write_table(suggested(found))


def _issues(configuration: Configuration, paths: Sequence[Path]) -> list[Issue]:
    reader = IssueReader(configuration.profile, configuration.topics)
    return [_read(reader, path) for path in watched(issue_files(paths), "Reading")]


def _read(reader: IssueReader, path: Path) -> Issue:
    return reader.read(read_text(path), slug=slug_of(path))


def _json_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BadInput("there is no such folder", where=str(folder))
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BadInput("there are no readings in it (*.json)", where=str(folder))
    return files


def _around(readings: Path) -> Iterator[Path]:
    """The folder of the readings, the one it lies in, and the folders in that one and in those."""
    yield from (readings, readings.parent)
    for level in ("*", "*/*"):
        yield from sorted(folder for folder in readings.parent.glob(level) if folder.is_dir())


def _issue_file(found: Reading, path: Path, folders: Sequence[Path]) -> Path:
    for folder in folders:
        if (folder / found.file).is_file():
            return folder / found.file
    named = ", ".join(str(folder) for folder in folders[:_MOST_NAMED])
    named += " and the folders around them" if len(folders) > _MOST_NAMED else ""
    raise BadInput(f"no issue {found.file} in {named}; name its folder with --issues", where=f"{path}: file")
