"""How the bot talks to Telegram."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, Field, SecretStr

from bot.settings.sections.section import Section

_KINDS = {"http": "http", "https": "https", "socks5": "socks5", "socks5h": "socks5", "socks": "socks5"}


def proxy_address(address: SecretStr) -> SecretStr:
    """The address, its kind by the bot's own name for it. Raises ValueError, which quotes nothing."""
    try:
        parts = urlsplit(address.get_secret_value())
        kind, host, _ = _KINDS.get(parts.scheme), parts.hostname, parts.port
    except ValueError:
        kind = host = None
    if kind is None or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be http://, https:// or socks5://, perhaps user:password@, then host:port")
    return SecretStr(urlunsplit((kind, parts.netloc, "", "", "")))


def _webhook_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound or any(sign in url for sign in "@?#"):
        raise ValueError("must be an https:// address with a host, and without a password, ? or #")
    return url


class WebhookSettings(Section):
    """Let Telegram bring updates to `url` instead of fetching them; docs/webhook.md says how."""

    url: Annotated[str, AfterValidator(_webhook_address)] | None = Field(
        default=None, description="Where Telegram brings updates to: https://, port 443, 80, 88 or 8443."
    )
    host: str = Field(default="127.0.0.1", description="The address to listen at, behind a web server.")
    port: int = Field(default=8088, ge=1, le=65_535, description="The port to listen at.")
    secret_file: Path | None = Field(
        default=None,
        description="A file that holds the secret which Telegram shows with each update: 16 to 256 letters,"
        " digits, _ or -. Without it one is made from the token.",
    )
    max_connections: int = Field(
        default=40, ge=1, le=100, description="Updates that Telegram brings at a time."
    )


class TelegramSettings(Section):
    """How long to wait for Telegram, and what it says of the bot."""

    poll_timeout: int = Field(
        default=30, ge=1, le=50, description="Seconds that a request for updates stays open."
    )
    connect_timeout: float = Field(
        default=10.0, gt=0, le=120, description="Seconds to wait for a connection."
    )
    request_timeout: float = Field(default=20.0, gt=0, le=300, description="Seconds to wait for an answer.")
    proxy: Annotated[SecretStr, AfterValidator(proxy_address)] | None = Field(
        default=None,
        description="The proxy to Telegram: http://, https:// or socks5://, perhaps user:password@, then"
        " host:port. Without it HTTPS_PROXY, ALL_PROXY and NO_PROXY of the environment count.",
    )
    proxy_file: Path | None = Field(
        default=None,
        description="A file that holds the proxy's address; it is read where `proxy` is not given.",
    )
    webhook: WebhookSettings = WebhookSettings()
    set_profile: bool = Field(
        default=True,
        description="Whether the bot sets its name and descriptions at the start, in Chinese and English;"
        " false leaves them as BotFather has them.",
    )
