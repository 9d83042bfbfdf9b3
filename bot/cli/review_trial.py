"""What answers of editors would be worth, as text and as values: readings answer for them."""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any

from rich.table import Table

from bot.cli.issue_files import issue_files
from bot.cli.output import write
from bot.cli.tables import write_table
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.fitting import examples, taught_by_others, with_fitted
from bot.editors.topics.readings import Reading
from bot.editors.topics.trial import Trial, before_and_after, tried
from bot.errors import BadInput
from bot.model import Issue
from bot.settings import Configuration


def read_by_readers(
    paths: Sequence[Path] | None, pairs: Sequence[tuple[Reading, Issue]], configuration: Configuration
) -> list[tuple[Reading, Issue]]:
    """The readings of the issues in these files, or all. Raises BadInput where nobody read one of them."""
    if not paths:
        return list(pairs)
    files = issue_files(paths, configuration.profile.file_pattern)
    names = {file.path.name for file in files}
    found = [(reading, issue) for reading, issue in pairs if PurePath(reading.file).name in names]
    if not found:
        raise BadInput("none of the readings is of this issue", where=str(files[0]))
    return found


def try_answers(
    pairs: Sequence[tuple[Reading, Issue]], topics: Topics, most: int, *, learn_anew: bool
) -> list[Trial]:
    """Each issue as its reading would answer; ``learn_anew``, with weights learned from the other issues."""
    if learn_anew:
        plain = with_fitted(topics, {})
        taught: Iterable[tuple[Reading, Issue, Classifier]] = taught_by_others(
            pairs, plain, examples(pairs, Classifier(plain))
        )
    else:
        classifier = Classifier(topics)
        taught = ((reading, issue, classifier) for reading, issue in pairs)
    return list(tried(taught, most))


def show_trials(trials: Sequence[Trial], most: int) -> None:
    """Write F1 of each issue and of all, before and after."""
    write_table(trial_table(trials, "before", "after"))
    before, after = before_and_after(trials)
    answers = f"{sum(one.asked for one in trials)} answers, at most {most} an issue"
    write(f"\nF1 of all decisions {before.total.f1:.3f} before, {after.total.f1:.3f} after {answers}")


def trial_table(trials: Sequence[Trial], before: str, after: str) -> Table:
    """F1 of each issue, in two columns that are called so."""
    table = Table("issue", box=None)
    for column in ("asked", before, after):
        table.add_column(column, justify="right")
    for one in trials:
        shares = (f"{found.total.f1:.3f}" for found in before_and_after([one]))
        table.add_row(one.reading.file, str(one.asked), *shares)
    return table


def trial_values(trials: Sequence[Trial], most: int) -> dict[str, Any]:
    """The same as values for JSON."""
    return {
        "most": most,
        "answers": sum(one.asked for one in trials),
        **_values(trials),
        "issues": [{"file": one.reading.file, "asked": one.asked, **_values([one])} for one in trials],
    }


def _values(trials: Sequence[Trial]) -> dict[str, float]:
    before, after = before_and_after(trials)
    return {"before": round(before.total.f1, 3), "after": round(after.total.f1, 3)}
