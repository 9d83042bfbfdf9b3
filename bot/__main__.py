"""The console command ``jianbao``; ``python -m bot`` is the same."""

import gc
import signal
import sys


def _ended(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _import_structlog() -> None:
    """Without rich, which it would import with pygments for tracebacks that nobody here gets to see.

    That is 8 MB of a process that runs for years, and a tenth of its start.
    """
    sys.modules["rich"] = None  # type: ignore[assignment]  # as Python marks what cannot be imported
    try:
        import structlog  # noqa: F401, PLC0415  # before anybody else does
    finally:
        del sys.modules["rich"]


def main() -> None:
    """Run a command. Exit code 2 for what the person must correct, 1 for what failed, 0 else."""
    # Before the imports, which take most of a second: as PID 1 a process ignores SIGTERM until it is handled.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ended)
    gc.set_threshold(
        5_000, 10, 100
    )  # looking seven times as often takes a tenth of the start, and frees nothing
    _import_structlog()
    from bot.cli.command import execute  # noqa: PLC0415  # see above

    sys.exit(execute(sys.argv[1:]))


if __name__ == "__main__":
    main()
