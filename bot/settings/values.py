"""The settings: what they are called, mean and may be, and what they are where nobody says.

A section says what it is in its docstring, a setting in its description. The comments of ``bot.yml``,
its JSON Schema and ``docs/settings.md`` are made from them, limits and defaults included.
"""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, model_validator

from bot.settings.sections import (
    AdminSettings,
    DeliverySettings,
    EditorsSettings,
    LogSettings,
    MetricsSettings,
    PrivacySettings,
    PublishingSettings,
    ReadingSettings,
    ScheduleSettings,
    SourceSettings,
    TelegramSettings,
    TopicsSettings,
    WebSettings,
)
from bot.settings.sections.section import Section
from bot.settings.shipped import shipped
from bot.sources import plain_path
from bot.words.addresses import web_address

_DATABASE = "sqlite+aiosqlite:///data/jianbao.sqlite"


#: Of Telegram's own server, which is also the only one that wants HTTPS.
_CLOUD = "https://api.telegram.org"
_WEBHOOK_PORTS = (None, 443, 80, 88, 8443)


class Settings(Section):
    """All settings: the environment first, then ``bot.yml``, then the defaults here."""

    model_config = ConfigDict(hide_input_in_errors=True)

    token: SecretStr | None = Field(default=None, description="The bot's token, from @BotFather.")
    token_file: Path | None = Field(
        default=None,
        description="A file that holds the token; it is read where `token` is not given. Where neither is, a"
        " file called `token` in the folder of bot.yml is read, if there is one.",
    )
    config: Path = Field(
        default_factory=lambda: shipped("config"),
        description="The folder of bot.yml, digest.yml, topics files and profiles/; `--config` wins over it."
        " Where neither names one: `./config`, then `/etc/jianbao`, then the shipped one. For a file that is"
        " not in it, the shipped one serves.",
    )
    issues: Path = Field(
        default_factory=lambda: shipped("issues"),
        description="The folder of the issues' Markdown files. A path in bot.yml counts from its folder, one"
        " in the environment from the current folder. Or they come from a git repository: `source`.",
    )
    database_url: SecretStr = Field(
        default=SecretStr(_DATABASE),
        description="SQLite, or PostgreSQL 15 or newer: `postgresql+asyncpg://user:password@host/name`."
        " `sqlite:////srv/jianbao.sqlite` begins at the root; with three strokes the path counts from the"
        " folder of bot.yml, or in the environment, as by default, from the current folder.",
        json_schema_extra={"default": _DATABASE},  # which holds no secret, as one that is given may
    )
    api_url: Annotated[str, AfterValidator(web_address)] = Field(
        default=_CLOUD, description="Where Telegram's Bot API is asked."
    )
    schedule: ScheduleSettings = ScheduleSettings()
    source: SourceSettings = SourceSettings()
    publishing: PublishingSettings = PublishingSettings()
    delivery: DeliverySettings = DeliverySettings()
    telegram: TelegramSettings = TelegramSettings()
    reading: ReadingSettings = ReadingSettings()
    privacy: PrivacySettings = PrivacySettings()
    web: WebSettings = WebSettings()
    metrics: MetricsSettings = MetricsSettings()
    admin: AdminSettings = AdminSettings()
    editors: EditorsSettings = EditorsSettings()
    topics: TopicsSettings = TopicsSettings()
    log: LogSettings = LogSettings()

    @property
    def names_issues(self) -> bool:
        """Whether somebody said where the issues are: otherwise they are the samples."""
        return self.source.git is not None or "issues" in self.model_fields_set

    @property
    def issues_place(self) -> str:
        """Where the issues are, as a person calls it: the address of a repository, or a folder."""
        return self.source.git or str(plain_path(self.issues))

    @model_validator(mode="after")
    def _webhook_fits(self) -> Self:
        """Telegram itself brings updates by HTTPS alone, to four ports; a server of one's own need not."""
        url = self.telegram.webhook.url
        if url is not None and self.api_url == _CLOUD:
            parts = urlsplit(url)
            if parts.scheme != "https" or parts.port not in _WEBHOOK_PORTS:
                raise ValueError("telegram.webhook.url: must be https://, at port 443, 80, 88 or 8443")
        return self
