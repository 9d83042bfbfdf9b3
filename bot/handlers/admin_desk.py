"""What the chats that have a role work with."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from bot.handlers.editors_desk import EditorsDesk
from bot.handlers.known_chat import KnownChat
from bot.publishing.holding import Holding
from bot.storage import Issues, Planner, Statistics
from bot.storage.broadcasts import Broadcasts
from bot.storage.holds import Holds
from bot.storage.news import NewsStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What an operator may look at and change."""

    issues: Issues
    planner: Planner
    statistics: Statistics
    broadcasts: Broadcasts
    holds: Holds
    holding: Holding
    news: NewsStore


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminDesk:
    """What there is to work with where ``place`` says.

    ``status`` finds what the template ``admin/status.j2`` shows. While ``at_work`` is held, something
    changes together with what the chat knows of it. Times are told in ``zone``.
    """

    place: KnownChat
    ledger: Ledger
    status: Callable[[], Awaitable[object]]
    now: Callable[[], datetime]
    zone: tzinfo
    at_work: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """Those who work with the bot, by the chats that they do it in."""

    admin: AdminDesk
    editors: EditorsDesk
