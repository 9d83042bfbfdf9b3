"""A notice comes to everybody in their language, is taken back, and stands where no issues are listed."""

from bot.model import DeliveryState, Destination, HeldBy, Hold, Notice
from bot.publishing.notices import NoticePublisher
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_calendar
from bot.storage import EVERYTHING
from tests.acceptance.world import ADA, LIN, World

WHOLE = 5  # messages of the test issue
NOTICE = Notice(texts={"zh": "今晚**停机**", "en": "Down *tonight*"})


async def sent(world: World) -> str:
    async with world.storage() as storage:
        publisher = NoticePublisher(storage.planner, make_calendar(world.configuration.settings))
        return (await publisher.send(NOTICE, "今晚停机", utc_now())).slug


async def gone(world: World, chat: int) -> None:
    """Until the chat has its welcome alone."""
    await world.telegram.until(lambda: len(world.telegram.chat(chat).from_bot) == 1)


async def test_everybody_gets_it_in_their_language_and_loses_it_when_it_is_taken_back(world: World) -> None:
    async with world.bot():
        for chat in (LIN, ADA):
            await world.said(chat, "/start")
        slug = await sent(world)
        for chat, text in ((LIN, "今晚停机"), (ADA, "Down tonight")):
            message = (await world.telegram.received(chat, 2))[-1]
            assert message.text == text
            assert not message.silent
            await world.recorded(slug, chat)
        async with world.storage() as storage:
            assert await storage.planner.retract(slug, utc_now()) == 2
        for chat in (LIN, ADA):
            await gone(world, chat)


async def test_a_hold_of_everything_holds_it_too_and_it_comes_when_that_ends(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        await world.said(LIN, "/start", answers=1 + WHOLE)
        await world.recorded("2026-03-02", LIN)
    hold = Hold(by=HeldBy.OPERATOR, why="for the test", at=utc_now())
    async with world.storage() as storage:
        assert await storage.holds.hold_everything(hold)
    async with world.storage() as storage, world.bot():
        slug = await sent(world)
        asked = await world.said(LIN, "/latest", answers=WHOLE)  # which the sender serves meanwhile
        assert not any("停机" in one.text for one in asked)
        assert await world.state(slug, LIN) is DeliveryState.PLANNED
        assert await storage.holds.release(EVERYTHING)
        await world.recorded(slug, LIN)
        assert world.telegram.chat(LIN).from_bot[-1].text == "今晚停机"


async def test_no_list_search_or_button_has_it_and_nobody_missed_it(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        await world.said(LIN, "/start", answers=1 + WHOLE)
        slug = await sent(world)
        await world.recorded(slug, LIN)
        (listed,) = await world.said(LIN, "/issues")
        (found,) = await world.said(LIN, "/search 停机")
        (named,) = await world.said(LIN, f"/issue {slug}")
        assert all("notice" not in str(one.buttons) for one in (listed, found, named))
        assert "停机" not in listed.text
        latest = await world.said(ADA, "/latest", answers=1 + WHOLE)
        assert not any("停机" in one.text or "tonight" in one.text for one in latest)
        async with world.storage() as storage:
            assert [one.slug for one in await storage.listed_issues.page(limit=9)] == ["2026-03-02"]
            assert (await storage.issues.latest() or listed).slug == "2026-03-02"  # type: ignore[union-attr]  # an issue
            now = utc_now()
            missed = await storage.missed_issues.of(
                Destination(ADA), since=now.replace(year=2020), until=now, limit=9
            )
            assert [one.slug for one in missed.issues] == []
            assert await storage.entry_index.stale("any other", limit=9) == ("2026-03-02",)
