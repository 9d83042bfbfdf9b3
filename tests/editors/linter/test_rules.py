"""The linter's rules: what is a slip, where exactly it stands, and what is none."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.digest.names import DigestNames
from bot.digest.profile import Profile
from bot.editors.linter import Linter, Saved, index_of
from bot.editors.linter.items import long_items
from bot.editors.linter.links import dropped_links, unclosed_links
from bot.editors.linter.rule import RuleContext
from bot.messages import Renderer
from bot.model import Cut, Item, MessageHabit, Packing, Section
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.corpus import CORPUS, needs_corpus
from tests.digest.shipped import issue_of, profile, topics
from tests.editors.linter.shipped import before, check, complete, draft, linter, mended, places
from tests.effort import cpu_at_most
from tests.nightly import nightly
from tests.test_floors import ROOT

ITEM = "- [四比特量化的新方法 | 某大学](https://example.com/four)\n摘要：四比特量化也不掉点。\n"


def codes(text: str, *, name: str = "2026-03-02.md", earlier: str = "") -> list[str]:
    return [finding.code.name for finding in check(text, name=name, earlier=earlier)]


def codes_of(*items: str) -> list[str]:
    return codes(complete("".join(items)))


def with_summary(summary: str) -> str:
    return complete(ITEM.replace("四比特量化也不掉点。", summary))


@pytest.mark.parametrize(
    ("code", "summary", "pointed_at"),
    [
        ("empty-link", "量化见[这里]()。", "[这里]()。"),
        ("empty-link", "量化见[](https://example.com/x)。", "[](https://example.com/x)。"),
        ("unclosed-link", "量化见[这里](https://example.com/x", "[这里](https://example.com/x"),
        ("unclosed-link", "量化见[这里]（https://example.com/x）。", "[这里]（https://example.com/x）。"),
        ("dropped-link", "量化见[这里](ftp://example.com/x)。", "ftp://example.com/x)。"),
        ("dropped-link", "量化见[这里](docs/four.md)。", "docs/four.md)。"),
        ("leftover", "四比特量化也不掉点。{{ page.title }}", "{{ page.title }}"),
        ("leftover", "TODO：补上四比特量化的数字。", "TODO：补上四比特量化的数字。"),
        ("loose-markup", "量化**也不掉点。", "**也不掉点。"),
        ("loose-markup", "量化`int8也不掉点。", "`int8也不掉点。"),
        ("loose-markup", "量化 **Quantization is cheap.", "**Quantization is cheap."),
        ("loose-bracket", "量化（也不掉点。", "（也不掉点。"),
        ("loose-bracket", "量化也不掉点】。", "】。"),
        ("loose-bracket", "量化“也不掉点。", "“也不掉点。"),
    ],
)
def test_a_slip_is_pointed_at(code: str, summary: str, pointed_at: str) -> None:
    assert places(with_summary(summary), code) == [pointed_at]
    assert codes(with_summary(summary)) == [code]


@pytest.mark.parametrize(
    "summary",
    [
        "量化见[这里](https://example.com/a_(b)?x=（1）)，也见[那里](<https://example.com/c d> '题目')。",
        "量化见 https://example.com/x 与 `[这里]()`，`{{ 变量 }}` 与 `**kwargs` 照写。",
        "量化要算 2**3 次，函数 f(**options) 也行，单独的 ** 留着，`a ** b` 也是。",
        "量化分两步：1）定点；2）校准；a）先看权重。",
        "量化（工具链 27）开始执行、且影响（某版 3）的：1）定点；2）校准。",
        "量化（半角收尾也算)，(半角开头也算）。",
        "“量化的第一段引文。\n“量化的第二段引文，到此为止。”",
        "量化写到最后也没人看_(:з」∠)_。",
        "量化用的《标题》与「引文」『书名』【标签】都成双。",
        "量化是 XXX 公司和 TODO 清单应用的事。",
        "量化了``两个反引号``的代码。",
    ],
)
def test_what_is_meant_is_no_slip(summary: str) -> None:
    assert codes(with_summary(summary)) == []


def test_what_is_no_content_is_not_looked_at() -> None:
    text = with_summary("量化也不掉点。\n\n```\n[空]()（\n```\n<!-- TODO： [空]( -->")
    assert codes("---\nlayout: '（'\n---\n\n" + text) == []
    assert codes(text + "\n## 往期回顾\n\n[上一期](../2026-02-16.md)（\n![码](qr.png)\n\n注：（\n") == []


def test_what_the_parser_leaves_out_is_not_looked_at_however_its_heading_is_written() -> None:
    below = "[上一期](../2026-02-16.md)（\n\n注：（\n"
    assert codes(with_summary("量化也不掉点。") + f"\n## 往期回顾：\n\n{below}") == []


def test_below_a_fence_that_nobody_closed_slips_are_found() -> None:
    text = (
        with_summary("量化也不掉点。\n\n```\n")
        + "\n- [三比特量化](https://example.com/3)\n摘要：量化[见]()。\n"
    )
    assert codes(text) == ["unclosed-fence", "empty-link"]


def test_a_comment_that_nobody_ended_hides_nothing_below_its_line() -> None:
    assert codes(with_summary("量化也不掉点。<!-- 注\n见[这里]()。")) == ["unclosed-comment", "empty-link"]
    assert codes(with_summary("量化也不掉点，写成 `<!-- 注`。")) == []


@pytest.mark.parametrize("tag", ["<b>", "</b>", "<span>", "<STRONG>"])
def test_half_a_tag_that_styles_words_is_told(tag: str) -> None:
    assert codes(with_summary(f"量化{tag}也不掉点。")) == ["loose-markup"]
    assert codes(with_summary("量化 List<Bool> 也不掉点，`<b>` 不算。")) == []


def test_references_of_numbers_and_tags_before_a_title_are_no_links_without_a_definition() -> None:
    assert codes(with_summary("量化也不掉点[1][2]。")) == []
    assert codes(with_summary("量化也不掉点，见[代码][code]。")) == ["undefined-link"]


def test_lines_of_cells_are_told_where_no_line_divides_them_and_one_line_is_none() -> None:
    assert codes(with_summary("量化也不掉点。\n\n| 模型 | 精度 |\n| 小 | 70 |")) == ["table-divider"]
    assert codes(with_summary("量化也不掉点。\n\n| 模型 | 精度 |\n|:-:|---|\n| 小 | 70 |")) == []
    assert codes(with_summary("量化也不掉点。\n\n| 只有 | 一行 |")) == []
    assert codes(with_summary("量化也不掉点。\n\n｜ 模型 ｜ 精度 ｜\n｜ 小 ｜ 70 ｜")) == ["table-divider"]


def test_a_table_without_its_line_of_dashes_is_told_no_dash_of_items() -> None:
    rows = "| 标题 | 来源 |\n| [四比特量化](https://example.com/a) | 甲大学 |\n| [量化](b) | 乙大学 |\n"
    assert "missing-dash" not in codes(complete(f"## 博文\n\n{rows}"))
    assert "table-divider" in codes(complete(f"## 博文\n\n{rows}"))


def test_a_table_without_its_line_of_dashes_is_mended_wherever_it_stands() -> None:
    rows = "| 标题 | 来源 |\n| [四比特量化](https://example.com/a) | 甲大学 |\n"
    assert "|---|---|" in mended(complete(f"## 博文\n\n{rows}"))
    assert "|---|---|" in mended(with_summary(f"量化也不掉点。\n\n{rows}"))


def test_front_matter_without_dashes_is_no_content() -> None:
    bare = Linter(read_profile(shipped("config"), "link-lists"), topics())
    text = "Title: Notes (2026-03-02\nNote: [x]()\n\n## News\n\n* [One](https://example.com/1)\n"
    made = bare.draft(Saved(text=text), path="1.md", name="2026-03-02.md", slug="2026-03-02")
    found = {finding.code.name for finding in bare.check(made, index_of([]))}
    assert not found & {"empty-link", "loose-bracket"}


@pytest.mark.parametrize("end", [")", ""])
def test_a_rule_looks_at_thousands_of_links_in_no_more_than_a_moment(end: str) -> None:
    scheme = "" if end else "https://example.com/"
    links = "".join(f"见[{n}]({scheme}docs/{n}.md{end}\n" for n in range(3000))
    made = draft(with_summary(f"量化\n{links}"))
    rule = dropped_links if end else unclosed_links
    context = RuleContext(
        profile=profile(),
        seen=index_of([]),
        messages=lambda *_: 1,
        whole=lambda _: (),
        candidates=lambda _: (),
    )
    with cpu_at_most(3):
        found = list(rule(made, context))
    assert [one.line for one in found[-3000:]] == list(
        range(made.issue.items[-1].line + 2, made.issue.items[-1].line + 3002)
    )


def test_a_link_may_be_closed_on_the_next_line() -> None:
    assert codes(with_summary("量化见[这里](https://example.com/x\n)。")) == []


def test_an_unknown_heading_names_the_nearest_known_one() -> None:
    (finding,) = check(complete(f"## 开源项日\n\n{ITEM}"))
    assert finding.message.endswith(": 开源项日; did you mean 开源项目?")
    (finding,) = check(complete(f"## 编辑部的故事\n\n{ITEM}"))
    assert "did you mean" not in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.com/a/?utm_source=x&id=1#top", "http://example.com/a?id=1"),
        ("https://example.com/a?x=1&y=2", "https://EXAMPLE.com/a?y=2&x=1&spm=3"),
        ("https://arxiv.org/abs/1812.00332", "https://arxiv.org/pdf/1812.00332v2.pdf"),
        ("https://arxiv.org/abs/1812.00332v1", "https://huggingface.co/papers/1812.00332"),
        ("https://doi.org/10.48550/arXiv.1812.00332", "http://export.arxiv.org/abs/1812.00332"),
        ("https://example.com/%E9%87%8F", "https://example.com/量"),
    ],
)
def test_addresses_of_one_page_are_the_same(one: str, other: str) -> None:
    first = f"- [量化第一条]({one})\n摘要：量化。\n"
    second = f"- [量化第二条]({other})\n摘要：量化。\n"
    assert codes_of(first, second) == ["repeated"]
    assert codes(complete(second), earlier=before(first)) == ["told-before"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/a", "https://example.org/a"),
        ("https://example.com/#/a", "https://example.com/#/b"),
        ("https://arxiv.org/abs/1812.00332", "https://arxiv.org/abs/1812.00333"),
    ],
)
def test_addresses_of_two_pages_are_not(one: str, other: str) -> None:
    assert (
        codes_of(f"- [量化第一条]({one})\n摘要：量化。\n", f"- [量化第二条]({other})\n摘要：量化。\n") == []
    )


def test_a_tag_names_a_paper() -> None:
    tagged = "- [CVPR 2020] [1812.00332] 量化第一条\n摘要：量化。\n"
    linked = (
        "- [量化第二条 | 某报](https://example.com/b)\n论文：https://arxiv.org/abs/1812.00332\n摘要：量化。\n"
    )
    (finding,) = check(complete(tagged + linked))
    assert finding.code.name == "repeated"
    assert finding.message.endswith("; see issues/2026-03-02.md:10")


def test_one_page_may_tell_of_two_papers() -> None:
    page = "https://example.com/two-papers"
    first = f"- [1812.00332] [量化第一篇]({page})\n摘要：量化。\n"
    second = f"- [1812.00333] [量化第二篇]({page})\n摘要：量化。\n"
    assert codes_of(first, second) == []


def test_further_links_may_be_shared() -> None:
    more = "代码：https://example.com/code\n文章：https://example.com/text\n"
    first = f"- [量化第一条](https://example.com/a)\n{more}摘要：量化。\n"
    assert codes_of(first, first.replace("/a", "/b")) == []


def changed(**changes: object) -> Linter:
    """The linter of the shipped digest with some of its habits changed."""
    values = profile().model_dump(mode="json", exclude_unset=True)
    return Linter(Profile.model_validate(values | changes), topics())


def codes_by(changed: Linter, text: str, *earlier: str) -> list[str]:
    """The codes found in the issue of 2 March; ``earlier`` are the texts of those in February."""
    made = changed.draft(Saved(text=text), path="2026-03-02.md", name="2026-03-02.md", slug="2026-03-02")
    slugs = [f"2026-02-{day:02}" for day in range(1, len(earlier) + 1)]
    before = [
        (slug, changed.issue(one.replace("2026-03-02", slug), slug=slug))
        for slug, one in zip(slugs, earlier, strict=True)
    ]
    return [one.code.name for one in changed.check(made, index_of([*before, (made.path, made.issue)]))]


def test_a_section_may_repeat_what_others_have_where_the_profile_says_so() -> None:
    text = complete(ITEM) + "\n## 推荐\n\n" + ITEM
    names = {"zh": "推荐", "en": "Picks"}
    slip, meant = (
        changed(
            sections={"picks": {"names": names, "headings": ["推荐"], "repeats": meant}},
            other_headings="usual",
        )
        for meant in (False, True)
    )
    assert codes_by(slip, text) == ["repeated"]
    assert codes_by(meant, text) == []
    earlier = "# 样刊 (2026-03-02)\n\n## 论文\n\n" + ITEM
    assert codes_by(slip, earlier.replace("论文", "推荐"), earlier) == ["told-before"]
    assert codes_by(meant, earlier.replace("论文", "推荐"), earlier) == []


def test_what_issue_after_issue_has_is_a_notice_and_no_repeat() -> None:
    text = complete(ITEM)
    assert "told-before" in codes_by(linter(), text, text)
    assert "told-before" not in codes_by(linter(), text, text, text)


@pytest.mark.parametrize("addresses", [("#one", "#two"), ("./#one", "./#two")])
def test_places_in_the_issue_itself_are_neither_repeats_nor_dropped(addresses: tuple[str, str]) -> None:
    items = [f"- [四比特量化第{url[-3:]}]({url})\n摘要：量化也不掉点。\n" for url in addresses]
    assert codes_of(*items) == []


def test_an_address_of_mail_that_readers_see_is_not_dropped() -> None:
    assert codes(with_summary("量化的问题请寄 <four@example.com>。")) == []
    assert codes(with_summary("量化的问题请[来信](mailto:four@example.com)。")) == ["dropped-link"]


def test_addresses_that_a_profile_could_complete_are_told_once() -> None:
    item = "- [四比特量化](https://example.com/{0})\n摘要：量化见[附录](/notes/{0})。\n"
    assert codes_of(*map(item.format, "abc")) == ["dropped-link"]
    assert codes_of(*map(item.format, "ab")) == ["dropped-link"] * 2


def begun(*begin: str) -> Linter:
    """The linter of a digest whose items begin so."""
    return changed(items={"begin": list(begin)})


def test_no_dash_is_missing_where_items_begin_otherwise() -> None:
    links = [f"[四比特量化 | 某报](https://example.com/{n})\n摘要：四比特量化也不掉点。" for n in range(3)]
    text = issue_of("\n\n".join(links))
    assert codes_by(begun("bullet"), text) == ["missing-dash"] * 3
    assert codes_by(begun("number"), text) == []
    assert codes_by(begun("bold", "bullet"), text) == ["missing-dash"]
    assert codes_by(begun("bold", "bullet"), text.replace("\n[", "\n-[")) == ["missing-dash"] * 3


def test_no_title_is_missing_where_the_profile_has_none() -> None:
    assert "no-title" in codes("样刊 (2026-03-02)\n")
    assert "no-title" not in codes_by(changed(title=None), "样刊 (2026-03-02)\n")


def test_a_section_whose_lines_the_profile_leaves_out_is_not_empty() -> None:
    text = complete(ITEM) + "\n## 博文\n\n本期由某公司赞助。\n"
    assert codes_by(changed(leave_out={"lines": ["本期由"]}), text) == []
    assert "empty-section" in codes_by(
        changed(leave_out={"headings": ["往期"]}), complete(ITEM) + "\n## 博文\n\n## 往期\n\n旧事。\n"
    )


def test_what_was_told_before_is_named_by_file_and_line() -> None:
    (finding,) = check(complete(ITEM), earlier=before(ITEM))
    assert finding.message == (
        "an earlier issue has the same address or paper: 四比特量化的新方法; see issues/2026-02-16.md:5"
    )
    later = complete(ITEM).replace("2026-03-02", "2026-02-02")
    assert codes(later, earlier=before(ITEM), name="2026-02-02.md") == []


@pytest.mark.parametrize(("slug", "found"), [("issue-9", True), ("issue-10", False), ("issue-11", False)])
def test_without_dates_the_numbers_in_names_tell_which_issue_came_before(slug: str, *, found: bool) -> None:
    undated = Linter(read_profile(shipped("config"), "numbered-paragraphs"), topics())
    text = "# 周刊\n\n## 科技动态\n\n1、[四比特量化](https://example.com/four)\n\n四比特量化也不掉点。\n"
    here = undated.draft(Saved(text=text), path="issue-10.md", name="issue-10.md", slug="issue-10")
    other = (f"{slug}.md", undated.issue(text, slug=slug))
    findings = undated.check(here, index_of([other, (here.path, here.issue)]))
    hints = [one.message for one in findings if one.code.name == "told-before"]
    assert [f"see {slug}.md:5" in hint for hint in hints] == ([True] if found else [])


def test_topics_that_hardly_fit_an_issue_are_told_once() -> None:
    links = [f"- [第{number}条](https://example.com/{number})\n摘要：昨天下雨了。" for number in range(3)]
    fitting = ITEM.replace("/four", "/f{}").rstrip()
    (finding,) = check(issue_of(fitting, *links))
    assert (finding.code.name, finding.line) == ("no-topic", 7)
    assert "第0条; 3 are like this" in finding.message
    more = [fitting.format(number) for number in range(7)]
    assert codes(issue_of(*more, *links)) == ["no-topic"] * 3
    assert codes(issue_of(*more[:2], *links[:2])) == ["no-topic"] * 2


def test_text_without_a_title_misses_no_topic() -> None:
    assert "no-topic" not in codes(
        complete("昨天下雨了。\n\n- [四比特量化](https://example.com/a)\n摘要：量化。\n")
    )


def test_an_item_without_topic_learns_which_comes_nearest() -> None:
    (finding,) = check(complete("- [一件小事](https://example.com/a)\n摘要：昨天下雨了。后来说到量化。\n"))
    assert finding.message.endswith(": 一件小事; quantization comes nearest, for 量化")


def test_what_follows_from_another_slip_is_not_told_beside_it() -> None:
    assert codes_of("- []()\n摘要：昨天下雨了。\n") == ["empty-link"]
    assert codes_of("- [一件小事](https://example.com/a)\n摘要：\n") == ["leftover"]


@pytest.mark.parametrize(
    ("text", "pointed_at"),
    [
        (
            "- [标题 | 来源](https://example.com/a)\n摘要：四比特量化。\n",
            ["标题 | 来源", "来源](https://example.com/a)"],
        ),
        ("- [四比特量化](https://xxx.com)\n摘要：四比特量化。\n", ["https://xxx.com)"]),
        ("- [四比特量化](链接)\n摘要：四比特量化。\n", ["链接)"]),
        ("- [四比特量化](https://example.com/a)\n摘要：xxx\n", ["xxx"]),
        ("- [四比特量化](https://example.com/a)\n摘要：摘要\n", ["摘要"]),
        ("- [四比特量化](https://example.com/a)\n标题：\n摘要：四比特量化。\n", ["标题："]),
    ],
)
def test_placeholders_of_a_template_are_found(text: str, pointed_at: list[str]) -> None:
    found = places(complete(text), "leftover")
    assert [place[: len(wanted)] for place, wanted in zip(found, pointed_at, strict=True)] == pointed_at
    assert set(codes_of(text)) == {"leftover"}


def test_a_lead_that_was_announced_and_not_written_is_left_over() -> None:
    lead = "> 导读：\n\n热身小新闻：\n\n- 某公司：发布了手机芯片。\n"
    assert codes(f"# 样刊 (2026-03-02)\n\n{lead}\n") == ["leftover"]
    assert codes(f"# 样刊 (2026-03-02)\n\n{lead.replace('导读：', '导读：本期一条。')}\n") == []


def test_flash_news_that_were_announced_and_do_not_follow_are_left_over() -> None:
    text = "# 样刊 (2026-03-02)\n\n先来几条热身小新闻：\n\n本期就到这里。\n"
    assert places(text, "leftover") == ["热身小新闻："]
    assert codes(text.replace("：\n", "：\n\n- 某公司：发布了手机芯片。\n")) == []


def test_the_date_in_the_file_name_is_compared() -> None:
    (finding,) = check("---\ndate: 2026-03-09\n---\n\n# 样刊\n", name="2026-03-02.md")
    assert (finding.code.name, finding.line, finding.column) == ("date-mismatch", 2, 7)
    assert codes("# 样刊\n", name="2026-03-02.md") == []
    assert codes("# 样刊 (2026-03-02)\n", name="2026-3-2.md") == []


@pytest.mark.parametrize(
    ("text", "name", "places"),
    [
        ("# 样刊 (2025-03-02)\n", "2026-03-02.md", [(1, 7)]),
        ("---\ndate: 2025-03-02\n---\n\n# 样刊 (2026-03-02)\n", "2026-03-02.md", [(2, 7)]),
        ("---\ndate: 2026-03-02\n---\n\n# 样刊 (2026-03-02)\n", "2026-03-02.md", []),
        ("# 样刊（2025）\n", "2026-03-02.md", [(1, 6)]),
        ("# 样刊 2025 年第 3 期\n", "2026-03-02.md", [(1, 6)]),
        ("# 样刊 2026 年第 3 期\n", "2026-03-02.md", []),
        ("# 样刊：2025 年终总结\n", "2026-03-02.md", []),
        ("# 样刊：回顾 (2025)，展望 (2026)\n", "2026-03-02.md", []),
    ],
)
def test_dates_and_years_that_disagree_are_told_wherever_they_stand(
    text: str, name: str, places: list[tuple[int, int]]
) -> None:
    findings = check(text, name=name)
    found = [(one.line, one.column) for one in findings if one.code.name == "date-mismatch"]
    assert found == places


@pytest.mark.parametrize(
    ("files", "name", "title", "told"),
    [
        ("{year}/issue-{number}.md", "2026/issue-12.md", "# 样刊 (2025-03-02)\n", 1),
        ("{year}/issue-{number}.md", "2026/issue-12.md", "# 样刊 (2026-03-02)\n", 0),
        ("{year}/{month}/issue-{number}.md", "2026/04/issue-12.md", "# 样刊 (2026-03-02)\n", 1),
        ("{year}/{month}/issue-{number}.md", "2026/03/issue-12.md", "# 样刊 (2026-03-02)\n", 0),
    ],
)
def test_what_a_path_says_of_year_and_month_is_compared(files: str, name: str, title: str, told: int) -> None:
    by_year = profile().model_copy(update={"files": files})
    one = Linter(by_year, topics())
    draft = one.draft(Saved(text=title), path=name, name=name, slug="x")
    findings = one.check(draft, index_of([(name, draft.issue)]))
    assert [finding.code.name for finding in findings].count("date-mismatch") == told


@pytest.mark.parametrize(
    ("summary", "excess"),
    [
        ("四比特量化也不掉点。" * 900, "it has 9000 characters"),
        ("四比特量化也不掉点。" * 405, "it takes 2 messages"),
        ("量化" + "[一](https://example.com/x)二" * 95, "it has 95 links"),
        ("量化" + f"[一](https://example.com/{'x' * 900})二" * 11, r"it takes \d messages"),
    ],
)
def test_an_item_too_long_says_by_how_much(summary: str, excess: str) -> None:
    (finding,) = check(with_summary(summary))
    assert finding.code.name == "long-item"
    assert re.search(f"; {excess}$", finding.message)


@nightly("issues made by hand are checked by day")
@needs_corpus
def test_an_item_that_is_not_made_a_message_of_would_have_been_one() -> None:
    made: list[Item] = []

    def messages(_: Section, item: Item) -> int:
        made.append(item)
        return 1

    context = RuleContext(
        profile=profile(), seen=index_of([]), messages=messages, whole=lambda _: (), candidates=lambda _: ()
    )
    renderer = Renderer(DigestNames(profile(), topics()), MessageHabit(pack=Packing.SECTION))
    for path in CORPUS[:20]:
        draft_of = draft(path.read_text("utf-8"), name=path.name)
        list(long_items(draft_of, context))
        passed_over = [item for item in draft_of.issue.items if item not in made]
        alone = (replace(draft_of.issue.sections[0], items=(item,)) for item in passed_over)
        issues = (replace(draft_of.issue, lead=(), flash=(), highlights=(), sections=(one,)) for one in alone)
        assert all(len(renderer.issue(issue, Cut(language="zh"))) == 2 for issue in issues)
    assert 0 < len(made) < 50


def test_an_item_that_just_fits_is_not_too_long() -> None:
    assert codes(with_summary("四比特量化也不掉点。" * 380)) == []


def test_findings_come_in_the_order_of_their_places() -> None:
    text = complete("- [量化](https://example.com/a)\n摘要：[甲]()（[乙]()\n\n- []()\n摘要：量化**。\n")
    found = check(text)
    assert [finding.place for finding in found] == sorted(finding.place for finding in found)
    assert len(found) == 5


def test_no_text_is_too_strange_for_the_rules() -> None:
    for text in (
        "",
        "\n",
        "---",
        "---\n",
        "#",
        "- ",
        "[",
        "(",
        "```",
        "<!--",
        "﻿",
        "\x0b\x0c\u2028",
        "| a |\n|--|",
    ):
        for finding in check(text):
            assert finding.line >= 1
            assert finding.column >= 1


@pytest.mark.parametrize("path", sorted((ROOT / "issues").glob("*.md")), ids=lambda path: path.stem)
def test_the_projects_own_issues_have_no_slips(path: Path) -> None:
    assert codes(path.read_text("utf-8"), name=path.name) == []


@nightly("issues made by hand are checked by day")
@needs_corpus
def test_what_people_wrote_and_published_has_few_slips() -> None:
    """Fewer than five a file, topics and pictures apart, and errors are rare."""
    paths = [path for path in CORPUS if path.parent.name == "embedded-ai"]
    found = [(path.name, one) for path in paths for one in check(path.read_text("utf-8"), name=path.name)]
    slips = [one for _, one in found if one.code.name != "no-topic"]
    assert len(slips) <= len(paths)
    assert len(found) <= 5 * len(paths)
    assert [one for _, one in found if one.code.level == "error"] == []
