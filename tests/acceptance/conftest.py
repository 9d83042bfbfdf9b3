"""Every test gets a world of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.world import World, make_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path) as made:
        yield made
