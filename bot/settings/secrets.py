"""All secrets of the settings, which no log may show, the token's file, and the token of the figures."""

import os
from pathlib import Path

from pydantic import SecretStr

from bot.errors import BadInput
from bot.settings.files import read_secret
from bot.settings.proxies import passwords_of, proxy_of_environment, read_proxy
from bot.settings.values import Settings
from bot.settings.webhooks import read_webhook_secret

_HOOK = "source.webhook.secret_file"
_SHORTEST = 16  # characters of a secret that nobody guesses


def token_file_of(settings: Settings) -> Path | None:
    """The file of the bot's token: the one that is named, or ``token`` beside ``bot.yml``; or None."""
    beside = settings.config / "token"
    return settings.token_file or (beside if os.path.lexists(beside) else None)


def read_metrics_token(settings: Settings) -> str | None:
    """What who asks for figures must bring; None if anybody may. Raises BadInput if the file holds none."""
    return _line_of(settings.metrics.secret_file, "metrics.secret_file")


def read_source_token(settings: Settings) -> str | None:
    """What opens the repository over HTTP; None if nothing does. Raises BadInput if the file holds none."""
    return _line_of(settings.source.token_file, "source.token_file")


def read_hook_secret(settings: Settings) -> str | None:
    """What a forge signs with; None if none may call. Raises BadInput if the file holds no good one."""
    secret = _line_of(settings.source.webhook.secret_file, _HOOK)
    if secret is not None and len(secret) < _SHORTEST:
        raise BadInput(f"must hold {_SHORTEST} characters at least", where=_HOOK)
    return secret


def read_reader_key(settings: Settings) -> SecretStr | None:
    """The key of the second reader; None if it needs none. Raises BadInput if the file holds none."""
    key = _line_of(settings.topics.reader.key_file, "topics.reader.key_file")
    return SecretStr(key) if key else None


def _line_of(file: Path | None, key: str) -> str | None:
    if file is None:
        return None
    secret = read_secret(file, f"{key}: {file}")
    if not secret or "\n" in secret:
        raise BadInput("must hold one line, which is the secret", where=f"{key}: {file}")
    return secret


def all_secrets(settings: Settings, token: SecretStr) -> tuple[str, ...]:
    """Every secret of the settings, as it stands there and as it is meant.

    Raises BadInput if a file of secrets cannot be read.
    """
    reader = settings.topics.reader.url
    inside = (read_proxy(settings), settings.database_url, proxy_of_environment(reader) if reader else None)
    key = read_reader_key(settings)
    return (
        token.get_secret_value(),
        read_webhook_secret(settings, token).get_secret_value(),
        *filter(None, (read(settings) for read in (read_metrics_token, read_source_token, read_hook_secret))),
        *([key.get_secret_value()] if key else ()),
        *(password for address in inside for password in passwords_of(address)),
    )
