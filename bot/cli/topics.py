"""jianbao topics: how well topics agree with people, why an item has them, and what they lack."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.evaluation_report import as_values, show
from bot.cli.explain import explained, explained_values, suggested
from bot.cli.issue_files import IssueFile, issue_files
from bot.cli.output import Format, Profile, read_text, say, write, write_json
from bot.cli.reading import Batch, issue_reader
from bot.cli.tables import write_table
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.lexicon import Lexicon
from bot.editors.topics.evaluation import evaluate as compare
from bot.editors.topics.readings import Reading, reading
from bot.editors.topics.suggestions import suggest as find_terms
from bot.errors import BadInput
from bot.settings import load

_TOO_LOW = 1
_MOST_NAMED = 2  # folders that a file is not in

topics = typer.Typer(help="Explain, measure and improve topics.", no_args_is_help=True)

Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Issue files, or folders of them.")]
Form = Annotated[Format, typer.Option("--format", help="As text or as JSON.")]


@topics.command("evaluate")
def evaluate(
    readings: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="A folder of readings: one JSON file per issue."),
    ],
    issues: Annotated[
        list[Path] | None,
        typer.Option("--issues", help="A folder of the issues; may be repeated. Default: near GOLD_DIR."),
    ] = None,
    *,
    min_f1: Annotated[float, typer.Option("--min-f1", min=0, max=1, help="Exit with 1 below this F1.")] = 0.0,
    form: Form = Format.TEXT,
    profile: Profile = None,
) -> None:
    """Compare the topics of issues with those that people gave; every decision counts the same."""
    configuration = load(profile)
    read = issue_reader(configuration)
    classifier = Classifier(configuration.topics)
    folders = tuple(issues or _around(readings.resolve()))
    batch = Batch()
    done = batch.each(
        [_with_issue(path, folders) for path in _json_files(readings)],
        lambda pair: read(pair[1])[0],
        path=lambda pair: pair[1],
    )
    evaluation = compare([(found, issue) for (found, _), issue in done], classifier.candidates)
    if form is Format.JSON:
        write_json(as_values(evaluation, classifier.threshold))
    else:
        show(evaluation, classifier.fitted)
    if evaluation.total.f1 < min_f1:
        say(f"jianbao: F1 is {evaluation.total.f1:.3f}, below {min_f1:.3f}")
        raise typer.Exit(_TOO_LOW)
    batch.end()


@topics.command("explain")
def explain(paths: Paths, form: Form = Format.TEXT, profile: Profile = None) -> None:
    """Show the topics of each item, the words they come from, and topics that it nearly has."""
    configuration = load(profile)
    classifier = Classifier(configuration.topics)
    batch = Batch()
    files = issue_files(paths, configuration.profile.file_pattern)
    issues = [issue for _, found in batch.each(files, issue_reader(configuration)) for issue in found]
    if form is Format.JSON:
        write_json([explained_values(issue, classifier) for issue in issues])
    else:
        write("\n\n".join(explained(issue, classifier) for issue in issues))
    batch.end()


@topics.command("suggest")
def suggest(
    paths: Paths,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The most terms to list.")] = 40,
    form: Form = Format.TEXT,
    profile: Profile = None,
) -> None:
    """List frequent terms that no topic has, the most promising first."""
    configuration = load(profile)
    lexicon = Lexicon(configuration.topics)
    batch = Batch()
    files = issue_files(paths, configuration.profile.file_pattern)
    issues = [issue for _, found in batch.each(files, issue_reader(configuration)) for issue in found]
    found = find_terms(issues, lexicon.without, limit=limit)
    if form is Format.JSON:
        write_json([asdict(term) for term in found])
    else:
        write_table(suggested(found))
    batch.end()


def _json_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BadInput("no such folder", where=str(folder))
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BadInput("no readings in this folder (*.json)", where=str(folder))
    return files


def _around(readings: Path) -> Iterator[Path]:
    """The folder of the readings, its parent, and the folders up to two levels below that."""
    yield from (readings, readings.parent)
    for level in ("*", "*/*"):
        yield from sorted(folder for folder in readings.parent.glob(level) if folder.is_dir())


def _with_issue(path: Path, folders: Sequence[Path]) -> tuple[Reading, IssueFile]:
    """A file's reading, and the issue's file that it is of."""
    found = reading(read_text(path), where=str(path))
    for folder in folders:
        if (folder / found.file).is_file():
            return found, IssueFile(path=folder / found.file, below=found.file)
    named = ", ".join(str(folder) for folder in folders[:_MOST_NAMED])
    named += " and the folders around them" if len(folders) > _MOST_NAMED else ""
    raise BadInput(f"no issue {found.file} in {named}; give its folder by --issues", where=f"{path}: file")
