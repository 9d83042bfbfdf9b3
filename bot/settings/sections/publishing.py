"""When issues are read and published, and how they are sent."""

import re
from datetime import time, tzinfo
from math import ceil
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, field_validator, model_validator

from bot.settings.cron import cron_line
from bot.settings.sections.section import Section

UNPAID_RATE = 30.0  # messages a second that Telegram takes from a bot without Stars
_ROUND_TRIP = 0.3  # seconds that a message and its record take, generously
_SPARE_CHATS = 20
_MINUTES = 60  # of an hour
_HOUR = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])")


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the last of a folder of zones, such as Asia
        raise ValueError(f"unknown time zone {name!r}; use an IANA name such as Asia/Shanghai") from None
    return name


class Times(Section):
    """When a job runs: every so many seconds, or by a cron line."""

    every: float | None = Field(default=None, ge=0.1, le=86_400, description="Seconds between two runs.")
    cron: Annotated[str, AfterValidator(cron_line)] | None = Field(
        default=None,
        description="Five fields, meant in the schedule's time zone, such as `*/10 8-22 * * mon-fri`;"
        " weekdays are written as names. A time that clocks jump over comes when they do, one that they show"
        " twice comes once. It wins over `every`.",
    )

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if self.every is None and self.cron is None:
            raise ValueError("needs every or cron")
        return self


class ScheduleSettings(Section):
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


class PublishingSettings(Section):
    """When an issue counts as ready, and what holds it until an operator publishes it."""

    settle: float = Field(
        default=2.0, ge=0, le=3600, description="Seconds a file must have rested before it is read."
    )
    at: str | None = Field(
        default=None,
        description="The hour at which an issue comes out on its day, in the time zone of the schedule:"
        ' "08:30". Without it that is midnight. `publish_at` in the front matter of an issue wins over it.',
    )
    hold_until_date: bool = Field(
        default=True, description="Whether an issue dated in the future waits for its day."
    )
    hold_doubtful_dates: bool = Field(
        default=True,
        description="Whether an issue waits for `jianbao publish SLUG` whose file name, title and front"
        " matter name different days, or one that does not exist; and one that is to be published more than"
        " `delivery.expires_after` days before its own.",
    )
    outdated_after: float = Field(
        default=365.0,
        gt=0,
        le=36_500,
        description="Days after which an issue that is so old by its own text waits in the same way: its"
        " title is probably that of another year.",
    )
    most_messages: int = Field(
        default=40,
        ge=1,
        le=10_000,
        description="Messages of a whole issue, to one chat; one that has more waits for"
        " `jianbao resume SLUG`.",
    )
    approve: bool = Field(
        default=False,
        description="Whether an issue waits until an editor approves its text, in the editors' chat or by"
        " `jianbao approve SLUG`; docs/editors.md.",
    )

    @field_validator("at", mode="before")
    @classmethod
    def _an_hour(cls, value: object) -> object:
        """YAML takes 18:30 for minutes."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int) and value >= _MINUTES:
            value = f"{value // _MINUTES}:{value % _MINUTES:02}"
        if not (isinstance(value, str) and _HOUR.fullmatch(value)):
            raise ValueError(f'{value!r} is no hour of the day; write it as "08:30"')
        return value

    @property
    def hour(self) -> time | None:
        """What ``at`` means."""
        found = _HOUR.fullmatch(self.at or "")
        return time(int(found["hour"]), int(found["minute"])) if found else None


class DeliverySettings(Section):
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
        description="Days after which an issue that did not arrive is not sent any more. One that is older"
        " when it is found becomes archive if there is a newer one, and younger ones are sent, oldest first.",
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
