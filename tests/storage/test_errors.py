"""Every method of the storage turns the driver's errors into StoreError."""

import inspect
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StoreError
from bot.model import Cut, Delivery, DeliveryState, Destination, Part, Purpose, SubscriberState
from bot.storage import (
    Database,
    Deliveries,
    ImportRow,
    Issues,
    Leases,
    Planner,
    Statistics,
    Subscribers,
    Timestamps,
    Updates,
)
from bot.storage.threads import Threads
from tests import builders as build
from tests.builders import NOON
from tests.storage.rows import record

DELIVERY = Delivery(issue_slug="2026-03-02", chat_id=1, purpose=Purpose.PUSH, cut=Cut())
ARGUMENTS: dict[str, Any] = {
    "at": NOON,
    "before": NOON,
    "change": lambda cut: cut,
    "changed": [DELIVERY],
    "chat_id": 1,
    "checksum": "c2",
    "cut": Cut(),
    "day": date(2026, 3, 2),
    "delivery": DELIVERY,
    "new": build.correction(),
    "holder": "test",
    "issue_slug": "2026-03-02",
    "face": "open",
    "limit": 10,
    "message_id": 1,
    "name": "mark",
    "new_id": -1001,
    "now": NOON,
    "person": 1,
    "planned_before": NOON,
    "purpose": Purpose.REQUEST,
    "reason": "why",
    "record": record(),
    "report": "",
    "role": "sender",
    "rows": [ImportRow(chat_id=1, language="zh")],
    "seconds": 10.0,
    "since": NOON,
    "slug": "2026-03-02",
    "state": SubscriberState.STOPPED,
    "states": (DeliveryState.SENT,),
    "text": "text",
    "then": NOON,
    "title": "title",
    "to": Destination(1),
    "today": date(2026, 3, 2),
    "token": 1,
    "update": "{}",
    "update_id": 1,
}
METHODS = [
    (noun, name)
    for noun in (Issues, Subscribers, Deliveries, Planner, Statistics, Leases, Updates, Timestamps, Threads)
    for name, _ in inspect.getmembers(noun, inspect.isfunction)
    if not name.startswith("_")
]


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Database]:
    """A database without its tables."""
    database = Database(f"sqlite:///{tmp_path}/empty.db")
    database.make_file()
    yield database
    await database.close()


@pytest.mark.parametrize(("noun", "name"), METHODS)
async def test_a_driver_error_becomes_a_store_error(empty: Database, noun: type, name: str) -> None:
    method = getattr(noun(empty), name)
    wanted = inspect.signature(method).parameters.values()
    arguments = {one.name: ARGUMENTS[one.name] for one in wanted if one.default is one.empty}
    if name == "adopt":
        arguments["changed"] = DELIVERY
    if name == "note_face":
        part = Part(name="contents", message_id=1, content_hash="c")
        arguments["delivery"] = replace(DELIVERY, state=DeliveryState.SENT, parts=(part,))

    async def call() -> None:
        answer = method(**arguments)
        await (anext(answer) if hasattr(answer, "__anext__") else answer)

    with pytest.raises(StoreError, match="database: no such table"):
        await call()
