"""Asking before something that cannot be undone."""

import sys
from typing import Annotated

import typer

from bot.errors import BadInput

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]

LEFT_ALONE = 1  #: the exit code where the answer is no


def confirmed(question: str, *, because: str = "") -> bool:
    """The answer of whoever sits there. Raises BadInput, which says why it is asked, if nobody does."""
    if not sys.stdin.isatty():
        why = f": {because}" if because else ""
        raise BadInput(f"is required when input is not a terminal{why}", where="--yes")
    return typer.confirm(question, err=True)
