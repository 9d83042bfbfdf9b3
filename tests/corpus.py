"""Where the real issues lie that some tests read: beside the checkout, never in it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
CORPUS = sorted((SHARED / "corpus").glob("*/*.md"))
GOLD = sorted((SHARED / "gold").glob("*.json"))

needs_corpus = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real issues are not beside this checkout (../shared)"
)
