"""Garbage collection of a process that runs for years."""

import gc


def freeze_gc() -> None:
    """Exclude all objects that exist now from garbage collection; called once, when all is built.

    Scanning them would stop the event loop for a tenth of a second every few seconds of a fast
    broadcast, and slots would be lost.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
