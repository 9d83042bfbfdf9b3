"""README's "Another digest" with seven digests of others: no line of the proposed profile is edited."""

from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from bot.sources import markdown_below
from tests.cli.conftest import Run, write
from tests.corpus import SHARED, needs_corpus
from tests.nightly import NIGHTLY, by_day

DIGESTS = SHARED / "corpus" / "digests"

#: The items that a human counts in some issues.
COUNTED: Mapping[str, Mapping[str, int]] = {
    "ios-weekly": {"100-2020-02-10": 11, "376-2026-08-03": 4},
    "haskell": {"issue-300": 23, "issue-536": 15},
    "webdigest": {"WebDigest-20250304": 132, "WebDigest-20260314": 90},
    "noboru": {"2018-04-20": 10, "2018-05-11": 4},
    "ukrops": {"2017-03-27-ukrops_digest_01": 32, "2017-04-14-ukrops_digest_02": 19},
    "hellogithub": {"HelloGitHub60": 33, "HelloGitHub85": 45},
    "ml-papers": {},
}
_LESS = 0.005  # by which the fit may lie below a shipped profile's: lines of every issue, left out by name
_TOLD = 0.8  # of the letters of an issue, front matter among them; the rest is the same in every issue


@needs_corpus
@pytest.mark.parametrize("name", by_day(2, [*COUNTED], "two digests are tried by day"))
def test_a_digest_of_others_is_read_by_the_profile_proposed_from_its_folder(
    home: Path, jianbao: Run, name: str
) -> None:
    folder = str(DIGESTS / name if NIGHTLY else some_of(name, home / "digest"))
    proposed = jianbao("profile", folder, "--write", "mine.yml", "--format", "json")
    assert proposed.code == 0
    fits = {called: fitness["share"] for called, fitness in proposed.json["fitness"].items()}
    assert fits["proposal"] >= max(fits.values()) - _LESS
    assert fits["proposal"] >= 0.8
    # Nothing that lies there is shut out, and no issue lacks what names it.
    assert proposed.json["others"] == []
    fitness = proposed.json["fitness"]["proposal"]
    assert (fitness["other_files"], fitness["untitled_issues"]) == (0, 0)

    issues = jianbao("parse", folder, "--profile", "mine.yml", "--format", "json").json
    assert len(issues) == len(proposed.json["issues"])
    assert fmean(issue["told"] for issue in issues) >= _TOLD
    items = {issue["slug"]: sum(map(titled, issue["sections"])) for issue in issues}
    assert {slug: items[slug] for slug in COUNTED[name]} == COUNTED[name]
    if name == "ml-papers":
        assert list(items.values()) == [10] * 26


def some_of(name: str, folder: Path) -> Path:
    """A folder with the first two issues of a digest, and those of which the items were counted."""
    below = markdown_below(DIGESTS / name)
    slugs = {one: Path(one).stem.lstrip("#").replace(".", "-") for one in below}
    for one in (*below[:2], *(one for one in below[2:] if slugs[one] in COUNTED[name])):
        write(folder / Path(one).name, (DIGESTS / name / one).read_text("utf-8"))
    return folder


def titled(section: Mapping[str, Any]) -> int:
    return sum(item["title"] is not None for item in section["items"])


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "---\ntitle: [\n",
        "+++\ndate = \n+++\n",
        "```\n" * 99,
        "<table><tr><td>",
        "![[[](((\n" * 50,
        "\ufffd\ufffd\n# \n##\n",
        "| a |\n|---|\n| [b](",
    ],
)
def test_a_broken_file_among_sound_ones_ends_nothing_and_is_named_where_it_is_left_out(
    home: Path, jianbao: Run, broken: str
) -> None:
    for n in (1, 2, 3):
        text = f"# Week {n}\n\n## News\n\n" + "".join(
            f"- [Story {n}{place}](https://example.com/{n}/{place}): it is good\n" for place in range(3)
        )
        write(home / "other" / f"2024-01-0{n}.md", text)
    write(home / "other" / "2024-01-04.md", broken)
    result = jianbao("profile", "other", "--format", "json")
    assert result.code == 0
    left_out = [one["file"] for one in result.json["others"]]
    assert sorted([*result.json["issues"], *left_out]) == [f"2024-01-0{n}.md" for n in (1, 2, 3, 4)]
    assert result.json["fitness"]["proposal"]["items"] >= 9


def test_a_file_that_is_no_text_is_named_and_the_others_are_read(home: Path, jianbao: Run) -> None:
    for n in (1, 2):
        write(
            home / "other" / f"2024-01-0{n}.md", f"# Week {n}\n\n## News\n\n- [A](https://example.com/{n})\n"
        )
    (home / "other" / "2024-01-03.md").write_bytes(b"\x00\xef\xbf\xbd\n")
    result = jianbao("profile", "other", "--format", "json")
    assert (result.code, len(result.json["issues"])) == (1, 2)
    assert "jianbao: other/2024-01-03.md: is not a text file" in result.err
