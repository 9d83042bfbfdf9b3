"""What stands between the marks at the top of a file is read as its editor meant it, and never shown."""

import pytest

from bot.digest.parsing.parser import parse
from bot.model import Issue, plain
from tests.digest.shipped import profile, read
from tests.effort import lines_run

BODY = "\n\n## 论文\n\n- [一题 | 某大学](https://example.com/t1)\n摘要：一句。\n"


def top(*lines: str) -> Issue:
    return read("\n".join(lines) + BODY, slug="x")


def told(issue: Issue) -> tuple[str | None, str, list[int]]:
    return issue.title, str(issue.date), [note.line for note in issue.warnings]


@pytest.mark.parametrize(
    "lines",
    [
        ("+++", 'title = "样刊"', "date = 2026-11-20T08:00:00+08:00", "+++"),
        (
            "+++",
            "title = '样刊'",
            "date = 2026-11-20",
            'tags = [\n"a",\n"b"]',
            "[params]",
            'title = "x"',
            "+++",
        ),
        ("---", "title: 样刊", "date: 2026-11-20 08:00:00 +0800", "---"),
        ("---", "", "# written by a program", "title: '样刊'", "tags:", "- a", "date: 2026/11/20", "..."),
        ("{", '  "title": "样刊",', '  "tags": ["a", "b"],', '  "date": "2026-11-20T08:00:00Z"', "}"),
        ('{"Title": "样刊", "date": "2026-11-20"}',),
        ("", "{", '"date": "2026-11-20",', "", '"params": {"title": "x"},', '"title": "样刊"', "}"),
        ('{ "date": "2026-11-20",', '  "cover": {"image": null},', '  "title": "样刊"', "}"),
        ("{", '  "params": {', '    "title": "x"', "  },", '  "title": "样刊", "date": "2026-11-20"', "}"),
        ("---", "draft: false", "image: false", "cover: ~", 'Title: "样刊"', "date: 2026-11-20", "---"),
    ],
)
def test_keys_between_marks_are_front_matter(lines: tuple[str, ...]) -> None:
    issue = top(*lines)
    assert told(issue) == ("样刊", "2026-11-20", [])
    assert issue.lead == ()
    assert issue.items[0].line == sum(line.count("\n") + 1 for line in lines) + 4


@pytest.mark.parametrize(
    "lines",
    [
        ("{", '  "title": "样刊"', '  "date": "2026-11-20"', "}"),
        ("{", '  "colour": "red"', "}"),
        ("{{ page.title }}",),
        ("{样刊}", "二"),
        ("{", '  "title": "样刊"'),
    ],
)
def test_what_is_no_object_of_json_is_text(lines: tuple[str, ...]) -> None:
    issue = top(*lines)
    assert (issue.title, plain(issue.lead).split()) == (None, " ".join(lines).split())


@pytest.mark.parametrize("title", ["样刊: 第三期", "[周报] 样刊: 三", "@你: 样刊", "'tis: the season's end"])
def test_a_colon_in_a_title_without_quotes_is_part_of_it(title: str) -> None:
    assert told(top("---", f"title: {title}", "date: 2026-11-20", "---")) == (title, "2026-11-20", [])


@pytest.mark.parametrize(
    ("lines", "bad"),
    [
        (("---", "title: 样刊", 'author: "nobody', "date: 2026-11-20", "---"), 3),
        (("---", "title: 样刊", "date: 2026-11-20", "not a key", "---"), 4),
        (("---", "tags: [a, b", "title: 样刊", "date: 2026-11-20", "---"), 2),
        (("+++", 'title = "样刊"', "tags = [a, b]", "date = 2026-11-20", "+++"), 3),
        (("+++", "author = nobody", 'title = "样刊"', "date = 2026-11-20", "+++"), 2),
        (("---", "title: 样刊", "- 孤行", "date: 2026-11-20", "---"), 3),
        (("---", "title: 样刊", "  date 2026-11-21", "date: 2026-11-20", "---"), 3),
        (("---", "[x", "title: 样刊", "date: 2026-11-20", "---"), 2),
        (("+++", 'title = "样刊"', "- 孤行", "date = 2026-11-20", "+++"), 3),
        (("---", 'title: "样刊', "date: 2026-11-20", "---"), 2),
        (("---", "title: 样刊", "date: '2026-11-20", "---"), 3),
        (("+++", "title = 样刊", "date = 2026-11-20", "+++"), 2),
        (("+++", "title = '样刊", "date = 2026-11-20", "+++"), 2),
    ],
)
def test_a_line_that_cannot_be_read_costs_that_line_and_is_told(lines: tuple[str, ...], bad: int) -> None:
    issue = top(*lines)
    assert told(issue) == ("样刊", "2026-11-20", [bad])
    assert [note.code for note in issue.warnings] == ["front-matter"]


@pytest.mark.parametrize("title", ["*甲* 与 &乙", "&乙", "|甲", "> 甲", "[甲", '"甲" 与乙', "甲 \\n 乙"])
def test_what_follows_the_key_is_the_title_whatever_yaml_makes_of_it(title: str) -> None:
    assert top("---", f"title: {title}", "date: 2026-11-20", "---").title == title


def test_what_follows_the_key_is_the_title_whatever_toml_makes_of_it() -> None:
    assert top("+++", 'title = "样刊 C:\\data"', "date = 2026-11-20", "+++").title == "样刊 C:\\data"


@pytest.mark.parametrize(
    "lines",
    [
        ("---", "title:样刊", "date:2026-11-20", "---"),
        ("---", "Title：样刊", "Date： 2026-11-20", "---"),
        ("---", "title: 样刊", "\tdate: 2026-11-20", "---"),
        ("---", "  title: 样刊", "  date: 2026-11-20", "---"),
        ("---yaml", "title: 样刊", "date: 2026-11-20", "---  "),
        ("--- toml", 'title = "样刊"', "date = 2026-11-20", "---"),
        ("", "", "---", "title: 样刊", "date: 2026-11-20", "---"),
        ("---", "title: 样刊", "date: Fri, 20 Nov 2026", "---"),
        ("---", "title: 样刊", "date: 20 Nov 2026 08:00:00 +0800", "---"),
        ("---", "title: 样刊", "date: November 20, 2026", "---"),
        ("---", "title: 样刊", "date: 2026-11-20", "tags:", "", "- a", "---"),
    ],
)
def test_keys_are_read_however_they_are_spaced(lines: tuple[str, ...]) -> None:
    issue = top(*lines)
    assert told(issue) == ("样刊", "2026-11-20", [])
    assert (issue.lead, issue.items[0].line) == ((), len(lines) + 4)


def test_a_long_value_goes_on_in_an_indented_line() -> None:
    assert (
        top("---", "title: A title that", "  goes on", "date: 2026-11-20", "---").title
        == "A title that goes on"
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("---", "title: 样刊", "date: 2026-11-20"),
        ("---", "title: 样刊", "date: 2026-11-20", "", "正文。", "", "---"),
        ("---", "title: 样刊", "date: 2026-11-20", "", "- [甲](https://example.com/a)", "", "---"),
        ("+++", 'title = "样刊"', "date = 2026-11-20"),
    ],
)
def test_front_matter_that_nothing_ends_is_read_up_to_a_blank_line(lines: tuple[str, ...]) -> None:
    issue = top(*lines)
    assert (issue.title, str(issue.date)) == ("样刊", "2026-11-20")
    assert [(note.line, note.code) for note in issue.warnings] == [(1, "front-matter-open")]
    shown = plain(issue.lead) + "".join(plain(flash.text) for flash in issue.flash)
    assert shown == "".join(lines[4:5]).removeprefix("- [").removesuffix("](https://example.com/a)")


def test_a_heading_ends_front_matter_that_nothing_else_ends() -> None:
    issue = top("---", "title: 样刊", "date: 2026-11-20", "## 博文", "- [甲](https://example.com/a)")
    assert [section.heading for section in issue.sections] == ["博文", "论文"]


@pytest.mark.parametrize(
    "lines",
    [
        ("---", "", "导读：这一段在横线之间。", "", "---"),
        ("---", "", "导读：这一段在横线之间。", "另一行 https://example.com/x", "", "---"),
        ("---", "导读：这一段在横线之间。"),
        ("----", "导读：这一段在横线之间。", "----"),
        ("+++", "导读：这一段在横线之间。", "+++"),
        ("---", "Tip：这一段在横线之间。", "---"),
        ("---", "Note: 这一段在横线之间。", "", "正文"),
    ],
)
def test_text_between_two_rules_is_text(lines: tuple[str, ...]) -> None:
    issue = top(*lines, "", "# 样刊 (2026-11-20)")
    assert "这一段在横线之间。" in plain(issue.lead)
    assert (issue.title, [note.code for note in issue.warnings]) == ("样刊 (2026-11-20)", [])


def test_a_picture_may_be_said_by_several_keys() -> None:
    assert top("---", "title: x", "cover:", "  image: https://example.com/c.png", "---").picture == (
        "https://example.com/c.png"
    )


def test_a_date_in_front_matter_is_read_however_the_digest_writes_its_dates() -> None:
    named = profile().model_copy(update={"date": r"(?P<month>[A-Z][a-z]+) (?P<day>\d+), (?P<year>\d{4})"})
    assert str(parse("---\ntitle: x\ndate: 2026-11-20\n---\n", slug="x", profile=named).date) == "2026-11-20"


@pytest.mark.parametrize(
    "line", ["样刊 (2026-11-20)", "**样刊** 2026年11月20日", "2026-11-20 样刊", "样刊：2026.11.20"]
)
def test_one_line_with_a_date_between_two_rules_is_the_title(line: str) -> None:
    issue = top("---", line, "---", "", "导读：这一段在下面。")
    assert (issue.title, str(issue.date)) == (line.replace("**", ""), "2026-11-20")
    assert (plain(issue.lead), issue.warnings) == ("这一段在下面。", ())


@pytest.mark.parametrize(
    "lines",
    [
        ("---", "写于 2026-11-20", "---", "# 样刊 (2026-11-20)"),
        ("# 样刊 (2026-11-20)", "", "---", "写于 2026-11-20", "---"),
        ("---", "自 2026-11-20 起每周一期。", "---", "", "# 样刊 (2026-11-20)"),
        ("---", "写于 2026-11-20", "共两行", "---", "", "# 样刊 (2026-11-20)"),
    ],
)
def test_a_line_between_two_rules_is_no_title_where_there_is_one(lines: tuple[str, ...]) -> None:
    issue = top(*lines)
    assert (issue.title, "2026-11-20" in plain(issue.lead)) == ("样刊 (2026-11-20)", True)


def test_thousands_of_brackets_inside_brackets_are_not_followed_down() -> None:
    """For each of them YAML's parser would look at all: seconds for five thousand."""
    few, many = (f"---\nx: {'[' * count}{']' * count}\n---" for count in (60, 4000))
    assert lines_run(lambda: top(many)) <= 2 * lines_run(lambda: top(few))


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (("---", "draft: true", "title: 样刊", "draft: false", "---"), 4),
        (("---", "title: 样刊: 一", "draft: true", "draft: false", "---"), 4),
        (("---", "Draft: true", "title: 样刊", "draft: false", "---"), 4),
        (("---", "tags: [a]", "title: 样刊", "title: 别的", "---"), 4),
        (("+++", "draft = true", "draft = false", "+++"), 3),
        (("{", '"draft": true,', '"title": "样刊",', '"draft": false', "}"), 4),
        (("---", "草稿：是", "title: 样刊", "草稿：否", "---"), 4),
    ],
)
def test_a_key_that_is_there_twice_with_different_values_is_told(lines: tuple[str, ...], at: int) -> None:
    issue = top(*lines, "", "# 样刊 (2026-11-20)")
    assert [(note.line, note.code) for note in issue.warnings] == [(at, "repeated-key")]


@pytest.mark.parametrize(
    "lines",
    [
        ("---", "draft: true", "title: 样刊", "draft: true", "---"),
        ("---", "draft: true", "params:", "  draft: false", "---"),
        ("+++", "draft = true", "[params]", "draft = false", "+++"),
        ("{", '"draft": true,', '"params": {"draft": false}', "}"),
    ],
)
def test_a_key_that_says_the_same_or_is_another_part_s_is_not_told(lines: tuple[str, ...]) -> None:
    assert top(*lines, "", "# 样刊 (2026-11-20)").warnings == ()


def test_the_number_of_an_issue_is_no_comment() -> None:
    """YAML takes all behind `` #`` for one."""
    issue = read(
        "---\ntitle: 端侧观察 #12\ndate: 2026-03-02 # the day\n---\n\n## 论文\n\n- [甲](https://a.example)\n"
    )
    assert told(issue)[:2] == ("端侧观察 #12", "2026-03-02")
    assert not [warning for warning in issue.warnings if warning.code == "front-matter"]
