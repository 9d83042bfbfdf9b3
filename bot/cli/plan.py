"""jianbao plan: what publishing an issue would send, and how long that would take."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.outlook import outlook_told
from bot.cli.output import Format, write, write_json
from bot.cli.tables import watched, write_table
from bot.digest.names import DigestNames
from bot.model import Cut, Interests, Language
from bot.reports.forecast import CutForecast, Forecast
from bot.reports.sender import ChangedFiles, changed_since, current_sender
from bot.reports.waves import waves_of
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial, make_forecaster
from bot.settings import Configuration, check_issues_named, load
from bot.storage import Access
from bot.words.durations import duration
from bot.words.english import plural

_MOST_CUTS = 10
_MOST_WAVES = 24
_LANGUAGE: Language = "en"  # that of the command line


def plan(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The issue's file name without .md.")],
    form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT,
) -> None:
    """Show what publishing an issue would send: to how many, which cuts, and for how long.

    A cut is what one subscriber gets of an issue. Nothing is changed.
    """
    configuration = load()
    found, changed = asyncio.run(_forecast(configuration, slug))
    names = DigestNames(configuration.profile, configuration.topics)
    if form is Format.JSON:
        write_json(_values(found, names) | {"changed_files": list(changed.files) if changed else []})
    else:
        if changed:
            write(f"CHANGED: {changed.what}; {changed.advice}")
        _show(found, names)


async def _forecast(configuration: Configuration, slug: str) -> tuple[Forecast, ChangedFiles | None]:
    """What would be sent, and which files say otherwise to the running bot."""
    settings = configuration.settings
    check_issues_named(settings)
    async with open_storage(settings, Access.READ) as storage:
        forecaster = make_forecaster(settings, storage, make_editorial(configuration, storage))
        found = await forecaster.forecast(slug, utc_now(), watch=lambda cuts: watched(cuts, "Rendering"))
        return found, changed_since(await current_sender(storage.leases), configuration.files)


def _show(found: Forecast, names: DigestNames) -> None:
    told = outlook_told(found.outlook) or "will be published when the running bot next looks"
    write(f"{found.outlook.record.slug} {told}")
    write(f"{found.subscribers} active subscribers with {len(found.cuts)} different cuts")
    per_second = f"at {found.rate:.1f} messages a second"
    write(f"{plural(found.messages, 'message')} after their filters, {duration(found.seconds)} {per_second}")
    _show_waves(found)
    if found.slow:
        write(f"At present longer: {found.slow}; it climbs back by itself")
    if found.empty:
        unwanted = sum(one.unwanted for one in found.empty)
        chats = sum(one.chats for one in found.empty) - unwanted
        told = f"Cuts that select nothing: {len(found.empty)}; chats that get a message saying so: {chats}"
        write(f"{told}, that want none: {unwanted}" if unwanted else told)
    if found.cuts:
        write("")
        write_table(_table(found, names))


def _show_waves(found: Forecast) -> None:
    if not found.waves:
        return
    write(f"{found.waiting} of {found.subscribers} would wait for their hour, if it went out now (UTC):")
    hours = waves_of((wave.at.replace(minute=0, second=0), wave.chats) for wave in found.waves)
    for wave in hours[:_MOST_WAVES]:
        write(f"  {wave.at:%Y-%m-%d from %H:%M}  {plural(wave.chats, 'chat')}")
    if later := hours[_MOST_WAVES:]:
        write(f"  later  {plural(sum(wave.chats for wave in later), 'chat')}")


def _table(found: Forecast, names: DigestNames) -> Table:
    more = len(found.cuts) - _MOST_CUTS
    table = Table(box=None)
    for column in ("chats", "messages each"):
        table.add_column(column, justify="right")
    table.add_column("cut" if more <= 0 else f"cut (the {_MOST_CUTS} most frequent)")
    for one in found.cuts[:_MOST_CUTS]:
        nothing = " (selects nothing)" if one.empty else ""
        table.add_row(str(one.chats), str(one.messages), escape(described(one.cut, names) + nothing))
    return table


def described(cut: Cut, names: DigestNames) -> str:
    """A cut in words."""
    followed, excluded = (_called(one, names) for one in (cut.followed, cut.excluded))
    parts = [f"{cut.language}, {cut.mode}: {', '.join(followed) or 'everything'}"]
    if excluded:
        parts.append(f"without {', '.join(excluded)}")
    if cut.sections:
        parts.append(f"only in {', '.join(_sections(cut, names))}")
    return "; ".join(parts)


def _called(interests: Interests, names: DigestNames) -> tuple[str, ...]:
    return interests.called(lambda slug: names.topic(slug, _LANGUAGE))


def _sections(cut: Cut, names: DigestNames) -> list[str]:
    return [names.section(slug, _LANGUAGE) or slug for slug in cut.sections]


def _values(found: Forecast, names: DigestNames) -> dict[str, Any]:
    return {
        "issue": found.outlook.record.slug,
        "title": found.outlook.record.title,
        "note": outlook_told(found.outlook),
        "subscribers": found.subscribers,
        "messages": found.messages,
        "seconds": round(found.seconds, 1),
        "rate": round(found.rate, 2),
        "slow": found.slow,
        "waves": [{"at": wave.at.isoformat(), "chats": wave.chats} for wave in found.waves],
        "cuts": len(found.cuts),
        "empty": {
            "cuts": len(found.empty),
            "chats": sum(one.chats for one in found.empty),
            "without_a_message": sum(one.unwanted for one in found.empty),
        },
        "most_frequent": [_cut_values(one, names) for one in found.cuts[:_MOST_CUTS]],
    }


def _cut_values(one: CutForecast, names: DigestNames) -> dict[str, Any]:
    cut = one.cut
    return {
        "chats": one.chats,
        "messages": one.messages,
        "empty": one.empty,
        "described": described(cut, names),
        "language": cut.language,
        "mode": cut.mode,
        "topics": cut.topics,
        "keywords": cut.keywords,
        "sections": cut.sections,
        "without": asdict(cut.excluded),
    }
