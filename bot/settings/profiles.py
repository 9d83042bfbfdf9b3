"""The profile of the digest: a file of its own, or changes to one that it extends."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.digest.profile import Profile
from bot.errors import BadInput
from bot.settings.files import explained, read_yaml
from bot.settings.folder import find
from bot.settings.shipped import shipped

_EXTENDS = "extends"
#: What the key means; the only one that is no habit of the digest's, and so no field of its profile.
EXTENDS = (
    "The profile that this one changes: a name, or a file beside this one. Below a key that has keys of its"
    " own only what is named changes; everything else is replaced whole."
)


def read_profile(folder: Path, name: str | None = None) -> Profile:
    """The profile that ``digest.yml`` of the configuration folder describes, or the one of this name.

    A name is that of a file in ``profiles/`` of the folder, or of the shipped folder, without
    its ending; anything with an ending is a path: from the current directory, or from the file
    that says it. BadInput names file, key and reason.
    """
    path = find(folder, "digest.yml") if name is None else _named(folder, name, Path(), where="--profile")
    values = _values(folder, path, ())
    try:
        return Profile.model_validate(values)
    except ValidationError as error:
        raise explained(error, Profile, str(path)) from None


def profile_files(folder: Path, name: str | None = None) -> tuple[Path, ...]:
    """The files of that profile, once it was read: its own, and each that it extends."""
    path = find(folder, "digest.yml") if name is None else _named(folder, name, Path(), where="--profile")
    files = [path]
    while base := read_yaml(path).get(_EXTENDS):
        path = _named(folder, base, path.parent, where=f"{path}: {_EXTENDS}")
        files.append(path)
    return tuple(files)


def _values(folder: Path, path: Path, extended: tuple[Path, ...]) -> dict[str, Any]:
    values = read_yaml(path)
    base = values.pop(_EXTENDS, None)
    if base is None:
        return values
    where = f"{path}: {_EXTENDS}"
    if not isinstance(base, str):
        raise BadInput("must be the name of a profile", where=where)
    further = _named(folder, base, path.parent, where=where)
    extended = (path.resolve(), *extended)
    if further.resolve() in extended:
        raise BadInput(f"{base} extends itself", where=where)
    return _changed(_values(folder, further, extended), values)


def _named(folder: Path, name: str, beside: Path, *, where: str) -> Path:
    if name.endswith((".yml", ".yaml")):
        return beside / name
    path = find(folder, f"profiles/{name}.yml")
    if path.exists():
        return path
    known = sorted({one.stem for root in (folder, shipped("config")) for one in root.glob("profiles/*.yml")})
    raise BadInput(f"no profile is called {name!r}; known are {', '.join(known)}", where=where)


def _changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with the changes, key by key if both hold keys."""
    both = {
        key: _changed(base[key], value)
        for key, value in changes.items()
        if isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
    }
    return {**base, **changes, **both}
