"""What reaches nobody: a second reading of the file against all messages of its issue."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from bot.digest.names import DigestNames
from bot.digest.reader import IssueReader
from bot.editors.linter.untold import Untold, untold
from bot.messages import Renderer
from bot.model import Cut, Issue
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.corpus import CORPUS, SEEDS, needs_corpus
from tests.digest.shipped import GOLDEN, issue_of, profile, read, text_of, topics
from tests.digest.test_damage import PROFILES, cut_off, digest, lines_lost_doubled_and_swapped, shuffled
from tests.nightly import by_day, examples

ITEM = "- [四比特量化 | 某大学](https://example.com/four)\n摘要：四比特量化也不掉点。\n"
OTHER = "- [边缘推理](https://example.com/edge)\n代码：https://example.com/code\n摘要：推理快了。\n"


#: Not the one of HTML: what CommonMark takes for a block of it depends on the lines around.
MUTABLE = [text_of(path).encode() for path in GOLDEN if path.stem != "html"]


def missing(text: str, issue: Issue, told: Issue | None = None) -> list[Untold]:
    """What of a text is untold by the messages of ``told``, or of the issue itself."""
    messages = Renderer(DigestNames(profile(), topics())).issue(told or issue, Cut(language="zh"))
    return list(untold(text, issue, messages))


def without_last_item(issue: Issue) -> Issue:
    (section,) = issue.sections
    return replace(issue, sections=(replace(section, items=section.items[:-1]),))


def test_an_item_that_is_in_no_message_is_told_with_its_lines_words_and_addresses() -> None:
    text = issue_of(ITEM, OTHER)
    issue = without_last_item(read(text))
    title, summary, code = missing(text, issue)
    assert (title.line, title.words) == (8, ("边", "缘", "推", "理", "example.com/edge"))
    assert (summary.line, "".join(summary.words)) == (10, "推理快了")
    assert (code.line, code.words) == (9, ("代", "码", "example.com/code"))


def test_an_item_that_the_renderer_loses_is_told_too() -> None:
    text = issue_of(ITEM, OTHER)
    issue = read(text)
    assert {one.line for one in missing(text, issue, without_last_item(issue))} == {8, 9, 10}


@pytest.mark.parametrize("box", ["[ ]", "[x]", "[X]"])
@pytest.mark.parametrize("mark", ["-", "*", "1.", "  -"])
def test_the_box_of_a_task_is_no_text(box: str, mark: str) -> None:
    def of(mark: str) -> str:
        head = "# 简报 (2026-03-02)\n\n热身小新闻：\n\n- 某公司：发布了产品。\n"
        parts = (f"{mark} 子项", f"{mark} [推理](https://example.com/edge)")
        return f"{head}{parts[0]}\n\n## 论文\n\n{ITEM}{parts[0]}\n{parts[1]}\n摘要：快了。\n"

    text = of(f"{mark} {box}")
    issue = read(text)
    assert missing(text, issue) == []
    assert (issue.flash, issue.sections) == (read(of(mark)).flash, read(of(mark)).sections)


def test_nor_is_it_where_the_dash_is_another_or_missing() -> None:
    for mark in ("• ", "—", ""):
        text = issue_of(ITEM, f"{mark}[x] [推理](https://example.com/edge)", "摘要：快了。")
        issue = read(text)
        assert missing(text, issue) == []
        assert [(item.title, item.tags) for item in issue.items] == [("四比特量化", ()), ("推理", ())]


def test_a_word_counts_as_often_as_it_is_written() -> None:
    text = issue_of(ITEM, "再说四比特。")
    issue = read(text)
    assert missing(text, issue) == []
    assert [one.words for one in missing(f"{text}再说四比特。\n", issue)] == [("再", "说", "四", "比", "特")]


def test_words_that_run_on_behind_an_address_are_no_part_of_it() -> None:
    text = issue_of(ITEM)
    behind = f"{text}见https://example.com/four然后看下去\n"
    assert ["".join(one.words) for one in missing(behind, read(text))] == ["见然后看下去"]


DEEP = {
    "lists": "".join(f"{'  ' * depth}- 第{depth}层\n" for depth in range(1, 130)),
    "a line of bullets": f"{'- ' * 300}点\n",
    "a line of quotes": f"{'> ' * 300}引用\n> 再引用\n",
    "lists in quotes": f"{'> - ' * 150}都有\n",
    "numbers": f"{'1. ' * 200}数\n",
}


@pytest.mark.parametrize("deep", DEEP)
def test_what_is_nested_deeper_than_anybody_reads_is_told_and_so_is_all_below_it(deep: str) -> None:
    text = issue_of(ITEM, f"{DEEP[deep]}\n", OTHER)
    issue = read(text)
    assert missing(text, issue) == []
    assert [item.title for item in issue.items] == ["四比特量化", "边缘推理"]


@pytest.mark.parametrize("deep", DEEP)
def test_a_loss_below_what_is_nested_deep_is_found(deep: str) -> None:
    issue = read(issue_of(ITEM, OTHER))
    text = issue_of(ITEM, f"{DEEP[deep]}\n", OTHER)
    assert "example.com/edge" in {
        word for one in missing(text, without_last_item(issue)) for word in one.words
    }


@pytest.mark.parametrize(
    "line",
    [
        "开始于 12:00:00 -0000，不是表情",
        "<!-- 只给编辑看的话 -->",
        "注：个别链接打不开。",
        "![图片的名字](https://example.com/picture.png)",
        "好消息:tada:！",
        "见 https://example.com/:tada:/a，:fire::fire:",
        "这一段有属性。\n{: .note}",
        "```python\nx = 4\n```",
        "    缩进的一段 &amp; 其他",
        "见<a href=https://example.com/?a=1&b=2 target=_blank>这里</a>，用 <p> 与 <img> 排版。",
        '<video poster="https://example.com/p.jpg"><source src="https://example.com/v"></video>',
        '<picture><source srcset="https://example.com/1.webp 2x"><img src="https://example.com/2.png"></picture>',
        "见 https://example.com/a。",
        "见 www.example.com。",
        "地址：https://example.com/wiki/a_(b)",
        "[](https://example.com/x)没有字。",
        "<b>粗</b>体，3*3，__init__，List<Label>。",
        "[内网](http://localhost/x)打不开。",
        "ＡＩ　简报：全角字母。",
        "* TOC\n{:toc}",
        "看不\u200b见的 cre\u00adate 与[地址](https://example.com/in\u200b)。",
    ],
)
def test_what_is_told_in_another_form_or_left_out_on_purpose_is_no_loss(line: str) -> None:
    text = issue_of(ITEM, line)
    assert missing(text, read(text)) == []


@pytest.mark.parametrize(
    "line",
    [
        "- [甲](https://a.example) | **60** |",
        "- [甲](https://a.example) 说明 | 60",
        "- [甲](https://a.example) | 一 | 二",
        "- [[论文]](https://a.example) 通道剪枝",
        "- [[论文]](https://a.example) [通道剪枝 | 某站](https://b.example)",
        "### 量化\n- [甲](https://a.example)\n\n### 量化\n- [乙](https://b.example)",
        "**剪枝**\n-\n- \n",
        "见：\n\n-\n-",
        "- [甲](https://a.example)\n代码：？",
        "- [甲](https://a.example)\n项目:https://b.example\n项目:https://b.example\n摘要",
        "- 甲[^1]。\n\n[^1]: 见[^2]一文。\n[^2]: 第二个脚注。",
        "- 甲。\n\n[^1]: 这个脚注只提自己 [^1]。",
        "- https://()",
        "- [甲][a]\n摘要：见[乙][b]。\n\n[a]：https://a.example\n[b]: https://b.example",
        "- [甲](https://a.example)\n论文：论文地址：https://b.example\n摘要：摘要：乙。",
        "- [甲](https://a.example)\n论文：论文：https://b.example 代码：代码：c.example.com/d\n摘要：乙。",
        "- [甲](https://a.example)\n论文：题目\n地址：https://b.example\n代码：无\n项目：https://c.example",
        "- [甲](https://a.example)\n代码：https：//b.example/c\n项目：example.com/d（镜像）\n摘要：乙。",
        "- [甲][a]\n摘要：见[乙][b]。\n\n[a]: https://a.example “丙”\n[b]: https://b.example（丁）",
        "- [甲 | 丙] [a]\n摘要：见[乙] [b]。\n\n[a]: https://a.example\n[b]: https://b.example",
        "- [甲][a]\n\n[a]: https://a.example\n\n- [乙][a]\n\n[a]: https://b.example\n[c]: https://c.example",
        "- [甲 | 乙][丙] 丁\n- [戊][己]\n摘要：[庚][辛]",
        "<!-- 新 -->- [甲](https://a.example)\n<!--\n待核\n-->[乙](https://b.example)<!-- 丙 -->丁",
        "- [[甲](https://a.example)] 【[乙](https://b.example)】[丙 | 丁](https://c.example) 戊",
        "- | [甲](https://a.example) | 乙\n摘要：丙[^1]丁[^2]。\n\n[^1]：[戊](https://b.example)",
        "- 甲<!-- 只给编辑\n摘要：乙。",
        "- 甲\n\n```\nx<br>\n\n- [乙](https://b.example)\n<p>丙</p>",
    ],
)
@pytest.mark.parametrize("profile_name", PROFILES)
def test_marks_that_are_empty_doubled_or_in_an_odd_place_cost_no_word_beside_them(
    line: str, profile_name: str
) -> None:
    text = issue_of(ITEM, line)
    reader, renderer = digest(profile_name)
    issue = reader.read(text, slug="2026-03-02")
    assert list(untold(text, issue, renderer.issue(issue, Cut()))) == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_nothing_of_a_golden_issue_is_lost(path: Path) -> None:
    text = text_of(path).replace("\r\n", "\n").removeprefix("\ufeff")
    assert missing(text, read(text)) == []


@pytest.mark.parametrize("profile_name", PROFILES)
@pytest.mark.parametrize("seed", range(examples(20)))
def test_nothing_of_an_issue_is_lost_that_was_cut_or_shuffled(seed: int, profile_name: str) -> None:
    chance = random.Random(seed)  # noqa: S311  # the seed makes it repeatable
    mutation = chance.choice((cut_off, lines_lost_doubled_and_swapped, shuffled))
    data = mutation(chance.choice(MUTABLE), chance, b"")
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").removeprefix("\ufeff")
    reader, renderer = digest(profile_name)
    issue = reader.read(text, slug="2026-03-02")
    assert list(untold(text, issue, renderer.issue(issue, Cut()))) == []


@needs_corpus
@pytest.mark.parametrize(
    "name",
    by_day(
        1,
        ["embedded-ai", "numbered-paragraphs", "link-lists"],
        "all issues are tried with one profile by day",
    ),
)
def test_nothing_of_a_real_issue_is_lost_whatever_the_profile(name: str) -> None:
    habits = read_profile(shipped("config"), name)
    reader, renderer = IssueReader(habits, topics()), Renderer(DigestNames(habits, topics()))
    for path in (*CORPUS, *SEEDS):
        text = path.read_text("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
        issue = reader.read(text, slug=path.stem)
        messages = renderer.issue(issue, Cut(language=habits.language))
        assert list(untold(text, issue, messages)) == [], path.name
