"""What a process that was measured tells, as one line of JSON."""

import json
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """To be told by one process and read by another."""

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Raises TypeError for a line of something else."""
        return cls(**json.loads(line))
