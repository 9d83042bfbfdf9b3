"""What readers say of an issue and of its items, what editors answer, and what nobody else can say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.readers.feedback import A_DAY, LONGEST
from bot.sandbox import Group, Message
from bot.settings.sections import ReadingSettings
from bot.storage.feedback_schema import mistakes, votes
from tests.acceptance.test_editors_chat import DUE, card, claimed, pressed
from tests.acceptance.world import ADA, DE, LIN, World, make_world
from tests.waiting import until

GROUP, READERS, FORUM = -4001, -4002, -4003


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    groups = (
        Group(id=GROUP, title="编辑部", owner=DE),
        Group(id=READERS, title="读者群", owner=ADA),
        Group(id=FORUM, title="论坛", type="supergroup", owner=ADA, is_forum=True),
    )
    async with make_world(tmp_path, groups=groups) as world:
        yield world


async def read(world: World, reader: int = LIN) -> Message:
    """The message of papers in a reader's chat."""
    await world.said(reader, "/start")
    world.write(DUE)
    await world.recorded(DUE, reader)
    return next(one for one in world.telegram.chat(reader).from_bot if "四比特量化" in one.text)


async def all_votes(world: World) -> list[tuple[int, bool, str]]:
    async with world.storage() as storage, storage.database.reading() as connection:
        query = sa.select(votes.c.person, votes.c.likes, votes.c.topics).order_by(votes.c.person)
        return [tuple(row) for row in await connection.execute(query)]


async def opened(world: World, reader: int = LIN) -> Message:
    """An item that a reader has opened."""
    await read(world, reader)
    (found,) = await world.said(reader, "/search 四比特")
    (item,) = await world.tapped(found, "1", answers=1)
    return item


async def asked(world: World, item: Message, by: int | None = None) -> Message:
    """The question that follows the button."""
    here = world.telegram.chat(item.chat_id)
    before = len(here.from_bot)
    await pressed(world, item, "报错", by=by)
    return (await world.telegram.received(item.chat_id, before + 1))[-1]


async def test_a_tap_is_a_vote_a_second_one_takes_it_back_and_each_votes_alone(world: World) -> None:
    async with world.bot():
        papers = await read(world)
        assert "👍" in await pressed(world, papers, "👍")
        ((person, likes, topics),) = await all_votes(world)
        assert (person, likes) == (LIN, True)
        assert "quantization" in topics.split(",")
        assert "👎" in await pressed(world, papers, "👎")
        assert [one[:2] for one in await all_votes(world)] == [(LIN, False)]
        assert await pressed(world, papers, "👎") == "已取消"
        assert await all_votes(world) == []


async def test_in_a_group_each_member_has_a_vote(world: World) -> None:
    async with world.bot():
        await world.telegram.say(READERS, "/start", by=ADA)
        world.write(DUE)
        await world.recorded(DUE, READERS)
        papers = next(
            one for one in world.telegram.chat(READERS).from_bot if any(b.text == "👍" for b in one.buttons)
        )
        assert [one.text for one in papers.buttons][-2:] == ["👍", "👎"]
        for person in (LIN, DE):
            await pressed(world, papers, "👍", by=person)
        assert [one[0] for one in await all_votes(world)] == [LIN, DE]


async def test_without_feedback_there_is_nothing_to_tap(tmp_path: Path) -> None:
    quiet = ReadingSettings(feedback=False)
    async with make_world(tmp_path, reading=quiet) as world, world.bot():
        await claimed(world)
        item = await opened(world)
        shown = [button.text for one in world.telegram.chat(LIN).from_bot for button in one.buttons]
        assert not [text for text in shown if text in ("👍", "👎") or "报错" in text]
        assert item.buttons


async def test_a_reader_reports_a_mistake_an_editor_answers_and_the_reader_gets_it(world: World) -> None:
    async with world.bot():
        await claimed(world, GROUP, by=DE)
        item = await opened(world)
        question = await asked(world, item)
        assert "哪里不对" in question.text
        text = "链接<b>打不开</b>\u202e /retract"
        await world.telegram.say(LIN, text, reply_to=question.message_id)
        shown = await card(world, "读者报错", "链接<b>打不开</b> /retract", f"{DUE}.md 第 ", chat=GROUP)
        assert "小林" not in shown.text
        await world.telegram.say(GROUP, "已修好，谢谢 & 抱歉", by=LIN, reply_to=shown.message_id)
        answer = await card(world, "编辑答复", "已修好，谢谢 & 抱歉", chat=LIN)
        assert DUE in answer.text
        await card(world, "答复已送到读者", chat=GROUP)


async def test_what_was_reported_in_a_topic_of_a_forum_is_answered_in_that_topic(world: World) -> None:
    async with world.bot():
        await claimed(world, GROUP, by=DE)
        papers = world.telegram.forum(FORUM).create("Papers")
        await read(world)
        await world.telegram.say(FORUM, "/search@jianbao_bot 四比特", by=ADA, thread=papers)
        found = await in_topic(world, papers, "四比特")
        number = next(one.data for one in found.buttons if one.text == "1")
        await world.telegram.press(FORUM, found.message_id, number or "", by=ADA)
        item = await in_topic(world, papers, "[CVPR 2026]")
        await pressed(world, item, "报错", by=ADA)
        question = await in_topic(world, papers, "哪里不对")
        await world.telegram.say(FORUM, "错字", by=ADA, reply_to=question.message_id, thread=papers)
        shown = await card(world, "读者报错", "错字", chat=GROUP)
        await world.telegram.say(GROUP, "已改", by=DE, reply_to=shown.message_id)
        answer = await card(world, "编辑答复", "已改", chat=FORUM)
        assert answer.thread == papers


async def in_topic(world: World, thread: int, words: str) -> Message:
    """The last message in a topic that says this, once it is there."""
    here = world.telegram.chat(FORUM)

    def found() -> list[Message]:
        return [one for one in here.from_bot if one.thread == thread and words in one.text]

    await world.telegram.until(lambda: bool(found()), timeout=20)
    return found()[-1]


async def test_of_a_reader_who_blocked_the_bot_the_editor_is_told(world: World) -> None:
    async with world.bot():
        await claimed(world, GROUP, by=DE)
        question = await asked(world, await opened(world))
        await world.telegram.say(LIN, "错字", reply_to=question.message_id)
        shown = await card(world, "读者报错", "错字", chat=GROUP)
        world.telegram.block(LIN)
        await world.telegram.say(GROUP, "已改", by=DE, reply_to=shown.message_id)
        await card(world, "答复没有送到", chat=GROUP)


async def test_who_is_no_editor_answers_nobody_and_nobody_speaks_for_another(world: World) -> None:
    async with world.bot():
        await claimed(world, GROUP, by=DE)
        question = await asked(world, await opened(world))
        await world.telegram.say(LIN, "错字", reply_to=question.message_id)
        shown = await card(world, "读者报错", chat=GROUP)
        world.telegram.remove(GROUP, ADA)
        with capture_logs() as logs:
            await world.telegram.say(GROUP, "冒充的答复", by=ADA, reply_to=shown.message_id)
            await world.telegram.say(GROUP, "真的答复", by=DE, reply_to=shown.message_id)
            await card(world, "编辑答复", "真的答复", chat=LIN)
        assert [one["person"] for one in logs if one["event"] == "mistake_answered"] == [DE]
        assert not [one for one in world.telegram.chat(LIN).from_bot if "冒充" in one.text]


async def test_three_reports_a_day_of_a_thousand_characters(world: World) -> None:
    async with world.bot():
        await claimed(world, GROUP, by=DE)
        item = await opened(world)
        for number in range(A_DAY):
            question = await asked(world, item)
            if number == 0:
                before = len(world.telegram.chat(LIN).from_bot)
                await world.telegram.say(LIN, "长" * (LONGEST + 1), reply_to=question.message_id)
                (*_, refused) = await world.telegram.received(LIN, before + 1)
                assert "太长" in refused.text
            await world.telegram.say(LIN, f"错字 {number}", reply_to=question.message_id)
            await card(world, "读者报错", f"错字 {number}", chat=GROUP)
        assert "明天" in await pressed(world, item, "报错")
        async with world.storage() as storage, storage.database.reading() as connection:
            count = await connection.scalar(sa.select(sa.func.count()).select_from(mistakes))
        assert count == A_DAY


async def test_what_is_reported_while_the_bot_is_away_comes_once(world: World) -> None:
    async with world.bot():
        await claimed(world, GROUP, by=DE)
        question = await asked(world, await opened(world))
    await world.telegram.say(LIN, "错字", reply_to=question.message_id)
    for _ in range(2):
        async with world.bot():
            await card(world, "读者报错", "错字", chat=GROUP)
            async with world.storage() as storage:

                async def is_noted() -> bool:
                    return not await storage.mistakes.unshown(limit=1)

                await until(is_noted)
