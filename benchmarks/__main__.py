"""``python -m benchmarks``: measure, tell, and keep the numbers."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.checking import checking
from benchmarks.corpora import Corpus, corpora
from benchmarks.effort import Effort
from benchmarks.growth import growth
from benchmarks.index.measure import indexing
from benchmarks.keeping.measure import keeping
from benchmarks.ledger.measure import ledger
from benchmarks.measured import Measured
from benchmarks.progress import progress
from benchmarks.ratios import ratios
from benchmarks.report import as_table, as_values, machine_line, missed
from benchmarks.sending.engine import sending
from benchmarks.starting import starting
from benchmarks.topic_count import topic_count
from benchmarks.webhook.measure import webhook
from bot.cli.output import say, write, write_json
from bot.cli.tables import write_table

_RESULTS = Path(__file__).parent / "results" / "latest.json"
#: Measured on the digest that the bot is made for; the ratios are taken of every corpus.
_OF_THE_FIRST = (growth, topic_count, checking)


class Area(StrEnum):
    """What can be measured by itself."""

    PARSING = "parsing"  #: and classifying and rendering
    SENDING = "sending"
    LEDGER = "ledger"
    KEEPING = "keeping"  #: subscribers: as CSV, in a backup, in another database
    INDEX = "index"  #: of the items, searched and made
    WEBHOOK = "webhook"  #: updates that are brought, and answered
    START = "start"  #: of the bot, and its memory


def _parsing(measured: Sequence[Corpus], effort: Effort) -> Iterator[Measured]:
    for corpus in measured:
        progress(f"reading and rendering {corpus.name}")
        yield from ratios(corpus, effort)
    for measurement in _OF_THE_FIRST:
        progress(measurement.__name__.replace("_", " "))
        yield from measurement(measured[0], effort)


def _starting(measured: Sequence[Corpus], effort: Effort) -> Iterator[Measured]:
    progress("starting the bot")
    return starting(measured, effort)


Measurement = Callable[[Sequence[Corpus], Effort], Iterable[Measured]]

#: In the order of the table.
MEASUREMENTS: Mapping[Area, Measurement] = {
    Area.PARSING: _parsing,
    Area.SENDING: lambda _, effort: sending(effort),
    Area.LEDGER: lambda _, effort: ledger(effort),
    Area.KEEPING: lambda _, effort: keeping(effort),
    Area.INDEX: indexing,
    Area.WEBHOOK: lambda _, effort: webhook(effort),
    Area.START: _starting,
}


def measure(
    measured: Sequence[Corpus],
    effort: Effort,
    areas: Collection[Area] = tuple(Area),
    *,
    measurements: Mapping[Area, Measurement] = MEASUREMENTS,
) -> Iterator[Measured]:
    """All measurements of the areas, in the order of the table."""
    for area, measurement in measurements.items():
        if area in areas:
            yield from measurement(measured, effort)


def command(
    measure: Callable[[Sequence[Corpus], Effort, Collection[Area]], Iterable[Measured]] = measure,
) -> Callable[..., None]:
    """What is run from the command line; ``measure`` takes the measurements."""

    def main(
        *,
        output: Annotated[Path, typer.Option(help="Where the numbers are kept as JSON.")] = _RESULTS,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the table.")] = False,
        check: Annotated[bool, typer.Option("--check", help="Exit with 1 when a goal is missed.")] = False,
        only: Annotated[list[Area] | None, typer.Option(help="Measure this alone; may be repeated.")] = None,
        rounds: Annotated[int, typer.Option(min=1, help="The best of so many counts.")] = Effort().rounds,
    ) -> None:
        """Measure how quick the bot reads, renders, sends and records issues; all in half an hour."""
        measured = tuple(measure(corpora(), Effort(rounds=rounds), only or tuple(Area)))
        if as_json:
            write_json(as_values(measured))
        else:
            write_table(as_table(measured))
            write(machine_line())
        _keep(output, measured)
        complaints = missed(measured)
        for complaint in complaints:
            say(complaint)
        if check and complaints:
            raise typer.Exit(1)

    return main


def _keep(path: Path, measured: Sequence[Measured]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(as_values(measured), ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(command())
