"""An issue whose title or first comment says that it is not to be sent is held."""

from datetime import date

import pytest

from bot.digest.said_release import said_release, unclear_lines
from bot.model import Release
from tests.digest.shipped import profile
from tests.digest.test_said_release import DAY, SHANGHAI

REST = "\n\n## 论文\n\n- [甲](https://example.com/1)\n摘要：一句。\n"
TITLE = "# 样刊 (2026-03-02)"


def said(text: str) -> Release:
    return said_release(text + REST, profile(), SHANGHAI, day=DAY)


def lines(text: str, day: date = DAY) -> list[int]:
    return [line for line, _ in unclear_lines(text + REST, profile(), SHANGHAI, day=day)]


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "（草稿，勿发）",
            "(草稿)",
            "【草稿】",
            "[WIP]",
            "（请勿发送）",
            "（先别发）",
            "（未完成，先别发）",
            "（DRAFT）",
        ),
        *(
            "(draft, do not send)",
            "[Draft v2]",
            "（暂时不要推送）",
            "(work in progress)",
            "（草稿-待审核）",
            "(not ready yet)",
        ),
        *(
            "（勿发！）",
            "（测试，请勿外发）",
            "(Don’t publish yet)",
            "〔草稿 3〕",
            "（草稿 勿发）",
            "（此期先别发布）",
        ),
    ],
)
def test_a_title_that_says_not_to_send_it_is_in_doubt(mark: str) -> None:
    for title in (f"{TITLE}{mark}", f"# {mark} 样刊 (2026-03-02)", f"# 样刊{mark} (2026-03-02)"):
        assert said(title) == Release(
            doubt=f"its title says {mark}, which is what one writes of an issue that is not to be sent"
        )
        assert lines(f"\n{title}") == [2]
    assert lines(f"---\nlayout: post\ntitle: 样刊{mark}\n---\n\n{TITLE}") == [3]


@pytest.mark.parametrize(
    ("front", "note"),
    [
        *(("WIP: ", "WIP"), ("草稿：", "草稿"), ("DRAFT - ", "DRAFT"), ("Draft | ", "Draft")),
        *(("勿发——", "勿发"), ("**草稿**：", "草稿"), ("先别发：", "先别发"), ("Draft v2 – ", "Draft v2")),
        *(("Do not send: ", "Do not send"), ("[WIP]: ", "[WIP]")),
    ],
)
def test_a_title_that_begins_with_such_words_is_in_doubt(front: str, note: str) -> None:
    title = f"{front}样刊 (2026-03-02)"
    why = f"its title says {note}, which is what one writes of an issue that is not to be sent"
    assert said(f"# {title}") == Release(doubt=why)
    assert lines(f"\n# {title}") == lines(f"\n{title}\n=====") == [2]
    assert lines(f'---\nlayout: post\ntitle: "{title}"\n---\n\n{TITLE}') == [3]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "WIP 未完成，先别发",
            "草稿",
            "draft",
            "WIP",
            "勿发",
            "待审核",
            "未定稿",
            "do not publish yet",
            "初稿，待校对",
        ),
        *(
            "TODO",
            "status: draft",
            "编辑中",
            "暂不发布",
            "还不发",
            "pending review",
            "本期未完成",
            "this is a draft",
        ),
        *("草稿！！！", "in progress", "not final"),
    ],
)
def test_a_comment_at_the_top_that_says_so_is_in_doubt(words: str) -> None:
    for text in (
        f"<!-- {words} -->\n\n{TITLE}",
        f"{TITLE}\n<!--{words}-->",
        f"{TITLE}\n\n<!-- x -->\n<!--\n{words}\n-->",
    ):
        assert said(text) == Release(
            doubt=f"a comment at its top says {words}, "
            "which is what one writes of an issue that is not to be sent"
        )
    assert lines(f"---\nlayout: post\n---\n<!-- {words} -->\n{TITLE}") == [4]
    assert said(f"[//]: # ({words})\n\n{TITLE}").doubt


@pytest.mark.parametrize(
    "title",
    [
        *(
            "（未发布）",
            "（审核中）",
            "（暂不发布）",
            "（欧盟法案草案）",
            "(NFL Draft)",
            "（草稿纸）",
            "（待续）",
            "（上）",
        ),
        *(
            "（第 376 期）",
            "(2026-03-02)",
            "（不推荐）",
            "（发布）",
            "（测试版）",
            "（内部）",
            "(in progress)",
            "（初稿）",
        ),
        *("（草稿由编辑部提供）", "[WIP](https://example.com/wip)", "（别发呆）", "：草稿一词的由来"),
    ],
)
def test_a_title_about_something_else_is_in_no_doubt(title: str) -> None:
    assert said(f"{TITLE}{title}") == Release()


@pytest.mark.parametrize(
    "title",
    [
        *("NBA Draft: 2026-03-02", "草稿纸：样刊", "未发布：样刊 (2026-03-02)", "样刊：草稿箱里的故事"),
        *("Drafty: 2026-03-02", "WIP-Ltd 样刊 (2026-03-02)", "Draft-2026 样刊 (2026-03-02)"),
    ],
)
def test_a_title_that_begins_with_something_else_is_in_no_doubt(title: str) -> None:
    assert said(f"# {title}") == Release()


@pytest.mark.parametrize(
    "words",
    [
        *(
            "草稿由 AI 生成，人工校对",
            "本期草稿见 issues/12",
            "more",
            "已定稿",
            "draft: false",
            "勿删此行",
            "不发朋友圈",
        ),
        *(
            "未完待续",
            "TODO: 补一张图",
            "草稿已删",
            "the draft of the EU law is item 3",
            "toc",
            "已审核",
            "模板 v2",
        ),
        *(
            "发布前请检查链接",
            "由脚本生成，请勿修改",
            "do not edit",
            "markdownlint-disable",
            "置顶",
            "2026-03-02",
        ),
    ],
)
def test_a_comment_about_something_else_is_in_no_doubt(words: str) -> None:
    for text in (f"<!-- {words} -->\n\n{TITLE}", f"{TITLE}\n\n<!-- {words} -->"):
        assert said(text) == Release()


def test_a_comment_further_down_is_of_what_stands_there() -> None:
    assert said(f"{TITLE}\n\n导语。\n\n<!-- 草稿 -->") == Release()
    assert said(f"{TITLE}{REST}<!-- WIP -->\n- [乙](https://example.com/2)（草稿）") == Release()


TORN = ("<<<<<<< HEAD", "- [甲](https://a.example)", "=======", "- [乙](https://a.example)", ">>>>>>> fix")


def test_a_text_with_a_merge_that_nobody_finished_is_in_doubt_unless_it_is_code() -> None:
    text = "\n".join((TITLE, "", *TORN))
    why = "it holds <<<<<<< HEAD, which is the mark of a merge that nobody has finished"
    assert said(text) == Release(doubt=why)
    assert lines(text) == [3]
    assert said("\n".join((TITLE, "", "```", *TORN, "```"))) == Release()
    assert said("\n".join((TITLE, "", "````", "```", *TORN, "```", "````"))) == Release()
    assert said("\n".join((TITLE, "", "标题", "=======", "", ">>>>>>> x"))) == Release()


@pytest.mark.parametrize(
    "line", ["time: 7.30", "time: 7.30 Uhr", "时间: 20.30", "time: 早上", "date: 2026-03-02 晚上"]
)
def test_an_hour_that_is_not_understood_holds_the_issue(line: str) -> None:
    day = "" if line.startswith("date") else "date: 2026-03-02\n"
    assert said(f"---\n{day}{line}\n---\n\n{TITLE}").doubt


@pytest.mark.parametrize("line", ["time: 5 min", "time: v1.2", "date: 2026.03.02", "reading_time: 7.30"])
def test_what_is_no_hour_holds_nothing(line: str) -> None:
    assert said(f"---\n{line}\n---\n\n{TITLE}").doubt is None
