"""What was learned of topics and what it is worth, as text, as values, and in their file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from bot.cli.explain import percent
from bot.cli.output import read_text, say, write
from bot.cli.tables import write_table
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.probability import Fitted
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.answers import ANSWERS, Answer, read_answers
from bot.editors.topics.evaluation import Evaluation, evaluate
from bot.editors.topics.fitting import Example, examples, examples_of, fit, with_fitted, without_each
from bot.editors.topics.readings import Reading
from bot.errors import BadInput
from bot.model import Issue
from bot.settings.files import read_model
from bot.settings.fitted_file import with_weights
from bot.sources.saving import save


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """What was learned from which examples; how well topics agree with people without it, and with it.

    ``after`` is of issues that were not learned from: for each, it was learned anew from all others.
    """

    issues: int
    examples: Sequence[Example]
    fitted: Mapping[str, Fitted]
    before: Evaluation
    after: Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsFile:
    """A file of topics that weights go into."""

    path: Path
    text: str

    def write(self, fitted: Mapping[str, Fitted]) -> None:
        """Write the weights into the file; the rest of it stays as it is."""
        save(self.path, with_weights(self.text, fitted, where=str(self.path)))
        say(f"jianbao: the weights are in {self.path}")


def weights_file(path: Path, topics: Topics) -> WeightsFile:
    """The file at ``path``. Raises BadInput if it is none of these topics."""
    if read_model(Topics, path).topics.keys() != topics.topics.keys():
        raise BadInput("has other topics than those in use", where=str(path))
    return WeightsFile(path=path, text=read_text(path))


def answers_in(paths: Sequence[Path]) -> list[Answer]:
    """The answers in these files, and in those below these folders. Raises BadInput where there is none."""
    found = []
    for path in paths:
        files = sorted(path.rglob(ANSWERS)) if path.is_dir() else [path]
        if not files:
            raise BadInput(f"no {ANSWERS} in this folder", where=str(path))
        found += [one for file in files for one in read_answers(read_text(file), where=str(file))]
    return found


def learn(pairs: Sequence[tuple[Reading, Issue]], topics: Topics, answers: Sequence[Answer] = ()) -> Fits:
    """Learn from all pairs and answers, and measure it on each issue without that issue's own."""
    plain = with_fitted(topics, {})
    classifier = Classifier(plain)
    found = [*examples(pairs, classifier), *examples_of(answers, classifier)]
    fitted = fit(found, topics)
    before = [(reading, classifier.classify(issue)) for reading, issue in pairs]
    return Fits(
        issues=len({reading.file for reading, _ in pairs}),
        examples=found,
        fitted=fitted,
        before=evaluate(before, classifier.candidates),
        after=evaluate(without_each(pairs, plain, found), classifier.candidates),
    )


def show_fits(fits: Fits) -> None:
    """Write what was learned, and what it is worth."""
    right = Counter(example.topic for example in fits.examples if example.right)
    seen = Counter(example.topic for example in fits.examples)
    table = Table("topic", box=None)
    for column in ("named", "right", "bias", "weight", "beside", "others", "from"):
        table.add_column(column, justify="right")
    for slug, one in fits.fitted.items():
        weights = (one.bias, one.weight, one.beside, one.others)
        numbers = (f"{weight:.2f}" for weight in weights)
        table.add_row(slug, str(seen[slug]), str(right[slug]), *numbers, percent(one.threshold))
    write_table(table)
    write(f"\nOn each of {fits.issues} issues, learned from the others:")
    write(f"F1 of all decisions {fits.before.total.f1:.3f} before, {fits.after.total.f1:.3f} after")
    write(f"F1 of the mean topic {fits.before.macro_f1:.3f} before, {fits.after.macro_f1:.3f} after")


def fit_values(fits: Fits) -> dict[str, Any]:
    """The same as values for JSON."""
    return {
        "issues": fits.issues,
        "examples": len(fits.examples),
        "before": _f1(fits.before),
        "after": _f1(fits.after),
        "fitted": {slug: one.model_dump() for slug, one in fits.fitted.items()},
    }


def _f1(evaluation: Evaluation) -> dict[str, float]:
    return {"micro_f1": round(evaluation.total.f1, 3), "macro_f1": round(evaluation.macro_f1, 3)}
