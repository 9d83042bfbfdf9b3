"""What a checkup goes by. Where something could not be found out, the error says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.errors import JianbaoError
from bot.model import NEVER_PUT, Hold, IssueRecord, SteadyTime
from bot.reports.gone_topics import GoneTopic
from bot.reports.losses import Lately
from bot.reports.lost_chats import LostChat
from bot.reports.readiness import Readiness
from bot.reports.sender import Sender
from bot.settings import Settings
from bot.sources import Listing
from bot.storage.condition import Condition
from bot.telegram_api.account import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the database says, and where it is: ``place``, without user and password; ``file`` if of SQLite.

    ``admin_chat`` is told what matters; None: nobody is. ``lost_chats`` put the bot out,
    readers follow ``gone_topics``. ``until`` says of
    each issue to come when its moment is, ``holds`` what keeps which issue back, ``time`` how
    long something took.
    """

    place: str
    file: Path | None
    condition: Condition
    revision: str
    sender: Sender | None
    waiting: Sequence[IssueRecord]
    until: Mapping[str, str]
    holds: Mapping[str, Hold]
    oldest_due: datetime | None
    lately: Lately
    admin_chat: int | None
    lost_chats: Sequence[LostChat] = ()
    gone_topics: Sequence[GoneTopic] = ()
    time: SteadyTime = NEVER_PUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What is left, in bytes: on the disk of ``folder``, where the data lies, and of memory.

    None where that is not known, or lies elsewhere.
    """

    folder: Path | None
    disk: int | None
    memory: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All of it. ``proxy`` is its address without user and password, None if there is none.

    ``proxy_place`` is where it is named, or would be. ``bot`` is what the bot that runs here says, None if it
    is not asked. ``jobs`` has the next time of each job that has a cron line, ``zone_data`` where the rules
    of the time zone come from.
    ``models`` are those of the second reader's server, None where it lists none or is not asked.
    ``files`` are those of the configuration, by checksum.
    """

    now: datetime
    settings: Settings
    proxy: str | JianbaoError | None
    account: Account | JianbaoError
    listing: Listing | JianbaoError
    stored: Stored | JianbaoError
    bot: Readiness | JianbaoError | None
    jobs: Mapping[str, datetime]
    zone_data: str | None
    machine: Machine
    proxy_place: str = "telegram.proxy"
    models: frozenset[str] | JianbaoError | None = None
    files: Mapping[str, str] = field(default_factory=dict)
