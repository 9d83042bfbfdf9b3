"""The bot's handlers on a real database, before a Telegram that takes all and notes it."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr
from structlog.processors import format_exc_info
from structlog.testing import capture_logs
from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.handlers import Desks, Identity, Questions
from bot.pacing import Dispatcher
from bot.runtime.application import TelegramApplication, build_application
from bot.runtime.clock import utc_now
from bot.runtime.clock_jumps import FollowedClock
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.runtime.newsroom import make_newsroom
from bot.runtime.operators import make_desk
from bot.runtime.sending import Sending, make_sending
from bot.runtime.watching import make_watch
from bot.settings import Configuration, Settings, load
from bot.settings.sections import DeliverySettings, PublishingSettings
from bot.storage import Access, Storage
from bot.storage.schema import metadata
from bot.telegram_api import Client, Sender
from bot.telegram_api.payloads import Body
from tests.acceptance.world import ISSUE, TOKEN, write_issue

ADMINISTRATOR, EDITOR = 701, 703
LINKED = -1009  #: the channel that is discussed in every group
_FULL = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    ),
}
_ME = {"id": 515151, "is_bot": True, "first_name": "简报", "username": "jianbao_bot"}
_BY = {
    "marks": "name",
    "holds": "scope",
    "news": "key",
    "claim_codes": "digest",
    "approvals": "slug",
    "issues": "slug",
    "votes": "person",
    "readings": "person",
}  #: what else rows are known by
_INTERNAL = frozenset({"error", "critical"})
Rows = frozenset[tuple[str, str, tuple[object, ...]]]  #: table, chat (or name of a mark), row


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the bot asked of Telegram."""

    method: str
    given: dict[str, Any]


class Wire(BaseRequest):
    """Telegram as one that agrees to everything; only ``ADMINISTRATOR`` administers groups.

    Only ``EDITOR`` is a member where it is asked who is. ``before`` is awaited before a call arrives.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.before: Callable[[Call], Awaitable[None]] | None = None

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  # the signature is python-telegram-bot's
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """Note the call and agree to it."""
        call = Call(method=url.rpartition("/")[2], given=orjson.loads(_payload(request_data)))
        if self.before is not None:
            await self.before(call)
        self.calls.append(call)
        return 200, orjson.dumps({"ok": True, "result": self._answer(call)})

    def _answer(self, call: Call) -> object:
        if call.method == "getMe":
            return _ME
        if call.method == "getChatAdministrators":
            owner = {"id": ADMINISTRATOR, "is_bot": False, "first_name": "O"}
            return [{"status": "creator", "user": owner, "is_anonymous": False}]
        if call.method == "getChatMember":
            user = {"id": call.given["user_id"], "is_bot": False, "first_name": "E"}
            return {"status": "member" if user["id"] == EDITOR else "left", "user": user}
        if call.method == "getChat":
            return {"id": call.given["chat_id"], "type": "supergroup", "linked_chat_id": LINKED, **_FULL}
        if call.method.startswith(("send", "editMessage")):
            chat = {"id": call.given.get("chat_id", 1), "type": "private"}
            return {"message_id": len(self.calls), "date": 1, "chat": chat}
        return True


def _payload(data: RequestData | None) -> bytes:
    if data is None:
        return b"{}"
    return data.json_payload if isinstance(data, Body) else orjson.dumps(data.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The handlers, what they know, and what they asked of Telegram."""

    application: TelegramApplication
    storage: Storage
    sending: Sending
    wire: Wire
    logged: list[str] = field(default_factory=list)

    async def gets(self, update: dict[str, Any]) -> list[Call]:
        """What the bot asks of Telegram when it gets this update."""
        before = len(self.wire.calls)
        with capture_logs(processors=(format_exc_info,)) as logs:
            await self.application.process_update(Update.de_json(update, self.application.bot))
        self.logged.extend(f"{update}: {one}" for one in logs if one["log_level"] in _INTERNAL)
        return self.wire.calls[before:]

    def rows(self) -> Rows:
        """All that the database holds of chats, but what waits to be handled, and of what is held."""
        found: set[tuple[str, str, tuple[object, ...]]] = set()
        with closing(sqlite3.connect(f"{self.storage.database.file}")) as connection:
            for table in metadata.tables.values():
                named = _BY.get(table.name, "chat_id")
                if named in table.c and table.name != "updates":
                    key = list(table.c).index(table.c[named])
                    columns = ", ".join(f'"{column.name}"' for column in table.c)
                    rows = connection.execute(f'SELECT {columns} FROM "{table.name}"')  # noqa: S608  # our own tables
                    found |= {(table.name, str(row[key]), row) for row in rows}
        return frozenset(found)


@asynccontextmanager
async def make_room(
    folder: Path,
    sqlite_file: Path,
    text: str = ISSUE,
    *,
    questions: Questions | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Room]:
    """A room with three issues taken in, nobody subscribed. ``clock`` is what messages are paced by."""
    issues = folder / "issues"
    issues.mkdir()
    for day in ("2025-11-03", "2026-01-05", "2026-03-02"):
        write_issue(issues, day, text=text)
    configuration = load()
    settings = _settings(configuration.settings, issues, sqlite_file)
    configuration = Configuration(
        settings=settings, profile=configuration.profile, topics=configuration.topics
    )
    wire = Wire()
    client = Client(TOKEN, request=wire, get_updates_request=wire)
    async with open_storage(settings, Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        await editorial.intake.read(utc_now())
        dispatcher = Dispatcher(rate=1_000_000, per_chat=0, now=clock, sleep=asyncio.sleep)
        sending = make_sending(settings, storage, editorial, Sender(client), dispatcher)
        desk = make_desk(
            configuration, storage, editorial, make_watch(settings, FollowedClock(utc_now, time.monotonic))
        )
        identity = Identity()
        identity.username = "jianbao_bot"
        newsroom = make_newsroom(client, configuration, sending, editorial)
        desks = Desks(admin=desk, editors=replace(newsroom.desk, questions=questions))
        application = build_application(client, configuration, sending, editorial, identity, desks)
        await application.initialize()
        yield Room(application=application, storage=storage, sending=sending, wire=wire)
        await application.shutdown()


def _settings(shipped: Settings, issues: Path, database: Path) -> Settings:
    return shipped.model_copy(
        update={
            "token": SecretStr(TOKEN),
            "issues": issues,
            "database_url": SecretStr(f"sqlite+aiosqlite:///{database}"),
            "publishing": PublishingSettings(settle=0, outdated_after=36_500),
            "delivery": DeliverySettings(expires_after=3650),
        }
    )
