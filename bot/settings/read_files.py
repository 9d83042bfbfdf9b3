"""The files of a configuration by checksum, so that a change of one is noticed where its text is not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from bot.errors import BadInput

_LENGTH = 16  # characters


def checksums(paths: Iterable[Path]) -> Mapping[str, str]:
    """The checksum of each file by its name; of several with one name, of all of them.

    Raises BadInput for one that cannot be read.
    """
    texts: defaultdict[str, bytes] = defaultdict(bytes)
    for path in paths:
        try:
            texts[path.name] += path.read_bytes()
        except OSError as error:
            raise BadInput(f"cannot be read: {error.strerror}", where=str(path)) from None
    return {name: sha256(text).hexdigest()[:_LENGTH] for name, text in texts.items()}
