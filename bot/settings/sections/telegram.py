"""How the bot talks to Telegram."""

from pydantic import Field

from bot.settings.sections.section import Section


class TelegramSettings(Section):
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
