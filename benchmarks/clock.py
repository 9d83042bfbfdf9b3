"""Processor time, measured so that what else the machine does falls on all alike."""

import gc
import time
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from bot.messages.links import accepted

Step = Callable[[], object]
Name = TypeVar("Name", bound=Hashable)


def best_seconds(steps: Mapping[Name, Step], rounds: int) -> dict[Name, float]:
    """The least processor time of each step in so many rounds; every round takes all steps in turn.

    What stands in memory before is kept out of the garbage collector, which else runs as it always does.
    """
    gc.collect()
    gc.freeze()
    best = dict.fromkeys(steps, float("inf"))
    for _ in range(rounds):
        for name, step in steps.items():
            best[name] = min(best[name], _seconds(step))
    gc.unfreeze()
    return best


def _seconds(step: Step) -> float:
    accepted.cache_clear()  # addresses are judged anew, as in an issue that just came in
    gc.collect()
    start = time.process_time()
    step()
    return time.process_time() - start
