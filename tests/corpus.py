"""Where the real issues lie that some tests read: beside the checkout, never in it."""

from pathlib import Path

import pytest

from tests.nightly import by_day

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
CORPUS = sorted((SHARED / "corpus").glob("*/*.md"))
#: All of them, of which six are read by day.
REAL = by_day(6, [*SEEDS, *CORPUS], "six real issues are read by day")
GOLD = sorted((SHARED / "gold").glob("*.json"))

needs_corpus = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real issues are not beside this checkout (../shared)"
)
