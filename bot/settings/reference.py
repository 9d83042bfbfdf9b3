"""What people read about configuration files, made from their schemas: comments, ``bot.yml``, a page."""

import json
from collections.abc import Iterable, Iterator, Mapping

from bot.settings.environment import ENVIRONMENT_ALONE, variable
from bot.settings.keys import Key, keys_of
from bot.settings.schema import bot_schema, digest_schema, settings_schema
from bot.settings.schema_files import NAMED
from bot.settings.writing import as_yaml

_BOT = """\
How the bot runs. Every key can also be set in the environment, as JIANBAO_<SECTION>__<KEY>
(JIANBAO_DELIVERY__RATE=20); the environment wins. The token belongs there alone: JIANBAO_TOKEN, or
JIANBAO_TOKEN_FILE for a file that holds it, or in a file called token beside this one; JIANBAO_CONFIG, the
folder of this file, belongs there too. Here they are refused. Relative paths count from this file's folder.
What is written below are the defaults.
"""

_PAGE = """\
# Settings

The environment wins over `bot.yml`, which wins over the defaults. What has no key is set in the environment
alone. `jianbao schema bot` prints all this for editors and programs; `jianbao schema digest` and `jianbao
schema topics` do so for the other files. `jianbao schema --write FOLDER` puts all three beside the files of
a configuration folder of your own and names them there, so that an editor completes keys and marks slips.
"""
_HEAD = "| key of `bot.yml` | variable | default | limits | meaning |\n|---|---|---|---|---|\n"
_DEFAULTS = {"config": "the first of the usual places", "issues": "the folder that comes with the program"}


def bot_yml() -> str:
    """The shipped ``bot.yml``: all keys of all sections with their defaults, each below what it means."""
    keys = [key for key in keys_of(bot_schema()) if len(key.path) <= 2]
    values = {
        section.name: {key.path[1]: key.default for key in keys if key.path[:-1] == section.path}
        for section in keys
        if section.section and len(section.path) == 1
    }
    text = as_yaml(values, head=_BOT, comments=_comments(key for key in keys if key.path[0] in values))
    return f"{NAMED}schema/bot.json\n\n{text}"


def profile_comments() -> Mapping[str, str]:
    """What stands above each key of a profile."""
    return _comments(keys_of(digest_schema()))


def settings_page() -> str:
    """All settings as a page of the documentation."""
    return _PAGE + "".join(_chapters(keys_of(settings_schema())))


def _comments(keys: Iterable[Key]) -> Mapping[str, str]:
    return {key.name: _comment(key) for key in keys}


def _comment(key: Key) -> str:
    limits = "" if isinstance(key.default, bool) else key.limits
    return f"{key.meaning} [{limits}]" if limits else key.meaning


def _chapters(keys: Iterable[Key]) -> Iterator[str]:
    """Each section below its heading; the settings that stand in none come first."""
    yield f"\n{_HEAD}"
    for key in keys:
        if key.section and len(key.path) == 1:
            yield f"\n## {key.name}\n\n{key.meaning}\n\n{_HEAD}"
        elif not key.section:
            yield _row(key)


def _row(key: Key) -> str:
    name = "" if key.name in ENVIRONMENT_ALONE else f"`{key.name}`"
    cells = (name, f"`{variable(key.path)}`", _default(key), key.limits, key.meaning)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _default(key: Key) -> str:
    if key.default is None:
        return _DEFAULTS.get(key.name, "")
    return f"`{key.default if isinstance(key.default, str) else json.dumps(key.default)}`"
