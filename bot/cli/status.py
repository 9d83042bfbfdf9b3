"""jianbao status: how things stand."""

import asyncio
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from bot.cli.console import Format, write, write_json, write_table
from bot.model import DeliveryState, IssueState, SubscriberState
from bot.planner import Calendar
from bot.settings import Configuration, Settings, load
from bot.wiring import open_storage, utc_now


def status(
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Show issues, subscribers, and deliveries by state."""
    configuration = load()
    found = asyncio.run(_status(configuration))
    if form is Format.JSON:
        write_json(found)
    else:
        _show(found, _calendar(configuration.settings).last_day(utc_now()))


async def _status(configuration: Configuration) -> dict[str, Any]:
    async with open_storage(configuration.settings) as storage:
        issues = await storage.issues.all()
        subscribers = await storage.subscribers.counts()
        deliveries = await storage.deliveries.counts()
    return {
        "issues": [
            {
                "slug": issue.slug,
                "title": issue.title,
                "date": issue.date.isoformat() if issue.date else None,
                "state": issue.state,
                "published_at": issue.published_at.isoformat() if issue.published_at else None,
                "deliveries": {
                    state.value: deliveries.get(issue.slug, {}).get(state, 0) for state in DeliveryState
                },
            }
            for issue in issues
        ],
        "subscribers": {state.value: subscribers[state] for state in SubscriberState},
        "deliveries": {
            state.value: sum(counts.get(state, 0) for counts in deliveries.values())
            for state in DeliveryState
        },
    }


def _calendar(settings: Settings) -> Calendar:
    zone = ZoneInfo(settings.schedule.timezone)
    return Calendar(zone=zone, hold_until_date=settings.publishing.hold_until_date)


def _show(found: dict[str, Any], last_day: date) -> None:
    people = ", ".join(f"{count} {state}" for state, count in found["subscribers"].items())
    write(f"Subscribers: {people}")
    if not found["issues"]:
        write("No issues yet.")
        return
    table = Table("issue", "state", *(state.value for state in DeliveryState), title="Deliveries")
    for issue in found["issues"]:
        counts = (str(count or "·") for count in issue["deliveries"].values())
        table.add_row(issue["slug"], _state(issue, last_day), *counts)
    write_table(table)


def _state(issue: dict[str, Any], last_day: date) -> str:
    """An issue of a day yet to come waits for it; one that is due, for the running bot."""
    day = issue["date"]
    if issue["state"] == IssueState.WAITING and day and date.fromisoformat(day) > last_day:
        return f"waiting until {day}"
    return str(issue["state"])
