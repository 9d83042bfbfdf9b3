"""docs/log.md: every event that the bot logs, with its level and fields, read from the syntax tree."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from tests.test_floors import ROOT, trees

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
TRACEBACK = "exception"  # the level that adds one, and the field that it stands in
ROW = re.compile(r"^\| `(?P<code>[^`]+)` \| (?P<level>[^|]+) \|(?P<fields>[^|]*)\|(?P<rest>.*)\|$")


@dataclass(frozen=True, kw_only=True)
class Call:
    """A line of the program that logs an event."""

    code: str | None
    level: str
    fields: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Event:
    """What is known of an event: its levels, the fields it always has, and those it may have."""

    levels: frozenset[str]
    always: frozenset[str]
    sometimes: frozenset[str] = frozenset()


def logs(node: ast.AST) -> bool:
    """Whether this is a call such as ``log.info(…)`` or ``structlog.get_logger().info(…)``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    logger = ast.unparse(node.func.value)
    return node.func.attr in LEVELS and (logger == "log" or logger.startswith("structlog.get_logger("))


def calls(sources: Mapping[str, ast.Module]) -> Iterator[Call]:
    for tree in sources.values():
        yield from lines(tree)


@cache
def lines(tree: ast.Module) -> list[Call]:
    return [read(node) for node in ast.walk(tree) if isinstance(node, ast.Call) and logs(node)]


def read(node: ast.Call) -> Call:
    assert isinstance(node.func, ast.Attribute)
    level = node.func.attr
    fields = {name for keyword in node.keywords for name in names(keyword)}
    if level == TRACEBACK or "exc_info" in fields:
        fields = fields - {"exc_info"} | {TRACEBACK}
    code = node.args[0] if len(node.args) == 1 else None
    return Call(
        code=code.value if isinstance(code, ast.Constant) and isinstance(code.value, str) else None,
        level="error" if level == TRACEBACK else level,
        fields=frozenset(fields),
    )


def names(keyword: ast.keyword) -> list[str]:
    """The field of ``name=…``, or those of ``**function(…)``."""
    if keyword.arg is not None:
        return [keyword.arg]
    assert isinstance(keyword.value, ast.Call)
    return returned_keys(ast.unparse(keyword.value.func))


@cache
def returned_keys(function: str) -> list[str]:
    """The keys of the dictionary that a function of ours returns."""
    (found,) = (
        node
        for tree in trees().values()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == function
    )
    (returned,) = (node.value for node in ast.walk(found) if isinstance(node, ast.Return))
    assert isinstance(returned, ast.Dict)
    return [str(ast.literal_eval(key)) for key in returned.keys if key is not None]


def logged(sources: Mapping[str, ast.Module]) -> dict[str, Event]:
    """The events of the program by their codes."""
    found: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls(sources):
        assert call.code is not None, "the first argument is the event's code, written out, and the only one"
        found[call.code].append(call)
    return {code: event(same) for code, same in found.items()}


def event(same: list[Call]) -> Event:
    always = frozenset.intersection(*(call.fields for call in same))
    return Event(
        levels=frozenset(call.level for call in same),
        always=always,
        sometimes=frozenset.union(*(call.fields for call in same)) - always,
    )


def documented() -> dict[str, Event]:
    """The events of the table, fields in brackets being those that are not there every time."""
    rows = [match for line in page().splitlines() if (match := ROW.match(line))]
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)), "an event stands in the table once"
    return {
        row["code"]: Event(
            levels=frozenset(row["level"].strip().split(", ")),
            always=frozenset(re.findall(r"(?<!\()`(\w+)`", row["fields"])),
            sometimes=frozenset(re.findall(r"\(`(\w+)`\)", row["fields"])),
        )
        for row in rows
    }


def page() -> str:
    return (ROOT / "docs" / "log.md").read_text("utf-8")


def test_the_table_has_every_event_with_its_level_and_fields_and_no_other() -> None:
    assert documented() == logged(trees())


def test_the_code_of_an_event_is_one_word_in_small_letters() -> None:
    assert [code for code in logged(trees()) if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code)] == []


def test_every_event_says_what_it_means_and_an_error_also_what_to_do() -> None:
    for line in page().splitlines():
        if row := ROW.match(line):
            meaning, advice = (cell.strip() for cell in row["rest"].split("|"))
            assert meaning.endswith("."), row["code"]
            assert advice.endswith(".") or "error" not in row["level"], row["code"]


@pytest.mark.parametrize(
    "planted",
    [
        'log.info("something_new", issue=slug)',
        'structlog.get_logger().warning("something_new")',
        'log.info("issue_updated", issue=slug, warnings=0, title=title)',
        'log.error("issue_updated", issue=slug, warnings=0)',
        'log.info("issue_updated", issue=slug)',
    ],
)
def test_an_event_that_the_table_does_not_describe_is_found(planted: str) -> None:
    assert documented() != logged({**trees(), "bot.planted": ast.parse(planted)})


@pytest.mark.parametrize("planted", ['log.info(f"issue {slug}")', "log.info(text)", 'log.info("a", "b")'])
def test_an_event_without_a_code_is_found(planted: str) -> None:
    with pytest.raises(AssertionError, match="code"):
        logged({"bot.planted": ast.parse(planted)})
