"""Settings from the environment and the configuration folder.

The folder holds ``bot.yml`` (how the bot runs), ``digest.yml`` (what the digest looks
like) and ``topics.yml``; for one that is not there, the shipped one serves.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr, ValidationError

from bot.digest.profile import Profile
from bot.digest.topics import Topics
from bot.errors import BadInput
from bot.settings.files import explained, read_model, read_yaml
from bot.settings.shipped import shipped
from bot.settings.values import Settings

__all__ = ["Configuration", "Settings", "load", "read_token", "shipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The whole configuration, checked."""

    settings: Settings
    profile: Profile
    topics: Topics


def load() -> Configuration:
    """Read it all. BadInput names the file or variable, the key and the reason."""
    folder = Path(os.environ.get("JIANBAO_CONFIG") or shipped("config"))
    if not folder.is_dir():
        raise BadInput(
            "there is no such folder; JIANBAO_CONFIG names the one with bot.yml", where=str(folder)
        )
    return Configuration(
        settings=_settings(folder / "bot.yml"),
        profile=read_model(Profile, folder / "digest.yml"),
        topics=read_model(Topics, folder / "topics.yml"),
    )


def read_token(settings: Settings) -> SecretStr:
    """The bot's token, from the environment or the file it names; BadInput where there is none."""
    if settings.token is not None:
        return settings.token
    if settings.token_file is None:
        raise BadInput(
            "set it to the token that @BotFather gave you, or try `jianbao demo`", where="JIANBAO_TOKEN"
        )
    try:
        token = settings.token_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        where = f"JIANBAO_TOKEN_FILE: {settings.token_file}"
        raise BadInput(f"cannot be read: {getattr(error, 'strerror', 'not text')}", where=where) from None
    return SecretStr(token)


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    return path if path.exists() else shipped("config") / name


def _settings(path: Path) -> Settings:
    values = read_yaml(path)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise explained(error, Settings, _origin(error, path)) from None


def _origin(error: ValidationError, path: Path) -> str:
    """The variable that a mistake comes from, where there is one; else the file."""
    name = "JIANBAO_" + "__".join(str(part).upper() for part in error.errors()[0]["loc"])
    return "the environment" if any(key.startswith(name) for key in os.environ) else str(path)
