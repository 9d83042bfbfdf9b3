"""Each test has a world of its own, on either database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.world import World, make_world


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    async with make_world(tmp_path, database_url) as made:
        yield made
