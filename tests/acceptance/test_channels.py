"""A channel is set up in private by those who administer it, and gets issues like any reader."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Destination, Subscriber, SubscriberState
from bot.runtime.clock import utc_now
from bot.sandbox import CHANNEL as CHANNEL_GROUP
from bot.sandbox import Message
from tests.acceptance.world import ADA, DE, LIN, World, make_world
from tests.waiting import until

CHANNEL, PUBLIC = CHANNEL_GROUP.id, -1001002005
CHANNELS = (
    replace(CHANNEL_GROUP, owner=LIN),
    replace(CHANNEL_GROUP, id=PUBLIC, title="Public", owner=ADA, username="digest_channel"),
)
CODE = str(CHANNEL).removeprefix("-100")
QUANTIZATION, PRUNING = "四比特量化的新方法", "通道剪枝再思考"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, groups=CHANNELS) as world:
        for person in (LIN, ADA, DE):
            await world.telegram.say(person, "/help")
        yield world


def texts(world: World, chat_id: int) -> list[str]:
    return [one.text for one in world.telegram.chat(chat_id).from_bot]


async def shown(world: World, chat_id: int, text: str) -> Message:
    """The bot's last message in a chat that says this, as soon as there is one."""
    await world.telegram.until(lambda: any(text in one for one in texts(world, chat_id)))
    return [one for one in world.telegram.chat(chat_id).from_bot if text in one.text][-1]


async def tapped(world: World, message: Message, data: str, *, by: int = LIN) -> str:
    """What the notice of a tap says."""
    query = await world.telegram.press(by, message.message_id, data)
    return (await world.telegram.answer(query)).text


async def known(world: World, chat_id: int = CHANNEL) -> Subscriber | None:
    async with world.storage() as storage:
        return await storage.subscribers.get(Destination(chat_id))


async def set_up(world: World) -> Message:
    """The settings of the channel, which is subscribed."""
    world.telegram.let_in(CHANNEL, by=LIN)
    hello = await shown(world, LIN, "我可以在频道")
    await tapped(world, hello, f"c:{CODE}:show:")
    board = await shown(world, LIN, "还没有发到这个频道")
    assert await tapped(world, board, f"c:{CODE}:subscribe:") == "已保存"
    return await shown(world, LIN, "详略")


async def test_who_adds_the_bot_sets_the_channel_up_in_private(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        board = await set_up(world)
        await shown(world, CHANNEL, PRUNING)
        for data in ("set:language:en", "set:mode:headlines", "set:hide:papers"):
            assert await tapped(world, board, f"c:{CODE}:{data}") == "已保存"
        subscriber = await known(world)
        assert subscriber is not None
        assert (subscriber.cut.language, subscriber.cut.mode) == ("en", "headlines")
        assert subscriber.cut.sections
        assert await known(world, LIN) is None
        assert not any("详略" in one for one in texts(world, CHANNEL))


async def reply_to(world: World, message: Message, text: str, *, by: int = LIN) -> Message:
    """The bot's answer to who replies to one of its messages."""
    before = len(world.telegram.chat(by).from_bot)
    await world.telegram.say(by, text, reply_to=message.message_id)
    return (await world.telegram.received(by, before + 1))[before]


async def test_a_channels_hours_and_city_are_typed_as_a_reply_to_what_shows_them(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        board = await set_up(world)
        await shown(world, CHANNEL, PRUNING)
        for page, title in (("when:", "提示音"), ("when:zones:", "按哪里的时间")):
            await tapped(world, board, f"c:{CODE}:{page}")
            shows = (await shown(world, LIN, title)).text
            assert "/when" not in shows
            assert "回复这条消息" in shows
        zones = await shown(world, LIN, "按哪里的时间")
        chosen = await reply_to(world, zones, "加德满都")
        assert chosen.text.startswith("📢")
        assert "时区：加德满都" in chosen.text
        chosen = await reply_to(world, chosen, "周五 8点")
        assert "每周五 08:00" in chosen.text
        unknown = await reply_to(world, chosen, "亚特兰蒂斯")
        assert "回复这条消息" in unknown.text
        assert "时区：内罗毕" in (await reply_to(world, unknown, "内罗毕")).text
        subscriber = await known(world)
        assert subscriber is not None
        assert (subscriber.hours.zone, subscriber.hours.day) == ("Africa/Nairobi", 4)
        assert await known(world, LIN) is None
        await tapped(world, zones, f"c:{CODE}:show:")  # its settings, which show no hours
        assert "通道剪枝再思考" in (await reply_to(world, await shown(world, LIN, "详略"), "剪枝")).text


async def test_the_reply_of_who_administers_the_channel_no_more_changes_nothing(world: World) -> None:
    world.telegram.promote(CHANNEL, ADA)
    async with world.bot():
        await set_up(world)
        world.telegram.forward(CHANNEL, ADA)
        board = await shown(world, ADA, "Length")
        await tapped(world, board, f"c:{CODE}:when:zones:", by=ADA)
        zones = await shown(world, ADA, "By which clock")
        world.telegram.demote(CHANNEL, ADA)
        answer = await reply_to(world, zones, "Nairobi", by=ADA)
        assert "administrators" in answer.text
        subscriber = await known(world)
        assert subscriber is not None
        assert subscriber.hours.zone == ""


async def test_topics_are_chosen_for_the_channel_and_it_is_stopped_and_taken_up(world: World) -> None:
    async with world.bot():
        board = await set_up(world)
        await tapped(world, board, f"c:{CODE}:board:a0")
        topics = await shown(world, LIN, "主题")
        await tapped(world, topics, f"c:{CODE}:pick:quantization:0")
        subscriber = await known(world)
        assert subscriber is not None
        assert subscriber.cut.topics == ("quantization",)
        assert await tapped(world, board, f"c:{CODE}:stop:") == "已保存"
        subscriber = await known(world)
        assert subscriber is not None
        assert subscriber.state is SubscriberState.STOPPED
        await tapped(world, board, f"c:{CODE}:resume:")
        world.write("2026-03-02")
        await shown(world, CHANNEL, QUANTIZATION)
        assert not any(PRUNING in one for one in texts(world, CHANNEL))


async def test_a_tap_of_who_administers_it_no_more_changes_nothing(world: World) -> None:
    world.telegram.promote(CHANNEL, ADA)
    async with world.bot():
        await set_up(world)
        world.telegram.forward(CHANNEL, ADA)
        board = await shown(world, ADA, "Length")
        world.telegram.demote(CHANNEL, ADA)
        refusal = "Only the channel's administrators may set it up"
        for data in ("set:mode:headlines", "stop:", "show:", "posts:yes"):
            assert await tapped(world, board, f"c:{CODE}:{data}", by=ADA) == refusal
        for data in ("c:1:stop:", "c::stop:", "c:x", f"c:{CODE[:-1]}:stop:"):
            assert await tapped(world, board, data, by=ADA) == "This button is out of date"
        subscriber = await known(world)
        assert subscriber is not None
        assert (subscriber.cut.mode, subscriber.state) == ("full", SubscriberState.ACTIVE)


async def test_a_forwarded_post_opens_the_settings_to_administrators_alone(world: World) -> None:
    async with world.bot():
        world.telegram.forward(PUBLIC, ADA)
        await shown(world, ADA, "I cannot post in “Public” yet")
        world.telegram.let_in(PUBLIC, by=ADA)
        await shown(world, ADA, "I may post in the channel “Public” now")
        world.telegram.forward(PUBLIC, DE)
        await shown(world, DE, "只有「Public」的管理员")
        world.telegram.forward(PUBLIC, ADA)
        await shown(world, ADA, "does not come to this channel yet")
        await world.telegram.say(ADA, "/channels")
        listed = await shown(world, ADA, "Choose one to set it up")
        assert [one.text for one in listed.buttons] == ["📢 Public"]
        await world.telegram.say(DE, "/channels")
        await shown(world, DE, "还没有可以设置的频道")


async def test_a_channel_that_puts_the_bot_out_or_silences_it_waits_and_its_host_is_told(
    world: World,
) -> None:
    async with world.bot():
        await set_up(world)
        for silenced, back, words in (
            (world.telegram.mute, world.telegram.unmute, "不能再发布消息"),
            (world.telegram.expel, world.telegram.let_in, "我被移出了频道"),
        ):
            silenced(CHANNEL)
            await shown(world, LIN, words)
            await comes_to_be(world, SubscriberState.BLOCKED)
            await world.telegram.say(LIN, "/channels")
            await shown(world, LIN, "还没有可以设置的频道")
            back(CHANNEL)
            await comes_to_be(world, SubscriberState.ACTIVE)
        world.write("2026-03-02")
        await shown(world, CHANNEL, PRUNING)


async def test_a_channel_that_goes_on_is_not_told_of_as_a_new_one(world: World) -> None:
    async with world.bot():
        await set_up(world)
        for state in (SubscriberState.ACTIVE, SubscriberState.STOPPED):
            async with world.storage() as storage:
                await storage.subscribers.set_state(Destination(CHANNEL), state, utc_now())
            before = len(texts(world, LIN))
            world.telegram.expel(CHANNEL)
            world.telegram.let_in(CHANNEL)
            await world.telegram.received(LIN, before + 2)
            told = texts(world, LIN)[-1]
            goes_on = state is SubscriberState.ACTIVE
            assert ("照旧" in told, "要不要订阅" in told) == (goes_on, not goes_on)


async def test_what_a_channel_missed_is_offered_in_private_and_posted_in_the_channel_by_one_tap(
    world: World,
) -> None:
    async with world.bot():
        await set_up(world)
        world.telegram.expel(CHANNEL)
        await comes_to_be(world, SubscriberState.BLOCKED)
        world.write("2026-03-02")
        async with world.storage() as storage:
            await until(lambda: storage.listed_issues.get("2026-03-02"))
        world.telegram.let_in(CHANNEL)
        told = await shown(world, LIN, "照旧")
        assert "频道错过了 1 期：2026-03-02" in told.text
        each, enough, opening = (one.data or "" for one in told.buttons)
        assert enough.startswith(f"c:{CODE}:enough:")
        assert await tapped(world, told, each) == "马上送到"
        await shown(world, CHANNEL, PRUNING)
        assert not any(PRUNING in one for one in texts(world, LIN))
        assert [one.data for one in (await shown(world, LIN, "照旧")).buttons] == [opening]


async def comes_to_be(world: World, wanted: SubscriberState) -> None:
    async def is_so() -> bool:
        found = await known(world)
        return found is not None and found.state is wanted

    await until(is_so)


async def test_an_issue_is_taken_back_from_a_channel(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        await set_up(world)
        await shown(world, CHANNEL, PRUNING)
        async with world.storage() as storage:
            await storage.planner.retract("2026-03-02", utc_now())
        await world.telegram.until(lambda: texts(world, CHANNEL) == [])


async def test_the_contents_link_to_each_section_and_each_links_back(world: World) -> None:
    async with world.bot():
        await set_up(world)
        world.write("2026-03-02")
        await world.telegram.until(lambda: len(links(world, 0)) == len(texts(world, CHANNEL)) - 1 > 0)
        contents, *sections = world.telegram.chat(CHANNEL).from_bot
        code = f"https://t.me/c/{CODE}/"
        assert set(links(world, 0)) == {f"{code}{one.message_id}" for one in sections}
        for place, one in enumerate(sections, 1):
            assert f"{code}{contents.message_id}" in links(world, place)
            assert one.text.endswith("↑ 目录")
            assert one.buttons == ()
        assert contents.edited is not None
        assert all(one.edited is None for one in sections)


def links(world: World, place: int) -> list[str]:
    """Where the words of a post lead to inside the channel."""
    posts = world.telegram.chat(CHANNEL).from_bot
    found = posts[place].entities if place < len(posts) else ()
    return [one.url for one in found if one.url and one.url.startswith("https://t.me/")]


async def test_a_corrected_issue_keeps_its_links(world: World) -> None:
    async with world.bot():
        await set_up(world)
        world.write("2026-03-02", highlight="量花")
        await world.telegram.until(lambda: len(links(world, 0)) > 0)
        before = links(world, 0)
        world.write("2026-03-02", highlight="量化")
        await until(lambda: corrected(world))
        await world.telegram.until(lambda: "量化" in texts(world, CHANNEL)[0])
        assert links(world, 0) == before


async def corrected(world: World) -> bool:
    async with world.storage() as storage:
        found = await storage.issues.whole("2026-03-02")
        if found is None or "量花" in found[1]:
            return False
        await storage.planner.correct("2026-03-02", utc_now())
        return True


async def test_a_reply_to_a_message_about_a_channel_is_about_it_with_and_without_the_command(
    world: World,
) -> None:
    world.write("2026-03-02")
    async with world.bot():
        await set_up(world)
        board = await shown(world, LIN, "📢")
        (welcome,) = await world.said(LIN, "/start")
        await world.recorded("2026-03-02", LIN)
        assert "欢迎" in welcome.text
        own = await known(world, LIN)
        for text, answer in (
            ("/when 20:15", "每天 20:15"),
            ("8:30", "每天 08:30"),
            ("/when 加德满都", "时区：加德满都"),
            ("/topic 量化", "已关注 量化"),
            ("/topics", "主题"),
            ("/settings", "详略"),
            ("设置", "详略"),
        ):
            told = await reply_to(world, board, text)
            assert told.text.startswith("📢"), text
            assert answer in told.text, text
        for text in ("/forget", "/mydata", "忘记我"):
            assert "请不要作为回复来发" in (await reply_to(world, board, text)).text
        subscriber = await known(world)
        assert subscriber is not None
        assert (str(subscriber.hours.at), subscriber.hours.zone) == ("08:30:00", "Asia/Kathmandu")
        assert subscriber.cut.topics == ("quantization",)
        for text, state in (("/stop", SubscriberState.STOPPED), ("/start", SubscriberState.ACTIVE)):
            assert (await reply_to(world, board, text)).text.startswith("📢")
            await comes_to_be(world, state)
        await reply_to(world, board, "退订")
        await comes_to_be(world, SubscriberState.STOPPED)
        assert await known(world, LIN) == own


async def test_a_reply_to_a_list_of_channels_says_where_to_reply(world: World) -> None:
    world.telegram.promote(PUBLIC, LIN)
    async with world.bot():
        await set_up(world)
        world.telegram.let_in(PUBLIC, by=LIN)
        await shown(world, LIN, "我可以在频道「Public」")
        await world.telegram.say(LIN, "/channels")
        listed = await shown(world, LIN, "选一个")
        for text in ("/when 20:15", "/stop", "8:30"):
            assert "再回复它的设置" in (await reply_to(world, listed, text)).text
        assert "/latest" in (await reply_to(world, listed, "/help")).text
