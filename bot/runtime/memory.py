"""Garbage collection of a process that runs for years."""

import gc


def freeze_gc() -> None:
    """Leave what was built so far out of garbage collection; called once, when all is built.

    Going through it all would stop the loop for a tenth of a second every few seconds of a quick
    broadcast, and slots would be lost.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
