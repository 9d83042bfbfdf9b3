"""A proposal as people read it: what its keys mean, and how well profiles fit."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.editors.profile_inference.fitness import Fitness
from bot.editors.profile_inference.proposal import Proposal
from bot.words.english import plural

#: The rows of the table: what is counted, and how it is called.
_COUNTED = (
    ("issues", "issues"),
    ("other_files", "  whose file has another name"),
    ("untitled_issues", "  without a title"),
    ("undated_issues", "  without a date"),
    ("sections", "sections"),
    ("unknown_headings", "  with an unknown heading"),
    ("items", "items"),
    ("untitled", "  without a title"),
    ("unlinked", "  without a link"),
    ("unsummarized", "  without a summary"),
)


def head_of(fitness: Fitness) -> str:
    """What stands above the proposed YAML."""
    return (
        f"Proposed by `jianbao profile`, from {plural(fitness.issues, 'issue')}: {fitness.share:.0%} of the"
        f" text stands in {plural(fitness.items, 'item')}.\n"
        "Look it over, name the digest and its sections as readers shall see them, and save it as\n"
        "digest.yml in your configuration folder. Its topics are a shipped file or one beside it."
    )


def rows_of(fits: Mapping[str, Fitness]) -> Iterator[tuple[str, ...]]:
    """A table of how profiles fit, its head first: a column for each profile."""
    yield "", *fits
    yield "text inside items", *(f"{fitness.share:.0%}" for fitness in fits.values())
    for field, called in _COUNTED:
        yield called, *(str(getattr(fitness, field)) for fitness in fits.values())


def as_plain(proposal: Proposal, fits: Mapping[str, Fitness]) -> dict[str, Any]:
    """All of it as plain values."""
    return {
        "digest": dict(proposal.values),
        "issues": [sample.name for sample in proposal.issues],
        "others": [{"file": name, "reason": reason} for name, reason in proposal.others],
        "fitness": {
            name: {"share": round(fitness.share, 4), **asdict(fitness)} for name, fitness in fits.items()
        },
    }
