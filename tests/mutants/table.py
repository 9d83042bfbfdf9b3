"""The mutants, by the promises that they break."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("mutants.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """``old`` becomes ``new`` in ``file``: then one of ``tests`` must fail, or the promise has no test."""

    promise: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def planted(self, text: str) -> str:
        """The file's text with the fault; ValueError where ``old`` does not stand there exactly once."""
        if (found := text.count(self.old)) != 1:
            raise ValueError(f"{self.promise}: what is to be replaced stands {found} times in {self.file}")
        return text.replace(self.old, self.new)


def read_mutants(table: Path = TABLE) -> tuple[Mutant, ...]:
    """All of a table. The promises are the names of its parts, so no two are the same."""
    parts = tomllib.loads(table.read_text("utf-8"))
    return tuple(
        Mutant(
            promise=promise,
            file=part["file"],
            old=part["old"],
            new=part["new"],
            tests=tuple(part["tests"]),
        )
        for promise, part in parts.items()
    )
