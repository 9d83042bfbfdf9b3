"""How much work something is, whatever else the machine has to do."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python ``work`` runs, each as often as it runs: the same every time."""
    count = 0

    def step(_frame: FrameType, event: str, _value: object) -> Any:
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@contextmanager
def cpu_at_most(seconds: float) -> Iterator[None]:
    """Fails once the block has used the CPU for so long: for what takes a moment, or else minutes."""

    def stop(*_: object) -> None:
        raise AssertionError(f"not done after {seconds} s of the CPU")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
