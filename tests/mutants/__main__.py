"""Tries all mutants, or those whose promise or file holds one of the words."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.run import Outcome, pass_as_they_are, run
from tests.mutants.table import Mutant, read_mutants

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try them and say of each what became of it. 1 where one lived or could not be tried."""
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__)
    parser.add_argument("--jobs", type=int, default=1, help="so many at a time")
    parser.add_argument("words", nargs="*", metavar="WORD")
    given = parser.parse_args(arguments)
    mutants = [one for one in read_mutants() if _chosen(one, given.words)]
    if not pass_as_they_are(ROOT, mutants):
        _say("Their tests do not pass without a fault: run them first.")
        return 1
    not_killed = 0
    for mutant, outcome in run(ROOT, mutants, jobs=max(1, given.jobs)):
        not_killed += outcome is not Outcome.KILLED
        _say(f"{outcome:<9}  {mutant.promise}")
        if outcome is not Outcome.KILLED:
            _say(f"           {mutant.file}: {', '.join(mutant.tests)}")
    _say(f"{len(mutants) - not_killed} of {len(mutants)} mutants were killed.")
    return 1 if not_killed else 0


def _chosen(mutant: Mutant, words: Sequence[str]) -> bool:
    return not words or any(word in f"{mutant.promise} {mutant.file}" for word in words)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
