"""The floors of the house, read from the syntax tree of ``bot/``: who may import what."""

import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Top to bottom. A module imports from its own floor and from those below, never from above.
FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("the command", ("bot.__main__",)),
    ("commands", ("bot.cli",)),
    (
        "the process",
        ("bot.runtime",),
    ),
    ("edges", ("bot.handlers", "bot.reports", "bot.web")),
    ("delivery", ("bot.delivery",)),
    ("use cases", ("bot.editors", "bot.publishing", "bot.readers", "bot.settings")),
    (
        "trades",
        ("bot.digest", "bot.messages", "bot.storage", "bot.telegram_api", "bot.sources", "bot.pacing"),
    ),
    ("ground", ("bot.model", "bot.words", "bot.errors", "bot")),
)

#: The stand-in for Telegram stands apart: who may import it, and what it may import of the house.
APART = "bot.sandbox"
VISITORS = ("bot.cli",)
NEEDS = ("bot.errors",)

#: Each library and where it is at home. One that is not in this table is at home nowhere.
HOMES: dict[str, tuple[str, ...]] = {
    "ahocorasick": ("bot.digest",),
    "aiohttp": ("bot.telegram_api", "bot.web", "bot.sandbox"),
    "alembic": ("bot.storage",),
    "apscheduler": ("bot.runtime.schedule",),
    "jinja2": ("bot.messages",),
    "markdown_it": ("bot.digest",),
    "markupsafe": ("bot.messages",),
    "mdit_py_plugins": ("bot.digest",),
    "orjson": ("bot.telegram_api", "bot.sandbox"),
    "pydantic": ("bot.settings", "bot.digest", "bot.editors.topics.readings", "bot.cli.demo"),
    "pydantic_core": ("bot.settings",),
    "pydantic_settings": ("bot.settings",),
    "rich": ("bot.cli",),
    "sqlalchemy": ("bot.storage",),
    "structlog": (
        *("bot.cli", "bot.runtime", "bot.handlers", "bot.delivery", "bot.publishing", "bot.readers"),
        "bot.telegram_api",
    ),
    "tdjson": ("bot.sandbox",),
    "telegram": ("bot.telegram_api", "bot.handlers", "bot.runtime.application"),
    "typer": ("bot.cli",),
    "yaml": ("bot.settings", "bot.digest.parsing.front_matter"),  # front matter is part of an issue's format
}

#: Who reads the environment: the settings, and the demo to learn whether there is a desktop.
READ_ENVIRONMENT = ("bot.settings", "bot.cli.demo")

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 50


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax tree of every module, by its name."""
    paths = sorted((ROOT / "bot").rglob("*.py"))
    return {_name(path): ast.parse(path.read_text("utf-8")) for path in paths}


def _imported(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports, ours as precisely as can be told."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "imports are written out in full"
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if inner in trees() else str(node.module)


@cache
def imports(module: str) -> frozenset[str]:
    """What a module imports, inside its functions too."""
    return frozenset(name for node in ast.walk(trees()[module]) for name in _imported(node))


def ours(module: str) -> Iterator[str]:
    return (name for name in imports(module) if name.split(".")[0] == "bot")


def lies_in(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def floor(module: str) -> int:
    """The number of the floor, 0 at the top; the longest name that fits decides."""
    fitting = [
        (len(home), number)
        for number, (_, homes) in enumerate(FLOORS)
        for home in homes
        if lies_in(module, (home,)) and (home != "bot" or module == "bot")
    ]
    assert fitting, f"{module} is on no floor"
    return max(fitting)[1]


def breaches(wrong: Callable[[str, str], bool], found: Callable[[str], Iterator[str]]) -> list[str]:
    pairs = ((module, name) for module in trees() for name in found(module) if wrong(module, name))
    return sorted(f"{module} imports {name}" for module, name in pairs)


def apart(module: str) -> bool:
    return lies_in(module, (APART,))


def test_imports_point_down_only() -> None:
    def upward(module: str, name: str) -> bool:
        return not apart(module) and not apart(name) and floor(name) < floor(module)

    assert breaches(upward, ours) == []


def test_the_stand_in_for_telegram_stands_apart() -> None:
    def crosses(module: str, name: str) -> bool:
        if apart(module) == apart(name):
            return False
        return not lies_in(name, NEEDS) if apart(module) else not lies_in(module, VISITORS)

    assert breaches(crosses, ours) == []


def test_no_import_goes_in_a_circle() -> None:
    graph = {module: set(ours(module)) - {module} for module in trees()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" > ".join(error.args[1]))


def test_each_library_stays_at_home() -> None:
    def foreign(module: str) -> Iterator[str]:
        tops = {name.split(".")[0] for name in imports(module)}
        return iter(tops - sys.stdlib_module_names - {"bot"})

    assert breaches(lambda module, name: not lies_in(module, HOMES.get(name, ())), foreign) == []


def test_the_tables_name_nothing_that_is_gone() -> None:
    named = {home for _, homes in (*FLOORS, *HOMES.items()) for home in homes}
    assert named - trees().keys() == set()
    used = {name.split(".")[0] for module in trees() for name in imports(module)}
    assert HOMES.keys() - used == set()


def test_the_environment_is_read_in_the_settings() -> None:
    def reads(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom):
            return node.module == "os" and any(alias.name in {"environ", "getenv"} for alias in node.names)
        return isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}

    readers = [module for module, tree in trees().items() if any(map(reads, ast.walk(tree)))]
    assert [module for module in readers if not lies_in(module, READ_ENVIRONMENT)] == []


def test_no_module_and_no_function_is_too_long() -> None:
    def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1

    for path in (ROOT / "bot").rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES_OF_A_MODULE, path
    for module, tree in trees().items():
        for name, lines in functions(tree):
            assert lines <= MOST_LINES_OF_A_FUNCTION, f"{module}.{name}"
