"""Settings from the environment and the configuration folder.

The folder holds ``bot.yml`` (how the bot runs), ``digest.yml`` (what the digest looks
like), ``profiles/`` that it may extend, and the files of topics that they name; for one
that is not there, the shipped one serves. ``bot.settings.folder`` says which folder it is.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic import SecretStr, ValidationError

from bot.digest.profile import Profile
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.settings import environment
from bot.settings.combinations import impossible
from bot.settings.files import explained, read_model, read_secret, read_yaml
from bot.settings.folder import configuration_folder, configured_in, find
from bot.settings.paths import beside
from bot.settings.profiles import profile_files, read_profile
from bot.settings.proxies import passwords_of, proxy_of_environment, proxy_place, read_proxy
from bot.settings.read_files import checksums
from bot.settings.secrets import (
    all_secrets,
    read_hook_secret,
    read_metrics_token,
    read_reader_key,
    token_file_of,
)
from bot.settings.shipped import shipped
from bot.settings.values import Settings
from bot.settings.webhooks import read_webhook_secret

__all__ = [
    "Configuration",
    "Settings",
    "check_issues_named",
    "configured_in",
    "load",
    "load_or_mistake",
    "load_settings",
    "passwords_of",
    "place_of",
    "process_environment",
    "proxy_of_environment",
    "proxy_place",
    "read_hook_secret",
    "read_metrics_token",
    "read_proxy",
    "read_reader_key",
    "read_token",
    "read_webhook_secret",
    "secrets_of",
    "shipped",
    "token_file_of",
    "token_place",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The whole configuration, checked; ``files`` has a checksum of each file that it was read from."""

    settings: Settings
    profile: Profile
    topics: Topics
    files: Mapping[str, str] = field(default_factory=dict)


def load(profile: str | None = None) -> Configuration:
    """Read it all. BadInput names the file or variable, the key and the reason.

    ``profile`` names one to take instead of the configured digest.
    """
    folder = configuration_folder(os.environ)
    habits = read_profile(folder, profile)
    own, topics = find(folder, "bot.yml"), find(folder, habits.topics)
    return Configuration(
        settings=_settings(own, folder),
        profile=habits,
        topics=read_model(Topics, topics),
        files=checksums((own, *profile_files(folder, profile), topics)),
    )


def load_or_mistake() -> tuple[Configuration | None, str | None]:
    """The whole configuration, or the mistake in it."""
    try:
        return load(), None
    except BadInput as wrong:
        return None, str(wrong)


def load_settings() -> Settings:
    """The settings alone, for what needs nothing of the digest. Raises BadInput as above."""
    folder = configuration_folder(os.environ)
    return _settings(find(folder, "bot.yml"), folder)


def read_token(settings: Settings) -> SecretStr:
    """The bot's token: the environment's, or what its file holds. Raises BadInput if there is none."""
    where, file = token_place(settings), token_file_of(settings)
    if settings.token is not None:
        return _checked(settings.token.get_secret_value(), where)
    if file is None:
        raise BadInput("set it to the token that @BotFather gave you, or try `jianbao demo`", where=where)
    return _checked(read_secret(file, where), where)


def token_place(settings: Settings) -> str:
    """Where the bot's token stands, or should: the variable, or its file."""
    file = None if settings.token is not None else token_file_of(settings)
    if file is None:
        return "JIANBAO_TOKEN"
    return f"JIANBAO_TOKEN_FILE: {file}" if settings.token_file else str(file)


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """What nobody must be shown. Raises BadInput if the token or a file of secrets cannot be read."""
    return all_secrets(settings, read_token(settings))


def check_issues_named(settings: Settings) -> None:
    """Raises BadInput if nobody said where the issues are, so that the samples would be taken."""
    if not settings.names_issues:
        raise BadInput(
            "is not set, nor is issues or source.git in bot.yml;"
            " only `jianbao run` and `jianbao demo` take the samples",
            where=environment.variable(["issues"]),
        )


def _checked(text: str, where: str) -> SecretStr:
    """The token without white space around it; an error does not quote it."""
    token = text.strip()
    if not re.fullmatch(r"[!-.0-~]+", token):
        raise BadInput("is not a token, which is one word such as 123456:ABC-def", where=where)
    return SecretStr(token)


def process_environment() -> Mapping[str, str]:
    """The environment that the bot was started in, for who starts another program and picks from it."""
    return os.environ


def place_of(key: str, settings: Settings) -> str:
    """Where a setting was said: its variable, its key in ``bot.yml``, or the variable that would say it.

    Of one in a section, the key is as in ``source.git``.
    """
    path = key.split(".")
    said = environment.source(os.environ, tuple(path))
    if said or path[0] not in settings.model_fields_set:
        return said or environment.variable(path)
    return f"{settings.config / 'bot.yml'}: {key}"


def _settings(path: Path, folder: Path) -> Settings:
    values = read_yaml(path)
    for key in environment.ENVIRONMENT_ALONE:
        if key in values:
            instead = environment.variable([key])
            raise BadInput(f"is not allowed here; set {instead} in the environment", where=f"{path}: {key}")
    environment.check(os.environ, Settings)
    given = environment.with_variables(beside(values, path.parent, Settings), os.environ, Settings)
    try:
        settings = Settings.model_validate(given | {"config": folder})
    except ValidationError as error:
        source = partial(environment.source, os.environ)
        raise explained(error, Settings, str(path), source) from None
    for wrong in impossible(settings):
        place = environment.source(os.environ, wrong.key) or path
        raise BadInput(wrong.reason, where=f"{place}: {'.'.join(wrong.key)}")
    return settings
