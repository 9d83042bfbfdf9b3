"""An operator's brakes on the whole bot: a hold, a test, a doubt; and how much a chat may ask for."""

from pathlib import Path

from bot.model import Cut, DeliveryState, Destination, HeldBy, Purpose, SubscriberState
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from bot.settings.sections import ReadingSettings
from bot.storage import ImportRow
from tests.acceptance.world import ADA, DE, ISSUE, LIN, PEOPLE, World, make_world
from tests.waiting import until

NEW, DOUBTFUL = "2026-03-02", "2026-03-09"
WHOLE = 5  # messages of the issue
STARTED = tuple(one.__class__(id=one.id, first_name=one.first_name, started=True) for one in PEOPLE)


async def subscribed(world: World, *chats: int) -> None:
    rows = [ImportRow(chat_id=one, language="zh") for one in chats]
    async with world.storage() as storage:
        await storage.subscribers.import_rows(rows, utc_now())


async def test_what_is_held_or_in_doubt_reaches_nobody_but_who_asks_or_tests_until_it_is_let_go(
    tmp_path: Path,
) -> None:
    async with make_world(tmp_path, STARTED) as world:
        world.write("2026-02-16")
        await subscribed(world, LIN, ADA)
        async with world.bot(), world.storage() as storage:
            editorial = make_editorial(world.configuration, storage)
            await editorial.holding.hold_everything("", utc_now())
            world.write(DOUBTFUL, text=ISSUE.replace("({day})", "(2026-02-09)", 1))
            world.write(NEW)

            async def three() -> bool:
                return len(await storage.issues.all()) >= 3

            await until(three)
            assert [*await storage.holds.all()] == ["", DOUBTFUL]
            cut = (await world.subscriber(ADA)).cut
            assert await editorial.publisher.test(NEW, Destination(ADA), cut, utc_now())
            assert len(await world.telegram.received(ADA, WHOLE)) == WHOLE
            assert len(await world.said(LIN, "/latest", answers=WHOLE)) == WHOLE
            assert await world.state(NEW, LIN) is None
            await editorial.holding.resume_everything()
            await world.recorded(NEW, LIN)
            await world.recorded(NEW, ADA)
            assert len(world.telegram.chat(ADA).from_bot) == 2 * WHOLE
            assert await world.state(DOUBTFUL, LIN) is None
            await editorial.publisher.publish(DOUBTFUL, utc_now())
            await world.recorded(DOUBTFUL, LIN)


async def test_an_audience_that_telegram_does_not_know_is_kept_until_an_operator_has_looked(
    tmp_path: Path,
) -> None:
    """As with the token of another bot: to each of these chats Telegram answers "chat not found"."""
    strangers = range(50_001, 50_201)
    async with make_world(tmp_path, STARTED) as world:
        world.write("2026-02-16")
        await subscribed(world, *strangers, LIN)
        async with world.bot(), world.storage() as storage:
            world.write(NEW)

            async def held() -> bool:
                return NEW in await storage.holds.all()

            await until(held)
            hold = (await storage.holds.all())[NEW]
            assert hold.by is HeldBy.LOSSES
            assert "chats tried are gone or blocked the bot" in hold.why
            kept = (await storage.subscribers.counts())[SubscriberState.ACTIVE]
            assert kept > 100
            await make_editorial(world.configuration, storage).holding.resume(NEW)
            await world.recorded(NEW, LIN)
            assert not await held()


async def test_a_test_that_a_chat_does_not_get_says_why(tmp_path: Path) -> None:
    async with make_world(tmp_path, PEOPLE) as world:
        world.write("2026-02-16")
        async with world.bot(), world.storage() as storage:
            editorial = make_editorial(world.configuration, storage)
            await editorial.publisher.test("2026-02-16", Destination(DE), Cut(), utc_now())
            row = await storage.deliveries.get("2026-02-16", Destination(DE), Purpose.TEST)
            while row and row.is_open:
                row = await storage.deliveries.get("2026-02-16", Destination(DE), Purpose.TEST)
    assert row
    assert row.state is not DeliveryState.SENT
    assert row.reason


async def test_a_chat_gets_so_many_issues_an_hour_then_one_line_and_then_nothing(tmp_path: Path) -> None:
    reading = ReadingSettings(issues_an_hour=2)
    async with make_world(tmp_path, STARTED, reading=reading) as world:
        world.write("2026-02-16")
        await subscribed(world, LIN, DE)
        async with world.bot():
            for _ in range(2):
                await world.said(LIN, "/latest", answers=WHOLE)
                await world.recorded("2026-02-16", LIN, Purpose.REQUEST)
            (line,) = await world.said(LIN, "/latest")
            assert "60 分钟后可以再要" in line.text
            await world.telegram.say(LIN, "/latest")
            (listed,) = await world.said(LIN, "/issues")
            assert "2026-02-16" in listed.text or listed.buttons
            assert len(await world.said(DE, "/latest", answers=WHOLE)) == WHOLE
