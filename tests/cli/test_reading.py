"""A file that breaks the reader is named in one line and passed over, by every command; the rest goes on."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import bot.cli
from bot.cli.reading import Batch, each_beside, read_by_lines
from bot.errors import BadInput, JianbaoError
from tests.cli.conftest import ISSUE, Run, write
from tests.cli.test_topics import reading

PICTURE = b"\x89PNG\x00\xff\xfe\x80\x00"
FILES = [Path("a.md"), Path("b.md"), Path("c.md")]
TOLD = "jianbao: issues/2026-02-02.md: is not a text file\n"


def breaks_at(*names: str, error: Exception) -> Callable[[Path], str]:
    """A reader that breaks at some files."""

    def read(path: Path) -> str:
        if path.name in names:
            raise error
        return path.stem

    return read


FAULTS = [
    (IndexError("list index\nout of range"), "b.md: cannot be read (IndexError: list index out of range)"),
    (RecursionError("too deep"), "b.md: cannot be read (RecursionError: too deep)"),
    (BadInput("is not a text file", where="b.md"), "b.md: is not a text file"),
]


@pytest.mark.parametrize(("fault", "told"), FAULTS)
def test_a_file_that_breaks_the_reader_is_one_line_and_the_rest_is_read(
    capsys: pytest.CaptureFixture[str], fault: Exception, told: str
) -> None:
    batch = Batch()
    read = batch.each(FILES, breaks_at("b.md", error=fault))
    assert read == [(Path("a.md"), "a"), (Path("c.md"), "c")]
    assert capsys.readouterr().err == f"jianbao: {told}\n"
    with pytest.raises(typer.Exit) as ended:
        batch.end()
    assert ended.value.exit_code == 1


@pytest.mark.parametrize(("fault", "told"), FAULTS)
def test_where_no_file_can_be_read_the_last_is_the_error_of_the_command(
    capsys: pytest.CaptureFixture[str], fault: Exception, told: str
) -> None:
    with pytest.raises(JianbaoError) as raised:
        Batch().each(FILES[:2], breaks_at("a.md", "b.md", error=fault))
    assert str(raised.value) == told
    assert capsys.readouterr().err.count("\n") == 1


def test_a_batch_in_which_all_was_read_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    batch = Batch()
    assert len(batch.each(FILES, lambda path: path.stem)) == 3
    batch.end()
    assert capsys.readouterr().err == ""


def test_a_file_beside_those_asked_for_is_named_and_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    read = breaks_at(*(file.name for file in FILES), error=IndexError("x"))
    assert each_beside(FILES, read) == []
    assert capsys.readouterr().err.splitlines() == [
        f"jianbao: {file}: cannot be read (IndexError: x)" for file in FILES
    ]


@pytest.fixture
def gold(home: Path) -> None:
    """Readings of two issues, the first of which is no text."""
    (home / "issues" / "2026-02-02.md").write_bytes(PICTURE)
    write(home / "gold" / "1.json", reading(file="2026-02-02.md"))
    write(home / "gold" / "2.json", reading())


@pytest.mark.usefixtures("gold")
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("check", "issues"), ""),
        (("parse", "issues"), "四比特量化的新方法"),
        (("parse", "issues", "--format", "json"), '"slug": "2026-03-02"'),
        (("profile", "issues"), "extends: embedded-ai"),
        (("profile", "issues", "--format", "json"), '"extends": "embedded-ai"'),
        (("topics", "evaluate", "gold", "--issues", "issues"), "1.000"),
        (("topics", "explain", "issues"), "四比特量化的新方法"),
        (("topics", "suggest", "issues"), ""),
    ],
)
def test_every_command_passes_a_file_over_that_it_cannot_read(
    jianbao: Run, arguments: tuple[str, ...], shown: str
) -> None:
    result = jianbao(*arguments)
    assert result.code == 1
    assert result.err.startswith(TOLD)
    assert shown in result.out


def test_what_was_found_in_the_other_files_is_told(jianbao: Run, home: Path) -> None:
    (home / "issues" / "2026-02-02.md").write_bytes(PICTURE)
    write(home / "issues" / "2026-03-02.md", ISSUE.replace("(https://example.com/foundry)", "()"))
    result = jianbao("check", "issues")
    assert (result.code, result.err) == (1, f"{TOLD}1 file: 1 error, 0 warnings\n")
    assert result.out == "issues/2026-03-02.md:11:3: error empty-link the link has no text or no address\n"


def test_a_file_that_lies_beside_the_checked_one_fails_nothing(jianbao: Run, home: Path) -> None:
    (home / "issues" / "2026-02-02.md").write_bytes(PICTURE)
    result = jianbao("check", "issues/2026-03-02.md")
    assert (result.code, result.err) == (0, f"{TOLD}1 file: 0 errors, 0 warnings\n")


def test_a_preview_of_such_a_file_is_an_error(jianbao: Run, home: Path) -> None:
    (home / "issues" / "2026-02-02.md").write_bytes(PICTURE)
    result = jianbao("preview", "issues/2026-02-02.md")
    assert (result.code, result.out, result.err) == (2, "", TOLD)


def test_no_command_reads_an_issue_past_the_batch() -> None:
    """A reader is made in one module, so a file that breaks it is passed over everywhere."""
    folder = Path(bot.cli.__path__[0])
    importing = {
        path.stem
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module in {"bot.digest.reader", "bot.digest.parsing.parser"}
    }
    assert importing == {"reading"}


def test_a_line_that_breaks_the_reader_is_named() -> None:
    def broken(text: str) -> str:
        if "bad" in text:
            raise IndexError("x")
        return text

    assert read_by_lines("good\nfine\n", broken, path="a.md") == "good\nfine\n"
    with pytest.raises(JianbaoError) as raised:
        read_by_lines("good\nfine\nbad\ngood\nbad\n", broken, path="a.md")
    assert str(raised.value) == "a.md:3: cannot be read (IndexError: x)"
