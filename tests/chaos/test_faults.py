"""Everything that networks, people and Telegram do to a bot, at once: nothing lost, and it ends."""

from bot.model import DeliveryState, SubscriberState
from bot.publishing.publisher import Published
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from tests.acceptance.world import write_issue
from tests.chaos.test_killed import accounted
from tests.chaos.world import PARTS, READERS, SLUG, World
from tests.nightly import on

SHARES = {"5xx": 0.05, "reset": 0.02, "drop": 0.02, "stall": 0.01}
METHODS = ("sendMessage", "editMessageText", "deleteMessage")


def trouble(world: World, *, bursts: int = 1) -> None:
    """5 % 5xx, 2 % resets, 2 % accepted without an answer, 1 % stalls, and bursts of 429."""
    for kind, share in SHARES.items():
        world.telegram.faults.add(kind, share=share, times=None, methods=METHODS, delay=5)
    world.telegram.faults.add("429", share=0.005, burst=3, times=bursts, methods=METHODS)


@on("postgresql")
async def test_under_all_faults_nothing_is_lost_and_only_the_uncertain_is_doubled(world: World) -> None:
    trouble(world)
    world.telegram.faults.add("blocked", share=0.01, times=None, methods=METHODS)
    async with world.engine():
        await world.until_done()
    rows = (await world.rows()).values()
    arrived = [row for row in rows if row.state is DeliveryState.SENT]
    gone = [row for row in rows if row.state is DeliveryState.SKIPPED]
    assert len(arrived) + len(gone) == len(READERS)
    assert {row.reason for row in gone} == {"Forbidden: bot was blocked by the user"}
    blocked = (await world.storage.subscribers.counts())[SubscriberState.BLOCKED]
    assert 0 < len(gone) == blocked < len(READERS) / 5
    for row in arrived:
        accounted(world, row)
    assert sum(row.uncertain for row in arrived) > 0


@on("sqlite")
async def test_a_corrected_issue_is_edited_in_every_chat_under_faults(world: World) -> None:
    async with world.engine():
        await world.until_done()
        trouble(world)
        write_issue(world.folder, SLUG, highlight="改过")
        editorial = make_editorial(world.configuration, world.storage)
        await editorial.intake.read(utc_now())
        published = await editorial.publisher.correct(SLUG, utc_now())
        assert published == Published(slug=SLUG, planned=len(READERS))
        await world.until_done()
    for chat_id, row in (await world.rows()).items():
        contents, *rest = world.texts(chat_id)
        assert "改过" in contents
        assert len(rest) == PARTS - 1
        assert row.state is DeliveryState.SENT
    edits = world.telegram.requests.of("editMessageText")
    assert len({(one.chat_id, one.params["message_id"]) for one in edits}) == len(READERS)


@on("postgresql")
async def test_an_issue_is_taken_back_from_every_chat(world: World) -> None:
    async with world.engine():
        await world.until_done()
        await make_editorial(world.configuration, world.storage).publisher.retract(SLUG, utc_now())
        await world.until_done()
    assert all(world.texts(chat_id) == [] for chat_id in READERS)
    assert {row.state for row in (await world.rows()).values()} == {DeliveryState.SKIPPED}
