"""Reasons that the bot found are told in Chinese where Chinese is told; what others said is quoted."""

import ast
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.delivery.job import RESENT
from bot.messages.reasons import phrasebook
from bot.messages.templating import TEMPLATES
from bot.model import (
    ASKED_FOR,
    CORRECTED_PART,
    EXPIRED,
    LEFT_OUT,
    MAY_BE_DOUBLE,
    MAY_BE_MISSING,
    NOT_SENT,
    NOT_TAKEN_BACK,
    NOTHING_LEFT,
    OFF_TOPIC,
    TOLD_WITH,
    WRITTEN,
)
from bot.model.subscriber import STOPPED
from bot.publishing.likeness import Copied
from bot.storage.faults import _ADVICE
from bot.storage.past import ASKED_BEFORE

ROOT = Path(__file__).parents[2] / "bot"
ROOMS = ("delivery", "pacing", "publishing", "runtime", "sources", "telegram_api")
MADE_BY = {"Hold", "Passed", "Problem"}  #: what has a reason and may be told in a chat
NAMES = {"reason", "why", "doubt"}
#: What is raised with a reason that a trouble or the ledger tells, and what then stands before it.
RAISED = {
    **dict.fromkeys(("NetworkError", "AnswerTimedOut", "AnswerLost", "TelegramError", "ProxyFailed"), ""),
    **dict.fromkeys(("Uncertain", "ChatMoved", "UpdatesTaken", "WebhookTaken", "TryLater"), ""),
    "SourceAway": "bot.yml: source.git: https://example.com: ",
}
DATABASE = "database: "  # so begins what is told of one that is open
FOR_LOGS = "left out, for it "  # what only the log has


def page(language: str) -> str:
    return (TEMPLATES / language / "reasons.j2").read_text("utf-8")


chinese = phrasebook(lambda: page("zh"))

RESTORED = "restored at 2026-03-04 12:00 UTC from a backup of 2026-03-02 12:00 UTC"
FULL = "database: database or disk is full; make room on it"
RESTORED_ZH = "数据库于 2026-03-04 12:00 UTC 由 2026-03-02 12:00 UTC 的备份恢复"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            "it is 57 messages, more than the 45 that were accepted, and its day is 2026-03-09",
            "共 57 条消息，超过认可的 45 条，发布日是 2026-03-09",
        ),
        (
            "it is 54 messages, more than publishing.most_messages (40), and its day is 2026-12-03",
            "共 54 条消息，超过 publishing.most_messages（40），发布日是 2026-12-03",
        ),
        (
            f"{FULL}; well again since 2026-03-02 12:00 UTC, and watched",
            "数据库：数据库或磁盘已满；请腾出空间；2026-03-02 12:00 UTC 起恢复，还在观察",
        ),
        (
            "the title says 2026-02-02, the file name 2026-03-02",
            "标题写的是 2026-02-02，文件名写的是 2026-03-02",
        ),
        (
            f"{RESTORED}; 2 pushes of 2026-03-02 were open in it and may have gone out since",
            f"{RESTORED_ZH}；备份时 2026-03-02 还有 2 次推送未完成，此后可能已发出",
        ),
        (
            str(Copied(slug="2026-03-02", same=9, items=10)),
            "10 条中有 9 条与 2026-03-02 相同",
        ),
        ("it tells what 2026-03-02 told, whose file is there too", "内容与 2026-03-02 相同，而它的文件还在"),
        (
            "its front matter says draft: maybe, which is neither true nor false",
            "front matter 里写着 draft: maybe，既不是真也不是假",
        ),
        (
            (
                "its front matter says publish_at: soon, which is no time; write 2026-03-02 08:30, perhaps"
                " with a zone such as +08:00 or Asia/Shanghai behind it"
            ),
            (
                "front matter 里写着 publish_at: soon，不是时间；请写成 2026-03-02 08:30，"
                "后面可加时区，如 +08:00 或 Asia/Shanghai"
            ),
        ),
        ("is no file but a pipe, a socket or a device", "不是文件，而是管道、套接字或设备"),
        ("the file name says 2026-13-45, which is no date", "文件名写的是 2026-13-45，没有这一天"),
        ("cannot be read (Permission denied)", "无法读取（没有权限）"),
        (
            "/etc/jianbao/bot.yml: issues: /srv/issues: cannot read the folder of issues (Permission denied)",
            "/etc/jianbao/bot.yml: issues: /srv/issues：无法读取各期的文件夹（没有权限）",
        ),
        (
            (
                "database: /srv/o.sqlite was moved or replaced while it was open; put the same file back,"
                " or restart the bot if another one is meant"
            ),
            "数据库：/srv/o.sqlite 打开期间被移走或替换；请放回原来的文件，如果本来就要换，请重启机器人",
        ),
        (
            "bot.yml: source.git: https://example.com: has no branch main (source.branch)",
            "bot.yml: source.git: https://example.com: 没有分支 main（source.branch）",
        ),
        (
            "bot.yml: source.git: /key cannot be read: Permission denied",
            "bot.yml: source.git: /key 无法读取：没有权限",
        ),
        (
            "9 were lost within a day (2 stopped, 7 deactivated), 1 came back, and 40 are active",
            "一天内流失 9 人（退订 2，注销 7），回来 1 人，现有 40 人",
        ),
        (
            (
                "the file of 2026-03-09 is away and the folder in which it lay empty: it does not come out;"
                " put the file back, or take the issue back with jianbao retract 2026-03-09"
            ),
            (
                "2026-03-09 的文件不在了，所在的文件夹是空的：不会发出。请放回文件，"
                "或用 jianbao retract 2026-03-09 撤回这一期"
            ),
        ),
        ("Connection refused; updates that wait: 2", "连接被拒绝；等待的更新：2"),
        ("Wrong response; updates that wait: 2", "Wrong response；等待的更新：2"),
        (
            "no connection to the proxy http://127.0.0.1:1 (Connection refused)",
            "连不上代理 http://127.0.0.1:1（连接被拒绝）",
        ),
    ],
)
def test_a_reason_is_told_with_all_its_parts(found: str, told: str) -> None:
    assert chinese(found) == told


@pytest.mark.parametrize("said", ["Conflict: terminated by other getUpdates request", "{oops}", "a typo", ""])
def test_what_others_said_stays_as_it_is(said: str) -> None:
    assert chinese(said) == said


def test_each_language_that_is_written_has_its_page_and_english_needs_none() -> None:
    pages = {one: phrasebook(partial(page, one)) for one in WRITTEN}
    assert pages["en"]("not approved") == "not approved"
    assert pages["zh"]("not approved") == "未批准"


def test_a_reason_within_a_reason_within_a_reason_comes_to_an_end() -> None:
    said = phrasebook(lambda: "x{reason} => y{reason}")
    assert said("x" * 50) == "yyyy" + "x" * 46


def test_a_page_is_read_once_and_not_before_a_reason_is_told() -> None:
    read: list[str] = []

    def opened() -> str:
        read.append("zh")
        return page("zh")

    say = phrasebook(opened)
    assert not read
    assert [say("not approved"), say("not approved")] == ["未批准", "未批准"]
    assert read == ["zh"]


def _texts(tree: ast.AST) -> Iterator[str]:
    """What is given as a reason in the code, with a 7 for each value."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), keywords=keywords) if name in MADE_BY:
                yield from (_text(one.value) for one in keywords if one.arg in NAMES)
            case ast.Call(func=ast.Name(id=name), args=[given, *_]) if name in RAISED and _text(given):
                yield RAISED[name] + _text(given)
            case ast.Call(func=ast.Name(id="StoreError" | "StoreBusy"), args=[given]):
                yield _text(given)
            case ast.Call(func=ast.Attribute(attr="begin"), args=[_, given]):
                yield _text(given)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in NAMES:
                yield _text(value)


def _text(value: ast.expr) -> str:
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) if isinstance(part, ast.Constant) else "7" for part in parts)
    return ""


def reasons() -> list[str]:
    found = {text for room in ROOMS for text in _texts_in(room) if " " in text}
    return sorted(found | {text for text in _texts_in("storage") if text.startswith(DATABASE)})


def _texts_in(room: str) -> Iterator[str]:
    for path in (ROOT / room).rglob("*.py"):
        yield from _texts(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("found", [one for one in reasons() if not one.startswith(FOR_LOGS)])
def test_each_reason_that_the_code_gives_is_told_in_chinese(found: str) -> None:
    assert chinese(found) != found


@pytest.mark.parametrize(
    "found",
    [
        *(NOT_SENT, OFF_TOPIC, ASKED_FOR, LEFT_OUT, CORRECTED_PART, MAY_BE_MISSING, MAY_BE_DOUBLE, STOPPED),
        *(NOTHING_LEFT, RESENT, EXPIRED, ASKED_BEFORE, f"{TOLD_WITH}2026-03-09", "taken back"),
        f"{NOT_TAKEN_BACK}can't be edited",
        "taken back, but for a part that nobody can find",
        "taken back, but for a copy that may stand there, which nobody can find",
        "given up: no connection in time",
    ],
)
def test_how_a_delivery_ended_is_told_in_chinese(found: str) -> None:
    assert re.search("[一-鿿]", chinese(found))
    assert not re.search("[a-z]{5}", re.sub("can't be edited", "", chinese(found)))


@pytest.mark.parametrize("advice", _ADVICE.values())
def test_each_advice_about_a_database_is_told_in_chinese(advice: str) -> None:
    assert advice not in chinese(f"database: disk is odd; {advice}")


def test_the_code_is_searched_where_reasons_are_made() -> None:
    assert len(reasons()) > 40
    assert {"no answer in time", "database: another process keeps it locked"} <= set(reasons())
