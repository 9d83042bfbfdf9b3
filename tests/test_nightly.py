"""What is left to the night says why, and no central promise is."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.mutants.table import read_mutants
from tests.night import AT_NIGHT, BY_DAY, why_at_night

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "tests").rglob("test_*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _nights(node: ast.AST) -> Iterator[ast.Call]:
    """Where something in it is left to the night."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "nightly":
            yield call


def test_what_is_left_to_the_night_says_why() -> None:
    some = [path for path in FILES if "nightly(" in path.read_text("utf-8")]
    found = [call for path in some for call in _nights(_tree(path))]
    assert found
    for call in found:
        (why,) = call.args
        assert isinstance(why, ast.Constant)
        assert len(str(why.value).split()) >= 3, ast.unparse(call)


def test_it_is_said_in_one_way() -> None:
    others = [path for path in FILES if path != Path(__file__)]
    assert not [path.name for path in others if "mark.nightly" in path.read_text("utf-8")]


def _is_at_night(test: str) -> bool:
    """Whether all of a test is left to the night."""
    return why_at_night(test) is not None or _marked(test)


def _marked(test: str) -> bool:
    """Whether a test is marked as the night's where it is written."""
    file, _, name = test.partition("::")
    for node in _tree(ROOT / file).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return any("nightly" in ast.unparse(one).split("(")[0] for one in node.decorator_list)
    return False


def _names_of(place: str) -> set[str]:
    """The tests of a module, or of the modules of a room."""
    path = ROOT / place
    return {
        f"{one.relative_to(ROOT)}::{node.name}"
        for one in (path.rglob("test_*.py") if path.is_dir() else [path])
        for node in _tree(one).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_each_room_and_module_of_the_night_is_there_and_says_why() -> None:
    assert list(AT_NIGHT) == sorted(AT_NIGHT)
    for place, why in AT_NIGHT.items():
        assert _names_of(place), place
        assert len(why.split()) >= 3, place


def test_what_stays_of_them_by_day_is_there_and_says_what_it_promises() -> None:
    theirs = set().union(*map(_names_of, AT_NIGHT))
    for test, promise in BY_DAY.items():
        assert test in theirs, test
        assert not _marked(test), test
        assert promise, test


def test_what_ci_leaves_out_of_the_night_is_there() -> None:
    left = re.findall(r"^    (tests/\S+)$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    assert left
    for test in left:
        assert any(one.startswith(test) for one in _names_of(test.partition("::")[0])), test


def test_a_room_that_is_asked_for_runs_whole() -> None:
    test = "tests/chaos/test_killed.py::test_some"
    assert why_at_night(test) == AT_NIGHT["tests/chaos"]
    assert why_at_night(test, ["tests/cli", "tests"]) == AT_NIGHT["tests/chaos"]
    assert why_at_night(test, ["tests/chaos"]) is why_at_night(test, ["tests/chaos/test_killed.py"]) is None


def test_every_commit_tries_each_central_promise() -> None:
    assert not [one.promise for one in read_mutants() if all(map(_is_at_night, one.tests))]
