"""Docstrings: what is public says what it does, and none only echoes the name.

ruff asks for those of modules, classes and functions. It would ask for those of a Protocol's methods too,
which often say nothing that the name does not, so D102 is off and methods are asked for here.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from tests.test_floors import ROOT, trees

Documented = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

#: Words that add nothing to a name.
FILLERS = frozenset(
    {
        *("a", "all", "an", "and", "any", "are", "as", "at", "be", "by", "each", "every", "for", "from"),
        *("has", "have", "in", "is", "it", "its", "of", "on", "one", "some", "that", "the", "their", "these"),
        *("they", "this", "those", "to", "what", "which", "with"),
    }
)
ENDING = re.compile(r"(ies|es|s|ed|ing|e|y)$")


@cache
def everything() -> Mapping[str, ast.Module]:
    """The bot and the benchmarks; what is in tests says it in its name."""
    benchmarks = (ROOT / "benchmarks").rglob("*.py")
    return {**trees(), **{path.name: ast.parse(path.read_text("utf-8")) for path in benchmarks}}


def stems(text: str) -> frozenset[str]:
    """The words of a name or a sentence, without endings and fillers."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower())
    return frozenset(ENDING.sub("", word) or word for word in words if word not in FILLERS)


def documented(
    scope: ast.Module | ast.ClassDef, prefix: str = "", *, protocol: bool = False
) -> Iterator[tuple[str, Documented, bool]]:
    """What is public in a scope, by its name, and whether it is a method of a Protocol.

    Not the types of a function for some of its arguments (``overload``), which say nothing of their own.
    """
    for node in scope.body:
        if isinstance(node, Documented) and not node.name.startswith("_") and not is_overload(node):
            yield prefix + node.name, node, protocol
            if isinstance(node, ast.ClassDef):
                is_protocol = any("Protocol" in ast.unparse(base) for base in node.bases)
                yield from documented(node, f"{prefix}{node.name}.", protocol=is_protocol)


def is_overload(node: Documented) -> bool:
    """Whether it is one of several types of the function that follows."""
    return any(ast.unparse(decorator) == "overload" for decorator in node.decorator_list)


def missing(sources: Mapping[str, ast.Module]) -> list[str]:
    """What is public and has no docstring, but for methods of Protocols."""
    return [
        f"{module}.{name}"
        for module, tree in sources.items()
        for name, node, protocol in documented(tree)
        if not protocol and ast.get_docstring(node) is None
    ]


def echoes(sources: Mapping[str, ast.Module]) -> list[str]:
    """Docstrings without a word that is not in the name."""
    return [
        f"{module}.{name}: {text}"
        for module, tree in sources.items()
        for name, node, _ in documented(tree)
        if (text := ast.get_docstring(node)) is not None and stems(text) <= stems(name)
    ]


def test_what_is_public_has_a_docstring() -> None:
    assert missing(everything()) == []


def test_no_docstring_only_echoes_the_name() -> None:
    assert echoes(everything()) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("def read(): pass", True),
        ("class Store:\n '''Where it is kept.'''\n def read(self): pass", True),
        ("class Store(Protocol):\n '''Where it is kept.'''\n def read(self): ...", False),
        ("def _read(): pass", False),
    ],
)
def test_a_docstring_that_is_missing_is_found(planted: str, *, found: bool) -> None:
    assert bool(missing({"planted": ast.parse(planted)})) is found


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("def close():\n '''Close it.'''", True),
        ("class Store(Protocol):\n '''The store.'''", True),
        (
            "class Issue:\n '''One to read.'''\n def set_state(self):\n  '''Set the state of it.'''",
            True,
        ),
        ("def close():\n '''Close it; raises StoreError if it is closed already.'''", False),
    ],
)
def test_a_docstring_that_echoes_its_name_is_found(planted: str, *, found: bool) -> None:
    assert bool(echoes({"planted": ast.parse(planted)})) is found
