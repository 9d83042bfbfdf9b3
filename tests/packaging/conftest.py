"""The checkout, and the wheel that is built from it: once, offline, with the backend that is installed."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tool(name: str) -> str:
    """The path of a program that checks files; skips the test where there is none."""
    found = shutil.which(name, path=ROOT / ".venv/tools/bin") or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed; make .venv/tools/.ready installs what PyPI has")
    return found


def said_by(*command: str | Path) -> tuple[int, str]:
    """The exit code of a program, and all that it says."""
    ran = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")  # noqa: S603  # our own words
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603  # our own words
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is unpacked into: what ``pip install`` does with a pure wheel."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder
