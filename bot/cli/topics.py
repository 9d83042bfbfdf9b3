"""jianbao topics: how well topics agree with people, why an item has them, and what they lack."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.evaluation_report import as_values, show
from bot.cli.explain import explained, explained_values, suggested
from bot.cli.fitting import answers_in, fit_values, learn, show_fits, weights_file
from bot.cli.gold import with_issues
from bot.cli.issue_files import issue_files
from bot.cli.kept_answers import ask_of_repository, show_kept, show_lines
from bot.cli.output import Format, Profile, say, write, write_json
from bot.cli.reading import Batch, issue_reader
from bot.cli.review import ask_about
from bot.cli.review_trial import read_by_readers, show_trials, trial_values, try_answers
from bot.cli.second_opinion import measure, measured_values, show_measured
from bot.cli.tables import write_table
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.lexicon import Lexicon
from bot.editors.topics.evaluation import evaluate as compare
from bot.editors.topics.questions import MOST
from bot.editors.topics.suggestions import suggest as find_terms
from bot.editors.topics.trial import before_and_after
from bot.errors import BadInput
from bot.settings import load

_TOO_LOW = 1

topics = typer.Typer(help="Explain, measure and improve topics.", no_args_is_help=True)

Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Issue files, or folders of them.")]
Issues = Annotated[
    list[Path] | None,
    typer.Option("--issues", help="A folder of the issues; may be repeated. Default: near GOLD_DIR."),
]
Form = Annotated[Format, typer.Option("--format", help="As text or as JSON.")]


@topics.command("evaluate")
def evaluate(
    readings: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="A folder of readings: one JSON file per issue."),
    ],
    issues: Issues = None,
    *,
    min_f1: Annotated[float, typer.Option("--min-f1", min=0, max=1, help="Exit with 1 below this F1.")] = 0.0,
    reader: Annotated[
        bool,
        typer.Option(
            "--reader",
            help="Ask the second reader of the settings about what is uncertain, and show F1 by the words"
            " alone and with its answers as the editor's. It gets the text of items.",
        ),
    ] = False,
    form: Form = Format.TEXT,
    profile: Profile = None,
) -> None:
    """Compare the topics of issues with those that people gave; every decision counts the same."""
    configuration = load(profile)
    batch = Batch()
    pairs = with_issues([readings], issues, configuration, batch)
    if reader:
        measured = measure(pairs, configuration)
        write_json(measured_values(measured)) if form is Format.JSON else show_measured(measured)
        evaluation = before_and_after(measured.trials)[1]
    else:
        classifier = Classifier(configuration.topics)
        evaluation = compare(pairs, classifier.candidates)
        if form is Format.JSON:
            write_json(as_values(evaluation, classifier.threshold))
        else:
            show(evaluation, classifier.fitted)
    if evaluation.total.f1 < min_f1:
        say(f"jianbao: F1 is {evaluation.total.f1:.3f}, below {min_f1:.3f}")
        raise typer.Exit(_TOO_LOW)
    batch.end()


@topics.command("fit")
def fit(  # a command has the options that it has
    readings: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD_DIR…", help="Folders of readings: one JSON file per issue."),
    ],
    issues: Issues = None,
    *,
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            "--answers",
            metavar="PATH",
            help="Learn from answers of editors too: a topics.answers.jsonl, or a folder of issues that has"
            " some. May be repeated.",
        ),
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="Write the weights into this file, that of the topics."),
    ] = None,
    form: Form = Format.TEXT,
    profile: Profile = None,
) -> None:
    """Learn from readings how probable topics are, and show F1 on issues that were not learned from."""
    configuration = load(profile)
    file = weights_file(target, configuration.topics) if target else None
    batch = Batch()
    pairs = with_issues(readings, issues, configuration, batch)
    fits = learn(pairs, configuration.topics, answers_in(answers or ()))
    if form is Format.JSON:
        write_json(fit_values(fits))
    else:
        show_fits(fits)
    if file:
        file.write(fits.fitted)
    batch.end()


@topics.command("review")
def review(  # noqa: PLR0913  # a command has the options that it has
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="ISSUE…", help="Issue files, or folders of them.")
    ] = None,
    *,
    most: Annotated[int, typer.Option("--most", min=1, help="The most questions about an issue.")] = MOST,
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            "--answers",
            metavar="GOLD_DIR",
            help="Ask nobody: let the readings in this folder answer, write nothing, and show F1 before and"
            " after. May be repeated; without an ISSUE, of all issues that were read.",
        ),
    ] = None,
    issues: Issues = None,
    learn_anew: Annotated[
        bool,
        typer.Option(
            "--learn-anew", help="Beside --answers: learn the weights of each issue from the others."
        ),
    ] = False,
    form: Form = Format.TEXT,
    profile: Profile = None,
) -> None:
    """Ask about the topics that are uncertain, one key each, and write a file of topics beside the issue.

    Where issues come from a git repository, ISSUE may be one that the bot has: it keeps the answers.
    """
    configuration = load(profile)
    batch = Batch()
    if answers:
        pairs = read_by_readers(paths, with_issues(answers, issues, configuration, batch), configuration)
        trials = try_answers(pairs, configuration.topics, most, learn_anew=learn_anew)
        write_json(trial_values(trials, most)) if form is Format.JSON else show_trials(trials, most)
    elif paths and configuration.settings.source.git and not any(path.exists() for path in paths):
        for path in paths:
            ask_of_repository(str(path), configuration, most)
    elif paths:
        files = issue_files(paths, configuration.profile.file_pattern)
        for file, found in batch.each(files, issue_reader(configuration)):
            ask_about(file, found, configuration, most)
    else:
        raise BadInput("give an issue file, or --answers with a folder of readings", where="ISSUE")
    batch.end()


@topics.command("kept")
def kept(
    slug: Annotated[
        str | None, typer.Argument(metavar="ISSUE", help="The issue, by its name without an ending.")
    ] = None,
    *,
    lines: Annotated[
        bool,
        typer.Option("--lines", help="All answers about all issues, as lines for `fit --answers`."),
    ] = False,
) -> None:
    """Print the file of topics to commit, with the answers about an issue that the bot alone has."""
    if lines == (slug is not None):
        raise BadInput("give an issue, or --lines for the answers about all", where="ISSUE")
    configuration = load()
    show_kept(slug, configuration) if slug else show_lines(configuration)


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
