"""A group: who decides, what is answered, and what becomes of it when the bot comes and goes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.model import Destination, Purpose, SubscriberState
from bot.sandbox import Group, Message
from tests.acceptance.world import ADA, DE, LIN, World, make_world
from tests.nightly import by_day
from tests.waiting import until

GROUP, SUPERGROUP, CHANNEL = -3001, -1003001, -1003002
TOLD = "管理员"


@asynccontextmanager
async def group_of(
    folder: Path, *, joined: bool = True, bot_administers: bool = False
) -> AsyncIterator[World]:
    """A running bot and a group that DE administers."""
    group = Group(
        id=GROUP, title="读书组", owner=DE, joined=joined, bot_administers=bot_administers, linked=CHANNEL
    )
    async with make_world(folder, groups=(group,)) as world:
        world.write("2026-03-02")
        async with world.bot():
            yield world


async def asked(
    world: World,
    text: str,
    by: int,
    *,
    in_name_of: int | None = None,
    reply_to: int | None = None,
    chat: int = GROUP,
) -> Message:
    """The bot's next message after somebody has said something in the group."""
    before = len(world.telegram.chat(chat).from_bot)
    await world.telegram.say(chat, text, by=by, in_name_of=in_name_of, reply_to=reply_to)
    return (await world.telegram.received(chat, before + 1))[before]


async def notice(world: World, message: Message, data: str, by: int) -> str:
    """What somebody is told who presses a button, or sends its data."""
    query = await world.telegram.press(message.chat_id, message.message_id, data, by=by)
    return (await world.telegram.answer(query)).text


async def state(world: World, chat: int = GROUP) -> SubscriberState | None:
    async with world.storage() as storage:
        found = await storage.subscribers.get(Destination(chat))
    return found.state if found else None


async def becomes(world: World, wanted: SubscriberState, chat: int = GROUP) -> None:
    """Until the group's subscription is so."""
    async with world.storage() as storage:

        async def is_so() -> bool:
            found = await storage.subscribers.get(Destination(chat))
            return found is not None and found.state is wanted

        await until(is_so)


async def subscribed(world: World) -> Message:
    """The group, subscribed by its administrator, and the bot's welcome."""
    welcome = await asked(world, "/start", DE)
    await world.recorded("2026-03-02", GROUP)
    return welcome


async def test_a_member_ends_changes_and_subscribes_nothing_whatever_they_forge(tmp_path: Path) -> None:
    async with group_of(tmp_path) as world:
        assert TOLD in (await asked(world, "/start", LIN)).text
        assert await state(world) is None
        welcome = await subscribed(world)
        for text in ("/stop", "/forget", "/topic 量化", "/settings", "/when 8:30", "@jianbao_bot 退订"):
            answer = await asked(world, text, LIN)
            assert TOLD in answer.text
            assert "\n" not in answer.text
            assert answer.reply_to is not None
        forged = (
            "leave:",
            "erase:",
            "set:language:en",
            "when:silent:1",
            "pick:quantization:0",
            "unfollow:ai",
        )
        for data in forged:
            assert TOLD in await notice(world, welcome, data, LIN)
        assert await state(world) is SubscriberState.ACTIVE
        async with world.storage() as storage:
            found = await storage.subscribers.get(Destination(GROUP))
        assert found is not None
        assert (found.cut.language, found.cut.followed) == ("zh", type(found.cut.followed)())


async def test_anybody_searches_opens_and_asks_and_is_answered_below_the_question(tmp_path: Path) -> None:
    async with group_of(tmp_path) as world:
        found = await asked(world, "/search 剪枝", LIN)
        assert "通道剪枝再思考" in found.text
        question = found.reply_to
        assert world.telegram.chat(GROUP).find(question or 0) is not None
        before = len(world.telegram.chat(GROUP).from_bot)
        assert await notice(world, found, found.buttons[0].data or "", ADA) == ""
        await world.telegram.received(GROUP, before + 1)
        named = await asked(world, "@jianbao_bot 剪枝", LIN)
        assert "通道剪枝再思考" in named.text
        replied = await asked(world, "工具箱", ADA, reply_to=named.message_id)
        assert "量化工具箱发布" in replied.text
        before = len(world.telegram.chat(GROUP).from_bot)
        for silent in ("剪枝", "/stop@another_bot", "@another_bot 剪枝", "谢谢 @xiaolin"):
            await world.telegram.say(GROUP, silent, by=LIN)
        assert "/latest" in (await asked(world, "/help", ADA)).text
        assert len(world.telegram.chat(GROUP).from_bot) == before + 1
        await world.telegram.say(GROUP, "/start@jianbao_bot issue_2026-03-02", by=ADA)
        await world.recorded("2026-03-02", GROUP, Purpose.REQUEST)
        assert await state(world) is None


async def test_a_promoted_administrator_decides_and_a_demoted_one_does_not_end_anything(
    tmp_path: Path,
) -> None:
    async with group_of(tmp_path) as world:
        await subscribed(world)
        world.telegram.promote(GROUP, ADA)
        assert "量化" in (await asked(world, "/topic 量化", ADA)).text
        world.telegram.demote(GROUP, ADA)
        for text in ("/stop", "/forget"):
            assert TOLD in (await asked(world, text, ADA)).text


async def test_where_the_bot_is_told_of_members_a_demoted_one_has_lost_every_right_at_once(
    tmp_path: Path,
) -> None:
    async with group_of(tmp_path, bot_administers=True) as world:
        welcome = await subscribed(world)
        world.telegram.promote(GROUP, ADA)
        assert "量化" in (await asked(world, "/topic 量化", ADA)).text
        requests = len(world.telegram.requests.of("getChatAdministrators"))
        assert TOLD not in await notice(world, welcome, "set:mode:headlines", ADA)
        assert len(world.telegram.requests.of("getChatAdministrators")) == requests
        world.telegram.demote(GROUP, ADA)
        assert TOLD in await notice(world, welcome, "set:mode:full", ADA)


async def test_anonymous_administrators_and_the_linked_channel_decide_and_another_channel_does_not(
    tmp_path: Path,
) -> None:
    async with group_of(tmp_path) as world:
        assert TOLD in (await asked(world, "/start", LIN, in_name_of=-1009999)).text
        assert "欢迎" in (await asked(world, "/start", DE, in_name_of=GROUP)).text
        await world.recorded("2026-03-02", GROUP)
        assert TOLD in (await asked(world, "/stop", LIN, in_name_of=-1009999)).text
        assert "确定" in (await asked(world, "/stop", LIN, in_name_of=CHANNEL)).text


async def test_whoever_adds_the_bot_is_told_once_what_this_is_and_decides_while_a_member(
    tmp_path: Path,
) -> None:
    async with group_of(tmp_path, joined=False) as world:
        world.telegram.let_in(GROUP, by=ADA)
        (hello,) = await world.telegram.received(GROUP, 1)
        offered = ["📮 在这里订阅", "🏷 选主题", "English", "繁體中文"]
        assert [button.text for button in hello.buttons] == offered
        assert TOLD in await notice(world, hello, "English", LIN)
        await notice(world, hello, "English", ADA)
        english = await world.rewritten(hello)
        assert "Every issue comes here" in english.text
        assert "for its administrators" in (await asked(world, "/start", LIN)).text
        await notice(world, english, "subscribe:", ADA)
        await becomes(world, SubscriberState.ACTIVE)
        async with world.storage() as storage:
            found = await storage.subscribers.get(Destination(GROUP))
        assert found is not None
        assert found.cut.language == "en"
        await world.recorded("2026-03-02", GROUP)
        world.telegram.remove(GROUP, ADA)
        assert "for its administrators" in (await asked(world, "/stop", ADA)).text


async def test_a_group_that_puts_the_bot_out_waits_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    async with group_of(tmp_path, joined=False) as world:
        world.telegram.let_in(GROUP, by=DE)
        await world.telegram.received(GROUP, 1)
        await subscribed(world)
        world.telegram.expel(GROUP, by=DE)
        await becomes(world, SubscriberState.BLOCKED)
        world.write("2026-03-09")
        async with world.storage() as storage:
            assert str((await storage.group_chats.get(GROUP)).parked) == "removed"
            await until(lambda: storage.listed_issues.get("2026-03-09"))
        before = len(world.telegram.chat(GROUP).from_bot)
        world.telegram.let_in(GROUP, by=LIN)
        (missed,) = (await world.telegram.received(GROUP, before + 1))[before:]
        assert "你错过了" in missed.text
        assert await state(world) is SubscriberState.ACTIVE
        async with world.storage() as storage:
            assert (await storage.group_chats.get(GROUP)).parked is None


async def test_a_muted_bot_waits_whatever_is_said_and_goes_on_when_it_may_write(tmp_path: Path) -> None:
    async with group_of(tmp_path) as world:
        await subscribed(world)
        before = len(world.telegram.chat(GROUP).from_bot)
        world.telegram.mute(GROUP)
        await becomes(world, SubscriberState.BLOCKED)
        await world.telegram.say(GROUP, "/help", by=LIN)
        world.write("2026-03-09")
        async with world.storage() as storage:
            assert str((await storage.group_chats.get(GROUP)).parked) == "muted"
            await until(lambda: storage.listed_issues.get("2026-03-09"))
        assert await state(world) is SubscriberState.BLOCKED
        world.telegram.unmute(GROUP)
        (missed,) = (await world.telegram.received(GROUP, before + 1))[before:]
        assert "照旧发到这里" in missed.text
        assert "你错过了" in missed.text
        await becomes(world, SubscriberState.ACTIVE)


async def test_a_group_that_is_back_is_told_that_it_goes_on_also_where_nothing_was_missed(
    tmp_path: Path,
) -> None:
    async with group_of(tmp_path) as world:
        await subscribed(world)
        before = len(world.telegram.chat(GROUP).from_bot)
        world.telegram.mute(GROUP)
        await becomes(world, SubscriberState.BLOCKED)
        world.telegram.unmute(GROUP)
        (told,) = (await world.telegram.received(GROUP, before + 1))[before:]
        assert told.text == "✅ 订阅继续：简报照旧发到这里，设置没有变。"


async def test_a_bot_that_is_added_muted_says_what_it_is_once_it_may_write(tmp_path: Path) -> None:
    async with group_of(tmp_path) as world:
        world.telegram.mute(GROUP)
        world.telegram.unmute(GROUP)
        (hello,) = await world.telegram.received(GROUP, 1)
        assert "每期出刊时发到这里" in hello.text
        world.telegram.mute(GROUP)
        world.telegram.unmute(GROUP)
        assert "/latest" in (await asked(world, "/help", LIN)).text


async def test_topics_are_chosen_from_the_greeting_by_who_may_and_subscribe_the_group(tmp_path: Path) -> None:
    async with group_of(tmp_path, joined=False) as world:
        world.telegram.let_in(GROUP, by=DE)
        (hello,) = await world.telegram.received(GROUP, 1)
        await notice(world, hello, "🏷 选主题", DE)
        board = (await world.telegram.received(GROUP, 2))[1]
        topic = next(button for button in board.buttons if "量化" in button.text)
        assert TOLD in await notice(world, board, topic.data or "", LIN)
        await notice(world, board, topic.data or "", DE)
        offer = (await world.telegram.received(GROUP, 3))[2]
        assert TOLD in await notice(world, offer, offer.buttons[0].data or "", LIN)
        await notice(world, offer, offer.buttons[0].data or "", DE)
        await becomes(world, SubscriberState.ACTIVE)
        async with world.storage() as storage:
            found = await storage.subscribers.get(Destination(GROUP))
        assert found is not None
        assert found.cut.topics == ("quantization",)


async def test_a_group_that_becomes_a_supergroup_keeps_its_masters_and_its_subscription(
    tmp_path: Path,
) -> None:
    async with group_of(tmp_path, joined=False) as world:
        world.telegram.let_in(GROUP, by=ADA)
        (hello,) = await world.telegram.received(GROUP, 1)
        await notice(world, hello, "subscribe:", ADA)
        await world.recorded("2026-03-02", GROUP)
        world.telegram.migrate(GROUP, SUPERGROUP)
        await becomes(world, SubscriberState.ACTIVE, SUPERGROUP)
        assert "量化" in (await asked(world, "/topic 量化", ADA, chat=SUPERGROUP)).text
        assert TOLD in (await asked(world, "/stop", LIN, chat=SUPERGROUP)).text
        assert await state(world) is None


async def test_where_telegram_does_not_say_who_administers_nobody_decides(tmp_path: Path) -> None:
    async with group_of(tmp_path) as world:
        world.telegram.faults.add(kind="5xx", times=None, methods=["getChatAdministrators"])
        assert TOLD in (await asked(world, "/start", DE)).text
        world.telegram.faults.clear()
        assert "欢迎" in (await asked(world, "/start", DE)).text


@pytest.mark.parametrize(
    "word",
    by_day(
        1, ["evil.example", "@somebody", "a@evil.example", "t.me/joinchat"], "one such word is tried by day"
    ),
)
async def test_a_word_that_is_followed_is_nothing_to_tap_in_what_the_group_is_sent(
    tmp_path: Path, word: str
) -> None:
    async with group_of(tmp_path) as world:
        await subscribed(world)
        answer = await asked(world, f'/topic "{word}"', DE)
        assert word in answer.text
        before = len(world.telegram.chat(GROUP).from_bot)
        world.write("2026-03-09")
        pushed = (await world.telegram.received(GROUP, before + 1))[before:]
        for message in (answer, *pushed):
            live = {entity.kind for entity in message.entities} & {"url", "mention", "hashtag", "email"}
            assert not live, message.text
        assert any(word in message.text for message in pushed)
