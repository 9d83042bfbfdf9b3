"""How far topics agree with those that people gave, as text and as values."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from bot.cli.explain import percent, why
from bot.cli.output import write
from bot.cli.tables import write_table
from bot.digest.topics.probability import Fitted
from bot.editors.export import topic_values
from bot.editors.topics.evaluation import Count, Disagreement, Evaluation


def show(evaluation: Evaluation, fitted: Mapping[str, Fitted]) -> None:
    """Write the disagreements and the counts by topic."""
    if evaluation.disagreements:
        write("+ found, but not given by the person; - missed, with its probability\n")
    place = None
    for difference in evaluation.disagreements:
        if place != (here := _place(difference)):
            write(here)
            place = here
        write(f"    {_line(difference, fitted)}")
    write("")
    write_table(_table(evaluation))


def as_values(evaluation: Evaluation, threshold: float) -> dict[str, Any]:
    """The same as values for JSON."""
    return {
        "threshold": threshold,
        "total": _values(evaluation.total),
        "topics": [{"topic": topic, **_values(count)} for topic, count in _sorted(evaluation.topics)],
        "disagreements": [
            {
                "file": difference.file,
                "line": difference.line,
                "name": difference.name,
                "topic": difference.topic,
                "kind": "missed" if difference.missed else "surplus",
                "match": topic_values(difference.match) if difference.match else None,
            }
            for difference in evaluation.disagreements
        ],
    }


def _place(difference: Disagreement) -> str:
    line = f":{difference.line}" if difference.line else ""
    return f"{difference.file}{line}: {difference.name.splitlines()[0][:60]}"


def _line(difference: Disagreement, fitted: Mapping[str, Fitted]) -> str:
    sign = "-" if difference.missed else "+"
    match = difference.match
    if difference.line is None:
        return f"{sign} {difference.topic}: the item was not found in the issue"
    if match is None:
        return f"{sign} {difference.topic}: no word of it was found"
    least = f" of {percent(fitted[match.slug].threshold)}" if difference.missed else ""
    return f"{sign} {difference.topic} {percent(match.probability)}{least} ({why(match)})"


def _table(evaluation: Evaluation) -> Table:
    table = Table("topic", box=None)
    for column in ("support", "right", "surplus", "missed", "precision", "recall", "F1"):
        table.add_column(column, justify="right")
    for topic, count in (*_sorted(evaluation.topics), ("all topics", evaluation.total)):
        numbers = (count.support, count.right, count.surplus, count.missed)
        shares = (count.precision, count.recall, count.f1)
        table.add_row(topic, *map(str, numbers), *(f"{share:.3f}" for share in shares))
    return table


def _sorted(topics: Mapping[str, Count]) -> list[tuple[str, Count]]:
    """The topics, those that people gave most often first."""
    return sorted(topics.items(), key=lambda pair: (-pair[1].support, pair[0]))


def _values(count: Count) -> dict[str, float]:
    return {
        "support": count.support,
        "right": count.right,
        "surplus": count.surplus,
        "missed": count.missed,
        "precision": round(count.precision, 3),
        "recall": round(count.recall, 3),
        "f1": round(count.f1, 3),
    }
