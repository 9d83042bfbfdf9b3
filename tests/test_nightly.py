"""What is left to the night says why, and no central promise is."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.mutants.table import read_mutants

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
    file, _, name = test.partition("::")
    for node in _tree(ROOT / file).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return any("nightly" in ast.unparse(one).split("(")[0] for one in node.decorator_list)
    return False


def test_every_commit_tries_each_central_promise() -> None:
    assert not [one.promise for one in read_mutants() if all(map(_is_at_night, one.tests))]
