"""The memory of this process."""

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"
_KIB = 1024


def peak() -> int:
    """The most bytes that this process ever held in memory.

    On Linux not getrusage's figure, which begins with what the process held that this one was started by.
    """
    if _STATUS.exists():
        lines = _STATUS.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(_PEAK)) * _KIB
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * _KIB
