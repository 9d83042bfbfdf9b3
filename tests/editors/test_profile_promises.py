"""What `jianbao profile` promises, whichever issues it sees: two are enough, and more do no harm."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from bot.digest.profile import Profile
from bot.editors.profile_inference import Proposal, Sample, measure, propose
from bot.model import FilePattern
from bot.settings import shipped
from bot.settings.profiles import read_profile
from bot.sources import markdown_below
from tests.corpus import SHARED, needs_corpus
from tests.nightly import NIGHTLY, by_day

DIGESTS = SHARED / "corpus" / "digests"
#: Those of which several files are there.
NAMES = ("haskell", "hellogithub", "ios-weekly", "noboru", "ukrops", "webdigest")
_A_BLOG = "ukrops"  #: with other posts beside the issues
SHIPPED = ("embedded-ai", "link-lists", "numbered-paragraphs")

#: By which a proposal may fit less well than a shipped profile: text behind the last bullet of a list is
#: nobody's where it stands nowhere else, and what all issues say in the same words is left out.
LESS = 0.02


@cache
def profiles() -> dict[str, Profile]:
    return {name: read_profile(shipped("config"), name) for name in SHIPPED}


@cache
def samples(name: str) -> tuple[Sample, ...]:
    """The first two and the last two; at night all."""
    folder = DIGESTS / name
    names = markdown_below(folder)
    return tuple(
        Sample(name=below, slug=Path(below).stem, text=(folder / below).read_text("utf-8"))
        for below in (names if NIGHTLY else dict.fromkeys((*names[:2], *names[-2:])))
    )


@cache
def proposed(some: tuple[Sample, ...]) -> Proposal:
    return propose(some, profiles(), called="digest")


def share(profile: Profile, some: Sequence[Sample]) -> float:
    return measure(profile, some).share


def subsets(name: str) -> Iterator[tuple[Sample, ...]]:
    """Neighbours, and the first with the last; at night all pairs and all threes."""
    some = samples(name)
    if NIGHTLY:
        yield from (*combinations(some, 2), *combinations(some, 3))
    else:
        yield from ((some[0], some[-1]), some[:2], some[-2:])


@needs_corpus
@pytest.mark.parametrize("name", by_day(1, NAMES, "one digest is tried by day"))
def test_two_or_three_issues_are_enough_and_all_are_no_worse(name: str) -> None:
    everything = samples(name)
    whole = share(proposed(everything).profile, everything)
    for some in subsets(name):
        by_some = share(proposed(some).profile, everything)
        assert abs(whole - by_some) <= LESS, [one.name for one in some]


@needs_corpus
@pytest.mark.parametrize("name", by_day(2, NAMES, "two digests are tried by day"))
def test_a_proposal_fits_its_issues_as_well_as_any_shipped_profile(name: str) -> None:
    for some in (*subsets(name), samples(name)):
        best = max(share(one, some) for one in profiles().values())
        assert share(proposed(some).profile, some) >= best - LESS, [one.name for one in some]


@needs_corpus
@pytest.mark.parametrize("name", by_day(2, NAMES, "two digests are tried by day"))
def test_an_issue_that_was_not_seen_is_read_as_well_as_by_any_shipped_profile(name: str) -> None:
    for some in subsets(name):
        profile = proposed(some).profile
        for other in set(samples(name)) - set(some):
            best = max(share(one, [other]) for one in profiles().values())
            assert share(profile, [other]) >= best - LESS, ([one.name for one in some], other.name)


@needs_corpus
@pytest.mark.parametrize("name", by_day(2, NAMES, "two digests are tried by day"))
def test_no_issue_is_shut_out_by_the_pattern_of_files(name: str) -> None:
    for some in (*subsets(name), samples(name)):
        matches = FilePattern.of(proposed(some).profile.files).match
        lying_there = some if name == _A_BLOG else samples(name)
        assert [one.name for one in lying_there if not matches(one.name)] == []
