"""The console command ``jianbao``; ``python -m bot`` is the same."""

import signal
import sys


def _ended(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def main() -> None:
    """Run a command. Exit code 2 for what the person must correct, 1 for what failed, 0 else."""
    # Before the imports, which take a second: a process that is PID 1 ignores SIGTERM unless it is handled.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ended)
    from bot.cli.command import execute  # noqa: PLC0415  # see above

    sys.exit(execute(sys.argv[1:]))


if __name__ == "__main__":
    main()
