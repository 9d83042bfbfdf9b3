"""Secrets that lie in files of their own."""

from pathlib import Path

from pydantic import SecretStr

from bot.errors import BadInput


def read_secret(path: Path, where: str) -> SecretStr:
    """The secret in a file, one line without white space around it.

    Raises BadInput, which names ``where`` and quotes nothing, if there is none.
    """
    named = f"{where}: {path}"
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {getattr(error, 'strerror', 'not text')}", where=named) from None
    if not secret or "\n" in secret:
        raise BadInput("must hold one line, which is the secret", where=named)
    return SecretStr(secret)
