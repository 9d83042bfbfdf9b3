"""The rooms of the house, read from the syntax tree of ``bot/``: who may import what.

The rules are functions over a house, a mapping of modules to what they import, so that the tests
also plant each fault into the real house and see that its rule finds it.
"""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Top to bottom, as ARCHITECTURE.md draws it. A room imports from the floors below its own alone.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("bot.__main__",),
    ("bot.cli",),
    ("bot.runtime",),
    ("bot.handlers", "bot.reports", "bot.web"),
    ("bot.delivery",),
    ("bot.editors", "bot.readers", "bot.publishing", "bot.settings"),
    ("bot.digest", "bot.messages", "bot.storage", "bot.telegram_api", "bot.sources", "bot.pacing"),
    ("bot.model",),
    ("bot.words", "bot.errors"),
)

#: What may lie in ``bot/`` beside the rooms.
LOOSE = {"bot", "bot.__main__", "bot.errors"}

#: The stand-in for Telegram stands apart: who may import it, and what it may import of the house.
APART = "bot.sandbox"
VISITORS = ("bot.cli",)
NEEDS = ("bot.errors",)

House = Mapping[str, frozenset[str]]  #: each module of ours and what it imports

#: Each library and where it is at home. One that is not in this table is at home nowhere.
HOMES: dict[str, tuple[str, ...]] = {
    "ahocorasick_rs": ("bot.digest",),
    "aiohttp": ("bot.telegram_api", "bot.web", "bot.sandbox", "bot.editors.second_reader.client"),
    "aiohttp_socks": ("bot.telegram_api.socks",),
    "alembic": ("bot.storage",),
    "apscheduler": ("bot.runtime.schedule",),
    "jinja2": ("bot.messages",),
    "markdown_it": ("bot.digest", "bot.editors.linter.second_reading"),  # read twice, to compare
    "markupsafe": ("bot.messages",),
    "orjson": ("bot.runtime.inbox", "bot.storage.backup_file", "bot.telegram_api", "bot.sandbox"),
    "prometheus_client": ("bot.web.metrics",),
    "pydantic": (
        "bot.settings",
        "bot.digest",
        "bot.editors.topics.readings",
        "bot.editors.topics.answers",
        "bot.editors.second_reader.client",
        "bot.cli.demo",
    ),
    "pydantic_core": ("bot.settings",),
    "rich": ("bot.cli", "bot.digest.parsing.shorthands"),  # it knows the names of emoji
    "sqlalchemy": ("bot.storage",),
    "structlog": (
        *(
            "bot.__main__",
            "bot.cli",
            "bot.runtime",
            "bot.handlers",
            "bot.delivery",
            "bot.publishing",
            "bot.readers",
        ),
        "bot.telegram_api",
    ),
    "tdjson": ("bot.sandbox",),
    "telegram": (
        "bot.telegram_api",
        "bot.handlers",
        "bot.runtime.application",
        "bot.runtime.hearing",
        "bot.runtime.inbox",
    ),
    "typer": ("bot.cli",),
    "uvloop": ("bot.cli.run",),
    # front matter and what lies beside an issue are parts of its format
    "yaml": (
        "bot.settings",
        "bot.digest.parsing.front_entries",
        "bot.digest.topics.sidecar",
        "bot.editors.topics.sidecar_text",
    ),
}

#: Who reads the environment: the settings, and the demo to learn whether there is a desktop.
READ_ENVIRONMENT = ("bot.settings", "bot.cli.browser")

MOST_LINES_OF_A_MODULE = 300
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
def house() -> House:
    """What each module imports, inside its functions too."""
    return {
        module: frozenset(name for node in ast.walk(tree) for name in _imported(node))
        for module, tree in trees().items()
    }


def with_import(module: str, imported: str) -> House:
    """The real house, in which ``module``, which need not be there, imports one thing more."""
    return {**house(), module: house().get(module, frozenset()) | {imported}}


def lies_in(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def room(module: str) -> str:
    """The room that a module lies in."""
    return ".".join(module.split(".")[:2])


def floor(module: str) -> int | None:
    """The number of the floor, 0 at the top; None for what lies on none."""
    return next((number for number, rooms in enumerate(FLOORS) if room(module) in rooms), None)


def ours(house: House, module: str) -> Iterator[str]:
    return (name for name in house[module] if room(name) != "bot" and name.split(".")[0] == "bot")


def breaches(house: House, wrong: Callable[[str, str], bool]) -> list[str]:
    """The imports between modules of ours that are ``wrong``, but for the stand-in's."""
    return sorted(
        f"{module} imports {name}"
        for module in house
        for name in ours(house, module)
        if not apart(module) and not apart(name) and wrong(module, name)
    )


def apart(module: str) -> bool:
    return lies_in(module, (APART,))


def upward(house: House) -> list[str]:
    return breaches(house, lambda module, name: (floor(name) or 0) < (floor(module) or 0))


def sideways(house: House) -> list[str]:
    return breaches(house, lambda module, name: room(name) != room(module) and floor(name) == floor(module))


def loose(house: House) -> list[str]:
    """Modules that lie in no room of the plan, or instead of one."""

    def astray(module: str) -> bool:
        alone = module == room(module) and not any(other.startswith(f"{module}.") for other in house)
        return module not in LOOSE and not apart(module) and (floor(module) is None or alone)

    return sorted(filter(astray, house))


def circles(house: House) -> list[str]:
    graph = {module: set(ours(house, module)) - {module} for module in house}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def crossing(house: House) -> list[str]:
    """Imports into the stand-in from elsewhere than its visitors, and of what it does not need."""
    return sorted(
        f"{module} imports {name}"
        for module in house
        for name in ours(house, module)
        if apart(module) != apart(name)
        and not (lies_in(name, NEEDS) if apart(module) else lies_in(module, VISITORS))
    )


def homeless(house: House) -> list[str]:
    """Libraries imported outside their homes."""
    return sorted(
        f"{module} imports {library}"
        for module in house
        for library in {name.split(".")[0] for name in house[module]} - sys.stdlib_module_names - {"bot"}
        if not lies_in(module, HOMES.get(library, ()))
    )


RULES = (upward, sideways, loose, circles, crossing, homeless)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Callable[[House], list[str]]) -> None:
    assert rule(house()) == []


@pytest.mark.parametrize(
    ("rule", "module", "imported"),
    [
        (upward, "bot.digest.reader", "bot.editors.export"),
        (upward, "bot.words.finding", "bot.model.issue"),
        (upward, "bot.runtime.serve", "bot.cli.run"),
        (upward, "bot.publishing.intake", "bot.delivery.retry"),
        (sideways, "bot.messages.renderer", "bot.digest.names"),
        (sideways, "bot.readers.requests", "bot.publishing.lookup"),
        (sideways, "bot.handlers.issue", "bot.reports.progress"),
        (loose, "bot.helpers", "bot.model.issue"),
        (loose, "bot.utils.text", "bot.model.issue"),
        (circles, "bot.delivery.retry", "bot.delivery.job"),
        (crossing, "bot.runtime.serve", "bot.sandbox.server"),
        (crossing, "bot.sandbox.server", "bot.model.issue"),
        (homeless, "bot.readers.archive", "sqlalchemy"),
        (homeless, "bot.model.issue", "pydantic"),
    ],
)
def test_a_fault_that_is_planted_is_found(
    rule: Callable[[House], list[str]], module: str, imported: str
) -> None:
    found = rule(with_import(module, imported))
    assert any(module in one for one in found)


def test_the_tables_name_nothing_that_is_gone() -> None:
    named = {home for homes in (*FLOORS, *HOMES.values()) for home in homes}
    assert named - trees().keys() == set()
    used = {name.split(".")[0] for imported in house().values() for name in imported}
    assert HOMES.keys() - used == set()


def test_the_architecture_draws_every_room() -> None:
    drawing = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("```")[2].partition("```")[0]
    rooms = {name.removeprefix("bot.") for rooms in FLOORS for name in rooms} | {"sandbox"}
    assert {name for name in rooms if name not in drawing} == set()


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
