"""How long an editor waits for ``jianbao check`` of a folder."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpora import ROOT, Corpus
from benchmarks.effort import Effort
from benchmarks.measured import Measured, Unit

_FIRST_DAY = date(2020, 1, 1)
_DONE = (0, 1)  # with nothing found, or with something


def checking(corpus: Corpus, effort: Effort) -> Iterator[Measured]:
    """One run of the command on a folder, from its start to its end, by the clock on the wall."""
    with TemporaryDirectory() as folder:
        _fill(Path(folder), corpus, effort.files)
        start = time.perf_counter()
        _check(Path(folder))
        value = time.perf_counter() - start
    yield Measured(
        group="jianbao check",
        what=f"a folder of {effort.files} issues",
        value=value,
        unit=Unit.SECONDS,
    )


def _fill(folder: Path, corpus: Corpus, files: int) -> None:
    """The issues again and again, an issue a week; no address stands twice in the folder."""
    for number, source in enumerate(islice(cycle(corpus.sources), files)):
        text = source.text.replace("://", f"://{number}.")
        day = _FIRST_DAY + timedelta(weeks=number)
        (folder / f"{day}.md").write_text(text, "utf-8")


def _check(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "check", "--format", "json", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if done.returncode not in _DONE:
        raise RuntimeError(f"jianbao check failed: {done.stderr.strip()}")
