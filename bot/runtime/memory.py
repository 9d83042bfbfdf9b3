"""Memory of a process that runs for years."""

import ctypes
import gc


def give_back() -> None:
    """Give freed memory back to the system, where the C library knows how: of a start about two megabytes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
    if trim is not None:
        trim(0)


def freeze_gc() -> None:
    """Exclude all objects that exist now from garbage collection; called once, when all is built.

    Scanning them would stop the event loop for a tenth of a second every few seconds of a fast
    broadcast, and slots would be lost. What building left goes back to the system.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    give_back()
