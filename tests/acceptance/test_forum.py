"""A forum: each topic is a destination of its own, with its own cut, answers and end."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.model import Destination, SubscriberState
from bot.runtime.clock import utc_now
from bot.sandbox import Group, Message
from tests.acceptance.test_browser import in_chat, type_in
from tests.acceptance.world import ADA, DE, LIN, World, make_world
from tests.browser import chromium
from tests.nightly import nightly
from tests.waiting import until

FORUM, GROUP = -1001234567, -1009
GROUPS = (
    Group(id=FORUM, title="论坛", type="supergroup", owner=LIN, is_forum=True),
    Group(id=GROUP, title="读者群", type="supergroup", owner=LIN),
)
QUANTIZATION, PRUNING = "四比特量化的新方法", "通道剪枝再思考"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, groups=GROUPS) as world:
        yield world


def in_topic(world: World, thread: int, chat_id: int = FORUM) -> tuple[Message, ...]:
    return tuple(one for one in world.telegram.chat(chat_id).from_bot if one.thread == thread)


async def shown(world: World, thread: int, text: str, chat_id: int = FORUM) -> None:
    """Until the bot has said this in the topic."""
    await world.telegram.until(lambda: any(text in one.text for one in in_topic(world, thread, chat_id)))


async def asked(world: World, thread: int, text: str, answer: str) -> None:
    await world.telegram.say(FORUM, text, by=LIN, thread=thread)
    await shown(world, thread, answer)


async def state(world: World, thread: int, chat_id: int = FORUM) -> SubscriberState | None:
    async with world.storage() as storage:
        found = await storage.subscribers.get(Destination(chat_id, thread))
    return found.state if found else None


async def comes_to_be(world: World, thread: int, wanted: SubscriberState) -> None:
    async def is_so() -> bool:
        return await state(world, thread) is wanted

    await until(is_so)


async def two_topics(world: World) -> tuple[int, int]:
    """ "Papers" follows quantization, "News" gets everything."""
    forum = world.telegram.forum(FORUM)
    papers, news = forum.create("Papers"), forum.create("News")
    await asked(world, papers, "/topic 量化", "已关注 量化")
    await asked(world, news, "/start", "欢迎订阅")
    return papers, news


async def test_a_topic_command_sets_up_its_topic_and_each_gets_its_own(world: World) -> None:
    async with world.bot():
        papers, news = await two_topics(world)
        world.write("2026-03-02")
        await shown(world, papers, QUANTIZATION)
        await shown(world, news, PRUNING)
        await shown(world, news, QUANTIZATION)
        assert not any(PRUNING in one.text for one in in_topic(world, papers))
        assert in_topic(world, 0) == ()
        assert await state(world, 0) is None


async def test_answers_and_issues_that_were_asked_for_stay_in_the_topic(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        papers, news = await two_topics(world)
        await shown(world, papers, QUANTIZATION)
        await world.telegram.say(FORUM, "/latest", by=DE, thread=news)
        await world.telegram.say(FORUM, "/mydata", by=LIN, thread=papers)
        await world.telegram.until(lambda: any(one.document for one in in_topic(world, papers)))
        document = next(one.document for one in in_topic(world, papers) if one.document)
        assert in_topic(world, 0) == ()
    kept = document.data.decode()
    assert f'"thread": {papers}' in kept
    assert f'"thread": {news}' in kept
    assert f'"set_up_by": {LIN}' in kept


async def test_settings_and_stop_concern_the_topic_alone(world: World) -> None:
    async with world.bot():
        papers, news = await two_topics(world)
        await asked(world, papers, "/settings", "详略")
        board = in_topic(world, papers)[-1]
        query = await world.telegram.press(FORUM, board.message_id, "set:mode:headlines", by=LIN)
        await world.telegram.answer(query)
        async with world.storage() as storage:
            cuts = {one.thread: one.cut.mode.value for one in await storage.subscribers.of_chat(FORUM)}
        assert cuts == {papers: "headlines", news: "full"}
        await world.telegram.say(FORUM, "/stop", by=LIN, thread=papers)
        await world.telegram.until(
            lambda: any(b.data == "leave:" for one in in_topic(world, papers) for b in one.buttons)
        )
        question = in_topic(world, papers)[-1]
        await world.telegram.press(FORUM, question.message_id, "leave:", by=LIN)
        await comes_to_be(world, papers, SubscriberState.STOPPED)
        assert await state(world, news) is SubscriberState.ACTIVE
        world.write("2026-03-02")
        await shown(world, news, PRUNING)
        assert not any(QUANTIZATION in one.text for one in in_topic(world, papers))


async def test_an_issue_is_taken_back_from_each_topic(world: World) -> None:
    async with world.bot():
        papers, news = await two_topics(world)
        world.write("2026-03-02")
        await shown(world, papers, QUANTIZATION)
        await shown(world, news, PRUNING)
        async with world.storage() as storage:
            await storage.planner.retract("2026-03-02", utc_now())
        gone = (QUANTIZATION, PRUNING)
        await world.telegram.until(
            lambda: (
                not any(title in one.text for one in world.telegram.chat(FORUM).from_bot for title in gone)
            )
        )


async def test_a_closed_topic_is_parked_told_once_in_private_and_comes_back(world: World) -> None:
    await world.telegram.say(LIN, "/help")  # so that the bot may write to her
    async with world.bot():
        papers, news = await two_topics(world)
        forum = world.telegram.forum(FORUM)
        forum.close(papers)
        world.write("2026-03-02")
        await shown(world, news, PRUNING)
        await comes_to_be(world, papers, SubscriberState.PARKED)
        await shown(world, 0, "群「论坛」里，「Papers」话题已关闭", chat_id=LIN)
        world.write("2026-03-09")
        await shown(world, news, "2026年3月9日")
        told = [one for one in world.telegram.chat(LIN).from_bot if "话题已关闭" in one.text]
        assert len(told) == 1
        assert told[0].buttons[0].url == f"https://t.me/c/1234567/{papers}"
        forum.reopen(papers)
        await comes_to_be(world, papers, SubscriberState.ACTIVE)
        await shown(world, papers, "2")  # what was missed is offered there
        world.write("2026-03-16")
        await shown(world, papers, "2026年3月16日")


async def test_a_deleted_topic_is_told_in_general_where_the_founder_cannot_be_written_to(
    world: World,
) -> None:
    async with world.bot():
        papers, news = await two_topics(world)
        world.telegram.forum(FORUM).delete(papers)
        world.write("2026-03-02")
        await shown(world, 0, "「Papers」话题已删除")
        await shown(world, news, PRUNING)
        assert await state(world, papers) is SubscriberState.PARKED
        assert await state(world, news) is SubscriberState.ACTIVE


async def test_an_administrators_word_in_a_closed_topic_changes_nothing_until_it_is_open(
    world: World,
) -> None:
    async with world.bot():
        papers, _ = await two_topics(world)
        world.telegram.forum(FORUM).close(papers)
        world.write("2026-03-02")
        await comes_to_be(world, papers, SubscriberState.PARKED)
        refused = _refused(world)
        await world.telegram.say(FORUM, "/settings", by=LIN, thread=papers)
        await world.telegram.until(lambda: _refused(world) > refused)
        assert await state(world, papers) is SubscriberState.PARKED


def _refused(world: World) -> int:
    answers = [one.answer or {} for one in world.telegram.requests.latest(1000)]
    return sum("TOPIC_CLOSED" in str(one.get("description")) for one in answers)


async def test_an_answer_that_arrives_in_a_parked_topic_brings_it_back(world: World) -> None:
    """The bot was down when the topic was opened, and nobody told it."""
    async with world.bot():
        papers, _ = await two_topics(world)
        world.telegram.forum(FORUM).close(papers)
        world.write("2026-03-02")
        await comes_to_be(world, papers, SubscriberState.PARKED)
        world.telegram.chat(FORUM).closed_topics.clear()
        await asked(world, papers, "/settings", "量化")
        await comes_to_be(world, papers, SubscriberState.ACTIVE)


async def test_general_is_closed_by_itself(world: World) -> None:
    async with world.bot():
        papers, _ = await two_topics(world)
        await asked(world, 0, "/start", "欢迎订阅")
        world.telegram.forum(FORUM).close(0)
        world.write("2026-03-02")
        await comes_to_be(world, 0, SubscriberState.PARKED)
        await shown(world, papers, QUANTIZATION)
        world.telegram.forum(FORUM).reopen(0)
        await comes_to_be(world, 0, SubscriberState.ACTIVE)


async def test_a_conversation_in_an_ordinary_group_is_no_topic(world: World) -> None:
    async with world.bot():
        world.telegram._world.updates.push(  # what the stand-in's people do not do
            "message", reply_thread(world, GROUP), now=world.telegram._world.clock()
        )
        await world.telegram.received(GROUP, 1)
        sent = [one.params for one in world.telegram.requests.latest(50) if one.method == "sendMessage"]
        assert all("message_thread_id" not in one for one in sent)
        assert await state(world, 0, GROUP) is SubscriberState.ACTIVE
        assert await state(world, 77, GROUP) is None


def reply_thread(world: World, chat_id: int) -> dict[str, object]:
    return {
        "message_id": 9001,
        "date": int(world.telegram._world.clock().timestamp()),
        "chat": {"id": chat_id, "type": "supergroup", "title": "读者群"},
        "from": {"id": LIN, "is_bot": False, "first_name": "小林", "language_code": "zh-hans"},
        "message_thread_id": 77,
        "text": "/start",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


async def test_who_is_put_out_of_a_forum_and_let_in_again_is_back_in_every_topic(world: World) -> None:
    async with world.bot():
        papers, news = await two_topics(world)
        world.telegram.expel(FORUM)
        for thread in (papers, news):
            await comes_to_be(world, thread, SubscriberState.BLOCKED)
        world.telegram.unblock(FORUM)
        for thread in (papers, news):
            await comes_to_be(world, thread, SubscriberState.ACTIVE)
            await shown(world, thread, "照旧发到这里")


async def missed_while_away(world: World, *, general: bool) -> tuple[int, int]:
    """The topics of a forum that was out of reach when an issue came out."""
    topics = await two_topics(world)
    if general:
        await asked(world, 0, "/start", "欢迎订阅")
    async with world.storage() as storage:
        await storage.subscribers.lose_chat(FORUM, SubscriberState.BLOCKED, utc_now())
    world.write("2026-03-02")
    async with world.storage() as storage:
        await until(lambda: storage.listed_issues.get("2026-03-02"))
    return topics


@pytest.mark.parametrize("general", [True, False])
async def test_a_forum_that_lets_the_bot_in_again_is_offered_what_was_missed_in_each_of_its_topics(
    world: World, *, general: bool
) -> None:
    async with world.bot():
        papers, news = await missed_while_away(world, general=general)
        world.telegram.expel(FORUM)
        world.telegram.let_in(FORUM, by=LIN)
        for thread in (papers, news):
            await shown(world, thread, "你错过了 1 期")
        assert "2 条是你关注的" in in_topic(world, papers)[-1].text
        told = [one.text for one in in_topic(world, 0)]
        assert sum("你错过了 1 期" in text for text in told) == general
        assert not any("要不要订阅" in text for text in told)


async def test_whoever_writes_first_in_a_forum_that_is_back_has_it_told_in_its_other_topics_too(
    world: World,
) -> None:
    async with world.bot():
        papers, news = await missed_while_away(world, general=False)
        await world.telegram.say(FORUM, "/help", by=DE, thread=news)
        for thread in (papers, news):
            await shown(world, thread, "你错过了 1 期")


async def test_a_forum_that_forgets_forgets_all_its_topics(world: World) -> None:
    async with world.bot():
        papers, news = await two_topics(world)
        await world.telegram.say(FORUM, "/forget", by=LIN, thread=papers)
        await world.telegram.until(
            lambda: any(b.data == "erase:" for one in in_topic(world, papers) for b in one.buttons)
        )
        await world.telegram.press(FORUM, in_topic(world, papers)[-1].message_id, "erase:", by=LIN)

        async def is_gone() -> bool:
            return await state(world, papers) is None and await state(world, news) is None

        await until(is_gone)


async def test_only_an_administrator_sets_up_a_topic(world: World) -> None:
    async with world.bot():
        papers = world.telegram.forum(FORUM).create("Papers")
        await world.telegram.say(FORUM, "/topic 量化", by=ADA, thread=papers)
        await world.telegram.until(lambda: bool(in_topic(world, papers)))
        assert await state(world, papers) is None


@nightly("the same in a browser as in the tests above")
async def test_in_the_browser_two_topics_with_different_cuts_each_get_their_own(world: World) -> None:
    async with world.bot(), chromium() as browser:
        forum = world.telegram.forum(FORUM)
        papers, news = forum.create("论文"), forum.create("新闻")
        page = await browser.new_page(locale="zh-CN", viewport={"width": 390, "height": 844})
        await page.goto(f"{world.telegram.url}/?chat={FORUM}")
        tab: Callable[[int], str] = lambda thread: f'[data-topic="{thread}"]'  # noqa: E731  # two uses

        await page.locator(tab(papers)).click()
        await type_in(page, "/topic 量化")
        await expect(in_chat(page, "已关注 量化")).to_be_visible()
        await page.locator(tab(news)).click()
        await expect(in_chat(page, "已关注 量化")).to_have_count(0)
        await type_in(page, "/start")
        await expect(in_chat(page, "欢迎订阅")).to_be_visible()

        world.write("2026-03-02")
        await expect(in_chat(page, re.compile(PRUNING)).first).to_be_visible()
        await page.locator(tab(papers)).click()
        await expect(in_chat(page, re.compile(QUANTIZATION)).first).to_be_visible()
        await expect(in_chat(page, re.compile(PRUNING))).to_have_count(0)

        await page.locator('[data-do="close"]').click()
        await expect(in_chat(page, "🔒 论文")).to_be_visible()
        await expect(page.locator('[data-do="reopen"]')).to_be_visible()
        width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
