"""Items begin where their editor began them, whatever became of dashes, numbers and blanks."""

import pytest

from bot.digest.habits import ItemHabit, ItemStart
from bot.digest.parsing.parser import parse
from bot.model import Item, LineKind, plain
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.digest.shipped import issue_of, profile, read


def test_bullets_of_a_name_and_an_address_are_items_where_the_others_are() -> None:
    names = ("推理引擎", "标注工具", "Model Zoo")
    items = read(
        issue_of(*(f"- {name}：https://example.com/{len(name)}" for name in names), heading="工具")
    ).items
    assert [item.title for item in items] == list(names)
    assert [
        item.url
        for item in read(issue_of("- 甲: https://example.com/a。", "- 乙: https://example.com/b")).items
    ] == [
        "https://example.com/a",
        "https://example.com/b",
    ]


def test_a_bullet_of_a_label_and_an_address_is_a_link_of_the_item_above() -> None:
    (item, other) = read(
        issue_of(
            "- [题 | 某站](https://example.com/a)",
            "- 论文：https://example.com/p",
            "- 演示视频：https://example.com/v",
            "- 摘要：一。",
            "- [另一题 | 某站](https://example.com/b)",
            "摘要：二。",
        )
    ).items
    assert [link.label for link in item.links] == ["论文", "演示视频"]
    assert other.title == "另一题"


@pytest.mark.parametrize("numbers", [(1, 2, 4), (1, 3, 4), (1, 1, 2), (2, 5, 6)])
@pytest.mark.parametrize("mark", [".", ")", "、", "）", "．"])
def test_a_gap_in_the_numbers_of_items_ends_nothing(numbers: tuple[int, ...], mark: str) -> None:
    numbered = profile().model_copy(update={"items": ItemHabit(begin=(ItemStart.NUMBER,))})
    lines = (
        f"{number}{mark} [题{place} | 某站](https://example.com/{place})\n摘要：一。\n"
        for place, number in enumerate(numbers)
    )
    items = parse(issue_of(*lines), slug="x", profile=numbered).items
    assert [item.title for item in items] == ["题0", "题1", "题2"]


@pytest.mark.parametrize("blanks", [" ", "  ", "   ", "    "])
@pytest.mark.parametrize("entry", ["1. 训练", "2) 训练"])
def test_a_list_indented_by_few_blanks_stays_inside(entry: str, blanks: str) -> None:
    items = read(
        issue_of(
            "- [混合精度 | 某大学](https://example.com/l1)\n摘要：要点：\n",
            entry,
            f"{blanks}- 学习率",
            f"{blanks}- 批大小",
            "",
            "- [另一篇 | 某大学](https://example.com/l2)\n摘要：另一句。",
        )
    ).items
    assert [item.title for item in items] == ["混合精度", "另一篇"]
    listed = [line for line in items[0].summary if line.kind in (LineKind.BULLET, LineKind.NUMBER)]
    assert [line.depth - listed[0].depth for line in listed] == [0, 1, 1]


LINKED = "[https://example.com/1](https://example.com/1)"


@pytest.mark.parametrize(
    ("line", "title", "url", "summary"),
    [
        ("甲 : <https://example.com/1>", "甲", "https://example.com/1", ""),
        ("甲 - https://example.com/1", "甲", "https://example.com/1", ""),
        ("甲 —— https://example.com/1。", "甲", "https://example.com/1", ""),
        ("**甲**：https://example.com/1（含权重）", "甲", "https://example.com/1", "（含权重）"),
        ("甲：[example.com/1](https://example.com/1)", "甲", "https://example.com/1", ""),
        ("甲：很小。https://example.com/1", "甲：很小。", "https://example.com/1", ""),
        (f"**甲** ({LINKED})", "甲", "https://example.com/1", ""),
        (f"**甲**（{LINKED}）：很小", "甲", "https://example.com/1", "很小"),
        (f"**甲** {LINKED} (某站)", "甲", "https://example.com/1", "(某站)"),
        ("**甲** (<https://example.com/1>)", "甲", "https://example.com/1", ""),
        ("**甲** (https://example.com/1)", "甲", "https://example.com/1", ""),
        ("甲 https://example.com/1（某站）", "甲", "https://example.com/1", "（某站）"),
        ("甲 https://example.com/1 - 很小", "甲", "https://example.com/1", "很小"),
        ("https://example.com/1 - 一个工具", "一个工具", "https://example.com/1", ""),
    ],
)
def test_a_name_and_its_address_are_a_title_however_they_are_parted(
    line: str, title: str, url: str, summary: str
) -> None:
    first, _ = read(issue_of(f"- {line}", "- 乙：https://example.com/2", heading="开源项目")).items
    assert (first.title, first.url, plain(first.summary)) == (title, url, summary)


def test_an_address_in_the_middle_of_a_title_is_not_its_own() -> None:
    (item,) = read(issue_of("- 详见 https://example.com/1 的说明 | 源", "摘要：好。")).items
    assert (item.title, item.url) == ("详见 https://example.com/1 的说明", None)


def test_of_names_with_addresses_each_is_an_item_whatever_it_is_called() -> None:
    lines = (
        "- 甲：一个引擎：https://example.com/1",
        "- 文档：https://example.com/2",
        "- 代码：https://example.com/3",
    )
    assert [item.title for item in read(issue_of(*lines)).items] == ["甲：一个引擎", "文档", "代码"]
    fields = ("- [甲 | 源](https://example.com/1)", "- 代码：https://example.com/3", "- 摘要：好。")
    assert [item.title for item in read(issue_of(*fields)).items] == ["甲"]


def test_an_address_with_a_name_of_its_own_is_an_item_among_links_too() -> None:
    lines = ("- [甲 | 源](https://example.com/1)", "摘要：一句。", "", "- 量化脚本集：https://example.com/2")
    assert [item.title for item in read(issue_of(*lines)).items] == ["甲", "量化脚本集"]
    fields = ("- [甲 | 源](https://example.com/1)", "- 演示站点：https://example.com/2", "- 摘要：好。")
    assert [item.title for item in read(issue_of(*fields)).items] == ["甲"]


def test_entries_nested_by_one_blank_stay_inside_behind_deeper_ones() -> None:
    lines = ("- [甲 | 源](https://example.com/1)", "摘要：步骤：", " * 导出", "   * 选样本", " * 编译")
    (item,) = read(issue_of(*lines)).items
    assert [line.text for line in item.summary][-3:] == ["导出", "选样本", "编译"]


@pytest.mark.parametrize(
    ("line", "tags", "title", "summary"),
    [
        ("🔥 [Three](https://a.example) makes soup.", ("🔥",), "Three makes soup.", ""),
        ("【推荐】[阿乙](https://a.example)：能压小。", ("推荐",), "阿乙", "能压小。"),
        ("(RU) [x](https://a.example): a talk", ("RU",), "x", "a talk"),
        ("New! [x](https://a.example) - a talk", ("New!",), "x", "a talk"),
        ("（英文）[阿丁](https://a.example)的书", ("英文",), "阿丁的书", ""),
        ("Ada wrote [x](https://a.example) last week", (), "Ada wrote x last week", ""),
        ("[阿丁](https://a.example) 一本小书。", (), "阿丁", "一本小书。"),
        ("[x](https://a.example) A small tool.", (), "x", "A small tool."),
        ("[x](https://a.example) shrinks y", (), "x shrinks y", ""),
        ("[x](https://a.example) With [y](https://b.example).", (), "x", "With y."),
    ],
)
def test_a_mark_before_a_link_is_apart_from_its_title(
    line: str, tags: tuple[str, ...], title: str, summary: str
) -> None:
    item = _list_of(f"- {line}")
    assert (item.tags, item.title, plain(item.summary)) == (tags, title, summary)


def _list_of(line: str) -> Item:
    links = read_profile(shipped("config"), "link-lists")
    (item,) = parse(f"## News\n\n{line}\n", slug="demo", profile=links).items
    return item


@pytest.mark.parametrize(
    ("written", "title", "source", "links"),
    [
        ("[甲文](https://a.example)、[乙文](https://b.example)", "甲文、乙文", None, ["乙文"]),
        ("[甲文](https://a.example) 与 [乙文](https://b.example)", "甲文 与 乙文", None, ["乙文"]),
        ("[A](https://a.example) and [B](https://b.example)", "A and B", None, ["B"]),
        (
            "[甲文 | 某站](https://a.example)、[乙文 | 别站](https://b.example)",
            "甲文、乙文",
            "某站、别站",
            ["乙文 | 别站"],
        ),
        (
            "[甲](https://a.example)、[乙](https://b.example)、[丙](https://c.example)",
            "甲、乙、丙",
            None,
            ["乙", "丙"],
        ),
        ("[甲文](https://a.example)、[代码](https://b.example)", "甲文", None, ["代码"]),
        ("[甲文](https://a.example)，[讨论](https://b.example)", "甲文", None, ["讨论"]),
    ],
)
def test_titles_joined_by_a_word_for_and_are_one_that_names_all_and_each_link_is_told(
    written: str, title: str, source: str | None, links: list[str]
) -> None:
    (item,) = read(issue_of(f"- {written}", "摘要：一起看。")).items
    assert (item.title, item.url, item.source) == (title, "https://a.example", source)
    assert [link.label for link in item.links] == links
    assert plain(item.summary) == "一起看。"


def test_a_sentence_with_two_links_is_no_pair_of_titles() -> None:
    line = "[某站](https://a.example) 和 [别站](https://b.example) 都改了接口"
    (item,) = read(issue_of(f"- {line}", "摘要：一。")).items
    assert (item.title, plain(item.summary)) == ("某站", "和 别站 都改了接口\n一。")


@pytest.mark.parametrize(
    ("line", "title", "url", "links", "summary"),
    [
        ("**甲**：很小。[链接](https://a.example)", "甲", None, ("链接",), "很小。"),
        ("**A.** It is small. [Read](https://a.example)", "A", None, ("Read",), "It is small."),
        ("**A** It is [small](https://a.example) now", "A", None, (), "It is small now"),
        ("**A:** it is small", "A", None, (), "it is small"),
        ("**A** [Read](https://a.example) [Code](https://b.example)", "A", None, ("Read", "Code"), ""),
        ("**A** ([a.example](https://a.example)) It is small.", "A", "https://a.example", (), "It is small."),
        ("**A** now does [x](https://a.example)", "A now does x", "https://a.example", (), ""),
        ("**A**的[新版](https://a.example)", "A的新版", "https://a.example", (), ""),
        ("**🔥 [A](https://a.example)**: small.", "A", "https://a.example", (), "small."),
    ],
)
def test_a_line_that_begins_in_bold_is_called_so_unless_its_sentence_goes_on(
    line: str, title: str, url: str | None, links: tuple[str, ...], summary: str
) -> None:
    item = _list_of(f"- {line}")
    assert (item.title, item.url, tuple(link.label for link in item.links)) == (title, url, links)
    assert plain(item.summary) == summary


def test_a_link_right_below_a_summary_leads_further_and_is_no_item() -> None:
    (item, other) = read(
        issue_of(
            "- [OpenCL 3.0 发布 | 某站](https://example.com/a)",
            "摘要：更灵活，支持异步拷贝。  ",
            "[更多，见如何评价 | 某问答](https://example.com/more)",
            "- [另一题 | 某站](https://example.com/b)",
            "摘要：二。",
        )
    ).items
    assert (item.title, other.title) == ("OpenCL 3.0 发布", "另一题")
    assert [span.url for line in item.summary for span in line.spans if span.url] == [
        "https://example.com/more"
    ]


@pytest.mark.parametrize("below", [["摘要：二。"], ["说的是另一件事。"]])
def test_a_link_right_below_a_summary_is_an_item_that_lost_its_dash_where_text_is_below_it(
    below: list[str],
) -> None:
    lines = ["- [题 | 某站](https://example.com/a)", "摘要：一。  ", "[另一题 | 某站](https://example.com/b)"]
    assert [item.title for item in read(issue_of(*lines, *below)).items] == ["题", "另一题"]


@pytest.mark.parametrize("name", ["一个纳秒级的日志库 - 某问答", "如何看待新的日志库？", "New in parsers!"])
def test_a_name_above_its_address_in_a_paragraph_of_their_own_is_an_item(name: str) -> None:
    lines = ["- [题 | 某站](https://example.com/a)", "摘要：一。", "", name, "https://example.com/b"]
    item, other = read(issue_of(*lines)).items
    assert (other.title, other.url) == (name, "https://example.com/b")
    assert plain(item.summary) == "一。"


@pytest.mark.parametrize("above", ["项目地址：", "详细的介绍在这里。"])
def test_a_sentence_or_label_above_an_address_begins_no_item(above: str) -> None:
    lines = ["- [题 | 某站](https://example.com/a)", "摘要：一。", "", above, "https://example.com/b"]
    assert [item.title for item in read(issue_of(*lines)).items] == ["题"]


def test_a_summary_s_label_with_nothing_behind_it_is_not_told() -> None:
    (item,) = read(
        issue_of(
            "- [量化的两篇论文 | 某站](https://example.com/a)",
            "    - [One](https://example.com/1)",
            "    摘要：",
            "    - [Two](https://example.com/2)",
            "    摘要：",
        )
    ).items
    assert "摘要" not in plain(item.summary)


def test_a_source_between_a_name_and_its_address_is_its_source() -> None:
    item, other = read(
        issue_of(
            "一个微内核的由来\n某周刊\nhttps://example.com/a\n它说了什么。\n",
            "- [另一题 | 某站](https://example.com/b)\n摘要：二。",
        )
    ).items
    assert (item.title, item.source, item.url) == ("一个微内核的由来", "某周刊", "https://example.com/a")
    assert (plain(item.summary), other.title) == ("它说了什么。", "另一题")


def test_an_entry_that_announces_a_list_of_links_heads_them_as_their_group() -> None:
    lines = [
        "- [First](https://example.com/first)",
        "- Compiler:",
        "  - [Faster parsing](https://example.com/parse)",
        "    by Ann",
        "  - [Nicer errors](https://example.com/err)",
        "- Library：",
        "  - [New iterators](https://example.com/iter)",
    ]
    links = read_profile(shipped("config"), "link-lists")
    items = parse("## Updates\n\n" + "\n".join(lines), slug="x", profile=links).items
    assert [(item.title, item.groups) for item in items] == [
        ("First", ()),
        ("Faster parsing", ("Compiler",)),
        ("Nicer errors", ("Compiler",)),
        ("New iterators", ("Library",)),
    ]


def test_a_label_above_links_of_an_item_heads_nothing() -> None:
    lines = [
        "- [题 | 某站](https://example.com/a)",
        "- 论文：",
        "  - [One](https://example.com/1)",
        "摘要：一。",
    ]
    assert [item.groups for item in read(issue_of(*lines)).items if item.title == "题"] == [()]


def test_a_line_behind_a_rule_that_leads_nowhere_is_no_item() -> None:
    lines = ["- [题 | 某站](https://example.com/a)", "摘要：一。", "", "---", "本期编辑：小林 ｜ 校对：阿珍"]
    issue = read(issue_of(*lines))
    assert [item.title for item in issue.items] == ["题", None]


def test_the_address_of_a_title_once_more_behind_it_in_brackets_is_left_out() -> None:
    issue = read(issue_of("- [甲 | 某所](https://a.example/x)（https://a.example/x）后话", "摘要：一。"))
    (item,) = issue.items
    assert (item.title, item.url, plain(item.summary)) == ("甲", "https://a.example/x", "后话\n一。")
    assert [out.text for out in issue.left_out if out.rule == "repeated link"] == ["https://a.example/x"]
    (other,) = read(issue_of("- [甲 | 某所](https://a.example/x)(https://a.example/y)", "摘要：一。")).items
    assert "https://a.example/y" in plain(other.summary)


@pytest.mark.parametrize("bracket", ["({})", "（{}）"])
def test_a_link_whose_address_slipped_into_the_next_line_has_it(bracket: str) -> None:
    lines = ("- [甲 | 某所]", bracket.format("https://a.example/x"), "摘要：一。")
    (item,) = read(issue_of(*lines)).items
    assert (item.title, item.source, item.url) == ("甲", "某所", "https://a.example/x")
    assert plain(item.summary) == "一。"


@pytest.mark.parametrize("heads", ["**{}**", "{}：", "**{}：**"])
@pytest.mark.parametrize("mark", ["{}.", "{})", "{}、"])
def test_numbers_begin_anew_below_a_line_that_heads_a_group(heads: str, mark: str) -> None:
    groups = (
        "\n".join(
            f"{mark.format(number)} [{group}{number} | 某站](https://example.com/{number})\n摘要：一。\n"
            for number in (1, 2)
        )
        for group in ("量化", "剪枝")
    )
    headed = [heads.format(name) for name in "甲乙"]
    text = "\n\n".join(f"{head}\n\n{group}" for head, group in zip(headed, groups, strict=True))
    assert [(item.title, item.groups[0].strip("：")) for item in read(issue_of(text)).items] == [
        ("量化1", "甲"),
        ("量化2", "甲"),
        ("剪枝1", "乙"),
        ("剪枝2", "乙"),
    ]


@pytest.mark.parametrize("between", ["上周漏了两篇。", "> 读者来信：", "**补遗**"])
def test_numbers_begin_anew_below_a_paragraph_between_items(between: str) -> None:
    lists = ["\n".join(f"{n}. [{name}{n} | 某站](https://e.example/{n})" for n in (1, 2)) for name in "甲乙"]
    items = read(issue_of(f"{lists[0]}\n\n{between}\n\n{lists[1]}")).items
    assert [(item.title, item.number) for item in items] == [
        ("甲1", "1"),
        ("甲2", "2"),
        ("乙1", "1"),
        ("乙2", "2"),
    ]


@pytest.mark.parametrize("mark", ["-\u3000", "-\u00a0", "•", "* "])
def test_a_mark_with_nothing_but_a_blank_behind_it_is_an_empty_bullet(mark: str) -> None:
    issue = read(
        issue_of("- [甲](https://a.example)\n摘要：一。", mark, "- [乙](https://b.example)\n摘要：二。")
    )
    assert [plain(item.summary) for item in issue.items] == ["一。", "二。"]
    assert [warning.code for warning in issue.warnings] == ["empty-bullet"]


def test_bullets_that_name_lists_of_items_head_groups_and_those_with_links_of_their_own_do_not() -> None:
    def entries(nested: str) -> str:
        return "\n".join(f"- **{name}**\n  - [{name}一{nested}](https://e.example/{name})" for name in "甲乙")

    groups = read(issue_of(entries(" | 某站"))).items
    assert [(item.title, item.groups) for item in groups] == [("甲一", ("甲",)), ("乙一", ("乙",))]
    assert [item.title for item in read(issue_of(entries(""))).items] == ["甲", "乙"]


def test_a_numbered_list_of_references_below_a_line_of_an_item_stays_inside() -> None:
    numbered = profile().model_copy(update={"items": ItemHabit(begin=(ItemStart.NUMBER,))})
    lines = (f"{number}. [题{number}](https://e.example/{number})\n摘要：一。\n" for number in (1, 2, 3))
    references = "参考：\n\n1. [甲](https://a.example)\n2. [乙](https://b.example)\n"
    items = parse(issue_of(*lines, "", references), slug="x", profile=numbered).items
    assert [item.title for item in items] == ["题1", "题2", "题3"]


@pytest.mark.parametrize("mark", ["• ", "●", "-", "▪ "])
def test_a_link_behind_a_mark_that_is_none_of_a_list_is_an_item_of_its_own(mark: str) -> None:
    lines = ("- [甲](https://a.example)", f"{mark}[乙](https://b.example)", "摘要：一句。")
    assert [item.title for item in read(issue_of(*lines)).items] == ["甲", "乙"]
    alone = (f"{mark}[甲](https://a.example)", f"{mark}[乙](https://b.example)")
    assert [item.title for item in read(issue_of(*alone)).items] == ["甲", "乙"]


@pytest.mark.parametrize(
    "note",
    ["编者按：下面两篇是同一作者所写。", "> 编者按：同一作者。", "责任编辑：某人", "Editor’s note: both."],
)
def test_a_paragraph_of_the_editors_own_is_no_part_of_the_item_above(note: str) -> None:
    issue = read(
        issue_of("- [甲](https://a.example)", "摘要：一句。", "", note, "", "- [乙](https://b.example)")
    )
    first, own, second = issue.items
    assert (first.title, plain(first.summary), own.title, second.title) == ("甲", "一句。", None, "乙")
    assert plain(own.summary) == note.removeprefix("> ")
    assert not [warning for warning in issue.warnings if warning.line == own.line]


def test_bold_lines_that_begin_paragraphs_are_titles_where_a_section_begins_with_one_and_has_no_list() -> (
    None
):
    (first, second) = read(issue_of("**甲**", "来源：某社", "一句。", "", "**乙**", "二句。")).items
    assert (first.title, first.source, plain(first.summary)) == ("甲", "某社", "一句。")
    assert (second.title, plain(second.summary)) == ("乙", "二句。")
    (text,) = read(issue_of("先说一句。", "", "**甲**", "一句。", "", "**乙**", "二句。")).items
    assert text.title is None
