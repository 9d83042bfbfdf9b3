"""jianbao publish: send an issue now, or correct one that was sent."""

import asyncio
import time
from typing import Annotated

import typer

from bot.cli.confirming import LEFT_ALONE, Yes, confirmed
from bot.cli.output import write
from bot.cli.progress import sends_when, waits_for
from bot.cli.testing import send_test
from bot.cli.watching import follow
from bot.delivery.render_cache import RenderCache
from bot.errors import BadInput
from bot.model import OPEN_STATES, Aim, DeliveryState, Destination
from bot.reports.correction import Corrections
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import Editorial, make_editorial
from bot.settings import Configuration, check_issues_named, load
from bot.storage import Access, Coverage, Storage
from bot.words.english import plural

#: Of those on their way, so that the number at the end is understood.
_COUNTED = "; who has the old one by then is corrected too, and counted with those at the end"

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The issue's file name without .md.")]
Wait = Annotated[
    bool, typer.Option("--wait", help="Show progress until the running bot is done, then what failed.")
]


def publish(
    slug: Slug,
    *,
    edit: Annotated[
        bool, typer.Option("--edit", help="Correct a published issue in every chat that has it.")
    ] = False,
    tell: Annotated[
        bool,
        typer.Option(
            "--tell", help="With --edit: let each reader whose copy changes get a silent line that says what."
        ),
    ] = False,
    to: Annotated[
        int | None,
        typer.Option(
            "--to",
            metavar="CHAT",
            help="Send it to this chat alone, as a test; ahead of a broadcast, as requests are.",
        ),
    ] = None,
    wait: Wait = False,
    yes: Yes = False,
) -> None:
    """Publish an issue now, whatever its date. The running bot delivers it.

    One that is in the archive, old, or long is only published once that is confirmed; one that is held
    for its length, if its day is still to come.
    """
    if to is not None and edit:
        raise BadInput("cannot be combined with --edit", where="--to")
    if tell and not edit:
        raise BadInput("goes with --edit alone", where="--tell")
    configuration = load()
    check_issues_named(configuration.settings)
    if to is not None:
        asyncio.run(send_test(configuration, slug, Destination(to)))
    elif edit:
        asyncio.run(_correct(configuration, slug, wait=wait, told=tell))
    else:
        asyncio.run(_publish(configuration, slug, wait=wait, yes=yes))


async def _publish(configuration: Configuration, slug: str, *, wait: bool, yes: bool) -> None:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        await editorial.intake.read_for(slug, utc_now(), rested=True)
        caution = None if yes else await editorial.publisher.caution(slug, utc_now())
        question = f"{slug} {caution}. Send it to every subscriber?"
        if caution and not confirmed(question, because=f"{slug} {caution}"):
            write(f"{slug} was not published")
            raise typer.Exit(LEFT_ALONE)
        published = await editorial.publisher.publish(slug, utc_now())
        sends = await sends_when(storage, slug)
        write(f"{slug} is planned for {plural(published.planned, 'subscriber')}; {sends}")
        if wait:
            await follow(storage, slug)


async def _correct(configuration: Configuration, slug: str, *, wait: bool, told: bool) -> None:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        await _plan_correction(make_editorial(configuration, storage), storage, slug, told=told)
        if wait:
            await follow(storage, slug)


async def _plan_correction(editorial: Editorial, storage: Storage, slug: str, *, told: bool) -> None:
    statistics, now = storage.statistics, utc_now()
    await editorial.intake.read_for(slug, now, under_way={slug}, rested=True)
    alike = await _reads_alike(editorial, storage, slug)
    await editorial.publisher.correct(slug, now, told=told)
    coverage = await statistics.coverage(slug, since=now, states=(DeliveryState.SENT,))
    states = [one for one in (await statistics.counts_of(slug)).pushes.states if one.aim is Aim.SEND]
    on_their_way = sum(one.rows for one in states if one.state in OPEN_STATES)
    left_out = (await storage.broadcasts.totals(slug, Aim.SEND)).left_out
    lines, missed = await statistics.lines_refreshed(slug, since=now), await storage.planner.missed(slug)
    if coverage.chats:
        what = "reads as it did, and will be looked at again" if alike else "will be corrected"
        write(f"{slug} {what} in {plural(coverage.chats, 'chat')} by the running bot")
        if told:
            write("where something changes, each gets a silent line that says what was corrected")
    elif not lines:
        write(f"No chat that can be reached has an older text of {slug}.")
    if lines:
        write(f"its line below a newer issue will be corrected in {plural(lines, 'chat')}")
    if on_their_way:
        write(f"{on_their_way} still on their way: they get the corrected text{_COUNTED}")
    if (coverage.chats or on_their_way) and (before := await waits_for(storage, slug)):
        write(f"it waits, though: {before}")
    write_kept(coverage)
    if left_out:
        write(f"{left_out} left out by an operator: nothing is sent there")
    if missed:
        write(f"{missed} failed or skipped; to send them again: jianbao deliveries retry {slug}")


async def _reads_alike(editorial: Editorial, storage: Storage, slug: str) -> bool:
    """Whether nobody who has the issue would see a difference."""
    record = await storage.issues.get(slug)
    if record is None:
        return False
    cache = RenderCache(editorial.parsed, editorial.renderer, most=1, now=time.monotonic)
    found = await Corrections(storage, cache.render).of(record)
    return found.is_whole and found.chats > 0 and not found.changes


def write_kept(coverage: Coverage) -> None:
    """Say how many chats keep what they have, and why; writes nothing if there are none."""
    if coverage.out_of_reach:
        chats = plural(coverage.out_of_reach, "chat")
        write(f"blocked or deactivated, so nothing changes there before they are back: {chats}")
    if coverage.deleted:
        chats = plural(coverage.deleted, "chat")
        write(f"forgotten, or sent longer ago than privacy.keep_ledger, so nothing changes there: {chats}")
