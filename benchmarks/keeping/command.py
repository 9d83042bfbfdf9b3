"""``python -m benchmarks.keeping.command WORDS…``: run a command of jianbao, and tell what it took.

That is the last line of standard error: standard output is the command's own.
"""

import sys
import time
from dataclasses import dataclass

from benchmarks.figures import Figures
from benchmarks.ledger.memory import peak
from bot.cli.command import execute


@dataclass(frozen=True, slots=True, kw_only=True)
class Took(Figures):
    """``cpu_seconds`` of the processor, and ``peak``, the most memory that the process held, in bytes."""

    cpu_seconds: float
    peak: int


def main() -> int:
    """The process; returns the command's exit code."""
    try:
        code = execute(sys.argv[1:])
    except SystemExit as ended:
        code = int(ended.code or 0)
    sys.stderr.write(Took(cpu_seconds=time.process_time(), peak=peak()).to_json() + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
