"""The whole bot in a test: a folder of issues, a real database file, Telegram's stand-in over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr

from bot.model import DeliveryState, Destination, Purpose, Subscriber
from bot.runtime.clock import Now, utc_now
from bot.runtime.databases import open_storage
from bot.runtime.serve import serve
from bot.sandbox import Group, Limits, Message, Person, Sandbox
from bot.settings import Configuration, load
from bot.settings.sections import (
    DeliverySettings,
    PublishingSettings,
    ScheduleSettings,
    TelegramSettings,
    Times,
)
from bot.storage import Access, ImportRow, Storage
from tests.apart import apart
from tests.sqlite import write_empty
from tests.waiting import until

TOKEN = "515151:a-token-that-opens-nothing"
LIN, ADA, DE = 1001, 1002, 1003
PEOPLE = (
    Person(id=LIN, first_name="小林", language_code="zh-hans"),
    Person(id=ADA, first_name="Ada", language_code="en"),
    Person(id=DE, first_name="阿德", language_code="zh-hans"),
)
SOON, LATER, NEVER = Times(every=0.2), Times(every=1), Times(every=3600)
#: Every tick costs a dozen questions to the database: what is published wakes whoever delivers it.
TICKS = ScheduleSettings(read=SOON, publish=SOON, deliver=LATER)
NO_TICKS = ScheduleSettings(read=NEVER, publish=NEVER, deliver=LATER)

ISSUE = """\
# 嵌入式AI简报 ({day})：{highlight}

**关注模型压缩**

> 导读：本期四条。

好了，先是一些热身小新闻：

- 某厂：发布新款手机处理器（{day}）；

## 业界新闻

- [晶圆代工价格上调 | 观察者](https://example.com/{day}/foundry)
摘要：代工厂宣布调价（{day}）。

## 论文

- [CVPR 2026] [四比特量化的新方法 | 知乎](https://example.com/{day}/quant)
论文：https://arxiv.org/abs/2210.17323
摘要：量化到四比特，精度不降（{day}）。
- [通道剪枝再思考 | 知乎](https://example.com/{day}/pruning)
摘要：剪枝之后无需微调（{day}）。

## 开源项目

- [量化工具箱发布 | GitHub](https://example.com/{day}/toolbox)
摘要：支持 int8 与 int4 量化（{day}）。
"""


@cache
def load_shipped() -> Configuration:
    """The shipped configuration, read once: nobody changes it."""
    return load()


def write_issue(folder: Path, day: str, *, highlight: str = "量化", text: str = ISSUE) -> None:
    """Put an issue into a folder, whole at once as editors' tools do."""
    part = folder / f".{day}.part"
    part.write_text(text.format(day=day, highlight=highlight), "utf-8")
    part.rename(folder / f"{day}.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Where everything is."""

    folder: Path
    telegram: Sandbox
    configuration: Configuration
    now: Now = utc_now

    def write(self, day: str, *, highlight: str = "量化", text: str = ISSUE) -> None:
        """Put an issue into the folder."""
        write_issue(self.folder, day, highlight=highlight, text=text)

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[None]:
        """The bot running; at the end it is told to stop and has stopped."""
        stopping, ready = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(serve(self.configuration, stopping, on_running=ready.set, now=self.now))
        hearing = asyncio.create_task(self._begun(ready))
        await asyncio.wait({running, hearing}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            hearing.cancel()
            await running
        try:
            yield
        finally:
            stopping.set()
            await running

    async def _begun(self, ready: asyncio.Event) -> None:
        """Until the folder was read and the bot asks for updates."""
        async with asyncio.timeout(20):
            await ready.wait()
        await self.telegram.until(self._is_heard, timeout=20)

    def _is_heard(self) -> bool:
        """Whether the bot polls, or Telegram may bring it updates."""
        return self.telegram.polled or bool(self.telegram.webhook["url"])

    @asynccontextmanager
    async def storage(self) -> AsyncIterator[Storage]:
        """The bot's database, looked at from beside it."""
        async with open_storage(self.configuration.settings, Access.MIGRATE) as storage:
            yield storage

    async def state(self, slug: str, chat_id: int, purpose: Purpose = Purpose.PUSH) -> DeliveryState | None:
        """How far an issue has come on its way to a chat."""
        async with self.storage() as storage:
            row = await storage.deliveries.get(slug, Destination(chat_id), purpose)
        return row.state if row else None

    async def recorded(self, slug: str, chat_id: int, purpose: Purpose = Purpose.PUSH) -> None:
        """Until the ledger says that an issue was sent: some moments after its last part arrived."""
        async with self.storage() as storage:

            async def is_sent() -> bool:
                row = await storage.deliveries.get(slug, Destination(chat_id), purpose)
                return row is not None and row.state is DeliveryState.SENT

            await until(is_sent)

    async def subscriber(self, chat_id: int) -> Subscriber:
        """Who subscribes in a chat, once somebody does."""
        async with self.storage() as storage:
            await until(lambda: storage.subscribers.get(Destination(chat_id)))
            found = await storage.subscribers.get(Destination(chat_id))
        assert found is not None
        return found

    async def said(self, chat_id: int, text: str, *, answers: int = 1) -> tuple[Message, ...]:
        """What the bot answers to a text: its next messages."""
        before = len(self.telegram.chat(chat_id).from_bot)
        await self.telegram.say(chat_id, text)
        return (await self.telegram.received(chat_id, before + answers))[before:]

    async def tapped(self, message: Message, label: str, *, answers: int = 0) -> tuple[Message, ...]:
        """Press a button by its label or a part of it; returns what was sent in answer."""
        named = [button for button in message.buttons if label in button.text]
        button = next((button for button in named if button.text == label), named[0])
        before = len(self.telegram.chat(message.chat_id).from_bot)
        query = await self.telegram.press(message.chat_id, message.message_id, button.data or "")
        await self.telegram.answer(query)
        return (await self.telegram.received(message.chat_id, before + answers))[before:]

    async def rewritten(self, message: Message) -> Message:
        """The message as it is once the bot has edited it."""
        chat = self.telegram.chat(message.chat_id)
        await self.telegram.until(lambda: chat.find(message.message_id) != message)
        found = chat.find(message.message_id)
        assert found is not None
        return found


@asynccontextmanager
async def make_world(
    folder: Path,
    people: tuple[Person, ...] = PEOPLE,
    groups: tuple[Group, ...] = (),
    *,
    inline: bool = True,
    limits: Limits | None = None,
    now: Now = utc_now,
    **changes: Any,
) -> AsyncIterator[World]:
    """A world without rate limits, its clock jobs five times a second; ``now`` is its time, everywhere."""
    issues = folder / "issues"
    issues.mkdir()
    database = await asyncio.to_thread(write_empty, folder / "jianbao.sqlite")

    async def drop() -> str:
        write_issue(issues, "2026-03-02")
        return "2026-03-02.md"

    telegram = Sandbox(
        token=TOKEN,
        people=people,
        groups=groups,
        limits=limits or Limits.unhurried(),
        random=Random(5),  # noqa: S311  # ids that look random
        drop=drop,
        inline=inline,
        clock=now,
    )
    async with telegram:
        shipped = load_shipped()
        settings = shipped.settings.model_copy(
            update={
                "token": SecretStr(TOKEN),
                "api_url": telegram.url,
                "issues": issues,
                "database_url": SecretStr(f"sqlite+aiosqlite:///{database}"),
                "schedule": TICKS,
                "publishing": PublishingSettings(settle=0, outdated_after=36_500),
                "delivery": DeliverySettings(rate=100, per_chat=0, expires_after=3650),
                "telegram": TelegramSettings(poll_timeout=1, request_timeout=5, connect_timeout=2),
                **changes,
            }
        )
        yield World(
            now=now,
            folder=issues,
            telegram=telegram,
            configuration=Configuration(
                settings=settings, profile=apart(shipped.profile), topics=shipped.topics
            ),
        )


@asynccontextmanager
async def make_archive(folder: Path, lins: range, adas: range = range(0)) -> AsyncIterator[World]:
    """A running bot with three issues, and people for tests that share it; it publishes nothing more.

    Each of ``lins`` subscribes and has no issue on its way; those of ``adas`` have said nothing yet.
    """
    chinese = (Person(id=one, first_name="小林", language_code="zh-hans", started=True) for one in lins)
    english = (Person(id=one, first_name="Ada", language_code="en") for one in adas)
    async with make_world(folder, people=(*chinese, *english), schedule=NO_TICKS) as world:
        for day in ("2025-11-03", "2026-01-05", "2026-03-02"):
            world.write(day)
        async with world.storage() as storage:
            rows = [ImportRow(chat_id=one, language="zh") for one in lins]
            await storage.subscribers.import_rows(rows, utc_now())
        async with world.bot():
            yield world
