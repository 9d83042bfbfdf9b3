"""What stands behind a comment is read as if its line began there."""

import pytest

from bot.model import plain
from tests.digest.shipped import issue_of, read
from tests.editors.linter.shipped import check, complete, mended

ITEM = "- [甲文 | 知乎](https://example.com/a)\n摘要：甲。\n"


@pytest.mark.parametrize(
    "line", ["- <!-- 置顶 --> [", "<!-- 新 -->- [", "- <!-- 新 -->[", "<!--\n新\n-->- [", "<!---->- ["]
)
def test_an_item_behind_a_comment_is_one_and_no_slip(line: str) -> None:
    text = issue_of(ITEM, f"{line}乙文 | 某报](https://example.com/b)", "摘要：乙。")
    issue = read(text)
    found = [(item.title, item.url, item.source, plain(item.summary)) for item in issue.items]
    assert found[1:] == [("乙文", "https://example.com/b", "某报", "乙。")]
    assert issue.warnings == ()


def test_no_edit_mends_an_item_behind_a_comment() -> None:
    text = complete("- <!-- 置顶 --> [量化 | 知乎](https://example.com/a)\n摘要：量化。\n")
    assert (mended(text), check(text)) == (text, ())


def test_a_link_behind_a_comment_is_one() -> None:
    (item,) = read(issue_of(f"{ITEM}<!-- 待核 -->见[代码](https://example.com/c)<!-- 完 -->。")).items
    assert [span.url for line in item.summary for span in line.spans if span.url] == ["https://example.com/c"]
    assert plain(item.summary) == "甲。\n见代码。"


def test_a_comment_in_code_is_code() -> None:
    (item,) = read(issue_of(f"{ITEM}\n```\n<!-- 注 -->- 乙\n```\n")).items
    assert "<!-- 注 -->- 乙" in plain(item.summary)


@pytest.mark.parametrize(
    "tag", ["[[2101.00001](https://example.com/t)] ", "【[2101.00001](https://example.com/t)】"]
)
def test_a_tag_before_a_title_that_is_a_link_is_a_link_of_the_item(tag: str) -> None:
    (item,) = read(issue_of(f"- {tag}[甲文 | 知乎](https://example.com/a)", "摘要：甲。")).items
    assert (item.title, item.url, item.source) == ("甲文", "https://example.com/a", "知乎")
    assert [(link.words, link.url) for link in item.links] == [("2101.00001", "https://example.com/t")]


def test_a_bar_too_many_before_a_title_with_its_source_is_no_lost_title() -> None:
    text = complete("- | [量化](https://example.com/a) | 知乎\n摘要：量化。\n")
    assert check(text) == ()


def test_a_note_with_a_full_width_colon_is_one_and_a_mark_without_a_note_is_told() -> None:
    text = issue_of(
        "- [甲文 | 知乎](https://example.com/a)",
        "摘要：甲[^4]。乙[^3]，`[^5]`，[^a-z]。\n",
        "[^4]：指丙[^4]：丁。",
    )
    issue = read(text)
    assert plain(issue.items[0].summary) == "甲[4]。乙[^3]，[^5]，[^a-z]。\n[4] 指丙[4]：丁。"
    assert [(note.code, note.line) for note in issue.warnings] == [("undefined-note", 6)]
