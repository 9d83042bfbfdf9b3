"""The admin chat of a running bot: claimed, commanded by whoever may at that moment, and told things."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.model import Cut, Destination, HeldBy, Hold
from bot.publishing.claims import TRIES, new_code
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from bot.sandbox import Group, Message
from bot.settings.sections import AdminSettings, PublishingSettings
from bot.storage import EVERYTHING
from tests.acceptance.world import ADA, DE, ISSUE, LIN, World, make_world
from tests.waiting import until

GROUP, SUPERGROUP = -4001, -1004001
DAY = "2026-03-02"
WHOLE = 5  # messages of the test issue
COMMANDS = ("status", "hold", "resume", "retry", "deliveries")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, groups=(Group(id=GROUP, title="值班", owner=DE),)) as world:
        yield world


async def code(world: World) -> str:
    async with world.storage() as storage:
        return await new_code(storage.admin_chats, secrets.choice, utc_now())


async def asked(world: World, chat: int, text: str, *, by: int | None = None) -> str:
    """The answer to what somebody says in a group or a private chat."""
    before = len(world.telegram.chat(chat).from_bot)
    await world.telegram.say(chat, text, by=by)
    return (await world.telegram.received(chat, before + 1))[before].text


async def told(world: World, chat: int, words: str, *, timeout: int = 20) -> Message:  # noqa: ASYNC109  # as until has it
    """The news with these words, once it is there; there is one such."""
    here = world.telegram.chat(chat)
    await world.telegram.until(lambda: any(words in one.text for one in here.from_bot), timeout=timeout)
    (found,) = (one for one in here.from_bot if words in one.text)
    return found


async def test_a_code_makes_a_chat_the_admin_chat_once(world: World) -> None:
    async with world.bot():
        assert "not valid" in await asked(world, ADA, "/claim ABCD-ABCD-ABCD")
        made = await code(world)
        assert "admin chat now" in await asked(world, ADA, f"/claim {made.lower()}")
        assert "无效" in await asked(world, LIN, f"/claim {made}")
        await world.telegram.until(lambda: "hold" in world.telegram.commands(ADA))
        assert "hold" not in world.telegram.commands(LIN)
        assert "/deliveries" in await asked(world, ADA, "/help")
        assert "/deliveries" not in await asked(world, LIN, "/help")
        assert "There is no command" not in await asked(world, ADA, "/status")
        assert "没有" in await asked(world, LIN, "/status")
        await asked(world, LIN, f"/claim {await code(world)}")
        assert "There is no command" in await asked(world, ADA, "/status")
        await world.telegram.until(lambda: "hold" not in world.telegram.commands(ADA))


async def test_who_tries_too_often_is_refused_even_with_the_code(world: World) -> None:
    async with world.bot():
        made = await code(world)
        for _ in range(TRIES):
            assert "not valid" in await asked(world, ADA, "/claim ABCD-ABCD-ABCD")
        assert "Too many tries" in await asked(world, ADA, f"/claim {made}")
        assert "管理聊天" in await asked(world, LIN, f"/claim {made}")


async def test_in_a_group_only_those_command_who_administer_it_at_that_moment(world: World) -> None:
    telegram = world.telegram
    async with world.bot():
        made = await code(world)
        assert "管理员" in await asked(world, GROUP, f"/claim {made}", by=LIN)
        assert "管理聊天" in await asked(world, GROUP, f"/claim {made}", by=DE)
        with capture_logs() as lines:
            assert "administrators" in await asked(world, GROUP, "/hold", by=ADA)
            telegram.promote(GROUP, ADA)
            assert "held" in await asked(world, GROUP, "/hold", by=ADA)
            telegram.demote(GROUP, ADA)
            assert "administrators" in await asked(world, GROUP, "/resume", by=ADA)
        given = [(one["event"], one["command"], one["person"]) for one in lines if "command" in one]
        assert given == [
            ("operator_refused", "hold", ADA),
            ("operator_command", "hold", ADA),
            ("operator_refused", "resume", ADA),
        ]
        async with world.storage() as storage:
            assert await storage.holds.get(EVERYTHING) is not None
        telegram.migrate(GROUP, SUPERGROUP)
        assert "继续" in await asked(world, SUPERGROUP, "/resume", by=DE)
        assert "管理员" in await asked(world, SUPERGROUP, "/hold", by=LIN)
        with capture_logs() as lines:
            telegram.expel(SUPERGROUP)
            await telegram.until(lambda: any(one["event"] == "admin_chat_lost" for one in lines))
        async with world.storage() as storage:
            assert await storage.admin_chats.get(None) is None
            assert await storage.admin_chats.lost_at(None) is not None


@pytest.mark.parametrize("named", [ADA, GROUP])
async def test_the_settings_name_a_chat_and_no_code_claims_another(tmp_path: Path, named: int) -> None:
    group = Group(id=GROUP, title="值班", owner=DE)
    admin = AdminSettings(chat=named)
    async with make_world(tmp_path, groups=(group,), admin=admin) as world, world.bot():
        person = named if named > 0 else DE
        assert "无效" in await asked(world, LIN, f"/claim {await code(world)}")
        assert await asked(world, named, "/status", by=person) != ""
        await world.telegram.until(lambda: "hold" in world.telegram.commands(named))
        if named < 0:
            world.telegram.expel(named)
            world.telegram.unblock(named)
            assert "2026" not in await asked(world, named, "/hold", by=DE)
            async with world.storage() as storage:
                assert await storage.holds.get(EVERYTHING) is not None


async def test_an_issue_is_told_when_it_went_out_and_commands_look_at_it(world: World) -> None:
    async with world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        await world.said(LIN, "/start")
        world.write(DAY)
        done = await told(world, ADA, "went out")
        assert done.text.startswith(f"✅ {DAY} went out: 1 of 1, in ")
        status = await asked(world, ADA, "/status")
        assert "Subscribers: 1 active" in status
        assert f"{DAY} published" in status
        assert "sent 1/1" in status
        assert await asked(world, ADA, f"/deliveries {DAY}") == f"{DAY}\nsent 1"
        assert await asked(world, ADA, f"/retry {DAY}") == f"No active subscriber missed {DAY}."
        assert await asked(world, ADA, "/retry 2020-01-01") == "There is no issue 2020-01-01."
        assert "Name an issue" in await asked(world, ADA, "/deliveries")
        assert "not held" in await asked(world, ADA, f"/resume {DAY}")
        assert await asked(world, ADA, "/resume") == "Nothing is held, so all goes on as it did."
        assert world.telegram.chat(DE).from_bot == ()


async def test_what_is_held_or_corrected_is_told_with_its_command_and_its_end(world: World) -> None:
    async with world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        await world.said(LIN, "/start")
        world.write(DAY)
        await told(world, ADA, "went out")
        world.write(DAY, highlight="剪枝")
        assert f"jianbao publish {DAY} --edit" in (await told(world, ADA, "has changed")).text
        world.write("2026-03-03", text=ISSUE.replace("{day}", "2026-03-04"))
        assert "jianbao publish 2026-03-03" in (await told(world, ADA, "2026-03-03 is held")).text
        world.write("2026-03-03")
        await told(world, ADA, "2026-03-03 is not held any more")
        await told(world, ADA, "2026-03-03 went out")


async def test_what_is_too_long_is_resumed_here_and_goes_out(tmp_path: Path) -> None:
    most = PublishingSettings(settle=0, most_messages=4)
    async with make_world(tmp_path, publishing=most) as world, world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        await world.said(LIN, "/start")
        world.write(DAY)
        held = await told(world, ADA, f"{DAY} is held: it is 5 messages")
        assert f"/resume {DAY} lets it go out all the same" in held.text
        said = await asked(world, ADA, "/status")
        assert "⏸ Held: 1 too long\n" in said
        assert "\nSending: " in said
        assert "more than 5 messages is held again" in await asked(world, ADA, f"/resume {DAY}")
        await told(world, ADA, f"{DAY} went out")


async def test_a_correction_of_what_is_still_going_out_is_told_at_once_and_a_retry_that_it_is_held(
    world: World,
) -> None:
    async with world.storage() as storage:
        await storage.subscribers.join(Destination(LIN), Cut(), utc_now())
        await storage.holds.hold_everything(Hold(by=HeldBy.OPERATOR, why="", at=utc_now()))
        async with world.bot():
            await asked(world, ADA, f"/claim {await code(world)}")
            await told(world, ADA, "Everything is held")
            world.write(DAY)
            await until(lambda: storage.issues.get(DAY))
            await make_editorial(world.configuration, storage).publisher.publish(DAY, utc_now())
            world.write(DAY, highlight="剪枝")
            assert f"jianbao publish {DAY} --edit" in (await told(world, ADA, "has changed")).text
            assert await storage.deliveries.skip_all_of_chat(LIN, "missed", utc_now()) == 1
            again = await asked(world, ADA, f"/retry {DAY}")
            assert (
                again
                == f"{DAY} goes again to 1 subscriber who missed it.\nEverything is held, though: /resume"
            )


async def test_a_trouble_is_told_with_its_end_and_no_restart_tells_it_again(world: World) -> None:
    aside = world.folder.with_name("aside")
    async with world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        world.folder.rename(aside)
        assert "cannot read the folder" in (await told(world, ADA, "⚠️ The folder of issues")).text
        aside.rename(world.folder)
        await told(world, ADA, "✅ Over: The folder of issues")
    before = len(world.telegram.chat(ADA).from_bot)
    async with world.bot():
        await asked(world, ADA, "/hold")
    async with world.bot():
        await asked(world, ADA, "/resume")
    assert len(world.telegram.chat(ADA).from_bot) == before + 2


async def test_a_chat_that_cannot_be_told_keeps_nobody_from_an_issue(world: World) -> None:
    async with world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        await world.said(LIN, "/start")
        world.telegram.block(ADA)
        with capture_logs() as lines:
            world.write(DAY)
            await world.recorded(DAY, LIN)
            await world.telegram.until(lambda: any(one["event"] == "admin_not_told" for one in lines))
        world.telegram.unblock(ADA)
        async with world.storage() as storage:
            (waiting,) = await storage.news.waiting()
        assert waiting.what == "finished"


async def test_what_may_not_have_come_is_told_again(world: World) -> None:
    async with world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        await world.said(LIN, "/start")
        world.telegram.faults.add("reset", chats=[ADA], methods=["sendMessage"])
        world.write(DAY)
        await told(world, ADA, "went out", timeout=60)


async def test_a_file_that_cannot_be_read_is_told_with_its_end_and_not_again_after_a_restart(
    world: World,
) -> None:
    broken = world.folder / "2026-03-09.md"
    async with world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        broken.write_bytes(b"\xff\xfe\xff")
        await told(world, ADA, "2026-03-09.md is neither UTF-8 nor GB18030 text")
    async with world.bot():
        broken.unlink()
        await told(world, ADA, "2026-03-09.md is taken in, or gone")
        await told(world, ADA, "2026-03-09.md is neither UTF-8 nor GB18030 text")


async def test_forget_in_the_admin_chat_says_that_it_is_one_and_the_log_that_it_was_given_up(
    world: World,
) -> None:
    with capture_logs() as lines:
        async with world.bot():
            await asked(world, LIN, f"/claim {await code(world)}")
            *_, question = await world.said(LIN, "/forget")
            assert "• 这里是管理聊天" in question.text
            await world.tapped(question, "全部删除")
            await world.rewritten(question)
            async with world.storage() as storage:
                assert await storage.admin_chats.get(None) is None
    (given_up,) = (one for one in lines if one["event"] == "admin_chat_given_up")
    assert given_up["chat"] == LIN
