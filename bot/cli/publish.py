"""jianbao publish: send an issue now, or correct one that was sent."""

import asyncio
from typing import Annotated

import typer

from bot.cli.output import write
from bot.cli.watching import follow
from bot.model import OPEN_STATES, Aim, DeliveryState
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import Editorial, make_editorial
from bot.settings import Configuration, check_issues_named, load
from bot.storage import Access, Statistics
from bot.words.english import plural

_GIVEN_UP = (DeliveryState.FAILED, DeliveryState.SKIPPED)

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
    wait: Wait = False,
) -> None:
    """Publish an issue now, whatever its date. The running bot delivers it."""
    asyncio.run(_publish(load(), slug, edit=edit, wait=wait))


async def _publish(configuration: Configuration, slug: str, *, edit: bool, wait: bool) -> None:
    check_issues_named(configuration.settings)
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        if edit:
            await _correct(editorial, storage.statistics, slug)
        else:
            await editorial.intake.read(utc_now())
            published = await editorial.publisher.publish(slug, utc_now())
            write(f"{slug} is planned for {published.planned} subscribers; the running bot will send it")
        if wait:
            await follow(storage, slug)


async def _correct(editorial: Editorial, statistics: Statistics, slug: str) -> None:
    now = utc_now()
    await editorial.intake.read(now, under_way={slug})
    await editorial.publisher.correct(slug, now)
    coverage = await statistics.coverage(slug, since=now, states=(DeliveryState.SENT,))
    states = [one for one in (await statistics.counts_of(slug)).states if one.aim is Aim.SEND]
    on_their_way = sum(one.rows for one in states if one.state in OPEN_STATES)
    missed = sum(one.rows for one in states if one.state in _GIVEN_UP)
    if coverage.chats:
        write(f"{slug} will be corrected in {plural(coverage.chats, 'chat')} by the running bot")
    else:
        write(f"No chat that can be reached has an older text of {slug}.")
    if on_their_way:
        write(f"{on_their_way} still on their way: they get the corrected text")
    write_kept(coverage.out_of_reach)
    if missed:
        write(f"{missed} failed or skipped; to send them again: jianbao deliveries retry {slug}")


def write_kept(out_of_reach: int) -> None:
    """Say how many chats keep what they have; writes nothing if there are none."""
    if out_of_reach:
        write(f"blocked or deactivated, so nothing changes there: {plural(out_of_reach, 'chat')}")
