"""Updates are stored before they are handed on, so that none is lost with the process."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder

from bot.errors import BadInput, StoreError
from bot.handlers import InOrderPerChat
from bot.runtime.application import TelegramApplication
from bot.runtime.inbox import Inbox, StoredUpdates
from bot.storage import Database, Updates
from bot.telegram_api import make_client
from tests.builders import NOON


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as opened:
        yield opened


PERSON = {"id": 7, "first_name": "小林", "is_bot": False}
CHAT = {"id": 7, "type": "private"}


def update(number: int = 5) -> dict[str, Any]:
    said = {"message_id": 1, "date": 1, "chat": CHAT, "from": PERSON, "text": "/help"}
    return {"update_id": number, "message": said}


def body(of: object) -> bytes:
    return json.dumps(of).encode()


def application(updates: Any) -> TelegramApplication:
    builder = ApplicationBuilder().bot(make_client("123:x")).updater(None).job_queue(None)
    return builder.concurrent_updates(InOrderPerChat(updates, lambda: NOON)).build()


def handed_on(to: TelegramApplication) -> list[int]:
    waiting = [to.update_queue.get_nowait() for _ in range(to.update_queue.qsize())]
    return [one.update_id for one in waiting if isinstance(one, Update)]


class Away:
    """A database that does not answer."""

    async def keep(self, update_id: int, update: str, now: datetime) -> None:
        raise StoreError(f"no answer about {update_id}: {update} at {now}")

    async def note(self, update_id: int, now: datetime) -> None:
        raise StoreError(f"no answer about {update_id} at {now}")

    async def waiting(self) -> list[str]:
        raise StoreError("no answer")


async def test_what_is_brought_is_stored_and_handed_on(database: Database) -> None:
    updates = Updates(database)
    handlers = application(updates)
    await Inbox(handlers, updates, lambda: NOON).take(body(update()))
    assert handed_on(handlers) == [5]
    again = application(updates)
    await Inbox(again, updates, lambda: NOON).resume()
    assert handed_on(again) == [5]


async def test_what_cannot_be_stored_is_not_handed_on_for_it_is_brought_again() -> None:
    handlers = application(Away())
    with pytest.raises(StoreError):
        await Inbox(handlers, Away(), lambda: NOON).take(body(update()))
    assert handed_on(handlers) == []


@pytest.mark.parametrize("given", [b"{", b"[]", b"\xff", body({"update_id": "5"}), body({})])
async def test_what_is_no_update_is_refused(given: bytes) -> None:
    with pytest.raises(BadInput):
        await Inbox(application(Away()), Away(), lambda: NOON).take(given)


async def test_what_is_asked_inline_is_not_stored() -> None:
    handlers = application(Away())
    asked = {"update_id": 5, "inline_query": {"id": "1", "from": PERSON, "query": "量化", "offset": ""}}
    await Inbox(handlers, Away(), lambda: NOON).take(body(asked))
    assert handed_on(handlers) == [5]


class Account:
    """Has one update."""

    async def raw_updates(self, **_: Any) -> list[dict[str, Any]]:
        return [update()]


async def test_what_is_fetched_is_stored_before_the_next_request_confirms_it(database: Database) -> None:
    updates = Updates(database)
    inbox = Inbox(application(updates), updates, lambda: NOON)
    found: Sequence[object] = await StoredUpdates(Account(), inbox).raw_updates(
        offset=None, timeout=0, allowed=()
    )
    assert found == [update()]
    assert [json.loads(one) for one in await updates.waiting()] == [update()]


async def test_what_is_fetched_is_handled_while_the_database_is_away() -> None:
    inbox = Inbox(application(Away()), Away(), lambda: NOON)
    assert await StoredUpdates(Account(), inbox).raw_updates(offset=None, timeout=0, allowed=()) == [update()]
    await inbox.resume()


async def test_a_process_takes_nothing_in_while_it_stands_by_or_has_too_much_in_work() -> None:
    handlers = application(Away())
    inbox = Inbox(handlers, Away(), lambda: NOON)
    opened = [inbox.is_open]
    inbox.listens(yes=True)
    opened.append(inbox.is_open)
    for _ in range(2000):
        await inbox.hand_on(inbox.read(update()))
    assert [*opened, inbox.is_open] == [False, True, False]
