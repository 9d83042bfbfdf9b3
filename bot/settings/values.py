"""The settings: what they are called, mean and may be, and what they are where nobody says.

A section says what it is in its docstring, a setting in its description. The comments of ``bot.yml``,
its JSON Schema and ``docs/settings.md`` are made from them, limits and defaults included.
"""

from datetime import tzinfo
from math import ceil
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from bot.settings.cron import cron_line
from bot.settings.shipped import shipped


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"unknown time zone {name!r}; use an IANA name such as Asia/Shanghai") from None
    return name


def _web_address(url: str) -> str:
    if not url.startswith(("http://", "https://")) or "@" in url:
        raise ValueError("must be an http:// or https:// address without a password")
    return url.rstrip("/")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Times(_Section):
    """When a job runs: every so many seconds, or by a cron line."""

    every: float | None = Field(default=None, ge=0.1, le=86_400, description="Seconds between two runs.")
    cron: Annotated[str, AfterValidator(cron_line)] | None = Field(
        default=None,
        description="Five fields, meant in the schedule's time zone, such as `*/10 8-22 * * mon-fri`;"
        " weekdays are written as names. It wins over `every`.",
    )

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if self.every is None and self.cron is None:
            raise ValueError("needs every or cron")
        return self


class ScheduleSettings(_Section):
    """What runs when: each job every so many seconds, or by a cron line.

    A job that comes late or twice does no harm: what is due is read from the database.
    """

    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="Asia/Shanghai",
        description="An IANA name. Dates of issues and cron lines are meant in it.",
    )
    read: Times = Field(
        default=Times(every=10), description="Look into the folder for new and corrected issues."
    )
    publish: Times = Field(default=Times(every=10), description="Plan the issues that are due.")
    deliver: Times = Field(default=Times(every=10), description="Send what is planned.")

    @property
    def zone(self) -> tzinfo:
        """The zone in which dates and cron times are meant."""
        return ZoneInfo(self.timezone)


class PublishingSettings(_Section):
    """When an issue counts as ready."""

    settle: float = Field(
        default=2.0, ge=0, le=3600, description="Seconds a file must have rested before it is read."
    )
    hold_until_date: bool = Field(
        default=True, description="Whether an issue dated in the future waits for its day."
    )


class DeliverySettings(_Section):
    """How fast issues are sent, and what happens when something goes wrong."""

    rate: float = Field(
        default=30.0,
        gt=0,
        le=1000,
        description="Messages a second, all chats together. Without `allow_paid_broadcast` Telegram takes"
        " about 30.",
    )
    per_chat: float = Field(default=1.0, ge=0, le=60, description="Seconds between two messages to one chat.")
    allow_paid_broadcast: bool = Field(
        default=False,
        description="Whether `rate` may go beyond what is free; Telegram takes Stars for what does.",
    )
    uncertain: Literal["resend", "skip"] = Field(
        default="resend",
        description="What happens to a part that left and got no answer: resend sends it again, so it may"
        " arrive twice; skip leaves it out.",
    )
    expires_after: float = Field(
        default=7.0,
        gt=0,
        le=3650,
        description="Days after which an issue that did not arrive is not sent any more.",
    )
    edits: Literal["auto", "ask", "never"] = Field(
        default="ask",
        description="What happens when an issue is corrected after it was sent: auto corrects it in every"
        " chat, ask waits for `jianbao publish SLUG --edit`, never leaves it as it is.",
    )
    open_chats: int = Field(
        default=0,
        ge=0,
        le=5000,
        description="Chats written to at a time; 0 means as many as the rate needs.",
    )
    cached_cuts: int = Field(default=512, ge=1, le=10_000, description="Rendered issues kept in memory.")

    @property
    def chats_at_once(self) -> int:
        """How many chats are written to at a time: as many as the rate can serve at a message a pause."""
        return self.open_chats or ceil(self.rate * (self.per_chat + _ROUND_TRIP)) + _SPARE_CHATS

    @property
    def in_flight_limit(self) -> int:
        """How many parts may be noted as leaving before they leave: what goes in a quarter of a second."""
        return max(4, ceil(self.rate / 4))

    @property
    def connections(self) -> int:
        """To Telegram: as many as messages can be in flight where an answer takes a third of a second."""
        return max(64, ceil(self.rate / 3))


_ROUND_TRIP = 0.3  # seconds that a message and its record take, generously
_SPARE_CHATS = 20


class TelegramSettings(_Section):
    """How long to wait for Telegram, and what it says of the bot."""

    poll_timeout: int = Field(
        default=30, ge=1, le=50, description="Seconds that a request for updates stays open."
    )
    connect_timeout: float = Field(
        default=10.0, gt=0, le=120, description="Seconds to wait for a connection."
    )
    request_timeout: float = Field(default=20.0, gt=0, le=300, description="Seconds to wait for an answer.")
    set_profile: bool = Field(
        default=True,
        description="Whether the bot sets its name and descriptions at the start, in Chinese and English;"
        " false leaves them as BotFather has them.",
    )


class ReadingSettings(_Section):
    """How much one answer shows."""

    back_issues_per_page: int = Field(
        default=8,
        ge=1,
        le=25,  # one message holds no more
        description="Issues on one page of /issues.",
    )
    newest_items: int = Field(default=5, ge=1, le=20, description="Items in the answer to /topic.")
    buttons: bool = Field(
        default=True,
        description="Whether a row of buttons stands under the messages of an issue in private chats, to keep"
        " an item, open it, or pass it on.",
    )
    show_waiting: bool = Field(
        default=False, description="Whether /next tells title and day of issues that wait for their day."
    )


class WebSettings(_Section):
    """Where health is asked for over HTTP: GET /health."""

    host: str = Field(default="127.0.0.1", description="The address to listen at.")
    port: int = Field(
        default=0, ge=0, le=65_535, description="The port; 0 leaves it off. The container image sets 8080."
    )


class LogSettings(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least serious events that are logged."
    )
    format: Literal["auto", "console", "json"] = Field(
        default="auto",
        description="How events are written; auto is console where a person watches, else json.",
    )


_DATABASE = "sqlite+aiosqlite:///data/jianbao.sqlite"


class Settings(BaseModel):
    """All settings: the environment first, then ``bot.yml``, then the defaults here."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    token: SecretStr | None = Field(default=None, description="The bot's token, from @BotFather.")
    token_file: Path | None = Field(
        default=None, description="A file that holds the token; it is read where `token` is not given."
    )
    config: Path = Field(
        default_factory=lambda: shipped("config"),
        description="The folder of bot.yml, digest.yml, topics files and profiles/. For a file that is not in"
        " it, the shipped one serves.",
    )
    issues: Path = Field(
        default_factory=lambda: shipped("issues"), description="The folder of the issues' Markdown files."
    )
    database_url: SecretStr = Field(
        default=SecretStr(_DATABASE),
        description="SQLite, or PostgreSQL 15 or newer: `postgresql+asyncpg://user:password@host/name`.",
        json_schema_extra={"default": _DATABASE},  # which holds no secret, as one that is given may
    )
    api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        default="https://api.telegram.org", description="Where Telegram's Bot API is asked."
    )
    schedule: ScheduleSettings = ScheduleSettings()
    publishing: PublishingSettings = PublishingSettings()
    delivery: DeliverySettings = DeliverySettings()
    telegram: TelegramSettings = TelegramSettings()
    reading: ReadingSettings = ReadingSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()
