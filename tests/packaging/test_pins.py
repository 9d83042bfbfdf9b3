"""What is downloaded is what was pinned, wherever it is downloaded from."""

import re

import pytest

from tests.packaging.conftest import ROOT

LOCKS = tuple(f"requirements{part}.lock" for part in ("", "-demo", "-dev", "-build", "-bench", "-tools"))
_PIN = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\")
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def pins(lock: str) -> set[tuple[str, str]]:
    """Name and version of what a lock pins."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {(match[1], match[2]) for line in lines if (match := _PIN.fullmatch(line))}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()

    assert [line for line in lines if not (_PIN.fullmatch(line) or _HASH.fullmatch(line))] == []
    assert pins(lock)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-demo.lock", "requirements-build.lock"])
def test_what_runs_and_builds_is_what_was_tested(lock: str) -> None:
    assert pins(lock) <= pins("requirements-dev.lock")


def test_a_demo_downloads_the_bot_with_tdlib_and_what_installs_it_and_no_tool_of_development() -> None:
    installed = pins("requirements.lock") | pins("requirements-build.lock")
    demo = pins("requirements-demo.lock")

    assert demo >= installed
    assert {name for name, _ in demo - installed} == {"editables", "tdjson"}
