"""What the processes that measure the ledger tell."""

from dataclasses import dataclass

from benchmarks.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Figures):
    """``rows`` were planned in ``seconds``; ``peak`` is the most memory the process held, in bytes."""

    rows: int
    seconds: float
    peak: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Figures):
    """``messages`` were recorded in groups of ``group`` rows, with so many ``notes`` each, in ``seconds``.

    One note says that a part arrived; of two, the first says that it is about to leave.
    """

    group: int
    notes: int
    messages: int
    seconds: float
