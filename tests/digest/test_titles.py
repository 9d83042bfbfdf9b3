"""What the first line of an item says: its title, and the tags, signs, quotes and text around it."""

import re

import pytest

from bot.digest.habits import ItemHabit, ItemStart
from bot.digest.parsing.parser import parse
from bot.model import Item, Link, plain
from tests.digest.shipped import issue_of, profile, read


@pytest.mark.parametrize(
    ("line", "title", "source", "summary"),
    [
        ("**混合精度**：一句。", "混合精度", None, "一句。"),
        ("**混合精度：** 一句。", "混合精度", None, "一句。"),
        ("**Mixed precision** – in half the memory.", "Mixed precision", None, "in half the memory."),
        ("**混合精度 | 某所** —— 见[仓库](https://a.example)。", "混合精度", "某所", "见仓库。"),
        ("**混合精度：手机上 | 某所**", "混合精度：手机上", "某所", ""),
        ("**混合精度**：手机上的实测 | 某所", "混合精度：手机上的实测", "某所", ""),
        ("**推荐**：[混合精度 | 某所](https://a.example)", "混合精度", "某所", ""),
        ("**GPU**-Treiber [neu](https://a.example)", "GPU-Treiber", None, "neu"),
        ("**[混合精度 | 某所](https://a.example)**：一句。", "混合精度", "某所", "一句。"),
        ("[混合精度](https://a.example) - 一句：二句。", "混合精度", None, "一句：二句。"),
        ("[混合精度](https://a.example) .NET 也行。", "混合精度", None, ".NET 也行。"),
        ("[混合精度](https://a.example)：-5 % 的误差。", "混合精度", None, "-5 % 的误差。"),
    ],
)
def test_a_colon_or_dash_parts_a_title_from_its_text_where_titles_have_sources_too(
    line: str, title: str, source: str | None, summary: str
) -> None:
    (item,) = [*read(issue_of(f"- {line}")).items]
    links = "".join(link.label for link in item.links)
    assert (item.title, item.source, plain(item.summary) or links) == (title, source, summary)


def _bold_items(*paragraphs: str) -> list[str | None]:
    bold = profile().model_copy(update={"items": ItemHabit(begin=(ItemStart.NUMBER, ItemStart.BOLD))})
    return [item.title for item in parse(issue_of(*paragraphs), slug="x", profile=bold).items]


@pytest.mark.parametrize(
    ("paragraph", "title"),
    [
        ("**El vecino**. El juzgado fija un horario. [Leer](https://a.example)", "El vecino"),
        ("**El vecino.** El juzgado fija un horario. [Leer](https://a.example)", "El vecino"),
        ("**甲**。很小。", "甲"),
        ("**甲。**很小。", "甲"),
        ("**[One](https://a.example)**. It is small.", "One"),
        ("__Two!__ 🔥. It is small.", "Two!"),
        ("**Who owns the swans?** The registry. [Read](https://a.example)", "Who owns the swans?"),
        ("**谁的天鹅？**登记处也不知道。", "谁的天鹅？"),
        ("**Sold out!** In two days.", "Sold out!"),
    ],
)
def test_the_end_of_a_sentence_parts_a_title_in_bold_from_its_text(paragraph: str, title: str) -> None:
    assert _bold_items(f"{paragraph}\n", f"{paragraph}\n") == [title, title]


@pytest.mark.parametrize("paragraph", ["**甲**很小。", "**Two** is small.", "**v.2**.1 is small", "**End.**"])
def test_no_other_full_stop_ends_a_title_in_bold(paragraph: str) -> None:
    assert _bold_items(f"{paragraph}\n", f"{paragraph}\n", "A text.\n", "More.\n", "End.\n")[0] in (
        None,
        "End.",
    )


def test_paragraphs_that_open_with_a_bold_title_are_items_where_most_do_and_none_is_a_bold_line() -> None:
    opened = ("**甲**：很小。\n", "**[乙](https://a.example)** – 也小。\n", "第二段。\n")
    assert _bold_items(*opened) == ["甲", "乙"]
    assert _bold_items("**甲**\n", *opened[1:]) == ["甲"]
    assert _bold_items("一篇长文。\n", "还在写。\n", "**注意**：别信。\n", "完。\n") == [None]
    assert _bold_items("**甲** 和 **乙** 是一句话。\n", "又一句。\n") == [None]


@pytest.mark.parametrize(
    ("lines", "title", "summary"),
    [
        ("**A name — *with\nits* (short) remark**\nText.", "A name — with its (short) remark", "Text."),
        ("__One,\nTwo__\nText.", "One, Two", "Text."),
        ("**A title that\nis wrapped\ntwice**\nText.", "A title that is wrapped twice", "Text."),
        ("**长标题，\n下一行**\n正文。", "长标题，下一行", "正文。"),
        ("**长标题**\n**（上）**\n正文。", "长标题（上）", "正文。"),
        ("**One**\n__(two)__\nText.", "One (two)", "Text."),
        ("**Title**\n**By Somebody**\nText.", "Title", "By Somebody\nText."),
        ("**Title**\n\n**(no part of it)**\n", "Title", ""),
    ],
)  # fmt: skip
def test_a_title_in_bold_may_be_wrapped(lines: str, title: str, summary: str) -> None:
    bold = profile().model_copy(update={"items": ItemHabit(begin=(ItemStart.BOLD,), source="")})
    first, *_ = parse(issue_of(lines), slug="x", profile=bold).items
    assert (first.title, plain(first.summary)) == (title, summary)


@pytest.mark.parametrize(
    ("lines", "title", "summary"),
    [
        ("**A title that\nis wrapped.** A text.", "A title that is wrapped", "A text."),
        ("**A title\nwrapped —** [a text](https://b.example) of it.", "A title wrapped", "a text of it."),
        ("**长标题的\n下一行：**[正文](https://b.example)在此。", "长标题的下一行", "正文在此。"),
        ("**A *small\n title\n twice* wrapped**: a text.", "A small title twice wrapped", "a text."),
    ],
)
def test_a_title_in_bold_may_be_wrapped_before_the_text_of_its_paragraph(
    lines: str, title: str, summary: str
) -> None:
    bold = profile().model_copy(update={"items": ItemHabit(begin=(ItemStart.BOLD,), source="")})
    issue = parse(issue_of(f"{lines}\n", "**Two.** Another text.\n"), slug="x", profile=bold)
    assert [(item.title, plain(item.summary)) for item in issue.items] == [
        (title, summary),
        ("Two", "Another text."),
    ]


def test_bold_words_that_go_on_inside_a_text_or_over_all_of_it_break_where_the_editor_broke_them() -> None:
    for lines in ("A text **goes\non** here.", "**A verse\nand another**", "**One**\n**two** three"):
        issue = read(f"# T\n\n## 新闻\n\n{lines}\n")
        assert plain(next(iter(issue.items)).summary).count("\n") == 1


@pytest.mark.parametrize(
    ("first", "title", "summary"),
    [
        ("**A hive** gives forty jars, [sold](https://a.example).", "A hive", "gives forty jars, sold."),
        ("**[A hive](https://a.example)** gives forty jars.", "A hive", "gives forty jars."),
        ("**蜂箱**很重，[全文](https://a.example)。", "蜂箱很重，全文。", ""),
    ],
)
@pytest.mark.parametrize("start", [ItemStart.BOLD, ItemStart.PARAGRAPH])
def test_where_each_item_opens_in_bold_its_title_ends_with_the_bold_words(
    start: ItemStart, first: str, title: str, summary: str
) -> None:
    bold = profile().model_copy(update={"items": ItemHabit(begin=(start,), source="")})
    issue = parse(issue_of(f"{first}\n", "**Two** is [two](https://b.example).\n"), slug="x", profile=bold)
    item, other = issue.items
    assert (item.title, plain(item.summary), other.title) == (title, summary, "Two")
    inside = {span.url for line in item.summary for span in line.spans}
    assert "https://a.example" in {item.url, *inside}


@pytest.mark.parametrize(
    ("line", "tags", "title", "summary"),
    [
        ("【新】🔥[甲](https://a.example)", ("新", "🔥"), "甲", ""),
        ("🔥（必读）[甲](https://a.example)：很小。", ("🔥", "必读"), "甲", "很小。"),
        ("[甲](https://a.example) ⭐", ("⭐",), "甲", ""),
        ("⭐ [甲](https://a.example) ⭐", ("⭐",), "甲", ""),
        ("[甲](https://a.example)🔥：很小。", ("🔥",), "甲", "很小。"),
        ("[甲](https://a.example) ★★ 很小。", (), "甲", "★★ 很小。"),
        ("🔥热点：[甲 | 源](https://a.example)", ("🔥热点",), "甲", ""),
        ("视频（上）：[甲 | 源](https://a.example)", ("视频（上）",), "甲", ""),
        ("**甲** 🔥：很小。", ("🔥",), "甲", "很小。"),
        ("🔥 **甲**：很小。", ("🔥",), "甲", "很小。"),
        ("🎮 **甲 2** – 很小。", ("🎮",), "甲 2", "很小。"),
        ("🔥⭐**甲**：很小。", ("🔥⭐",), "甲", "很小。"),
        ("[新] 🔥 **甲**：很小。", ("新", "🔥"), "甲", "很小。"),
        ("🔥 **甲：** 很小。🔥", ("🔥",), "甲", "很小。🔥"),
        ("甲 [代码](https://a.example) ⭐", ("⭐",), "甲", ""),
        ("【某司发布新芯片】[原文](https://a.example)", (), "某司发布新芯片", ""),
        ("【新】[代码](https://a.example)", (), "新", ""),
    ],
)
def test_signs_and_tags_around_a_title_are_told_beside_it(
    line: str, tags: tuple[str, ...], title: str, summary: str
) -> None:
    issue = read(issue_of(f"- {line}"))
    (item,) = issue.items
    assert (item.tags, item.title, plain(item.summary)) == (tags, title, summary)
    twice = [out.text for out in issue.left_out if out.rule == "repeated mark"]
    assert twice == ([*tags] if line.count("⭐") > 1 else [])


@pytest.mark.parametrize(
    ("line", "title", "source", "links"),
    [
        ("《[书](https://a.example)》和《[画](https://b.example)》", "《书》和《画》", None, ["《画》"]),
        ('"[Q](https://a.example)" by X', '"Q"', None, []),
        ("《[书 | 某社](https://a.example)》", "《书》", "某社", []),
        ("[甲（上）](https://a.example)｜[甲（下）](https://b.example)", "甲（上）", None, ["甲（下）"]),
        ("[A (1)](https://a.example) | [A (2)](https://b.example)", "A (1)", None, ["A (2)"]),
        ("[甲](https://a.example) ([【代码】](https://b.example))", "甲", None, ["代码"]),
        ("（上）甲（[代码](https://a.example)）", "（上）甲", None, ["代码"]),
    ],
)
def test_quotes_and_brackets_belong_to_what_they_stand_around(
    line: str, title: str, source: str | None, links: list[str]
) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert (item.title, item.source, item.tags) == (title, source, ())
    assert [link.label for link in item.links] == links


@pytest.mark.parametrize("behind", ["| 某站", "| 某站 |", "｜**某站**｜ ", "|某站||"])
def test_a_source_behind_the_link_may_have_its_mark_on_both_sides(behind: str) -> None:
    (item,) = read(issue_of(f"- [题目](https://a.example) {behind}")).items
    assert (item.title, item.source, plain(item.summary)) == ("题目", "某站", "")


def test_a_tag_that_is_a_link_leads_to_where_the_title_does_or_is_a_link_of_its_own() -> None:
    alone, beside = read(
        issue_of(
            "- [[论文]](https://a.example) 通道剪枝",
            "- [[论文]](https://a.example) [通道剪枝 | 某站](https://b.example)",
        )
    ).items
    assert (alone.title, alone.url, alone.tags) == ("通道剪枝", "https://a.example", ("论文",))
    assert (beside.title, beside.url, beside.tags) == ("通道剪枝", "https://b.example", ())
    assert beside.links == (Link(label="论文", url="https://a.example"),)


@pytest.mark.parametrize(
    "line",
    ["- [[题目 | 某站]](https://example.com/a)", "- [题目 | 某站]((https://example.com/a))"],
)
def test_brackets_of_a_link_may_stand_twice(line: str) -> None:
    (item,) = read(issue_of(line, "摘要：一。")).items
    assert (item.title, item.source, item.url) == ("题目", "某站", "https://example.com/a")


def test_the_address_of_a_title_once_more_without_a_label_is_no_link_of_its_own() -> None:
    lines = (
        "- [题目 | 某站](https://example.com/a) https://example.com/a",
        "论文：https://example.com/p",
        "摘要：一。",
    )
    (item,) = read(issue_of(*lines)).items
    assert [link.url for link in item.links] == ["https://example.com/p"]


@pytest.mark.parametrize(
    ("line", "title", "summary"),
    [
        ("Warme Wände → https://a.example/w", "Warme Wände", ""),
        ("Warme Wände ⇒ <https://a.example/w>", "Warme Wände", ""),
        ("List<int> und ich -> https://a.example/w", "List<int> und ich", ""),
        ("Warme Wände [https://a.example/w]", "Warme Wände", ""),
        ("暖墙【https://a.example/w】", "暖墙", ""),
        (
            "暖墙：三户人家量了一个冬天的温度。[链接](https://a.example/w)",
            "暖墙",
            "三户人家量了一个冬天的温度。",
        ),
        (
            "Warm walls: Three houses, one winter. ([more](https://a.example/w))",
            "Warm walls",
            "Three houses, one winter.",
        ),
    ],
)
def test_a_title_ends_before_the_way_to_its_address(line: str, title: str, summary: str) -> None:
    (item,) = _sentences(line)
    assert (item.title, item.url, plain(item.summary)) == (title, "https://a.example/w", summary)


@pytest.mark.parametrize(
    "line",
    [
        "Three houses measured one winter. [More](https://a.example/w)",
        "Warm walls: see [what three houses measured in one winter](https://a.example/w)",
        "Warm walls: see [the numbers](https://a.example/w) of three houses.",
        "Warm walls: three houses, [one](https://a.example/w) winter. [More](https://a.example/m)",
    ],
)
def test_other_sentences_with_a_link_are_titles_whole(line: str) -> None:
    (item,) = _sentences(line)
    assert item.title == "".join(re.split(r"\[([^\]]*)\]\([^)]*\)", line))


def _sentences(line: str) -> tuple[Item, ...]:
    free = profile().model_copy(update={"items": ItemHabit(begin=(ItemStart.BULLET,), source="")})
    return parse(issue_of(f"- {line}"), slug="x", profile=free).items


@pytest.mark.parametrize(
    ("line", "title", "source", "links"),
    [
        ("[PDF](https://e.com/p) [蒸馏 | 某所](https://e.com/c)", "蒸馏", "某所", ["PDF"]),
        ("[代码](https://e.com/p)｜[蒸馏](https://e.com/c)", "蒸馏", None, ["代码"]),
        (
            "[[代码](https://e.com/p)] [[PDF](https://e.com/q)] [蒸馏 | 某所](https://e.com/c)",
            "蒸馏",
            "某所",
            ["代码", "PDF"],
        ),
        ("**[PDF](https://e.com/p)** **[蒸馏](https://e.com/c)** | 某所", "蒸馏", "某所", ["PDF"]),
        (
            "【[论文](https://e.com/p)】[蒸馏](https://e.com/c) [[Demo](https://e.com/q)]",
            "蒸馏",
            None,
            ["论文", "Demo"],
        ),
        ("[PDF](https://e.com/p) 蒸馏 | 某所", "蒸馏", "某所", ["PDF"]),
    ],
)
def test_a_label_is_no_title_where_one_follows_on_its_line(
    line: str, title: str, source: str | None, links: list[str]
) -> None:
    (item,) = read(issue_of(f"- {line}", "摘要：一句。")).items
    assert (item.title, item.source, plain(item.summary)) == (title, source, "一句。")
    assert [link.label for link in item.links] == links
    assert item.url == ("https://e.com/c" if "/c)" in line else None)


@pytest.mark.parametrize(
    "line", ["[论文](https://e.com/p) [代码](https://e.com/c)", "[文档](https://e.com/p)：怎么写。"]
)
def test_a_label_is_the_title_where_none_follows(line: str) -> None:
    (item,) = read(issue_of(f"- {line}", "摘要：一句。")).items
    assert (item.title, item.url) == (line[1:3], "https://e.com/p")


@pytest.mark.parametrize(
    ("line", "title", "rest", "leads"),
    [
        (
            "某厂[宣布涨价](https://e.com/1)两成，客户称[难以接受](https://e.com/2)。",
            "某厂宣布涨价两成，客户称难以接受。",
            "",
            "1",
        ),
        (
            "Read [the post](https://e.com/1) first, then [that](https://e.com/2).",
            "Read the post first, then that.",
            "",
            "1",
        ),
        ("据某报，[新芯片](https://e.com/1)将上市。", "据某报，新芯片将上市。", "", "1"),
        (
            "[收购案](https://e.com/1)告吹：[声明](https://e.com/2)说得清楚。",
            "收购案告吹：声明说得清楚。",
            "",
            "1",
        ),
        (
            "某厂[宣布涨价](https://e.com/1)两成。客户称[难以接受](https://e.com/2)。",
            "某厂宣布涨价两成。",
            "客户称难以接受。",
            "1",
        ),
        ("某厂终于[开源了](https://e.com/1)。", "某厂终于开源了。", "", "1"),
    ],
)
def test_a_sentence_with_links_inside_is_the_title_and_stays_whole(
    line: str, title: str, rest: str, leads: str
) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert (item.title, item.url, plain(item.summary)) == (title, f"https://e.com/{leads}", rest)
    told = {item.url, *(link.url for link in item.links)}
    told |= {span.url for below in item.summary for span in below.spans}
    assert {f"https://e.com/{one}" for one in "12" if f"e.com/{one}" in line} <= told


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("剪枝 [论文](https://e.com/1) / [代码](https://e.com/2)", "剪枝"),
        ("**剪枝**：[论文](https://e.com/1)，一句。", "剪枝"),
        ("剪枝回顾 [论文](https://e.com/1)，一句。", "剪枝回顾"),
        ("引擎乙：[GitHub](https://e.com/1)", "引擎乙"),
        ("[剪枝](https://e.com/1)，一句。", "剪枝"),
        ("[剪枝](https://e.com/1)：一句[话](https://e.com/2)。", "剪枝"),
        ("[剪枝](https://e.com/1)（[代码](https://e.com/2)）", "剪枝"),
        ("[剪枝]()一句，见[甲](https://e.com/2)。", "剪枝一句，见甲。"),
    ],
)
def test_words_before_a_labelled_link_are_the_title_and_no_sentence(line: str, title: str) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert item.title == title


@pytest.mark.parametrize(
    ("line", "title", "summary"),
    [
        ("星图（https://example.com/s）：天文软件。", "星图", "天文软件。"),
        ("云雀 (https://example.com/s)：播客。", "云雀", "播客。"),
        ("Star (https://example.com/s): sky.", "Star", "sky."),
        ("Star (https://example.com/s) - sky.", "Star", "sky."),
        ("星图 2.0（ https://example.com/s ）：一、二：三。", "星图 2.0", "一、二：三。"),
        ("[新] 星图（https://example.com/s）：天文软件。", "星图", "天文软件。"),
    ],
)
def test_an_address_in_brackets_right_behind_a_name_is_its_link(line: str, title: str, summary: str) -> None:
    items = read(issue_of(f"- {line}", f"- {line}")).items
    assert [item.url for item in items] == ["https://example.com/s"] * 2
    assert (items[0].title, plain(items[0].summary), items[0].links) == (title, summary, ())


@pytest.mark.parametrize(
    "line", ["某厂：新品（https://example.com/s）发布", "某厂发布。星图（https://example.com/s）：天文软件"]
)
def test_one_inside_a_sentence_is_not(line: str) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert (item.title, item.url) == (line, None)


@pytest.mark.parametrize(
    ("line", "tag", "title"),
    [
        (
            "Chen et al., [Sparse everything](https://a.example), NeurIPS 2026",
            "Chen et al.",
            "Sparse everything",
        ),
        ("Müller & Søren: [Fast FFTs revisited](https://a.example)", "Müller & Søren", "Fast FFTs revisited"),
        (
            "2026-11-15 · [What a wafer costs](https://a.example) · SemiBlog",
            "2026-11-15",
            "What a wafer costs",
        ),
        ("11-15 | [晶圆的成本](https://a.example)", "11-15", "晶圆的成本"),
        ("**CSS-Tricks:** [Anchors everywhere](https://a.example)", "CSS-Tricks", "Anchors everywhere"),
        ("张三，李四：[一种新的剪枝方法](https://a.example)", "张三，李四", "一种新的剪枝方法"),
        ("2026年11月15日：[芯片](https://a.example)", "2026年11月15日", "芯片"),
        ("11-15 | [芯片](https://a.example)", "11-15", "芯片"),
        ("2026-11-15 [芯片](https://a.example)", "2026-11-15", "芯片"),
        ("**Nov 18** — [A new chip](https://a.example)", "Nov 18", "A new chip"),
        ("18 November: [A chip](https://a.example)", "18 November", "A chip"),
        ("11月15日 [芯片](https://a.example)", "11月15日", "芯片"),
        ("**MIT**：[显存减半的训练](https://a.example) #训练 #显存", "MIT", "显存减半的训练"),
    ],
)
def test_a_date_or_a_shorter_name_set_off_before_a_link_is_no_title(line: str, tag: str, title: str) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert (item.tags, item.title, item.url) == ((tag,), title, "https://a.example")


@pytest.mark.parametrize(
    ("line", "title", "source", "summary"),
    [
        ("腾讯 [TNN](https://a.example)：多平台", "腾讯 TNN", None, "多平台"),
        ("Meta [ExecuTorch 0.4](https://a.example) - on phones", "Meta ExecuTorch 0.4", None, "on phones"),
        ("华为 [昇思 MindSpore](https://a.example) | 知乎", "华为 昇思 MindSpore", "知乎", ""),
    ],
)
def test_a_name_and_a_longer_link_that_goes_on_with_it_are_the_title(
    line: str, title: str, source: str | None, summary: str
) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert (item.title, item.url, item.source) == (title, "https://a.example", source)
    assert plain(item.summary) == summary


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("某厂[宣布涨价](https://a.example)两成。", "某厂宣布涨价两成。"),
        ("低比特量化综述：[论文](https://a.example)", "低比特量化综述"),
        ("综述：[解读](https://a.example)", "综述"),
        ("作者的 [代码](https://a.example)", "作者的"),
        ("Sparse everything, [PDF](https://a.example)", "Sparse everything"),
        ("甲：[很长的一个题目](https://a.example)，[代码](https://b.example)", "甲"),
    ],
)
def test_words_before_a_shorter_link_or_in_a_sentence_with_one_are_the_title(line: str, title: str) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert (item.tags, item.title) == ((), title)


@pytest.mark.parametrize("mark", [":", " -", "：", " |"])
def test_a_name_behind_a_linked_address_is_its_title(mark: str) -> None:
    (item,) = read(issue_of(f"- <https://a.example/x>{mark} Fonts compared")).items
    assert (item.title, item.url, plain(item.summary)) == ("Fonts compared", "https://a.example/x", "")


def test_an_address_in_brackets_behind_words_is_no_broken_link() -> None:
    issue = read(issue_of("- A tour of /proc (https://a.example/x)"))
    assert [(item.title, item.url) for item in issue.items] == [("A tour of /proc", "https://a.example/x")]
    assert "unclosed-link" not in {warning.code for warning in issue.warnings}
    broken = read(issue_of("- 四比特量化(https://a.example/x)"))
    assert "unclosed-link" in {warning.code for warning in broken.warnings}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("@octo-dev's [fftlet](https://a.example)", "@octo-dev's fftlet"),
        ("某大学的[空间智能](https://a.example)", "某大学的空间智能"),
    ],
)
def test_what_a_possessive_stands_before_is_of_the_title(line: str, title: str) -> None:
    (item,) = read(issue_of(f"- {line}")).items
    assert (item.title, item.url, item.links) == (title, "https://a.example", ())
