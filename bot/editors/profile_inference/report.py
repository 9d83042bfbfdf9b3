"""A proposal as people read it: what its keys mean, and how well profiles fit."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from bot.editors.profile_inference.fitness import Fitness
from bot.editors.profile_inference.proposal import Proposal
from bot.words.english import plural

#: What stands above each key of a proposal.
COMMENTS = MappingProxyType(
    {
        "extends": "The shipped profile that fits; only what differs from it follows.",
        "name": "As readers know the digest.",
        "topics": "The topics of its items: a shipped file, or one of your own beside this one.",
        "files": "Which files are issues: the whole name must match.",
        "date": "How a date is written, in a title, a file name or the front matter; null: nowhere.",
        "front_matter": "The keys of the front matter that are read; bare: no lines --- stand around it.",
        "title": "The level-1 heading that names an issue; null: none does, the front matter may.",
        "highlights": "What stands in a title behind the first mark, and what parts it; null: nothing.",
        "lead": "The words that open the editor's lead.",
        "flash": "Bullets above the first section are flash news; the words announce them.",
        "section_level": "Headings down to this level open a section.",
        "other_headings": "Whether a heading that no section knows is a slip or usual.",
        "sections": "The headings that come again. Name each as readers shall see it, in both languages.",
        "items": "What an item begins with; a section goes by the first of these that it holds.",
        "labels": "Words before a colon that begin lines of items.",
        "leave_out": "What nearly all issues say in the very same words.",
    }
)

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
        "Look it over, and save it as digest.yml in your configuration folder.\n"
        "What the keys mean is told in full in profiles/embedded-ai.yml."
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
        "others": list(proposal.others),
        "fitness": {
            name: {"share": round(fitness.share, 4), **asdict(fitness)} for name, fitness in fits.items()
        },
    }
