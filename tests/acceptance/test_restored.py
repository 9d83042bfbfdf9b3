"""A backup that was made in mid-broadcast is restored: nobody gets anything twice by itself."""

from pathlib import Path

import pytest

from bot.model import DeliveryState, HeldBy
from bot.publishing.skipping import Skipped
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from bot.storage import EVERYTHING, Database, ImportRow, hold_past
from bot.storage.backup import back_up, restore
from tests.acceptance.test_admin_chat import asked, code, told
from tests.acceptance.world import ADA, LIN, PEOPLE, World, make_world
from tests.waiting import until

DAY, SINCE = "2026-03-02", "2026-03-09"
WHOLE = 5  # messages of the issue
STARTED = tuple(one.__class__(id=one.id, first_name=one.first_name, started=True) for one in PEOPLE)


async def goes_back(world: World, backup: Path) -> None:
    """The issue goes out, and one more; then the database is again as it was while the first went out."""
    async with world.storage() as storage:
        await storage.subscribers.import_rows([ImportRow(chat_id=LIN, language="zh")], utc_now())
        await make_editorial(world.configuration, storage).intake.read(utc_now())
        await make_editorial(world.configuration, storage).publisher.publish(DAY, utc_now())
        made = await back_up(storage.database, backup, utc_now())
    async with world.bot():
        await world.recorded(DAY, LIN)
        world.write(SINCE)
        await world.recorded(SINCE, LIN)
    file = world.folder.parent / "jianbao.sqlite"
    file.unlink()
    async with Database(f"sqlite:///{file}") as database:
        await restore(database, backup, then=lambda one: hold_past(one, made.made_at, utc_now()))


def received(world: World) -> int:
    return len(world.telegram.chat(LIN).from_bot)


@pytest.mark.parametrize("skip", [True, False], ids=["skipped", "resumed"])
async def test_what_went_out_since_the_backup_comes_again_only_if_it_is_resumed(
    tmp_path: Path, *, skip: bool
) -> None:
    async with make_world(tmp_path, STARTED) as world:
        world.write(DAY)
        await goes_back(world, tmp_path / "backup")
        assert received(world) == 2 * WHOLE
        async with world.bot(), world.storage() as storage:
            await asked(world, ADA, f"/claim {await code(world)}")
            news = await told(world, ADA, "全部推送 在暂停中：数据库于")
            assert "jianbao resume --skip-open" in news.text
            await until(lambda: storage.issues.get(SINCE))
            held = await storage.holds.get(EVERYTHING)
            assert held is not None
            assert (held.by, received(world)) == (HeldBy.RESTORED, 2 * WHOLE)
            editorial = make_editorial(world.configuration, storage)
            if skip:
                skipped = await editorial.skipping.resume(utc_now())
                assert skipped == Skipped(pushes={DAY: 1}, archived=(SINCE,))
                await told(world, ADA, "全部推送继续")
                assert await world.state(DAY, LIN) is DeliveryState.SKIPPED
                again = await asked(world, ADA, f"/retry {DAY}")
                assert "1 次推送由管理员略过" in again
                assert await world.state(DAY, LIN) is DeliveryState.SKIPPED
                assert len(await world.said(LIN, "/latest", answers=WHOLE)) == WHOLE
                assert received(world) == 3 * WHOLE
            else:
                await asked(world, ADA, "/resume")
                await world.recorded(DAY, LIN)
                await world.recorded(SINCE, LIN)
                assert received(world) == 4 * WHOLE
