"""jianbao status: how things stand."""

import asyncio
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli.console import Format, results, write_json
from bot.model import DeliveryState, IssueState, SubscriberState
from bot.settings import Configuration, load
from bot.wiring import open_storage


def status(
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Show issues, subscribers, and deliveries by state."""
    found = asyncio.run(_status(load()))
    if form is Format.JSON:
        write_json(found)
    else:
        _show(found)


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


def _show(found: dict[str, Any]) -> None:
    people = ", ".join(f"{count} {state}" for state, count in found["subscribers"].items())
    results.print(f"Subscribers: {people}")
    table = Table("issue", "state", *(state.value for state in DeliveryState), title="Deliveries")
    for issue in found["issues"]:
        counts = (str(count or "·") for count in issue["deliveries"].values())
        table.add_row(issue["slug"], _state(issue), *counts)
    results.print(table if found["issues"] else "No issues yet.")


def _state(issue: dict[str, Any]) -> str:
    if issue["state"] == IssueState.WAITING and issue["date"]:
        return f"waiting until {issue['date']}"
    return str(issue["state"])
