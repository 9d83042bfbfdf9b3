"""What an operator is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Values = Mapping[str, str | int | float | bool | None]  #: as JSON holds them

HELD = "held:"  #: how the key of what is held begins; the slug follows, or nothing if everything is
CAUSE = "cause"  #: the value of news that are told again where it is another than the chat knows


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that has happened, or that lasts since ``at``.

    ``key`` is the same for the same thing, whoever finds it; ``what`` names its kind, ``values`` say more.
    """

    key: str
    what: str
    at: datetime
    values: Values
