"""Lines with labels, several of them, and where they are broken."""

from itertools import permutations

import pytest

from bot.digest.habits import LevelRole
from bot.model import Link, plain
from tests.digest.shipped import issue_of, read
from tests.digest.test_damage import digest
from tests.digest.test_headings import read as read_any

ITEM = "- [题目 | 某站](https://example.com/a)"


def test_several_labels_on_a_line_leave_nothing_for_the_summary() -> None:
    line = "论文：https://example.com/p 代码：https://example.com/c | 视频：https://example.com/v"
    (item,) = read(issue_of(ITEM, line, "摘要：一句。")).items
    assert [link.label for link in item.links] == ["论文", "代码", "视频"]
    assert [text.text for text in item.summary] == ["一句。"]


def test_a_line_with_a_label_is_not_joined_to_the_title_above_it() -> None:
    reader, _ = digest("link-lists")
    text = "## Tools\n\n* [First](https://example.com/1)\n  Repo: https://example.com/r\n  Docs: [d](https://example.com/d)\n"
    (item,) = reader.read(text, slug="x").items
    assert (item.title, [link.url for link in item.links]) == (
        "First",
        ["https://example.com/r", "https://example.com/d"],
    )


def test_flash_news_that_lost_its_dash_between_blank_lines_is_one() -> None:
    text = "# 样刊 (2026-03-02)\n\n热身小新闻：\n\n- 甲公司：新品；\n\n乙公司：裁员；\n\n- 丙公司：开源。\n"
    assert [flash.subject for flash in read(text).flash] == ["甲公司", "乙公司", "丙公司"]


def test_a_number_before_the_title_of_a_heading_is_the_item_s() -> None:
    text = "## News\n\n### 1. Alpha\n\nText.\n\n### 2) [Beta](https://example.com/b)\n"
    issue = read_any(text, {3: LevelRole.ITEM}, "heading")
    assert [(item.number, item.title) for item in issue.items] == [("1", "Alpha"), ("2", "Beta")]


def test_an_address_that_stands_as_it_is_in_a_cell_is_the_item_s() -> None:
    text = "## T\n\n| Name | URL | What |\n|---|---|---|\n| fastmap | https://example.com/1 | a map |\n"
    (item,) = read_any(text, None, "row").items
    assert (item.title, item.url) == ("fastmap", "https://example.com/1")


def test_a_line_that_does_not_begin_with_its_link_is_an_item_among_lines_that_do() -> None:
    text = "## T\n\n[a](https://example.com/a)\nNEW! [b](https://example.com/b)\n[c](https://example.com/c)\n"
    assert len(read_any(text, None, "line").items) == 3


def test_a_picture_in_a_heading_and_a_definition_without_use_are_left_out_by_name() -> None:
    issue = read_any("## ![icon](https://example.com/i.png) News\n\n- a\n\n[x]: https://example.com/x\n")
    assert [(one.line, one.rule) for one in issue.left_out] == [
        (1, "picture in a heading"),
        (5, "unused definition"),
    ]


def test_a_known_label_needs_no_colon_before_its_address() -> None:
    (item,) = read(
        issue_of("- [题 | 源](https://example.com/a)", "代码 https://example.com/c", "摘要：好。")
    ).items
    assert [(link.label, link.url) for link in item.links] == [("代码", "https://example.com/c")]


@pytest.mark.parametrize("behind", ["", "（含测试）", "，需登录", " (mirror)"])
def test_a_known_label_below_the_summary_names_its_address_whatever_stands_behind(behind: str) -> None:
    line = f"代码：https://example.com/code{behind}"
    (item,) = read(issue_of("- [一题 | 某站](https://example.com/1)", "摘要：一句。", line)).items
    assert item.links == (Link(label="代码", url="https://example.com/code"),)
    assert plain(item.summary).endswith(line)


def test_a_label_below_the_summary_names_the_address_below_it_in_angle_brackets_too() -> None:
    lines = ("- [题 | 源](https://example.com/a)", "摘要：好。", "论文地址：", "<https://example.com/p>")
    (item,) = read(issue_of(*lines)).items
    assert [(link.label, link.url) for link in item.links] == [("论文地址", "https://example.com/p")]


def summaries(*items: tuple[str, ...]) -> list[str]:
    """The summaries of items, each of its lines."""
    lines = [
        line
        for place, item in enumerate(items)
        for line in (f"- [题{place} | 源](https://a.com/{place})", *item)
    ]
    return ["\n".join(line.text for line in item.summary) for item in read(issue_of(*lines)).items]


SENTENCES = (
    "该芯片面向辅助驾驶，功耗仅两瓦，今年量产。",
    "作者把卷积拆成两步，省下了一半内存。",
    "手把手教你在树莓派上编译推理框架。",
)


@pytest.mark.parametrize("label", ["简评：", "点评: ", "**简评**：", "Note: ", "一句话："])
def test_a_label_that_leads_every_summary_of_an_issue_is_the_summary_s(label: str) -> None:
    assert summaries(*((f"{label}{sentence}",) for sentence in SENTENCES)) == list(SENTENCES)


@pytest.mark.parametrize(
    "lines",
    [
        [(f"简评：{SENTENCES[0]}",), (SENTENCES[1],), (SENTENCES[2],)],  # it leads one alone
        [(f"作者：{name}", sentence) for name, sentence in zip("甲乙丙", SENTENCES, strict=True)],
        [(f"简评：{SENTENCES[0]}",), (f"简评：{SENTENCES[1]}",), (f"摘要：{SENTENCES[2]}",)],
    ],
)
def test_a_word_with_a_colon_stays_where_it_is_not_the_label_of_summaries(
    lines: list[tuple[str, ...]],
) -> None:
    first = summaries(*lines)[0]
    assert first.startswith(lines[0][0])


@pytest.mark.parametrize(
    "written", ["【代码】{}", "[代码] {}", "代码→{}", "代码 -> {}", "【代码】：{}", "代码 {}"]
)
def test_a_label_may_stand_in_brackets_or_before_an_arrow(written: str) -> None:
    line = written.format("https://example.com/c")
    (item,) = read(issue_of(ITEM, line, "摘要：一句。")).items
    assert [(link.label, link.url) for link in item.links] == [("代码", "https://example.com/c")]
    assert [text.text for text in item.summary] == ["一句。"]


@pytest.mark.parametrize(
    "title",
    [
        "手机上的实时抠图丨 爱范儿",
        "手机上的实时抠图 │ 爱范儿",
        "手机上的实时抠图 ︱爱范儿",
        "手机上的实时抠图 || 爱范儿",
        "手机上的实时抠图 | | 爱范儿",
        "手机上的实时抠图 ｜| 爱范儿",
        "手机上的实时抠图 | 爱范儿 |",
    ],
)
def test_a_bar_before_the_source_may_be_another_sign_or_stand_twice(title: str) -> None:
    (item,) = read(issue_of(f"- [{title}](https://example.com/1)", "摘要：一句。")).items
    assert (item.title, item.source) == ("手机上的实时抠图", "爱范儿")


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("重磅丨依图造芯", None),
        ("重磅丨依图造芯 | 雷锋网", "雷锋网"),
        ("深度丨 一文看懂端侧推理引擎的发展史", None),
    ],
)
def test_a_sign_like_a_bar_inside_a_title_stays(title: str, source: str | None) -> None:
    (item,) = read(issue_of(f"- [{title}](https://example.com/1)", "摘要：一句。")).items
    assert (item.title, item.source) == (title.split(" | ", maxsplit=1)[0], source)


@pytest.mark.parametrize(
    ("line", "label", "words"),
    [
        ("论文：https://example.com/p 这篇值得读", "论文", "这篇值得读"),
        ("地址：<https://example.com/p>（需登录）", "地址", "（需登录）"),
        ("地址：[https://example.com/p](https://example.com/p)（需登录）", "地址", "（需登录）"),
        ("代码：https://example.com/p，已开源。", "代码", "已开源。"),
        ("数据集：https://example.com/p 共三千条", "数据集", "共三千条"),
        ("代码：[仓库](https://example.com/p)（已归档）", "代码：仓库", "（已归档）"),
        ("论文：[这一篇](https://example.com/p)值得读", "论文", "论文：这一篇值得读"),
        ("论文：见 https://example.com/p", "论文", "论文：见 https://example.com/p"),
        ("论文：https://example.com/p。", "论文", ""),
    ],
)
def test_words_behind_the_address_of_a_labelled_line_stay_words_and_name_no_link(
    line: str, label: str, words: str
) -> None:
    (item,) = read(issue_of(ITEM, line, "摘要：一句。")).items
    assert [(link.words, link.url) for link in item.links] == [(label, "https://example.com/p")]
    assert plain(item.summary).split("\n") == [*filter(None, (words,)), "一句。"]


def test_a_label_of_many_words_that_ends_with_a_known_one_names_its_address() -> None:
    (item,) = read(
        issue_of(ITEM, "摘要：一句。", "OpCounter for Everybody GitHub 地址：https://example.com/r")
    ).items
    assert [link.url for link in item.links] == ["https://example.com/r"]
    (other,) = read(
        issue_of(ITEM, "摘要：一句。", "某端侧运行时（IRE）是近期开源的运行环境：https://example.com/r")
    ).items
    assert other.links == ()


@pytest.mark.parametrize(
    ("line", "labels", "words"),
    [
        ("论文：{}/p（预印本）代码：{}/c（未开放权重）", ["论文（预印本）", "代码（未开放权重）"], ""),
        ("原文：{}/p 、评论：{}/c 很精彩", ["原文", "评论"], "很精彩"),
        ("论文：{}/p。讨论：[知乎]({}/c)", ["论文", "讨论：知乎"], ""),
        ("官方：{}/p（需登录），镜像：{}/c", ["官方（需登录）", "镜像"], ""),
        (
            "代码：{}/p，权重见 {}/c",
            ["代码", "代码"],
            "代码：https://example.com/p，权重见 https://example.com/c",
        ),
    ],
)
def test_each_address_of_a_line_has_the_label_right_before_it_and_is_told_once(
    line: str, labels: list[str], words: str
) -> None:
    written = line.format("https://example.com", "https://example.com")
    (item,) = read(issue_of(ITEM, written, "摘要：一句。")).items
    assert [link.words for link in item.links] == labels
    assert [link.url for link in item.links] == ["https://example.com/p", "https://example.com/c"]
    assert plain(item.summary).split("\n") == [*filter(None, (words,)), "一句。"]


def test_a_label_is_no_part_of_what_its_link_is_named() -> None:
    (item,) = read(issue_of(ITEM, "标题：[A Name of Its Own](https://example.com/p)", "摘要：一句。")).items
    assert item.links == (Link(label="标题", name="A Name of Its Own", url="https://example.com/p"),)


CODE = "```\n安装\n代码：https://example.com/c\nhttps://example.com/d\n```"


@pytest.mark.parametrize("before", ["摘要：一句。\n\n", ""])
def test_code_has_no_labels_and_its_addresses_are_read_as_they_stand(before: str) -> None:
    (item,) = read(issue_of(ITEM, f"{before}{CODE}")).items
    assert item.links == ()
    assert plain(item.summary).split("\n")[-3:] == CODE.split("\n")[1:-1]


@pytest.mark.parametrize(
    "lines",
    [
        "  - [甲](https://example.com/1)  \n  摘要：\n  - [乙](https://example.com/2)\n  摘要：",
        "  摘要：\n  - [甲](https://example.com/1)\n  - [乙](https://example.com/2)",
        "[甲](https://example.com/1)\n摘要：\n[乙](https://example.com/2)",
        "摘要：\n[甲](https://example.com/1) | [乙](https://example.com/2)\n",
        "  - [甲](https://example.com/1)\n\n  摘要：\n\n  - 【[乙](https://example.com/2)】\n\n  摘要：\n",
    ],
)
def test_the_label_of_a_summary_with_nothing_but_links_below_it_begins_none(lines: str) -> None:
    other = ("- [另题 | 某站](https://example.com/b)", "摘要：二。")
    first, last = read(issue_of(ITEM, lines, *other)).items
    assert [(link.label, link.url) for link in first.links] == [
        ("甲", "https://example.com/1"),
        ("乙", "https://example.com/2"),
    ]
    assert (plain(first.summary), plain(last.summary)) == ("", "二。")


@pytest.mark.parametrize(
    "lines", ["摘要：\n代码：https://example.com/c", "代码：https://example.com/c\n摘要："]
)
def test_so_does_one_with_nothing_but_a_labelled_address_around_it(lines: str) -> None:
    (item,) = read(issue_of(ITEM, lines)).items
    assert ([link.label for link in item.links], plain(item.summary)) == (["代码"], "")


@pytest.mark.parametrize(
    ("below", "summary"),
    [
        ("[甲](https://example.com/1)\n是一篇。", "甲\n是一篇。"),
        ("见[甲](https://example.com/1)", "见甲"),
        ("一句。\n[甲](https://example.com/1)", "一句。\n甲"),
    ],
)
def test_the_label_of_a_summary_with_words_below_it_begins_one(below: str, summary: str) -> None:
    (item,) = read(issue_of(ITEM, "摘要：", below)).items
    assert (item.links, plain(item.summary)) == ((), summary)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("论文：论文：https://example.com/p", "论文"),
        ("论文：论文地址：https://example.com/p", "论文地址"),
        ("论文地址: 论文：<https://example.com/p>", "论文地址"),
        ("论文：论文：https://example.com/p 代码：https://example.com/c", "论文"),
    ],
)
def test_a_label_of_a_link_that_is_doubled_is_told_once(line: str, label: str) -> None:
    (item,) = read(issue_of(ITEM, line, "摘要：一句。")).items
    assert (item.links[0].words, item.links[0].url) == (label, "https://example.com/p")
    assert [text.text for text in item.summary] == ["一句。"]


def test_so_is_that_of_a_summary_but_no_other_word_before_a_colon() -> None:
    lines = (ITEM, "摘要：摘要：甲。", "- [次](https://example.com/b)", "摘要：摘要算法：乙。")
    (item, other) = read(issue_of(*lines)).items
    assert (plain(item.summary), plain(other.summary)) == ("甲。", "摘要算法：乙。")


OPEN = "代码：（年底开源，关注 https://example.com/c）"


def test_a_label_of_links_leads_no_summaries_though_every_item_has_words_behind_it() -> None:
    items = (ITEM, OPEN, "摘要：甲。", ITEM.replace("example.com/", "example.com/b"), OPEN, "摘要：乙。")
    first, second = read(issue_of(*items)).items
    assert plain(first.summary) == f"{OPEN}\n甲。"
    assert plain(second.summary) == f"{OPEN}\n乙。"


FIELDS = ("标题：芯片上市 | 某站", "链接：https://example.com/f", "摘要：大涨。")


@pytest.mark.parametrize("mark", ["- {}\n  {}\n  {}", "- {}\n{}\n{}", "1. {}\n   {}\n   {}", "{}\n{}\n{}"])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_an_item_of_fields_one_gives_the_title_and_one_the_address(
    mark: str, order: tuple[int, ...]
) -> None:
    (item,) = read(issue_of(mark.format(*(FIELDS[place] for place in order)))).items
    assert (item.title, item.source, item.url) == ("芯片上市", "某站", "https://example.com/f")
    assert (item.links, plain(item.summary)) == ((), "大涨。")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_each_entry_of_fields_that_has_a_title_is_an_item(order: tuple[int, ...]) -> None:
    entry = "- {}\n  {}\n  {}".format(*(FIELDS[place] for place in order))
    items = read(issue_of(entry, entry.replace("芯片", "内存"))).items
    assert [item.title for item in items] == ["芯片上市", "内存上市"]


@pytest.mark.parametrize(
    "lines",
    [
        ("【代码】https://a.com/c", "【摘要】一句话。"),
        ("【代码】[repo](https://a.com/c)", "**【摘要】**一句话。"),
        ("- [代码]：https://a.com/c", "- 【摘要】", "  一句话。"),
        ("代码：https://a.com/c 摘要：一句话。",),
        ("代码：[repo](https://a.com/c) | 摘要：一句话。",),
        ("- 代码：https://a.com/c", "- 摘要：一句话。"),
    ],
)
def test_a_known_label_is_one_in_brackets_behind_another_one_and_in_a_list(lines: tuple[str, ...]) -> None:
    (item,) = read(issue_of("- 某题目", *(f"  {line}" for line in lines))).items
    assert (item.title, [text.text for text in item.summary]) == ("某题目", ["一句话。"])
    assert [(link.label, link.url) for link in item.links] == [("代码", "https://a.com/c")]


@pytest.mark.parametrize("mark", ["  - ", "  "])
def test_lines_of_other_labels_do_not_keep_those_of_a_link_and_a_summary_from_being_read(mark: str) -> None:
    lines = ("来源：某社", "论文：https://a.com/p", "摘要：一句话。")
    (item,) = read(issue_of("- [题](https://a.com/1)", *(mark + line for line in lines))).items
    assert (item.source, [text.text for text in item.summary]) == ("某社", ["一句话。"])
    assert [link.url for link in item.links] == ["https://a.com/p"]


def test_a_labelled_address_behind_a_bar_is_a_link_of_its_item() -> None:
    (item,) = read(issue_of("- 某题目", "  来源：某社 | 链接：https://a.com/1", "  摘要：一句话。")).items
    assert item.links == (Link(label="链接", url="https://a.com/1"),)
    assert (item.source, [text.text for text in item.summary]) == ("某社", ["一句话。"])


@pytest.mark.parametrize(
    "line",
    [
        *(
            "来源：某社",
            "【来源】某社",
            "**来源：** 某社",
            "（来源：某社）",
            "- 来源：某社",
            "来源 Source：某社",
        ),
        *(
            "Source: 某社",
            "Source — 某社",
            "出处：某社",
            "来源：某社 摘要：一句。",
            "来源：某社 | 摘要：一句。",
        ),
    ],
)
def test_a_line_that_names_the_source_of_an_item_gives_it_and_is_told_once(line: str) -> None:
    (item,) = read(issue_of("- [题](https://a.com/1)", f"  {line}", "  摘要：一句。")).items
    assert item.source == "某社"
    assert [text.text for text in item.summary][:1] == ["一句。"]
    assert "来源" not in plain(item.summary)


@pytest.mark.parametrize("behind", ["（来源：某社）", " 来源：某社", " | 来源：某社", " | 某社"])
def test_the_source_may_stand_behind_the_link_with_its_label(behind: str) -> None:
    (item,) = read(issue_of(f"- [题](https://a.com/1){behind}", "  摘要：一句。")).items
    assert (item.title, item.source, plain(item.summary)) == ("题", "某社", "一句。")


def test_a_source_that_is_linked_is_the_source_and_leads_there() -> None:
    (item,) = read(
        issue_of("- [题](https://a.com/1)", "  来源：[某社](https://b.com)", "  摘要：一句。")
    ).items
    assert (item.source, item.links) == ("某社", (Link(label="来源", url="https://b.com", name="某社"),))


def test_labelled_links_side_by_side_below_a_summary_are_links_too() -> None:
    lines = ("摘要：一句。", "论文：https://b.com/p 代码：https://b.com/c")
    (item,) = read(issue_of("- [题](https://a.com/1)", *(f"  {line}" for line in lines))).items
    assert [(link.label, link.url) for link in item.links] == [
        ("论文", "https://b.com/p"),
        ("代码", "https://b.com/c"),
    ]


def test_links_side_by_side_behind_one_label_are_called_by_their_own_words() -> None:
    line = "链接：[论文](https://b.com/p) | [代码](https://b.com/c)、[主页](https://b.com)"
    (item,) = read(issue_of("- [题](https://a.com/1)", f"  {line}", "  摘要：一句。")).items
    assert [(link.label, link.url) for link in item.links] == [
        ("论文", "https://b.com/p"),
        ("代码", "https://b.com/c"),
        ("主页", "https://b.com"),
    ]
    assert plain(item.summary) == "一句。"


@pytest.mark.parametrize(
    "line", ["来源：这件事是听朋友说的，不一定准。", "来源：https://b.com", "> 来源：某社"]
)
def test_what_is_no_name_is_no_source(line: str) -> None:
    (item,) = read(issue_of("- [题](https://a.com/1)", f"  {line}", "  摘要：一句。")).items
    assert item.source is None


def test_of_two_sources_the_one_of_the_title_counts_and_the_other_is_told() -> None:
    (item,) = read(issue_of("- [题 | 甲站](https://a.com/1)", "  来源：乙站", "  摘要：一句。")).items
    assert item.source == "甲站"
    assert "来源：乙站" in plain(item.summary)


@pytest.mark.parametrize("tag", ["【论文】", "[摘要] "])
@pytest.mark.parametrize("dash", ["- ", ""])
def test_a_label_in_brackets_before_the_title_of_an_item_is_a_tag(tag: str, dash: str) -> None:
    second = f"{dash}{tag}[乙 | 源](https://a.com/2)"
    lines = ("- [甲 | 源](https://a.com/1)", "摘要：一句。", second, "摘要：二句。")
    items = read(issue_of(*lines)).items
    assert [item.title for item in items] == ["甲", "乙"]


def test_an_address_behind_the_name_of_a_source_is_no_part_of_it() -> None:
    (item,) = read(
        issue_of("- [题](https://a.com/1)", "  来源：某社（https://b.com）", "  摘要：一句。")
    ).items
    assert (item.source, [link.url for link in item.links]) == ("某社", ["https://b.com"])
