"""The documents: what they name of the code is there, their links lead somewhere, both READMEs agree."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.cli.command import COMMANDS
from tests.test_floors import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
EACH = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)

#: A file of ours, and the names behind it: `path.py` `name`, `name` or the cells of a table.
FILE = re.compile(r"`(?P<path>[\w/]+\.py)`(?P<names>(?:[ ,|]+`[\w.]+`(?!/))*)")
CODE = re.compile(r"^(?P<fence>`{3,}).*?^(?P=fence)$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)|<img src=\"([^\"]+)\"")
ANCHOR = re.compile(r"\]\(#([^)]+)\)")
COMMENT = re.compile(r"\s+# .*")
MOST_LINES_OF_A_PAGE = 120


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(name: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its level."""
    level = heading.partition(" ")[0]
    return re.split(rf"^{level} ", text(name).partition(f"{heading}\n")[2], flags=re.MULTILINE)[0]


def source(path: str) -> Path:
    """A file that a document names, from the root or from ``bot/``."""
    return next((home / path for home in (ROOT, ROOT / "bot") if (home / path).exists()), ROOT / path)


@cache
def defined(path: Path) -> frozenset[str]:
    """What a file defines: functions, classes, their methods, values."""
    return frozenset(_defined(ast.parse(path.read_text("utf-8"))))


def _defined(scope: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[str]:
    for node in scope.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield prefix + name
            case ast.ClassDef(name=name):
                yield prefix + name
                yield from _defined(node, f"{prefix}{name}.")
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield prefix + name


def missing(document: str) -> list[str]:
    """The files that a text names and that are not there, and the names that they do not define."""
    found = []
    for match in FILE.finditer(document):
        path = source(match["path"])
        if not path.exists():
            found.append(match["path"])
            continue
        names = re.findall(r"`([\w.]+)`", match["names"])
        found += [f"{match['path']} {name}" for name in names if name not in defined(path)]
    return found


@EACH
def test_the_files_and_functions_that_a_document_names_are_there(document: Path) -> None:
    assert missing(document.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("`bot/delivery/courier.py` `run`", ["bot/delivery/courier.py"]),
        ("`bot/delivery/job.py` `DeliveryJob`, `Courier.run`: …", ["bot/delivery/job.py Courier.run"]),
        ("| `delivery/job.py` | `DeliveryJob.walk` | …", ["delivery/job.py DeliveryJob.walk"]),
    ],
)
def test_a_name_that_is_gone_is_found(planted: str, found: list[str]) -> None:
    assert missing(planted) == found


@EACH
def test_links_within_the_project_lead_to_a_file(document: Path) -> None:
    words = CODE.sub("", document.read_text("utf-8"))
    targets = (match["target"] for match in LINK.finditer(words))
    ours = [target for target in targets if not target.startswith("http")]
    assert [target for target in ours if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("flow", ["**Publish**", "**Command**"])
def test_each_step_of_a_flow_names_a_file_and_a_function(flow: str) -> None:
    rows = section("ARCHITECTURE.md", "## The two flows").partition(flow)[2].split("\n\n")[1].splitlines()[2:]
    assert len(rows) > 5
    assert [row for row in rows if not re.match(r"\| `[\w/]+\.py` \| `[\w.]+` \|", row)] == []


def test_the_types_that_cross_the_rooms_are_there() -> None:
    lines = section("ARCHITECTURE.md", "## The two flows").split("```")[1].strip().splitlines()
    types = [line.split()[0].rpartition(".") for line in lines[1:]]
    assert len(types) > 5
    files = {f"bot/{module.replace('.', '/')}.py": name for module, _, name in types}
    assert [path for path, name in files.items() if name not in defined(source(path))] == []


def test_the_crash_table_names_lines_of_the_send_loop() -> None:
    table = section("ARCHITECTURE.md", "## The send loop, and what a crash costs at each line")
    lines = re.findall(r"^\| `([^`]+)`", table, flags=re.MULTILINE)
    loop = (ROOT / "bot" / "delivery" / "job.py").read_text("utf-8")
    assert len(lines) > 5
    assert [line for line in lines if line not in loop] == []


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "docs/operating.md"])
def test_what_is_called_one_page_is_one(page: str) -> None:
    assert len(text(page).splitlines()) <= MOST_LINES_OF_A_PAGE


def test_the_steps_of_reading_are_modules() -> None:
    steps = re.findall(r"^\| `(\w+)`", text("docs/reading.md"), flags=re.MULTILINE)
    assert len(steps) > 5
    assert [step for step in steps if not (ROOT / "bot/digest/parsing" / f"{step}.py").exists()] == []


def test_there_are_four_walks_and_each_says_where_it_arrives() -> None:
    walks = section("CONTRIBUTING.md", "## Four walks through the code").split("\n### ")[1:]
    assert [walk.splitlines()[0] for walk in walks] == [
        "Where is a push cut?",
        "Where is a 429 answered?",
        "Where is a profile proposed?",
        "Where is an issue approved?",
    ]
    for walk in walks:
        assert walk.count("**") == 2
        steps = re.findall(r"^\d\. (.*)", walk, flags=re.MULTILINE)
        assert [step for step in steps if not re.match(r"`bot/[\w/]+\.py` `[\w.]+`", step)] == []


def blocks(readme: str) -> list[str]:
    """The blocks of code; of commands without their comments, which are translated."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text(readme), flags=re.DOTALL | re.MULTILINE)
    return [COMMENT.sub("", code) if language == "sh" else code for language, code in found]


def prose(readme: str) -> str:
    """All that is no block of code."""
    return re.sub(r"^```.*?^```$", "", text(readme), flags=re.DOTALL | re.MULTILINE)


def headings(readme: str) -> list[str]:
    """Only their levels: what they say is translated."""
    return re.findall(r"^(#+) ", prose(readme), flags=re.MULTILINE)


def first_columns(readme: str) -> list[str]:
    """The first cell of each row of a table, but for the translated heads."""
    cells = [line.split("|")[1].strip() for line in prose(readme).splitlines() if line.startswith("|")]
    return [cell for cell in cells if "`" in cell or set(cell) == {"-"}]


def commands_in_tables(readme: str) -> list[list[str]]:
    """What a row of a table names in code, in whatever order a language has it."""
    rows = [line for line in prose(readme).splitlines() if line.startswith("| `")]
    return [sorted(re.findall(r"`([^`]+)`", row)) for row in rows]


def links(readme: str) -> list[str]:
    """Their targets but for the other README, in whatever order a language has them."""
    targets = (match["target"] for match in LINK.finditer(CODE.sub("", text(readme))))
    return sorted(target for target in targets if not target.startswith("README"))


def images(readme: str) -> list[str]:
    return ["".join(sources) for sources in IMAGE.findall(prose(readme))]


KEPT = (blocks, headings, first_columns, commands_in_tables, links, images)


@pytest.mark.parametrize("kept", KEPT, ids=lambda function: function.__name__)
def test_the_chinese_readme_keeps_step(kept: Callable[[str], list[object]]) -> None:
    assert kept("README.md")
    assert kept("README.zh.md") == kept("README.md")


@pytest.mark.parametrize(("readme", "other"), [("README.md", "README.zh.md"), ("README.zh.md", "README.md")])
def test_each_readme_leads_to_the_other_at_its_top(readme: str, other: str) -> None:
    assert f"]({other})" in "\n".join(text(readme).splitlines()[:4])


@EACH
def test_links_within_a_document_lead_to_a_heading(document: Path) -> None:
    """As GitHub names headings: small letters, blanks as dashes."""
    words = re.sub(r"^(`{3,}).*?^\1$", "", document.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    names = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)", words, flags=re.MULTILINE)
    }
    assert set(ANCHOR.findall(words)) - names == set()


def named_commands(document: str) -> set[str]:
    """The commands of ``jianbao`` that a document names in code."""
    code = (*re.findall(r"`[^`]+`", prose(document)), *blocks(document))
    return set(re.findall(r"\bjianbao (?!jianbao)([a-z]+)", "\n".join(code)))


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readmes_name_every_command(readme: str) -> None:
    assert set(COMMANDS) - {"demo"} <= named_commands(readme)  # which make starts


@EACH
def test_the_commands_that_a_document_names_are_there(document: Path) -> None:
    assert named_commands(str(document.relative_to(ROOT))) <= set(COMMANDS)


@pytest.mark.parametrize("document", ["docs/operating.md", "SECURITY.md", "UPGRADING.md"])
def test_the_events_and_settings_that_an_operator_is_told_of_are_there(document: str) -> None:
    told = set(re.findall(r"`([a-z]+(?:_[a-z]+)+|[a-z]+\.[a-z_.]+)[`:]", prose(document)))
    known = set(re.findall(r"`([\w.]+)`", text("docs/log.md") + text("docs/settings.md")))
    assert {name for name in told if not (ROOT / name).exists()} <= known
