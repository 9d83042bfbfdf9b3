"""How the operator sees the bot from outside."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.settings.sections.section import Section
from bot.words.addresses import host_name

_CHAT_IDS = 1 << 53  # https://core.telegram.org/bots/api#chat


def _id_of_a_chat(chat: int | None) -> int | None:
    if chat == 0 or abs(chat or 0) >= _CHAT_IDS:
        raise ValueError(f"{chat} is the id of no chat; leave the key out, or give it one")
    return chat


ChatId = Annotated[int | None, AfterValidator(_id_of_a_chat)]


class WebSettings(Section):
    """Where the bot is asked over HTTP how it is: GET /live (it answers) and /ready (it can work)."""

    host: Annotated[str, AfterValidator(host_name)] = Field(
        default="127.0.0.1", description="The address to listen at."
    )
    port: int = Field(
        default=0, ge=0, le=65_535, description="The port; 0 leaves it off. The container image sets 8080."
    )
    oldest_due: float = Field(
        default=900.0,
        ge=1,
        le=864_000,
        description="Seconds that a delivery may have been due, while none is begun, before the bot is not"
        " ready.",
    )


class MetricsSettings(Section):
    """Figures for Prometheus: GET /metrics, at a port of its own or, with a token, at `web.port`."""

    host: str = Field(default="127.0.0.1", description="The address to listen at, if there is a port.")
    port: int = Field(
        default=0, ge=0, le=65_535, description="A port of its own; 0 shows them at `web.port`, if at all."
    )
    secret_file: Path | None = Field(
        default=None,
        description="A file with the token that who asks must bring (`Authorization: Bearer …`). Without a"
        " port of its own there are figures only if this is given.",
    )

    @property
    def shown(self) -> bool:
        """Whether there are figures at all."""
        return self.port > 0 or self.secret_file is not None


class AdminSettings(Section):
    """The chat where the bot tells its operator what matters, and takes commands; docs/admin.md."""

    chat: ChatId = Field(
        default=None,
        description="Its id: of a person, or of a group, whose administrators command. Without it, a chat"
        " becomes it by the code of `jianbao admin code`.",
    )


class EditorsSettings(Section):
    """The chat where editors see drafts before they go out, and say whether they may; docs/editors.md."""

    chat: ChatId = Field(
        default=None,
        description="Its id: of a person, or of a group, of which every member is an editor. Without it, a"
        " chat becomes it by the code of `jianbao editors code`. It may be the admin chat too.",
    )
    report: bool = Field(
        default=True,
        description="Whether it is counted by topic what readers open, save, pass on and like, and the chat"
        " is told so on Monday at nine; counts of five readers or more, docs/editors.md.",
    )


class LogSettings(Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least serious events that are logged."
    )
    format: Literal["auto", "console", "json"] = Field(
        default="auto",
        description="How events are written; auto is console where a person watches, else json.",
    )
