"""The table of codes: every example shows what it says, and the documentation is made from it."""

from codecs import BOM_UTF8
from collections import Counter

import pytest

from bot.digest.codes import PARSER_CODES, Code
from bot.editors.linter.codes import CODES, LINTER_CODES
from bot.editors.linter.codes_page import as_markdown
from bot.sources import decode
from tests.editors.linter.shipped import before, check, complete, mended
from tests.test_floors import ROOT

ALL = pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
#: Nothing is known that the reader loses without a rule, a file of topics stands beside an issue, and the
#: settings and other issues say what is held.
WITHOUT_EXAMPLE = {"untold", "broken-topics", "topics-empty", "held", "one-of-two", "same-date"}
#: Those with an example.
SHOWN = pytest.mark.parametrize(
    "code", [code for code in CODES.values() if code.bad], ids=lambda code: code.name
)


def found(text: str, code: Code, *, file: str, encoding: str) -> list[str]:
    earlier = before(code.earlier) if code.earlier else ""
    data = complete(text).encode(encoding)
    decoded = decode(data)
    assert decoded is not None
    marked = data.startswith(BOM_UTF8)
    findings = check(decoded[0], name=file, earlier=earlier, guessed=decoded[1], marked=marked)
    return [finding.code.name for finding in findings]


@SHOWN
def test_a_bad_example_has_this_slip_and_no_other(code: Code) -> None:
    name = "issue.md" if code.name == "no-date" else code.file
    others = ["file-name"] if code.name == "no-date" else []  # a name with a date gives one
    names = found(code.bad, code, file=name, encoding=code.encoding)
    assert sorted(set(names) - set(others)) == [code.name]


@ALL
def test_a_good_example_has_no_slip(code: Code) -> None:
    assert found(code.good, code, file="2026-03-02.md", encoding="utf-8") == []


@SHOWN
def test_what_the_table_says_is_mended_is_mended(code: Code) -> None:
    text = complete(code.bad)
    if any(finding.edits for finding in check(text)):
        assert code.mends
        assert code.name not in [finding.code.name for finding in check(mended(text))]
    elif code.mends:
        by_saving = check(text, guessed=code.name == "encoding", marked=code.name == "byte-order-mark")
        assert [finding.mends for finding in by_saving if finding.code is code] == [True]


def test_a_code_stands_in_the_table_once_and_has_all_its_parts() -> None:
    assert Counter(code.name for code in (*PARSER_CODES, *LINTER_CODES)).most_common(1)[0][1] == 1
    for code in CODES.values():
        assert all((code.name, code.message, code.advice, code.good)), code.name
        assert code.bad or code.name in WITHOUT_EXAMPLE, code.name
        assert code.advice.endswith("."), code.name
        assert not code.message.endswith("."), code.name


def test_the_page_in_the_documentation_is_what_the_table_gives() -> None:
    """``jianbao check --codes > docs/check.md`` makes it anew."""
    assert (ROOT / "docs" / "check.md").read_text("utf-8") == as_markdown().rstrip("\n") + "\n"


def test_the_page_has_every_code_with_its_examples() -> None:
    page = as_markdown()
    for code in CODES.values():
        assert f"\n## {code.name}\n" in page
        assert not code.bad or code.good.split("\n")[0][:40] in page
