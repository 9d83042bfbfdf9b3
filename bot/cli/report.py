"""jianbao report: what readers did in a week, by topic, as the editors' chat is told."""

import asyncio
from typing import Annotated

import typer

from bot.cli.output import Format, write, write_json
from bot.errors import BadInput
from bot.messages.markup import parse
from bot.model import LANGUAGES, Language
from bot.reports.weekly import WeekReport, week_report
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.runtime.weekly import week_message
from bot.settings import Configuration, load
from bot.storage import Access


def report(
    *,
    language: Annotated[
        str | None, typer.Option("--language", help="zh or en; without it, that of the digest.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT,
) -> None:
    """Show what readers did in the last week that was counted, by topic.

    What they opened, saved, passed on and liked, against what the issues offered; none of under five readers.
    """
    configuration = load()
    chosen = next((one for one in LANGUAGES if one == language), None)
    if language is not None and chosen is None:
        raise BadInput(f"is {', '.join(LANGUAGES)}", where="--language")
    asyncio.run(_report(configuration, chosen or configuration.profile.language, form))


async def _report(configuration: Configuration, language: Language, form: Format) -> None:
    async with open_storage(configuration.settings, Access.READ) as storage:
        week = await storage.weekly.newest()
        if week is None:
            raise BadInput("no week was counted yet; the running bot counts on Monday at nine")
        found = week_report(week, await storage.weekly.counts(week))
        if form is Format.JSON:
            write_json(_values(found))
            return
        editorial = make_editorial(configuration, storage)
        message = week_message(found, editorial.renderer, editorial.names, language)
        write(parse(message.html).text)


def _values(found: WeekReport) -> dict[str, object]:
    return {
        "week": found.week.isoformat(),
        "items": found.items,
        "done": dict(found.done),
        "topics": [
            {"topic": one.topic, "done": dict(one.done), "offered": one.offered} for one in found.topics
        ],
    }
