"""A figure that monitoring may ask for."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, or several that differ in their labels. What ``counts`` only grows.

    Labels have few values: never a chat, a word or an issue.
    """

    name: str
    help: str
    labels: tuple[str, ...] = ()
    samples: Sequence[tuple[Sequence[str], float]]
    counts: bool = False


def one(name: str, help: str, value: float | None, *, counts: bool = False) -> Figure:  # noqa: A002  # Prometheus calls it so
    """A figure of one number, or of none while it is not known."""
    samples = [] if value is None else [((), value)]
    return Figure(name=name, help=help, samples=samples, counts=counts)
