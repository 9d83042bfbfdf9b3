"""The settings: what they are called, what they may be, what they are where nobody says."""

from datetime import tzinfo
from math import ceil
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings.cron import cron_line
from bot.settings.shipped import shipped


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(
            f"there is no time zone {name!r}; write an IANA name such as Asia/Shanghai"
        ) from None
    return name


def _web_address(url: str) -> str:
    if not url.startswith(("http://", "https://")) or "@" in url:
        raise ValueError("must be an http:// or https:// address without a password")
    return url.rstrip("/")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Times(_Section):
    """When a job runs: every so many seconds, or by a cron line, which wins where both are given."""

    every: float | None = Field(default=None, ge=0.1, le=86_400)
    cron: Annotated[str, AfterValidator(cron_line)] | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if self.every is None and self.cron is None:
            raise ValueError("give every or cron")
        return self


class ScheduleSettings(_Section):
    """What runs when."""

    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    read: Times = Times(every=10)
    publish: Times = Times(every=10)
    deliver: Times = Times(every=10)

    @property
    def zone(self) -> tzinfo:
        """The zone in which dates and cron times are meant."""
        return ZoneInfo(self.timezone)


class PublishingSettings(_Section):
    """When an issue counts as ready. ``settle`` is in seconds."""

    settle: float = Field(default=2.0, ge=0, le=3600)
    hold_until_date: bool = True


class DeliverySettings(_Section):
    """How fast, and what where something goes wrong.

    ``rate`` in messages a second, ``per_chat`` in seconds, ``expires_after`` in days.
    """

    rate: float = Field(default=30.0, gt=0, le=1000)
    per_chat: float = Field(default=1.0, ge=0, le=60)
    allow_paid_broadcast: bool = False
    uncertain: Literal["resend", "skip"] = "resend"
    expires_after: float = Field(default=7.0, gt=0, le=3650)
    edits: Literal["auto", "ask", "never"] = "ask"
    open_chats: int = Field(default=0, ge=0, le=5000)
    cached_cuts: int = Field(default=512, ge=1, le=10_000)

    @property
    def chats_at_once(self) -> int:
        """How many chats are written to at a time: as many as the rate can serve at a message a pause."""
        return self.open_chats or ceil(self.rate * (self.per_chat + _ROUND_TRIP)) + _SPARE_CHATS

    @property
    def ahead(self) -> int:
        """How many parts may be noted as leaving before they leave: what goes in a quarter of a second."""
        return max(4, ceil(self.rate / 4))

    @property
    def connections(self) -> int:
        """To Telegram: as many as messages can be in flight where an answer takes a third of a second."""
        return max(64, ceil(self.rate / 3))


_ROUND_TRIP = 0.3  # seconds that a message and its record take, generously
_SPARE_CHATS = 20


class TelegramSettings(_Section):
    """Seconds to wait for Telegram."""

    poll_timeout: int = Field(default=30, ge=1, le=50)
    connect_timeout: float = Field(default=10.0, gt=0, le=120)
    request_timeout: float = Field(default=20.0, gt=0, le=300)


class ReadingSettings(_Section):
    """How much one answer shows."""

    back_issues_per_page: int = Field(default=8, ge=1, le=25)  # one message holds no more
    newest_items: int = Field(default=5, ge=1, le=20)


class WebSettings(_Section):
    """Where health is asked for; port 0 leaves it off."""

    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65_535)


class LogSettings(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "json"] = "auto"


class Settings(BaseSettings):
    """All settings: the environment first, then ``bot.yml``, then the defaults here."""

    model_config = SettingsConfigDict(
        env_prefix="JIANBAO_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = None
    token_file: Path | None = None
    api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/jianbao.sqlite")
    issues: Path = Field(default_factory=lambda: shipped("issues"))
    config: Path = Field(default_factory=lambda: shipped("config"))
    schedule: ScheduleSettings = ScheduleSettings()
    publishing: PublishingSettings = PublishingSettings()
    delivery: DeliverySettings = DeliverySettings()
    telegram: TelegramSettings = TelegramSettings()
    reading: ReadingSettings = ReadingSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # the signature is pydantic's
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what the file gave."""
        return env_settings, init_settings
