"""What holds for every issue, golden, mangled or made up."""

import re
from pathlib import Path

import pytest

from bot.digest.parsing.parser import parse
from bot.model import LineKind, Style, plain
from tests.digest.shipped import GOLDEN, issue_of, profile, read, text_of

TEXTS = tuple(text_of(path) for path in GOLDEN)

ITEM = ("- [一篇论文 | 某研究院](https://example.com/a)", "论文：https://example.com/p", "摘要：第一句。")
OTHER = ("- [另一篇](https://example.com/b)", "摘要：别的。")


#: Lines of the golden issues that are no summary: titles, labelled links, tables, notes.
NO_SUMMARY = re.compile(
    r"\s*(##|# |#博文|- |-?\[|-$|https?:|[|>!<]|```|第四条|注：|(文章|论文|代码|链接|标题|主题|Demo)[:：]|$)"
)


def content(line: str) -> str:
    """A line of a summary as nothing but its letters and figures, markup off."""
    line = re.sub(r"\]\([^)]*\)|<[^>]*>|&[a-z]+;|^\s*\d+\.\s", "", line)
    return "".join(filter(str.isalnum, line))


def ids(text: str) -> dict[str | None, str]:
    return {item.title: item.id for item in read(text).items}


def spans_of(*lines: str) -> list[tuple[str, set[Style], str | None]]:
    """The spans of a summary's last line."""
    (item,) = read(issue_of("- [题目](https://example.com/a)", *lines)).items
    return [(span.text, set(span.styles), span.url) for span in item.summary[-1].spans]


@pytest.mark.parametrize(
    ("before", "after"),
    [("一篇论文", "改名的论文"), ("某研究院", "某大学"), ("第一句", "改过的第一句")],
)
def test_an_item_keeps_its_id_when_its_text_is_corrected(before: str, after: str) -> None:
    text = issue_of(*ITEM, *OTHER)
    assert list(ids(text).values()) == list(ids(text.replace(before, after)).values())


def test_an_item_keeps_its_id_when_others_come_before_it_or_it_moves_to_another_section() -> None:
    alone = ids(issue_of(*ITEM))["一篇论文"]
    assert ids(issue_of(*OTHER, *ITEM))["一篇论文"] == alone
    assert ids(issue_of(*ITEM, heading="博文"))["一篇论文"] == alone


def test_the_line_of_an_item_is_where_it_stands_in_the_file() -> None:
    seen = 0
    for text in TEXTS:
        lines = re.split(r"\r\n|\n", text)
        for item in read(text).items:
            if item.title is not None:
                assert content(item.title)[:4] in content(lines[item.line - 1])
                seen += 1
    assert seen > 40


#: In a flattened issue two items may share a line, and a lost heading stands between items.
_OTHERWISE = ("flattened", "lost-headings", "open-markup", "structure-slips")
LINED = [path for path in GOLDEN if not path.stem.startswith(_OTHERWISE)]


@pytest.mark.parametrize("path", LINED, ids=lambda path: path.stem)
def test_every_line_between_two_items_is_in_the_summary(path: Path) -> None:
    issue = read(text_of(path))
    body, *_footer = re.split(r"## \[往期|----", text_of(path))
    lines = re.split(r"\r\n|\n", body)
    starts = [item.line for item in issue.items]
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    for item, start, end in zip(issue.items, starts, ends, strict=True):
        whole = content(plain(item.summary))
        for line in lines[start:end]:
            if not NO_SUMMARY.match(line):
                assert content(re.sub(r"^\s*(摘要|简介)[:：]", "", line)) in whole


def test_a_summary_keeps_its_lists_and_the_numbers_as_written() -> None:
    (item,) = read(
        issue_of(
            "- [题目](https://example.com/a)",
            "摘要：三步：",
            "1. 一",
            "2. 二",
            "    - 二之一",
            "5. 五",
            "",
            "完。",
        )
    ).items
    assert [(line.kind, line.depth, line.marker, line.text) for line in item.summary] == [
        (LineKind.TEXT, 0, "", "三步："),
        (LineKind.NUMBER, 1, "1.", "一"),
        (LineKind.NUMBER, 1, "2.", "二"),
        (LineKind.BULLET, 2, "•", "二之一"),
        (LineKind.NUMBER, 1, "5.", "五"),
        (LineKind.TEXT, 0, "", "完。"),
    ]


@pytest.mark.parametrize(
    ("line", "plainly", "bold"),
    [
        ("快**“一倍”**，再**省（一半）。**完", "快|，再|完", "“一倍”|省（一半）。"),
        ("**注意：**看这里", "看这里", "注意："),
        ("看**[手册](https://example.com/x)**这里", "看|这里", "手册"),
    ],
)
def test_bold_beside_chinese_punctuation_is_what_its_author_meant(line: str, plainly: str, bold: str) -> None:
    found = spans_of(f"摘要：{line}")
    assert "|".join(text for text, styles, _ in found if not styles) == plainly
    assert "|".join(text for text, styles, _ in found if styles == {Style.BOLD}) == bold


def test_lines_that_were_wrapped_join_as_their_script_does() -> None:
    wrapped = profile().model_copy(update={"wrapped": True})
    lines = (
        "摘要：讲模型剪",
        "枝，",
        "以及KV",
        "cache and",
        "more。English",
        "**蒸",
        "馏**、",
        "カタ",
        "カナ",
    )
    text = issue_of("- [题目](https://example.com/a)", *lines)
    (item,) = parse(text, slug="x", profile=wrapped).items
    assert plain(item.summary) == "讲模型剪枝，以及KV cache and more。English 蒸馏、カタカナ"


@pytest.mark.parametrize(
    "lines",
    [
        ("````markdown", "```python", "print(1)", "```", "````"),
        ("~~~", "```python", "print(1)", "```", "~~~"),
        ("`````", "````md", "```js", "x", "```", "````", "`````"),
        ("```markdown", "- [题目 | 某站](https://example.com/a)", "摘要：一。", "```"),
        ("```yaml", "- [a](https://example.com/a)", "", "- [b](https://example.com/b)", "```"),
        ("```markdown", "先写：", "```python", "print(1)", "```", "再写。", "```"),
        ("```md", "```python", "a", "```", "", "```js", "b", "```", "```"),
        ("```md", "```md", "```py", "x", "```", "```", "```"),
        ("~~~markdown", "~~~python", "x", "~~~", "~~~"),
        ("```", "``` python", "x", "```", "```"),
        ("```md", "````js", "x", "````", "```"),
    ],
)
def test_a_fence_that_is_closed_holds_what_is_in_it(lines: tuple[str, ...]) -> None:
    issue = read(issue_of("- [题目](https://example.com/a)", "摘要：写法：", "", *lines, "", "后面的话。"))
    (item,) = issue.items
    code = [line.text for line in item.summary if line.kind is LineKind.CODE]
    assert (code, [note.code for note in issue.warnings]) == ([*lines[1:-1]], [])
    assert plain(item.summary).endswith("后面的话。")


@pytest.mark.parametrize("indent", ["  ", "> "])
def test_fences_nest_in_an_item_and_in_a_quotation(indent: str) -> None:
    lines = [f"{indent}{line}" for line in ("```markdown", "```python", "x", "```", "```")]
    issue = read(issue_of("- [题目](https://example.com/a)", f"{indent}摘要：写法：", "", *lines))
    (item,) = issue.items
    code = [line.text for line in item.summary if line.kind is LineKind.CODE]
    assert (code, [note.code for note in issue.warnings]) == (["```python", "x", "```"], [])


def test_a_list_in_a_closed_fence_stays_there_though_text_stands_right_below() -> None:
    code = ("清单：", "", "- [甲](https://example.com/x)", "- [乙](https://example.com/y)")
    issue = read(issue_of("- [题目](https://example.com/a)", "摘要：一。", "", "```", *code, "```", "如上。"))
    (item,) = issue.items
    assert [line.text for line in item.summary if line.kind is LineKind.CODE] == [*code]
    assert (plain(item.summary).endswith("如上。"), issue.warnings) == (True, ())


@pytest.mark.parametrize("behind", [(), ("```",), ("", "````"), ("", "```", "c = 3")])
def test_a_fence_that_nobody_closed_swallows_no_item_whatever_is_fenced_below(
    behind: tuple[str, ...],
) -> None:
    lines = (*ITEM, "", "```python", "a = 1", "", *OTHER, "", "```js", "b = 2", "```", *behind)
    issue = read(issue_of(*lines))
    assert [item.title for item in issue.items] == ["一篇论文", "另一篇"]
    assert {note.code for note in issue.warnings} == {"unclosed-fence"}


def test_what_a_summary_looks_like_is_kept() -> None:
    found = spans_of("摘要：见[**手册**](https://example.com/x?a=1&b=2)，*斜*、~~删~~、`a*b`")
    assert found == [
        ("见", set(), None),
        ("手册", {Style.BOLD}, "https://example.com/x?a=1&b=2"),
        ("，", set(), None),
        ("斜", {Style.ITALIC}, None),
        ("、", set(), None),
        ("删", {Style.STRIKE}, None),
        ("、", set(), None),
        ("a*b", {Style.CODE}, None),
    ]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\ufeff", "---\n---\n", "没有标题的一段话。", "- \n- \n", "# \n## \n", "\0"]
)
def test_next_to_nothing_is_still_an_issue(text: str) -> None:
    issue = read(text, slug="2026-03-02")
    assert (issue.slug, str(issue.date), issue.title) == ("2026-03-02", "2026-03-02", None)
    assert {"no-title", "no-date"} <= {warning.code for warning in issue.warnings}


def test_an_impossible_date_is_no_date() -> None:
    issue = read("# 样刊 (2026-02-30)", slug="issue-7")
    assert issue.date is None
    assert [warning.code for warning in issue.warnings] == ["no-date"]


@pytest.mark.parametrize(
    "line",
    [
        "![a](http://example.com：8080/a.png)",
        "[![a](https://example.com/x.png)](http://example.com：8080/a)",
        "[![a](https://example.com/x.png)](http://[::1)",
        "[看这里](http://[bad)",
        "论文：http://[::1",
    ],
)
def test_an_address_that_nobody_can_read_costs_no_more_than_itself(line: str) -> None:
    (item,) = read(issue_of("- [题目](https://example.com/a)", "摘要：前。", "", line, "", "后。")).items
    assert plain(item.summary).startswith("前。")
    assert plain(item.summary).endswith("后。")


def test_a_relative_address_that_cannot_be_joined_stays_as_it_is() -> None:
    based = profile().model_copy(update={"base_url": "https://example.com/"})
    text = "---\nimage: //[x\n---\n\n# 样刊 (2026-03-02)\n\n导读：见[这里](a]b:[).\n"
    assert parse(text, slug="x", profile=based).picture == "//[x"


def test_front_matter_is_text_whatever_it_looks_like() -> None:
    huge = "0x" + "F" * 5000
    issue = read(
        f"---\nnumber: {huge}\ntime: {'1:' * 500}1\ndate: 2026-03-02\ntitle: 007\n---\n\n正文。\n", slug="x"
    )
    assert (issue.title, str(issue.date)) == ("007", "2026-03-02")


@pytest.mark.parametrize(
    "top",
    ["| model | bits |\n|---|---|\n| a | 4 |\n", "model | bits |\n---|---|\na | 4 |\n"],
)
def test_a_table_at_the_top_is_no_front_matter_unless_its_keys_are(top: str) -> None:
    assert "model" in plain(read(f"{top}\n导读：表在上面。\n").lead)


def test_words_between_and_below_the_flash_news_are_told_with_the_lead() -> None:
    issue = read(
        "# 样刊 (2026-03-02)\n\n先是一些热身小新闻：\n\n- 甲：一\n- 乙：二\n\n以上消息来自各家公告。\n"
    )
    assert [flash.subject for flash in issue.flash] == ["甲", "乙"]
    assert plain(issue.lead) == "以上消息来自各家公告。"


def test_a_lead_that_speaks_of_the_flash_news_is_kept() -> None:
    issue = read("# 样刊 (2026-03-02)\n\n> 导读：本期的热身小新闻很多，论文两篇。\n\n- 甲：一\n")
    assert plain(issue.lead) == "本期的热身小新闻很多，论文两篇。"


def test_a_line_of_many_addresses_and_a_word_is_read_at_once() -> None:
    addresses = "、".join(f"www.example.com/{number}" for number in range(40))
    (item,) = read(issue_of("- [题目](https://example.com/a)", f"更多：{addresses} 等", "摘要：一。")).items
    assert addresses in plain(item.summary)


def test_what_trails_a_heading_does_not_part_it_from_its_section() -> None:
    issue = read("# 样刊 (2026-03-02)\n\n## 论文，\n\n- [题目 | 某大学](https://example.com/a)\n摘要：一。\n")
    assert [section.slug for section in issue.sections] == ["papers"]
    assert issue.warnings == ()


def test_a_blank_in_the_address_of_a_title_belongs_to_the_address() -> None:
    (item,) = read(issue_of("- [题目 | 某报](https://example.com/a b)", "摘要：一。")).items
    assert (item.title, item.source, item.url) == ("题目", "某报", "https://example.com/a%20b")


def test_flash_news_may_stand_below_a_heading_of_their_own() -> None:
    issue = read(
        "# 样刊 (2026-03-02)\n\n## 热身小新闻\n\n- 甲：一\n- 乙：二\n\n## 论文\n\n- [题](https://example.com/a)\n摘要：一。\n"
    )
    assert [flash.subject for flash in issue.flash] == ["甲", "乙"]
    assert [section.slug for section in issue.sections] == ["papers"]


def links_of(*lines: str) -> list[tuple[str, str]]:
    (item,) = read(issue_of("- [题目](https://example.com/a)", *lines, "摘要：一。")).items
    return [(link.words, link.url) for link in item.links]


@pytest.mark.parametrize(
    "line",
    [
        "论文：https://example.com/p，代码：https://example.com/c",
        "论文: https://example.com/p 代码: https://example.com/c",
    ],
)
def test_several_labels_on_a_line_are_several_links(line: str) -> None:
    assert links_of(line) == [("论文", "https://example.com/p"), ("代码", "https://example.com/c")]


def test_the_words_of_a_labelled_link_are_told_with_its_label() -> None:
    line = "论文：[arXiv](https://example.com/p)，代码：[代码](https://example.com/c)"
    assert links_of(line) == [("论文：arXiv", "https://example.com/p"), ("代码", "https://example.com/c")]


def test_what_stands_behind_a_labelled_address_is_told_too() -> None:
    text = issue_of("- [题目](https://example.com/a)", "代码：https://example.com/c已开源", "摘要：一。")
    (item,) = read(text).items
    assert [link.url for link in item.links] == ["https://example.com/c"]
    assert "已开源" in plain(item.summary)


def test_a_time_is_nobody_whom_flash_news_are_about() -> None:
    (flash,) = read("# 样刊 (2026-03-02)\n\n热身小新闻：\n\n- 12:30 开始的发布会\n").flash
    assert (flash.subject, plain(flash.text)) == (None, "12:30 开始的发布会")


@pytest.mark.parametrize(("title", "when"), [("# 样刊 2026", ""), ("# 样刊 2026-03", "2026-03")])
def test_a_date_whose_month_is_not_written_is_none(title: str, when: str) -> None:
    by_parts = profile().model_copy(
        update={"date": r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?"}
    )
    assert parse(title, slug="x", profile=by_parts).when == when


def test_a_footnote_of_two_items_stands_by_both_and_once_by_each() -> None:
    text = issue_of(
        "- [甲](https://example.com/a)\n摘要：一[^1]。\n\n二[^1]。\n",
        "- [乙](https://example.com/b)\n摘要：三[^1]。\n\n[^1]: 数据截至十月。",
    )
    assert [plain(item.summary).count("数据截至十月。") for item in read(text).items] == [1, 1]


def test_a_footnote_of_a_footnote_stands_below_it() -> None:
    text = issue_of("- [甲](https://example.com/a)\n摘要：一[^1]。\n\n[^2]: 再注。\n[^1]: 见[^2]。")
    assert plain(read(text).items[0].summary) == "一[1]。\n[1] 见[2]。\n[2] 再注。"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('见[附录](https://e.com/q){:target="_blank"}。', "见附录。"),
        ("见[附录](https://e.com/q){: .a #b}。", "见附录。"),
        ("见**附录**{.red}。", "见附录。"),
        ("一段话。\n{: .note}", "一段话。"),
        ("一段话 {#here}", "一段话"),
        ("集合 {a, b} 与 {x=1}，模板 {{ name }} 与 `{:x}`", "集合 {a, b} 与 {x=1}，模板 {{ name }} 与 {:x}"),
    ],
)
def test_attributes_of_kramdown_are_no_text(written: str, shown: str) -> None:
    (item,) = read(issue_of("- [题目](https://example.com/a)", f"摘要：{written}")).items
    assert plain(item.summary) == shown


def test_a_picture_with_attributes_is_a_picture() -> None:
    (item,) = read(
        issue_of("- [题](https://e.com/a)", "摘要：一。", "", "![图](https://e.com/q.png){width=50%}")
    ).items
    assert [line.kind for line in item.summary] == [LineKind.TEXT, LineKind.PICTURE]


def test_an_underlined_line_is_the_title() -> None:
    issue = read(
        "样刊 (2026-11-20)\n======\n\n## 论文 {#papers}\n\n- [题](https://e.com/a){:.x}\n摘要：一。\n"
    )
    assert (issue.title, str(issue.date), issue.lead) == ("样刊 (2026-11-20)", "2026-11-20", ())
    assert [section.slug for section in issue.sections] == ["papers"]


@pytest.mark.parametrize("between", ["：", " ", ""])
def test_highlights_stand_behind_the_date_with_or_without_a_colon(between: str) -> None:
    assert read(f"# 样刊 (2026-03-01){between}甲框架2.0/轻量网络/乙芯片\n").highlights == (
        "甲框架2.0",
        "轻量网络",
        "乙芯片",
    )


def test_flash_news_that_lost_a_dash_are_their_own() -> None:
    news = "- 甲：宣布量产；\n乙：完成融资；\n- 丙：发布芯片，\n其中：两款。\n"
    issue = read(f"# 样刊 (2026-03-02)\n\n热身小新闻：\n\n{news}")
    assert [flash.subject for flash in issue.flash] == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("恭喜:tada:，:rocket: 与 :point_right: :+1:", "恭喜🎉，🚀 与 👉 👍"),
        (
            "时间 12:30:45，比例 1:100:1，a:b:c，:no_such_name:",
            "时间 12:30:45，比例 1:100:1，a:b:c，:no_such_name:",
        ),
        ("`:tada:`", ":tada:"),
        ("恭喜:tada::rocket:，:+1::no_such_name::fire:", "恭喜🎉🚀，👍:no_such_name:🔥"),
        (
            "见 https://e.com/:tada:/a 与www.e.com/b?c=:fire:&d，:fire:",
            "见 https://e.com/:tada:/a 与www.e.com/b?c=:fire:&d，🔥",
        ),
        ("==重点==，a==b==c，x == y", "重点，a==b==c，x == y"),
        ("脚注^[就在这里]。", "脚注（就在这里）。"),
        ("甲 ^[见[文档](https://e.com/d)与`[`码]，x^2 与 a^[b。", "甲（见文档与[码），x^2 与 a^[b。"),
        ("[标题^[注]](https://e.com/t)与^[链](https://e.com/l)", "标题（注）与^链"),
    ],
)
def test_shorthands_are_shown_as_other_programs_show_them(written: str, shown: str) -> None:
    assert "".join(text for text, _, _ in spans_of(f"摘要：{written}")) == shown


def test_marked_words_are_bold() -> None:
    assert ("重点", {Style.BOLD}, None) in spans_of("摘要：这是==重点==。")


@pytest.mark.parametrize(
    ("line", "url", "summary"),
    [
        ("- [题目](https://example.com/a摘要：照常。", "https://example.com/a", "照常。"),
        ("- [题目](https://example.com/a（英文）", "https://example.com/a", "英文）"),
        ("- [题目](https://example.com/a，还降了价；", "https://example.com/a", "，还降了价；"),
    ],
)
def test_what_the_address_of_a_broken_link_has_swallowed_is_text(line: str, url: str, summary: str) -> None:
    (item,) = read(issue_of(line)).items
    assert (item.title, item.url) == ("题目", url)
    assert summary.strip("，；）") in plain(item.summary)


def test_a_label_that_is_a_link_keeps_its_address() -> None:
    (item,) = read(issue_of(*ITEM, "[视频回放](https://example.com/v)：第一场")).items
    assert "https://example.com/v" in {span.url for line in item.summary for span in line.spans}


def test_a_link_without_words_is_called_by_its_host() -> None:
    (item,) = read(issue_of(*ITEM, "见 [](https://example.com/v)。")).items
    assert ("🔗 example.com", "https://example.com/v") in {
        (span.text, span.url) for line in item.summary for span in line.spans
    }


@pytest.mark.parametrize(
    ("line", "left_out"),
    [
        ('见[这里](https://example.com/x "悬停的话")。', ("悬停的话", "tooltip")),
        ('![图](https://example.com/x.png "悬停的话")', ("悬停的话", "tooltip")),
        ("```python\nx = 4\n```", ("python", "language of code")),
        ("| a | b |\n|---|---|\n| 1 | 2 <!-- 旧 --> |", ("<!-- 旧 -->", "comment")),
    ],
)
def test_words_that_no_message_shows_are_left_out_by_a_rule(line: str, left_out: tuple[str, str]) -> None:
    issue = read(issue_of(ITEM[0], "", "摘要：第一句。", "", line))
    assert left_out in [(one.text, one.rule) for one in issue.left_out]


def test_what_a_second_link_to_the_address_of_the_title_is_called_is_left_out_by_a_rule() -> None:
    issue = read(
        issue_of("- [演讲 | 某大学](https://example.com/a)", "回放：https://example.com/a", "摘要：好。")
    )
    assert ("回放", "repeated link") in [(one.text, one.rule) for one in issue.left_out]


def test_a_link_in_a_note_keeps_its_address() -> None:
    assert ("文档", set(), "https://e.com/d") in spans_of("摘要：甲^[见[文档](https://e.com/d)]。")
