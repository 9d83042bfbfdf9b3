"""How well a profile fits the issues of a digest, in numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from bot.digest.account import account_of
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Sample
from bot.model import Issue, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitness:
    """What reading issues by a profile comes to.

    ``letters`` are all letters and digits of the text, titles and headings apart; ``left_out``
    those that readers do not get, ``inside`` those of flash news and of items that have a title. An
    item is without link when nowhere in it is one. ``other_files`` have a name that the profile
    takes for no issue's, and are read all the same.
    """

    issues: int = 0
    other_files: int = 0
    untitled_issues: int = 0
    undated_issues: int = 0
    sections: int = 0
    unknown_headings: int = 0
    items: int = 0
    untitled: int = 0
    unlinked: int = 0
    unsummarized: int = 0
    letters: int = 0
    inside: int = 0
    left_out: int = 0

    @property
    def share(self) -> float:
        """The share of the text that readers get inside items: how well the profile fits."""
        return self.inside / self.letters if self.letters else 0.0

    def __add__(self, other: "Fitness") -> "Fitness":
        return Fitness(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )


def measure(profile: Profile, samples: Iterable[Sample]) -> Fitness:
    """Read every sample by the profile, and count."""
    is_issue = profile.file_pattern.match
    return sum(
        (
            _of_issue(
                parse(sample.text, slug=sample.slug, profile=profile, name=sample.name),
                named=bool(is_issue(sample.name)),
            )
            for sample in samples
        ),
        Fitness(),
    )


def _of_issue(issue: Issue, *, named: bool) -> Fitness:
    account = account_of(issue)
    titled = [item for item in issue.items if item.title]
    return Fitness(
        issues=1,
        other_files=not named,
        untitled_issues=issue.title is None,
        undated_issues=issue.date is None,
        sections=len(issue.sections),
        unknown_headings=sum(section.slug == "other" for section in issue.sections),
        items=len(issue.items),
        untitled=len(issue.items) - len(titled),
        unlinked=sum(not _has_link(item) for item in issue.items),
        unsummarized=sum(not item.summary for item in issue.items),
        letters=account.text,
        left_out=account.left_out - account.unread,
        inside=account.inside,
    )


def _has_link(item: Item) -> bool:
    return bool(item.url or item.links or any(span.url for line in item.summary for span in line.spans))
