"""What ``--fix`` does: it mends what has one right answer, and an issue never reads worse for it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editors.linter import Edit, mending
from bot.editors.linter.finding import found
from bot.editors.linter.mending import worse
from bot.model import Issue
from tests.corpus import CORPUS, SEEDS, needs_corpus
from tests.digest.shipped import GOLDEN, text_of
from tests.editors.linter.shipped import check, complete, draft, linter, mended
from tests.effort import cpu_at_most
from tests.nightly import examples, nightly

REAL = [path for path in (*CORPUS, *SEEDS) if path.parent.name != "ruanyf-weekly"]
#: What damage is made of: all that means something in Markdown, and line ends of every kind.
MARKS = "[]()（）【】“”*`#-|<>!~{}%：:\n\r\t\u2028\ufeff"
SUMMARY = "摘要：四比特量化也不掉点。\n"

#: How editors slip: what is written, and what comes of it.
SLIPS = (
    ("](", "]（"),
    ("](", "] ("),
    (")\n", "\n"),
    (")  \n", "）  \n"),
    ("\n- [", "\n["),
    ("\n- [", "\n-["),
    ("\n- [", "\n• ["),
    ("\n## ", "\n##"),
    ("\n# ", "\n#"),
    ("：", "： "),
    ("**", "*"),
    ("\n", "\n\n"),
    ("[", ""),
    ("]", ""),
)


def read(text: str) -> Issue:
    return linter().issue(text, slug="2026-03-02")


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("[四比特量化 | 某大学](https://example.com/a)", "- [四比特量化 | 某大学](https://example.com/a)"),
        ("-[四比特量化 | 某大学](https://example.com/a)", "- [四比特量化 | 某大学](https://example.com/a)"),
        ("• [四比特量化 | 某大学](https://example.com/a)", "- [四比特量化 | 某大学](https://example.com/a)"),
        ("- [四比特量化](https://example.com/a", "- [四比特量化](https://example.com/a)"),
        ("- [四比特量化](https://example.com/a  ", "- [四比特量化](https://example.com/a)  "),
        ("- [四比特量化]（https://example.com/a）", "- [四比特量化](https://example.com/a)"),
        ("- [四比特量化](https://example.com/a）", "- [四比特量化](https://example.com/a)"),
        (
            "- [ICLR 2026] [四比特量化] (https://example.com/a)",
            "- [ICLR 2026] [四比特量化](https://example.com/a)",
        ),
        ("- 四比特量化(https://example.com/a)", "- [四比特量化](https://example.com/a)"),
        ("- [四比特量化 | 某大学", "- [四比特量化 | 某大学"),  # where it leads nobody can tell
        ("- [四比特量化]()", "- [四比特量化]()"),
    ],
)
def test_a_title_is_mended_where_there_is_one_right_answer(slip: str, right: str) -> None:
    above = "- [三比特量化](https://example.com/three)\n" + SUMMARY
    assert mended(complete(f"{above}{slip}\n{SUMMARY}")) == complete(f"{above}{right}\n{SUMMARY}")


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("摘要：量化见[这里](https://example.com/b", "摘要：量化见[这里](https://example.com/b)"),
        ("摘要：量化见[这里]（https://example.com/b）。", "摘要：量化见[这里](https://example.com/b)。"),
        ("摘要：量化见[这里](https://example.com/b。后面", "摘要：量化见[这里](https://example.com/b。后面"),
        ("摘要：量化见[这里](https://", "摘要：量化见[这里](https://"),
    ],
)
def test_a_link_inside_a_summary_is_mended_where_its_end_is_plain(slip: str, right: str) -> None:
    item = "- [四比特量化](https://example.com/a)\n"
    assert mended(complete(f"{item}{slip}\n")) == complete(f"{item}{right}\n")


def test_headings_and_titles_are_mended() -> None:
    body = f"- [四比特量化](https://example.com/a)\n{SUMMARY}"
    for blank in ("", "\u00a0", "\u3000"):
        slips = f"#{blank}样刊 (2026-03-02) ：\n\n##{blank}论文\n\n{body}"
        assert mended(slips) == f"# 样刊 (2026-03-02)\n\n## 论文\n\n{body}"


@nightly("thousands of slips take seconds")
def test_thousands_of_slips_are_mended_in_no_more_than_a_moment() -> None:
    links = "".join(f"见[{n}]（https://example.com/{n}）\n" for n in range(4000))
    text = complete(f"- [四比特量化](https://example.com/a)\n摘要：量化\n{links}")
    slips, issue = check(text), read(text)
    with cpu_at_most(3):
        done = mending.mended(text, read=lambda _: issue, check=lambda now: slips if now == text else ())
    assert (done.count, done.text) == (4000, text.replace("（", "(").replace("）", ")"))


def test_of_slips_that_touch_each_other_the_first_is_mended_first() -> None:
    one, other = (
        found("title-colon", 1, 1, edits=[Edit(line=1, start=start, end=start + 2, replacement=new)])
        for start, new in ((0, "A"), (1, "B"))
    )
    rounds = iter(([one, other], []))
    issue = read("")
    assert mending.mended("abc", read=lambda _: issue, check=lambda _: next(rounds)).text == "Ac"


def test_tracking_parameters_stay() -> None:
    text = complete(f"- [四比特量化](https://example.com/a?utm_source=x)\n{SUMMARY}")
    assert mended(text) == text


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_issue_reads_no_worse_when_mended(path: Path) -> None:
    text = text_of(path).removeprefix("\ufeff").replace("\r\n", "\n")
    once = mended(text)
    assert mended(once) == once
    assert not worse(read(text), read(once))


@nightly("golden issues are mended by day")
@needs_corpus
@settings(max_examples=examples(15))
@given(path=st.sampled_from(REAL or [Path()]), data=st.data())
def test_mending_a_real_issue_with_slips_is_done_once_and_costs_nothing(
    path: Path, data: st.DataObject
) -> None:
    text = path.read_text("utf-8")
    start = data.draw(st.integers(0, max(len(text) - 4000, 0)))
    piece = text[:200] + text[start : start + 4000]
    for _ in range(data.draw(st.integers(1, 4))):
        written, slip = data.draw(st.sampled_from(SLIPS))
        at = piece.find(written, data.draw(st.integers(0, len(piece))))
        if at >= 0:
            piece = piece[:at] + slip + piece[at + len(written) :]
    once = mended(piece)
    assert mended(once) == once
    assert not worse(read(piece), read(once))
    assert len(once.split("\n")) == len(piece.split("\n"))


@settings(max_examples=examples(15))
@given(text=st.sampled_from([text_of(path) for path in GOLDEN]), data=st.data())
def test_whatever_is_damaged_findings_stand_in_the_text_and_mending_comes_to_an_end(
    text: str, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text)))
        stop = data.draw(st.integers(start, min(start + 20, len(text))))
        text = text[:start] + data.draw(st.text(MARKS, max_size=5)) + text[stop:]
    lines = draft(text).source.lines
    for finding in check(text):
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
    assert mended(mended(text)) == mended(text)


@pytest.mark.parametrize("address", ["https://e.com/p p", "https://e.com/ x.png"])
def test_an_address_with_a_blank_inside_is_told_and_not_guessed(address: str) -> None:
    text = complete(f"- [题目](https://example.com/a)\n摘要：见[代码]({address})四比特量化。\n")
    assert mended(text) == text


@pytest.mark.parametrize("mark", ["－ ", "●", "◦ ", "2、"])
def test_a_mark_that_is_no_dash_is_replaced_by_one(mark: str) -> None:
    one = f"- [四比特量化 | 某报](https://example.com/a)\n{SUMMARY}"
    assert mended(complete(f"{one}{mark}[剪枝 | 某刊](https://example.com/b)\n{SUMMARY}")) == complete(
        f"{one}- [剪枝 | 某刊](https://example.com/b)\n{SUMMARY}"
    )
