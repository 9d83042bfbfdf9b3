from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.model import FilePattern
from bot.sources.git import Bounds, GitSource
from bot.sources.git.access import Repository as Address
from tests.sources.git.forge import PATH, Repository

Make = Callable[..., "Reader"]


class Reader:
    """A source of issues named by their days, by a clock that stands still until it is set."""

    def __init__(self, mirror: Path, address: Address, bounds: Bounds, environment: dict[str, str]) -> None:
        self.mirror = mirror
        self.time = 0.0
        self.source = GitSource(
            address,
            mirror=mirror,
            pattern=FilePattern.of(r"\d{4}-\d{2}-\d{2}\.md"),
            bounds=bounds,
            poll=60,
            environment=environment,
            seconds=lambda: self.time,
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "digest")


@pytest.fixture
def reader(tmp_path: Path, repository: Repository) -> Make:
    """Makes a source of the repository, by its path if no address is given."""

    def make(url: str = "", *, bounds: dict[str, Any] | None = None, **given: Any) -> Reader:
        environment = PATH | given.pop("environment", {})
        address = Address(url=url or str(repository.path), place="bot.yml: source.git", **given)
        limits = Bounds(**({"file": 1000, "everything": 5_000_000} | (bounds or {})))
        return Reader(tmp_path / "mirror", address, limits, environment)

    return make
