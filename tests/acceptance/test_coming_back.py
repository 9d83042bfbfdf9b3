"""Coming back: what was missed is told once, and comes as headlines or issue by issue."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.model import Destination, Interests, Purpose, SubscriberState
from bot.runtime.clock import utc_now
from bot.sandbox import Message, Person
from bot.settings.sections import ReadingSettings
from bot.storage import ImportRow, Storage
from tests.acceptance.world import ADA, ISSUE, LIN, World, make_world
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

WHOLE = 5  # messages of the test issue
LINS, ADAS = range(2001, 2101), range(3001, 3021)
DAYS = ("2026-02-02", "2026-02-16", "2026-03-02")
LINES = "2026-03-02、2026-02-16、2026-02-02"


async def missed_by(storage: Storage, chat: int, count: int) -> None:
    """Until a chat has missed so many issues: each once it is planned for everyone."""
    yesterday, tomorrow = utc_now() - timedelta(days=1), utc_now() + timedelta(days=1)

    async def missed() -> bool:
        found = await storage.missed_issues.of(Destination(chat), since=yesterday, until=tomorrow, limit=9)
        return found.total >= count

    await until(missed)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A running bot with an old issue, and three that came out while everybody had stopped."""
    chinese = (Person(id=one, first_name="小林", language_code="zh-hans", started=True) for one in LINS)
    english = (Person(id=one, first_name="Ada", language_code="en", started=True) for one in ADAS)
    async with make_world(tmp_path_factory.mktemp("archive"), people=(*chinese, *english)) as world:
        world.write("2025-11-03")
        people = [(one, "zh") for one in LINS] + [(one, "en") for one in ADAS]
        async with world.bot(), world.storage() as storage:
            rows = [
                ImportRow(chat_id=one, language="zh" if lang == "zh" else "en", state=SubscriberState.STOPPED)
                for one, lang in people
            ]
            await storage.subscribers.import_rows(rows, utc_now() - timedelta(days=1))
            for day in DAYS:
                world.write(day)
            await missed_by(storage, LINS[0], len(DAYS))
            yield world


@pytest.fixture(scope="module")
def lins() -> Iterator[int]:
    return iter(LINS)


@pytest.fixture
def lin(lins: Iterator[int]) -> int:
    """The chat of one who had stopped, and missed three issues."""
    return next(lins)


@pytest.fixture(scope="module")
def adas() -> Iterator[int]:
    return iter(ADAS)


@pytest.fixture
def ada(adas: Iterator[int]) -> int:
    """The same in English."""
    return next(adas)


def labels(message: Message) -> list[str]:
    """The buttons, but for those of the row that keeps items and passes them on."""
    return [button.text for button in message.buttons if button.text not in {"☆", "↗", "👍", "👎"}]


async def follow(world: World, chat: int, *topics: str) -> None:
    async with world.storage() as storage:
        about = Interests(topics=topics)
        await storage.subscribers.change_cut(
            Destination(chat), lambda cut: cut.about(about, excluded=cut.excluded), utc_now()
        )


async def set_state(world: World, chat: int, state: SubscriberState) -> None:
    async with world.storage() as storage:
        await storage.subscribers.set_state(Destination(chat), SubscriberState.ACTIVE, utc_now())
        await storage.subscribers.set_state(Destination(chat), state, utc_now())


@pytest.mark.parametrize("words", ["/catchup", "错过了什么", "What did I miss?"])
async def test_catchup_counts_what_was_missed_and_offers_it(archive: World, lin: int, words: str) -> None:
    (told,) = await archive.said(lin, words)
    assert f"你错过了 3 期：12 条。\n\n{LINES}" in told.text
    assert labels(told) == ["📋 这 12 条的标题", "📬 逐期发来", "不用了"]


async def test_catchup_counts_what_is_on_the_readers_topics(archive: World, lin: int, ada: int) -> None:
    for chat in (lin, ada):
        await follow(archive, chat, "quantization")
    (told,) = await archive.said(lin, "/catchup")
    assert "3 期：12 条，6 条是你关注的。" in told.text
    assert labels(told)[0] == "📋 这 6 条的标题"
    (told,) = await archive.said(ada, "/catchup")
    assert "you missed 3 issues: 12 items, 6 on your topics." in told.text
    assert labels(told) == ["📋 6 headlines", "📬 One by one", "No"]


async def test_headlines_are_a_list_with_pages_that_stays_what_it_was(archive: World, lin: int) -> None:
    await follow(archive, lin, "quantization")
    (told,) = await archive.said(lin, "/catchup")
    (page,) = await archive.tapped(told, "标题", answers=1)
    assert page.text.startswith(
        "📋 错过的，你关注的 · 6 条\n\n1. 四比特量化的新方法\n2026-03-02 · 论文 · 知乎"
    )
    assert "剪枝" not in page.text
    await archive.tapped(told, "逐期", answers=9)
    await archive.tapped(page, "后面 ▸")
    page = await archive.rewritten(page)
    assert "6. 量化工具箱发布\n2026-02-02" in page.text
    (item,) = await archive.tapped(page, "6", answers=1)
    assert "2026-02-02" in item.text
    await archive.tapped(item, "◂")
    assert "四比特" in (await archive.rewritten(item)).text


async def test_all_headlines_are_listed_where_none_is_on_the_readers_topics(archive: World, lin: int) -> None:
    await follow(archive, lin, "gpu")
    (told,) = await archive.said(lin, "/catchup")
    assert "12 条，0 条是你关注的" in told.text
    (page,) = await archive.tapped(told, "这 12 条的标题", answers=1)
    assert page.text.startswith("📋 错过的 · 12 条\n\n1. 晶圆代工价格上调")


async def test_one_by_one_sends_the_oldest_first_and_once(archive: World, lin: int) -> None:
    await follow(archive, lin, "pruning")
    (told,), (other,) = [await archive.said(lin, "/catchup") for _ in range(2)]
    sent = await archive.tapped(told, "逐期", answers=6)
    days = ("2026年2月2日", "2026年2月16日", "2026年3月2日")
    assert [day for message in sent for day in days if day in message.text] == list(days)
    assert labels(await archive.rewritten(told)) == ["📋 这 3 条的标题"]
    await archive.recorded(DAYS[-1], lin, Purpose.REQUEST)
    each = next(button.data for button in other.buttons if "逐期" in button.text)
    query = await archive.telegram.press(lin, other.message_id, each or "")
    assert (await archive.telegram.answer(query)).text == "都已经收到，或在路上了"
    (nothing,) = await archive.said(lin, "/catchup")
    assert "没有错过什么" in nothing.text
    assert not nothing.buttons


async def test_no_takes_the_buttons_away_and_nothing_else(archive: World, lin: int) -> None:
    (told,) = await archive.said(lin, "/catchup")
    await archive.tapped(told, "不用了")
    assert not (await archive.rewritten(told)).buttons
    (again,) = await archive.said(lin, "/catchup")
    assert again.text == told.text


async def stop_and_resume(world: World, chat: int, *, answers: int) -> tuple[Message, ...]:
    await set_state(world, chat, SubscriberState.STOPPED)
    (stopped,) = await world.said(chat, "/stop")
    told = await world.tapped(stopped, "恢复订阅", answers=answers)
    await world.rewritten(stopped)
    return told


async def test_what_was_declined_is_not_offered_on_return_but_told_to_who_asks(
    archive: World, lin: int
) -> None:
    (told,) = await stop_and_resume(archive, lin, answers=1)
    await archive.tapped(told, "不用了")
    await archive.rewritten(told)
    await stop_and_resume(archive, lin, answers=0)
    (answer,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in answer.text
    await set_state(archive, lin, SubscriberState.DEACTIVATED)
    (again,) = await archive.said(lin, "/catchup")
    assert "你错过了 3 期" in again.text
    (answer,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in answer.text


async def test_what_was_missed_after_a_no_is_offered_by_itself(tmp_path: Path) -> None:
    lin = Person(id=LIN, first_name="小林", language_code="zh-hans", started=True)
    async with make_world(tmp_path, people=(lin,)) as world, world.bot(), world.storage() as storage:
        stopped = ImportRow(chat_id=LIN, language="zh", state=SubscriberState.STOPPED)
        await storage.subscribers.import_rows([stopped], utc_now() - timedelta(days=1))
        world.write("2026-02-02")
        await missed_by(storage, LIN, 1)
        (told,) = await stop_and_resume(world, LIN, answers=1)
        assert "最近 90 天你错过了 1 期：4 条" in told.text
        await world.tapped(told, "不用了")
        await set_state(world, LIN, SubscriberState.STOPPED)
        world.write("2026-02-16")
        await missed_by(storage, LIN, 2)
        (told,) = await stop_and_resume(world, LIN, answers=1)
        assert "上次说不用之后，你又错过了 1 期：4 条。\n\n2026-02-16" in told.text
        (page,) = await world.tapped(told, "标题", answers=1)
        assert "4 条" in page.text
        assert "2026-02-02" not in page.text


async def test_resuming_by_button_tells_what_was_missed_once(archive: World, lin: int) -> None:
    (stopped,), (other,) = [await archive.said(lin, "/stop") for _ in range(2)]
    (told,) = await archive.tapped(stopped, "恢复订阅", answers=1)
    assert "照常" in (await archive.rewritten(stopped)).text
    assert "你错过了 3 期" in told.text
    assert len(labels(told)) == 3
    await archive.tapped(other, "恢复订阅")
    (answer,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in answer.text


async def test_start_tells_what_was_missed_besides_the_newest_which_comes(archive: World, lin: int) -> None:
    sent = await archive.said(lin, "/start", answers=2 + WHOLE)
    assert any("欢迎回来" in message.text for message in sent)
    (told,) = [message for message in sent if "错过" in message.text]
    assert "你错过了 2 期：8 条。\n\n2026-02-16、2026-02-02" in told.text


async def test_who_unblocks_the_bot_is_told_once(archive: World, lin: int) -> None:
    await set_state(archive, lin, SubscriberState.BLOCKED)
    archive.telegram.block(lin)
    before = len(archive.telegram.chat(lin).from_bot)
    archive.telegram.unblock(lin)
    (told,) = (await archive.telegram.received(lin, before + 1))[before:]
    assert "你错过了 3 期" in told.text
    (answer,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in answer.text


@pytest.mark.parametrize(("words", "answers"), [("/saved", 2), ("/catchup", 1)])
async def test_who_could_not_be_reached_and_writes_is_told_once(
    archive: World, lin: int, words: str, answers: int
) -> None:
    await set_state(archive, lin, SubscriberState.DEACTIVATED)
    *_, told = await archive.said(lin, words, answers=answers)
    assert "你错过了 3 期" in told.text
    (answer,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in answer.text


async def test_who_missed_nothing_is_told_nothing(archive: World, lin: int) -> None:
    await archive.said(lin, "/start", answers=2 + WHOLE)
    await archive.recorded(DAYS[-1], lin)
    (told,) = await archive.said(lin, "/catchup")
    await archive.tapped(told, "逐期", answers=2 * WHOLE)
    (question,) = await archive.said(lin, "/stop")
    await archive.tapped(question, "停止订阅")
    stopped = await archive.rewritten(question)
    await archive.tapped(stopped, "恢复订阅")
    await archive.rewritten(stopped)
    (answer,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in answer.text


async def test_who_never_subscribed_is_offered_to(archive: World) -> None:
    async with archive.storage() as storage:
        await storage.subscribers.move(LINS[-1], 9_999, utc_now())
    (answer,) = await archive.said(LINS[-1], "/catchup")
    assert "还没有订阅" in answer.text


@asynccontextmanager
async def biweekly(tmp_path: Path, newest: date, **changes: Any) -> AsyncIterator[World]:
    """A running bot with three issues, two weeks apart, and one that waits for a day to come."""
    async with make_world(tmp_path, **changes) as world:
        for weeks in (0, 2, 4):
            world.write(str(newest - timedelta(weeks=weeks)))
        async with world.bot(), world.storage() as storage:
            soon = utc_now().date() + timedelta(days=9)
            world.write(str(soon), highlight="悄悄话")
            await until(lambda: storage.issues.get(str(soon)))
            yield world


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@pytest.mark.parametrize("words", ["/next", "下一期什么时候？", "When is the next issue?"])
async def test_next_tells_the_rhythm_and_the_day_and_nothing_of_what_waits(
    tmp_path: Path, words: str
) -> None:
    newest = utc_now().date() - timedelta(days=3)
    async with biweekly(tmp_path, newest) as world:
        (answer,) = await world.said(LIN, words)
        expected = chinese(newest + timedelta(weeks=2))
        assert answer.text == (f"大约每两周一期，上一期是 {chinese(newest)}。\n下一期大约在 {expected}。")
        assert labels(answer) == ["📬 最新一期", "📮 订阅"]
        (answer,) = await world.said(ADA, "/next")
        assert answer.text.startswith("An issue comes about every two weeks; the last was that of ")


async def test_next_says_since_when_an_issue_is_overdue(tmp_path: Path) -> None:
    newest = utc_now().date() - timedelta(days=60)
    async with biweekly(tmp_path, newest) as world:
        (answer,) = await world.said(LIN, "/next")
        assert f"下一期 {chinese(newest + timedelta(weeks=2))}就该来了，但还没有。" in answer.text
        (answer,) = await world.said(ADA, "/next")
        assert "The next has been overdue since " in answer.text


async def test_next_tells_what_waits_if_the_editors_allow_it(tmp_path: Path) -> None:
    newest = utc_now().date() - timedelta(days=60)
    async with biweekly(tmp_path, newest, reading=ReadingSettings(show_waiting=True)) as world:
        (answer,) = await world.said(LIN, "/next")
        soon = chinese(utc_now().date() + timedelta(days=9))
        assert answer.text.startswith(f"下一期已经备好，到日子就发：\n{soon} · 嵌入式AI简报")
        assert "悄悄话" in answer.text
        assert "但还没有" not in answer.text


async def test_next_cannot_tell_from_few_issues(tmp_path: Path) -> None:
    async with make_world(tmp_path) as world:
        world.write("2026-03-02")
        async with world.bot():
            (answer,) = await world.said(LIN, "/next")
            assert answer.text == "下一期什么时候来，还说不准：有日期的还不到三期，上一期是 2026年3月2日。"
            (answer,) = await world.said(ADA, "/next")
            assert "cannot be told: fewer than three have a date" in answer.text


async def test_an_issue_that_was_asked_for_leads_to_those_around_it(archive: World, lin: int) -> None:
    *_, last = await archive.said(lin, f"/issue {DAYS[1]}", answers=WHOLE)
    assert labels(last) == ["◂ 2026-02-02", "2026-03-02 ▸"]
    *_, last = await archive.tapped(last, "▸", answers=WHOLE)
    assert labels(last) == ["◂ 2026-02-16"]
    contents, *others = await archive.tapped(last, "◂", answers=WHOLE)
    assert "2026年2月16日" in contents.text
    assert [labels(message) for message in (contents, *others[:-1])] == [[]] * (WHOLE - 1)


async def test_a_filtered_issue_has_the_row_below_its_last_message(archive: World, lin: int) -> None:
    contents, last = await archive.said(lin, f"/issue {DAYS[1]} 剪枝", answers=2)
    assert len(labels(contents)) == 1
    assert labels(last) == ["◂ 2026-02-02", "2026-03-02 ▸"]


async def test_a_push_has_no_row(archive: World, lin: int) -> None:
    sent = await archive.said(lin, "/start", answers=2 + WHOLE)
    assert not [label for message in sent for label in labels(message) if "◂" in label or "▸" in label]


async def test_a_correction_leaves_the_row_and_shows_what_came_after(tmp_path: Path) -> None:
    async with make_world(tmp_path) as world:
        world.write("2026-02-02")
        async with world.bot(), world.storage() as storage:
            for day in ("2026-02-16", "2026-03-02"):
                world.write(day)
                await until(partial(storage.listed_issues.get, day))
                if day == "2026-02-16":
                    *_, last = await world.said(LIN, "/latest", answers=1 + WHOLE)
                    assert labels(last) == ["◂ 2026-02-02"]
                    await world.recorded(day, LIN, Purpose.REQUEST)
            world.write("2026-02-16", highlight="改过", text=ISSUE.replace("int8", "int9"))
            await until(storage.issues.corrected)
            await storage.planner.correct("2026-02-16", utc_now())
            last = await world.rewritten(last)
            assert "int9" in last.text
            assert labels(last) == ["◂ 2026-02-02", "2026-03-02 ▸"]
