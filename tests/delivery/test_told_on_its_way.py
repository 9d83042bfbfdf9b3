"""Who has a part of an issue when it is corrected is told as others are, if what they have changes."""

import pytest

from bot.delivery import Brake
from bot.delivery.correction_note import CorrectionNote
from bot.delivery.job import as_rendered
from bot.delivery.render_cache import RenderCache
from bot.messages import Renderer
from bot.model import NOTE, Aim, DeliveryState, HeldPushes, Issue, MessageHabit, Packing
from bot.readers.parsed_issues import ParsedIssues
from bot.storage.broadcasts import Broadcasts
from bot.storage.corrections_told import CorrectionsTold
from tests import builders as build
from tests.delivery.world import SLUG, World
from tests.messages.names import FixedNames

LINE = "✏️ 已更正："
NAMES = ("news", "papers", "tools")


def read(slug: str, text: str) -> Issue:
    """An issue of three sections, each with the word of the text for it."""
    words = dict(word.split("=") for word in text.split() if "=" in word)
    return build.issue(
        *(
            build.section(name, build.item(id=name, summary=build.text(words.get(name, "旧"))), heading=name)
            for name in NAMES
        ),
        slug=slug,
    )


async def begun(world: World, parts: int) -> None:
    """One reader has so many parts of the issue, and it is held."""
    renderer = Renderer(FixedNames(), MessageHabit(pack=Packing.SECTION))
    parsed = ParsedIssues(world.issues, read)
    cache = RenderCache(parsed, renderer, most=9, now=lambda: len(world.gateway.sent) * 60.0)
    world.render = cache.render
    world.finish = CorrectionNote(
        finish=as_rendered,
        told=CorrectionsTold(world.database),
        parsed=parsed,
        read=read,
        renderer=renderer,
        deliveries=world.ledger,
    )
    world.brake = Brake.off()

    def stop() -> None:
        if len(world.gateway.sent) == parts:
            world.brake.held = HeldPushes(everything=True)

    world.gateway.on_sent = stop
    await world.publish(1)
    await (await world.worker()).drain()
    assert len((await world.row(1)).parts) == parts


async def corrected(world: World, text: str, *, told: bool = True, checksum: str = "c2") -> None:
    """It has this text now, is corrected, and goes on to its end."""
    new = build.correction(text, checksum=checksum)
    assert await world.issues.update_text(SLUG, new, even_if_under_way=True)
    await world.planner.correct(SLUG, world.clock.now(), told=told)
    await goes_on(world)


async def goes_on(world: World) -> None:
    world.brake.held = HeldPushes()
    await (await world.worker()).drain()
    assert (await world.row(1)).state is DeliveryState.SENT


def lines(world: World) -> list[str]:
    return [text for text in world.gateway.to(1) if text.startswith(LINE)]


@pytest.mark.parametrize("parts", [2, 3])
async def test_who_has_the_part_that_changed_is_told_once_below_all_parts(world: World, parts: int) -> None:
    await begun(world, parts)
    await corrected(world, "news=新")
    (line,) = lines(world)
    assert world.gateway.to(1)[-1] == line
    assert any("新" in text for text in world.gateway.standing(1))


@pytest.mark.parametrize("parts", [1, 2, 3])
async def test_who_gets_the_new_text_only_is_not_told(world: World, parts: int) -> None:
    await begun(world, parts)
    await corrected(world, "tools=新")
    assert lines(world) == []
    assert world.gateway.edits == 0


async def test_who_is_told_on_the_way_is_counted_with_the_others(world: World) -> None:
    await begun(world, 2)
    await corrected(world, "news=新")
    broadcasts = Broadcasts(world.database)
    assert (await broadcasts.totals(SLUG, Aim.CORRECT)).sent == 1
    assert (await broadcasts.totals(SLUG, Aim.SEND)).sent == 1


async def test_the_line_is_no_message_of_the_issue(world: World) -> None:
    await begun(world, 2)
    await corrected(world, "news=新")
    row = await world.row(1)
    assert (await Broadcasts(world.database).totals(SLUG, Aim.SEND)).messages == len(row.parts) - 1


async def test_nobody_is_told_on_the_way_of_what_is_corrected_in_silence(world: World) -> None:
    await begun(world, 2)
    await corrected(world, "news=新", told=False)
    assert lines(world) == []


async def test_who_gets_the_new_text_before_it_is_decided_to_tell_is_told_all_the_same(world: World) -> None:
    """What was looked up before the decision is not remembered as one."""
    await begun(world, 2)
    new = build.correction("news=新")
    assert await world.issues.update_text(SLUG, new, even_if_under_way=True)
    world.gateway.on_sent = lambda: setattr(world.brake, "held", HeldPushes(everything=True))
    world.brake.held = HeldPushes()
    await (await world.worker()).drain()
    world.gateway.on_sent = lambda: None
    await world.planner.correct(SLUG, world.clock.now(), told=True)
    await goes_on(world)
    assert len(lines(world)) == 1


async def test_the_line_is_not_sent_twice_though_it_stops_after_it(world: World) -> None:
    await begun(world, 2)
    new = build.correction("news=新")
    assert await world.issues.update_text(SLUG, new, even_if_under_way=True)
    await world.planner.correct(SLUG, world.clock.now(), told=True)

    def stop() -> None:
        if lines(world):
            world.brake.held = HeldPushes(everything=True)

    world.gateway.on_sent = stop
    world.brake.held = HeldPushes()
    await (await world.worker()).drain()
    assert (await world.row(1)).is_open
    await goes_on(world)
    assert len(lines(world)) == 1
    assert [part.name for part in (await world.row(1)).parts if part.name.startswith(NOTE)] == [f"{NOTE}c2"]
