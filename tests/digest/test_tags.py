"""HTML in an issue is read by HTML's own rules; what is none is text, and nothing costs a title."""

import pytest

from bot.digest.parsing.parser import parse
from bot.digest.parsing.signs import is_ornament
from bot.model import Item, LineKind, plain
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.digest.shipped import issue_of, read

TITLE = "- [题目 | 某站](https://example.com/a)"


def item_of(*lines: str) -> Item:
    (item,) = read(issue_of(*lines)).items
    return item


def summary_of(*lines: str) -> str:
    return plain(item_of(TITLE, *lines).summary)


def addresses_of(*lines: str) -> list[str | None]:
    return [span.url for line in item_of(TITLE, *lines).summary for span in line.spans if span.url]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"https://e.com/v?id=7&region=cn&copy=1"', "https://e.com/v?id=7&region=cn&copy=1"),
        ('"https://e.com/v?a=1&amp;b=2"', "https://e.com/v?a=1&b=2"),
        ("'https://e.com/v?a=1&#38;lt=2&notit'", "https://e.com/v?a=1&lt=2&notit"),
        ("https://e.com/v", "https://e.com/v"),
        ("https://e.com/v?a=1&b=2 target=_blank", "https://e.com/v?a=1&b=2"),
        ('"https://e.com/a" title="see href=https://e.com/b"', "https://e.com/a"),
        ('"https://e.com/a" data-href="https://e.com/b" href="https://e.com/c"', "https://e.com/a"),
    ],
)
def test_an_attribute_is_read_as_browsers_read_it(written: str, meant: str) -> None:
    assert addresses_of(f"摘要：见<a href={written}>这里</a>。") == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "用法：tool <input> <output>，再 git clone <address>。",
        "类型是 List<Label>，也有 Map<Option> 与 Vec<Span>。",
        "写 <your-name> 或 <a-b>，设 <i-th> 项",
        "运行 cp <source> <target>，看 <time> 与 <title>",
        "填 <input file> 与 <a file>",
        "用 <img> 放图，<p> 分段，<h2> 起标题，</div> 结束",
        "<h3> 与 <blockquote> 都是标签",
        "加粗写 <b>，上标写 <sup>，列表项写 <li>",
        '没写完的 <a href="https://e.com/x>链接</a>',
    ],
)
def test_a_word_in_angle_brackets_is_text(text: str) -> None:
    assert summary_of(f"摘要：{text}") == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<label>姓名</label>与<time datetime='2026'>今天</time>", "姓名与今天"),
        ("<span>一</span><mark>二</mark><u>三</u>", "一二三"),
        ("<SPAN>一</SPAN><B>二</B>", "一二"),
        ("<p>一</p>二<br>三", "一\n二\n三"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<details><summary>一</summary>二\n\n三</details>", "一\n二\n三"),
        ("`<a>` 即 <a href='https://e.com/x'>一</a>", "<a> 即 一"),
        ('看<img alt="图的名字">', "看图的名字"),
        ("x<sup>2</sup>", "x^2"),
    ],
)
def test_a_tag_that_is_one_goes(html: str, text: str) -> None:
    assert summary_of(f"摘要：{html}") == text


@pytest.mark.parametrize(
    ("html", "addresses"),
    [
        ('<iframe src="https://e.com/embed/1" width="560"></iframe>', ["https://e.com/embed/1"]),
        ('<iframe\n  src="//e.com/embed/1"></iframe>', ["https://e.com/embed/1"]),
        ('<video src="https://e.com/v.mp4" controls></video>', ["https://e.com/v.mp4"]),
        (
            '<video controls>\n<source src="https://e.com/v.webm">\n<source src="https://e.com/v.mp4">\n</video>',
            ["https://e.com/v.webm"],
        ),
        ('<audio controls src="https://e.com/a.mp3"></audio>', ["https://e.com/a.mp3"]),
        ('<embed src="https://e.com/x">', ["https://e.com/x"]),
    ],
)
def test_what_a_chat_cannot_play_is_a_link(html: str, addresses: list[str]) -> None:
    assert addresses_of("摘要：录像：", "", html) == addresses


@pytest.mark.parametrize(
    ("html", "left_out"),
    [
        (
            '<video poster="https://e.com/p.jpg"><source src="https://e.com/1"><source src="/2.mp4"></video>',
            {"https://e.com/p.jpg", "/2.mp4"},
        ),
        (
            '<picture><source srcset="https://e.com/1.webp, https://e.com/2.webp 2x"><img src="https://e.com/3.png"></picture>',
            {"https://e.com/1.webp", "https://e.com/2.webp"},
        ),
        (
            '看<img srcset="//e.com/1.png 1x, https://e.com/2,0.png 2x" alt="景" longdesc="https://e.com/3">',
            {"https://e.com/2,0.png", "https://e.com/3"},
        ),
        (
            '甲<a href="https://e.com/1"><br></a>乙',
            {"https://e.com/1"},
        ),
        (
            '<object data="https://e.com/1" data-from="https://e.com/2"><embed src="//e.com/1"></object>',
            {"https://e.com/2"},
        ),
    ],
)
def test_an_address_in_a_tag_that_is_no_link_is_left_out_by_a_rule(html: str, left_out: set[str]) -> None:
    issue = read(issue_of(TITLE, "摘要：一。", "", html))
    assert {one.text for one in issue.left_out if one.rule == "address in a tag"} == left_out


def test_what_stands_over_a_link_in_html_is_left_out_by_a_rule() -> None:
    issue = read(issue_of(TITLE, '摘要：见<a href="https://e.com/x" title="提示">这里</a>。'))
    assert ("提示", "tooltip") in {(one.text, one.rule) for one in issue.left_out}


def test_a_break_in_a_cell_parts_its_words() -> None:
    item = item_of(TITLE, "摘要：表：", "", "| 模型 | 位宽 |", "|---|---|", "| 甲<br>乙 | 4<br/>8 |")
    (row,) = (line for line in item.summary if line.kind is LineKind.ROW)
    assert ["".join(span.text for span in cell) for cell in row.cells] == ["甲 乙", "4 8"]


def test_a_title_in_two_lines_is_one() -> None:
    item = item_of("- [甲<br>乙 | 某站](https://example.com/a)", "摘要：一。")
    assert (item.title, item.source, item.url) == ("甲 乙", "某站", "https://example.com/a")
    issue = read("# 样刊<br>(2026-03-02)\n\n## 论文<br/>\n\n- [题](https://example.com/a)\n摘要：一。\n")
    assert (issue.title, [section.slug for section in issue.sections]) == ("样刊 (2026-03-02)", ["papers"])


BADGE = "![徽章](https://img.example.com/b.svg)"


@pytest.mark.parametrize(
    "line",
    [
        f"- [{BADGE} 轻量推理库 | GitHub](https://example.com/a)",
        f"- [轻量推理库 {BADGE} | GitHub](https://example.com/a)",
        f"- {BADGE} [轻量推理库 | GitHub](https://example.com/a)",
        f"- [{BADGE}](https://example.com/ci) [轻量推理库 | GitHub](https://example.com/a)",
        f"- [轻量推理库 | GitHub](https://example.com/a) {BADGE}",
        '- <img src="https://img.example.com/b.svg" width="20"> [轻量推理库 | GitHub](https://example.com/a)',
        '- [<img src="https://img.example.com/b.svg"/> 轻量推理库 | GitHub](https://example.com/a)',
    ],
)
def test_a_badge_or_an_avatar_never_costs_the_title(line: str) -> None:
    item = item_of(line, "摘要：一句。")
    assert (item.title, item.source, item.url) == ("轻量推理库", "GitHub", "https://example.com/a")
    assert plain(item.summary) == "一句。"


@pytest.mark.parametrize(
    ("address", "ornament"),
    [
        ("https://img.shields.io/a/b", True),
        ("https://avatars.example.com/u/1?v=4", True),
        ("https://example.com/images/icons/unicode/1f.png", True),
        ("https://example.com/user-avatar.png", True),
        ("https://example.com/posts/new-emoji/cover.png", False),
        ("https://example.com/the-badge-of-honour/photo.jpg", False),
        ("https://example.com/silicon/iconic.png", False),
    ],
)
def test_the_address_of_a_picture_says_whether_it_is_an_ornament(address: str, *, ornament: bool) -> None:
    assert is_ornament(address) == ornament


SHIELD = "https://img.shields.io/badge/build-passing-green.svg"


@pytest.mark.parametrize(
    ("ornament", "url"),
    [
        (f"![build passing]({SHIELD})", SHIELD),
        (f"[![build passing]({SHIELD})](https://ci.example.com/a)", SHIELD),
        ("![octocat](https://avatars.example.com/u/1?v=4)", "https://avatars.example.com/u/1?v=4"),
        ("![party](https://example.com/emoji/1f389.png)", "https://example.com/emoji/1f389.png"),
        (
            '<img alt="Company logo" height="24px" src="https://example.com/l.png">',
            "https://example.com/l.png",
        ),
    ],
)
def test_an_ornament_is_a_link_of_its_item_and_no_picture(ornament: str, url: str) -> None:
    for lines in (
        ("- [轻量推理库](https://example.com/a)", ornament),
        (f"- {ornament} [轻量推理库](https://example.com/a)",),
        (f"- [轻量推理库](https://example.com/a) {ornament}",),
    ):
        item = item_of(*lines, "摘要：一句。")
        assert (item.title, item.url, item.picture) == ("轻量推理库", "https://example.com/a", None)
        assert url in [link.url for link in item.links]
        assert plain(item.summary) == "一句。"


def test_a_badge_that_is_all_of_a_title_names_it_and_leads_where_its_link_does() -> None:
    item = item_of(f"- [![轻量推理库]({SHIELD})](https://example.com/a)", "摘要：一句。")
    assert (item.title, item.url, item.picture) == ("轻量推理库", "https://example.com/a", None)


def test_a_picture_before_a_numbered_title_does_not_cost_it() -> None:
    text = "## Tools\n\n1、![new](https://example.com/n.gif) [Alpha](https://a.example)\n\nGood.\n"
    (item,) = parse(text, slug="x", profile=read_profile(shipped("config"), "numbered-paragraphs")).items
    assert (item.title, item.url) == ("Alpha", "https://a.example")
    assert [link.url for link in item.links] == ["https://example.com/n.gif"]


def test_a_heading_in_html_keeps_its_level_beside_a_picture() -> None:
    issue = read(
        f'# 样刊 (2026-03-02)\n\n<h2><img src="https://example.com/i.png"> 论文</h2>\n\n{TITLE}\n摘要：一。\n'
    )
    assert [section.heading for section in issue.sections] == ["论文"]


def test_a_picture_in_a_heading_does_not_part_it_from_its_section() -> None:
    issue = read(f"# {BADGE} 样刊 (2026-03-02)\n\n## {BADGE} 论文\n\n{TITLE}\n摘要：一。\n")
    assert (issue.title, [section.slug for section in issue.sections]) == ("样刊 (2026-03-02)", ["papers"])
    assert [item.title for item in issue.items] == ["题目"]
