"""All secrets of the settings, which no log may show, the token's file, and the token of the figures."""

import os
from pathlib import Path

from pydantic import SecretStr

from bot.errors import BadInput
from bot.settings.files import read_secret
from bot.settings.proxies import passwords_of, read_proxy
from bot.settings.values import Settings
from bot.settings.webhooks import read_webhook_secret


def token_file_of(settings: Settings) -> Path | None:
    """The file of the bot's token: the one that is named, or ``token`` beside ``bot.yml``; or None."""
    beside = settings.config / "token"
    return settings.token_file or (beside if os.path.lexists(beside) else None)


def read_metrics_token(settings: Settings) -> str | None:
    """What who asks for figures must bring; None if anybody may. Raises BadInput if the file holds none."""
    file = settings.metrics.secret_file
    if file is None:
        return None
    where = f"metrics.secret_file: {file}"
    token = read_secret(file, where)
    if not token or "\n" in token:
        raise BadInput("must hold one line, which is the secret", where=where)
    return token


def all_secrets(settings: Settings, token: SecretStr) -> tuple[str, ...]:
    """Every secret of the settings, as it stands there and as it is meant.

    Raises BadInput if a file of secrets cannot be read.
    """
    inside = (read_proxy(settings), settings.database_url)
    return (
        token.get_secret_value(),
        read_webhook_secret(settings, token).get_secret_value(),
        *filter(None, (read_metrics_token(settings),)),
        *(password for address in inside for password in passwords_of(address)),
    )
