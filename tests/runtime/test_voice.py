"""What the admin chat is told, in words: every kind of news, in both languages, without secrets."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.digest.names import DigestNames
from bot.messages import Renderer
from bot.model import LANGUAGES, DeliveryState, IssueEventKind, Language, News
from bot.reports.bulletin import Item, Phase
from bot.runtime.issue_news import WHAT as WHAT_OF_ISSUES
from bot.runtime.voice import Voice
from bot.settings import load
from tests.builders import NOON

SECRET = "515151:a-token"
SLUG = "2026-03-02"
LASTING = (Phase.BEGAN, Phase.ENDED, Phase.PASSED)
FINISHED: dict[str, str | int | bool] = {
    "slug": SLUG,
    "aim": "send",
    "sent": 117,
    "total": 120,
    "failed": 2,
    "skipped": 1,
    "uncertain": 1,
    "taken_back": False,
}
KINDS: dict[str, tuple[tuple[Phase, ...], dict[str, str | int | bool]]] = {
    "trouble": (LASTING, {"name": "source", "reason": f"<b> {SECRET} " + "x" * 9000}),
    "held": (LASTING, {"slug": SLUG, "why": "its title says 2026-02-02", "in_doubt": True}),
    "unscheduled": (LASTING, {"slug": SLUG, "why": "", "in_doubt": False, "off_its_day": True}),
    "restored": (LASTING, {"slug": "", "why": "", "in_doubt": False, "restored": True}),
    "too_long": (LASTING, {"slug": SLUG, "why": "", "in_doubt": False, "too_long": True}),
    "correction": (LASTING, {"slug": SLUG}),
    "losses": (LASTING, {"lost": 30, "active": 900}),
    "finished": ((Phase.HAPPENED,), FINISHED | {"seconds": 4000, "lost": 7, "unusual": True}),
    "moved": ((Phase.HAPPENED,), {"holder": "two 1", "before": "one 1"}),
    "clock": ((Phase.HAPPENED,), {"before": "2026-03-02 12:00 UTC", "after": "2026-03-02 13:00 UTC"}),
    "deliveries_expired": ((Phase.HAPPENED,), {"count": 1}),
    "issue_expired": ((Phase.HAPPENED,), {"slug": SLUG}),
    **{
        kind: ((Phase.HAPPENED,), {"kind": kind, "slug": SLUG, "file": f"{SLUG}.md", "why": f"x {SECRET}"})
        for kind in (one.value for one in IssueEventKind if one is not IssueEventKind.CHANGED)
    },
    "topic_gone": (LASTING, {"topic": "quantization", "followers": 10}),
    "unreadable": (LASTING, {"file": f"{SLUG}.md", "why": f"cannot be read ({SECRET})"}),
}
WHAT = {
    "unscheduled": "held",
    "too_long": "held",
    "restored": "held",
    **{kind.value: WHAT_OF_ISSUES for kind in IssueEventKind},
}
NAMED = {"unreadable": "file", "topic_gone": "topic"}


@pytest.fixture(scope="module")
def voice() -> Voice:
    shipped = load()
    return Voice(
        renderer=Renderer(DigestNames(shipped.profile, shipped.topics)),
        language="zh",
        zone=ZoneInfo("Asia/Shanghai"),
        clean=lambda text: text.replace(SECRET, "***"),
    )


def items() -> list[Item]:
    return [
        Item(news=News(key=what, what=WHAT.get(what, what), at=NOON, values=values), phase=phase, seconds=90)
        for what, (phases, values) in KINDS.items()
        for phase in phases
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", items(), ids=lambda item: f"{item.news.what} {item.phase}")
def test_each_kind_of_news_is_said_in_each_language_and_shows_no_secret(
    voice: Voice, item: Item, language: Language
) -> None:
    said = voice.message((item,), language, is_last=False).html
    assert said
    assert SECRET not in said
    assert len(voice.message((item,), language, is_last=True).html) > len(said)
    assert any("\u4e00" <= char <= "\u9fff" for char in said) is (language != "en")


@pytest.mark.parametrize(
    ("why", "ended"), [("a typo", "a typo. "), ("a typo?", "a typo? "), ("", "is held. ")]
)
def test_a_reason_that_ends_with_a_mark_gets_no_other(voice: Voice, why: str, ended: str) -> None:
    news = News(
        key=f"held:{SLUG}", what="held", at=NOON, values={"slug": SLUG, "why": why, "in_doubt": False}
    )
    said = voice.message((Item(news=news, phase=Phase.BEGAN),), "en", is_last=False).html
    assert f"{ended}/resume {SLUG}" in said


def test_an_issue_is_told_with_its_numbers(voice: Voice) -> None:
    (item,) = (one for one in items() if one.news.what == "finished")
    assert voice.message((item,), "en", is_last=False).html.splitlines() == [
        f"⚠️ <b>{SLUG}</b> went out: 117 of 120, in 67 min",
        f"2 failed: /deliveries {SLUG}, /retry {SLUG}",
        "1 skipped",
        f"1 uncertain: <code>jianbao deliveries {SLUG} --uncertain</code>",
        "7 stopped, blocked the bot or went away meanwhile, which is unusual",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("aim", "again"),
    [
        ("retract", f"<code>jianbao retract {SLUG}</code>"),
        ("correct", f"<code>jianbao publish {SLUG} --edit</code>"),
    ],
)
def test_what_failed_of_a_recall_or_a_correction_has_the_command_that_tries_it_again(
    voice: Voice, language: Language, aim: str, again: str
) -> None:
    news = News(
        key="x",
        what="finished",
        at=NOON,
        values=FINISHED | {"aim": aim, "seconds": 9, "lost": 0, "unusual": False},
    )
    said = voice.message((Item(news=news, phase=Phase.HAPPENED),), language, is_last=False).html
    (failed,) = (line for line in said.splitlines() if "/deliveries" in line)
    assert failed.endswith(again)
    assert "/retry" not in said


@pytest.mark.parametrize(("language", "nobody"), [("en", "to nobody: 40 of 40"), ("zh", "没有发给任何人")])
def test_an_issue_of_which_every_push_was_skipped_did_not_go_out(
    voice: Voice, language: Language, nobody: str
) -> None:
    values = FINISHED | {"sent": 0, "failed": 0, "skipped": 40, "total": 40, "seconds": 4000, "lost": 0}
    news = News(key="x", what="finished", at=NOON, values=values | {"unusual": False})
    said = voice.message((Item(news=news, phase=Phase.HAPPENED),), language, is_last=False).html
    assert nobody in said
    assert "✅" not in said


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "All pushes may go on; what is held by its own name stays held."),
        ("zh", "全部推送继续；单独暂停的仍在暂停。"),
    ],
)
def test_that_everything_may_go_on_is_said_of_everything(voice: Voice, language: Language, told: str) -> None:
    news = News(key="held:", what="held", at=NOON, values={"slug": ""})
    said = voice.message((Item(news=news, phase=Phase.ENDED),), language, is_last=False).html
    assert said == f"▶️ {told}"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_time_is_that_of_the_editors_clocks(voice: Voice, language: Language) -> None:
    reason = "the folder is gone; well again since 2026-03-02 16:05 UTC, and watched"
    news = News(key="trouble:source", what="trouble", at=NOON, values={"name": "source", "reason": reason})
    said = voice.message((Item(news=news, phase=Phase.PASSED, seconds=9),), language, is_last=False).html
    assert "03-02 20:00" in said
    assert "2026-03-03 00:05 (Asia/Shanghai)" in said
    assert "UTC" not in said


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Held no more: everything and 1 issue"), ("zh", "全部推送和 1 期不再暂停：")],
)
def test_everything_is_no_issue_where_several_are_let_go(voice: Voice, language: Language, told: str) -> None:
    some = tuple(
        Item(news=News(key=f"held:{slug}", what="held", at=NOON, values={"slug": slug}), phase=Phase.ENDED)
        for slug in (SLUG, "")
    )
    assert voice.message(some, language, is_last=False).html.splitlines()[0] == f"▶️ {told}"


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "The correction of 2026-03-02 waits for no decision"), ("zh", "更正不再等待决定")],
)
def test_a_correction_that_was_decided_is_not_told_as_done(
    voice: Voice, language: Language, told: str
) -> None:
    news = News(key="x", what="correction", at=NOON, values={"slug": SLUG})
    said = voice.message((Item(news=news, phase=Phase.ENDED),), language, is_last=False).html
    assert told in said
    assert "✅" not in said


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "went no further: 33 of 51 have all or a part of it; an operator left the rest out"),
        ("zh", "没有再发：33/51 个聊天已有全部或一部分，其余由管理员略过"),
    ],
)
def test_what_an_operator_left_out_is_told_with_how_many_have_a_part_of_it(
    voice: Voice, language: Language, told: str
) -> None:
    values = FINISHED | {"sent": 0, "failed": 0, "skipped": 51, "total": 51, "partly": 33, "left_out": 51}
    news = News(
        key="x",
        what="finished",
        at=NOON,
        values=values | {"uncertain": 0, "seconds": 40, "lost": 0, "unusual": False},
    )
    said = voice.message((Item(news=news, phase=Phase.HAPPENED),), language, is_last=False).html
    assert said.splitlines() == [f"⏭ <b>{SLUG}</b> {told}"]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "how long it took is not known"), ("zh", "时钟调过，用时不详")]
)
def test_that_nobody_knows_how_long_an_issue_took_is_said(
    voice: Voice, language: Language, told: str
) -> None:
    values: dict[str, str | int | bool | None] = {**FINISHED, "seconds": None, "lost": 0, "unusual": False}
    news = News(key="x", what="finished", at=NOON, values=values)
    assert told in voice.message((Item(news=news, phase=Phase.HAPPENED),), language, is_last=False).html


def test_an_issue_that_was_taken_back_on_its_way_did_not_go_out(voice: Voice) -> None:
    (item,) = (one for one in items() if one.news.what == "finished")
    news = replace(item.news, values={**item.news.values, "taken_back": True})
    said = [voice.message((replace(item, news=news),), one, is_last=False).html for one in ("zh", "en")]
    assert said[0].startswith(f"⚠️ <b>{SLUG}</b> 中途撤回，此前发到：117/120")
    assert said[1].startswith(f"⚠️ <b>{SLUG}</b> was stopped and taken back; it had come to 117 of 120")


def test_a_correction_that_was_taken_back_on_its_way_did_not_come_everywhere(voice: Voice) -> None:
    (item,) = (one for one in items() if one.news.what == "finished")
    news = replace(item.news, values={**item.news.values, "aim": "correct", "taken_back": True})
    said = [voice.message((replace(item, news=news),), one, is_last=False).html for one in ("zh", "en")]
    assert said[0].startswith(f"⚠️ <b>{SLUG}</b> 更正途中撤回，此前已更正：117/120")
    assert "was taken back while it was corrected; the correction had come to 117 of 120" in said[1]


def test_of_an_issue_that_was_taken_back_the_copies_that_stay_are_told(voice: Voice) -> None:
    (item,) = (one for one in items() if one.news.what == "finished")
    news = replace(item.news, values={**item.news.values, "aim": "retract"})
    look = f"<code>jianbao deliveries {SLUG} --uncertain</code>"
    said = [voice.message((replace(item, news=news),), one, is_last=False).html for one in ("zh", "en")]
    assert f"可能还留有一份的聊天 1：{look}" in said[0].splitlines()
    assert f"1 may still hold a copy: {look}" in said[1].splitlines()


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        (
            "/etc/bot.yml: source.git: https://git.example: is empty",
            "取不到各期的仓库",
            "The repository of issues",
        ),
        (
            "JIANBAO_SOURCE__GIT: https://git.example: is empty",
            "取不到各期的仓库",
            "The repository of issues",
        ),
        ("/etc/bot.yml: issues: /srv: cannot read the folder", "各期的文件夹有问题", "The folder of issues"),
    ],
)
def test_where_the_issues_come_from_is_called_what_it_is(voice: Voice, reason: str, zh: str, en: str) -> None:
    news = News(key="trouble:source", what="trouble", at=NOON, values={"name": "source", "reason": reason})
    began = Item(news=news, phase=Phase.BEGAN)
    assert zh in voice.message((began,), "zh", is_last=False).html
    assert en in voice.message((began,), "en", is_last=False).html


def test_how_long_a_trouble_lasted_is_told_truly(voice: Voice) -> None:
    news = News(key="trouble:telegram", what="trouble", at=NOON, values={"name": "telegram", "reason": ""})
    item = Item(news=news, phase=Phase.PASSED, seconds=74)
    said = [voice.message((item,), language, is_last=False).html for language in ("zh", "en")]
    assert "持续 74 秒" in said[0]
    assert said[1].endswith("for 74 s, and over now")


def test_many_are_summed_up_in_one_line(voice: Voice) -> None:
    for language in LANGUAGES:
        said = voice.message(tuple(items()), language, is_last=False).html
        assert "\n" not in said
        assert str(len(items())) in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("what", "phase"), [("held", Phase.BEGAN), ("issue_expired", Phase.HAPPENED), ("unreadable", Phase.BEGAN)]
)
def test_many_of_one_kind_are_named_in_one_message(
    voice: Voice, what: str, phase: Phase, language: Language
) -> None:
    values: dict[str, str | int | bool] = {"why": f"too long, {SECRET} " + "x" * 900, "in_doubt": True}
    batch = tuple(
        Item(
            news=News(key=slug, what=what, at=NOON, values=values | {NAMED.get(what, "slug"): slug}),
            phase=phase,
        )
        for slug in (f"2026-03-{day:02}" for day in range(1, 31))
    )
    said = voice.message(batch[:12], language, is_last=False).html
    assert all(item.news.key in said for item in batch[:12])
    assert ("jianbao publish" in said) is (what != "unreadable")
    assert SECRET not in said
    *_, rest = voice.message(batch, language, is_last=False).html.splitlines()
    assert "… 18 more" in rest or "还有 18 个" in rest or "還有 18 個" in rest


@pytest.mark.parametrize(("language", "names"), [("en", ("failed", "skipped")), ("zh", ("失败", "跳过"))])
def test_one_reason_of_deliveries_in_two_states_is_told_with_each(
    voice: Voice, language: Language, names: tuple[str, str]
) -> None:
    rows = {DeliveryState.FAILED: 3, DeliveryState.SKIPPED: 2}
    reasons = [(state, "the chat is gone", count) for state, count in rows.items()]
    said = voice.renderer.reply(
        "admin/deliveries",
        language,
        slug=SLUG,
        rows=rows,
        change=None,
        apart={DeliveryState.SENT: 4},
        uncertain=0,
        reasons=reasons,
    ).html
    assert said.splitlines()[-2:] == [
        f"• {names[0]} 3 × the chat is gone",
        f"• {names[1]} 2 × the chat is gone",
    ]


@pytest.mark.parametrize(
    ("why", "language", "told"),
    [
        ("", "en", f"{SLUG} is out and stays so; to take it back: "),
        ("archived", "en", f"{SLUG} is in the archive, sent to nobody, and stays so; to remove it: "),
        ("", "zh", f"{SLUG} 已发出，保持不变；要收回："),
        ("archived", "zh", f"{SLUG} 只在归档里，没有推送过，保持不变；要移除："),
    ],
)
def test_of_a_file_that_is_gone_it_is_told_whether_anybody_got_its_issue(
    voice: Voice, why: str, language: Language, told: str
) -> None:
    values = {"kind": "file_gone", "slug": SLUG, "file": f"{SLUG}.md", "why": why}
    item = Item(news=News(key="x", what=WHAT_OF_ISSUES, at=NOON, values=values), phase=Phase.HAPPENED)
    assert told in voice.message((item,), language, is_last=False).html
