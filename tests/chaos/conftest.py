"""Each test has a world of its own, on the database that it names, and at night on either."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.world import World, make_world
from tests.nightly import NIGHTLY

SEEDS = (3, 4, 5) if NIGHTLY else (3,)


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    """Decides which requests are hit, and when a process is killed."""
    return int(request.param)


@pytest.fixture
async def world(tmp_path: Path, database_url: str, seed: int) -> AsyncIterator[World]:
    async with make_world(tmp_path, database_url, seed=seed) as made:
        yield made
