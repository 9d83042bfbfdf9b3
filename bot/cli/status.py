"""jianbao status: how things stand."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli.console import Format, write, write_json, write_table
from bot.cli.sender import NOBODY, Sender, who_sends
from bot.cli.watching import watch
from bot.errors import BadInput
from bot.model import DeliveryState, IssueRecord, IssueState, SubscriberState
from bot.runtime.clock import utc_now
from bot.runtime.wiring import make_calendar, open_storage
from bot.settings import Configuration, Settings, load


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What programs are given, and who sends."""

    values: dict[str, Any]
    sender: Sender | None


def status(
    *,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    watching: Annotated[
        bool, typer.Option("--watch", help="Show what is on its way, again and again, until Ctrl-C.")
    ] = False,
    every: Annotated[
        float, typer.Option("--every", min=0.1, max=3600, metavar="SECONDS", help="How often, with --watch.")
    ] = 1.0,
) -> None:
    """Show issues, subscribers, and deliveries by state."""
    if watching and form is Format.JSON:
        raise BadInput("does not go with --format json", where="--watch")
    configuration = load()
    if watching:
        asyncio.run(_watch(configuration, every))
        return
    found = asyncio.run(_status(configuration))
    if form is Format.JSON:
        write_json(found.values)
    else:
        _show(found, configuration.settings)


async def _watch(configuration: Configuration, every: float) -> None:
    async with open_storage(configuration.settings) as storage:
        await watch(storage, every=every)


async def _status(configuration: Configuration) -> _Found:
    async with open_storage(configuration.settings) as storage:
        issues = await storage.issues.all()
        subscribers = await storage.subscribers.counts()
        deliveries = await storage.reports.counts()
        sender = await who_sends(storage.leases)
    values = {
        "issues": [_issue_values(issue, deliveries.get(issue.slug, {})) for issue in issues],
        "subscribers": {state.value: subscribers[state] for state in SubscriberState},
        "deliveries": {
            state.value: sum(counts.get(state, 0) for counts in deliveries.values())
            for state in DeliveryState
        },
        "sender": sender.values if sender else None,
    }
    return _Found(values=values, sender=sender)


def _issue_values(issue: IssueRecord, deliveries: Mapping[DeliveryState, int]) -> dict[str, Any]:
    return {
        "slug": issue.slug,
        "title": issue.title,
        "date": issue.date.isoformat() if issue.date else None,
        "state": issue.state,
        "published_at": issue.published_at.isoformat() if issue.published_at else None,
        "corrected": issue.corrected,
        "deliveries": {state.value: deliveries.get(state, 0) for state in DeliveryState},
    }


def _show(found: _Found, settings: Settings) -> None:
    people = ", ".join(f"{count} {state}" for state, count in found.values["subscribers"].items())
    write(f"Subscribers: {people}")
    write(f"Sending: {found.sender.told if found.sender else NOBODY}")
    if not found.values["issues"]:
        write("No issues yet.")
        return
    last_day = make_calendar(settings).last_day(utc_now())
    ask = settings.delivery.edits == "ask"
    table = Table("issue", "state", *(state.value for state in DeliveryState), title="Deliveries")
    for issue in found.values["issues"]:
        counts = (str(count or "·") for count in issue["deliveries"].values())
        table.add_row(issue["slug"], _state(issue, last_day, ask=ask), *counts)
    write_table(table)


def _state(issue: dict[str, Any], last_day: date, *, ask: bool) -> str:
    """An issue of a day yet to come waits for it; one that is due, for the running bot.

    A correction of what was sent waits for the operator, where they want to be asked.
    """
    day = issue["date"]
    if issue["state"] == IssueState.WAITING and day and date.fromisoformat(day) > last_day:
        return f"waiting until {day}"
    if issue["corrected"]:
        return f"corrected; jianbao publish {issue['slug']} --edit" if ask else "published, corrected"
    return str(issue["state"])
