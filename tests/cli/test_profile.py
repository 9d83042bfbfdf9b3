"""jianbao profile: a profile on paper that is read back as it was measured, and a table of how others fit."""

import os
from pathlib import Path

import pytest
import yaml

from bot.editors.profile_inference import Sample, measure
from bot.settings.profiles import read_profile
from bot.sources import slug_of
from tests.cli.conftest import Run, write
from tests.digest import habits

DIGESTS = {
    one.__name__: one
    for one in (
        habits.linked_headings,
        habits.bold_titles,
        habits.bare_links,
        habits.change_log,
        habits.deep_headings,
    )
}


def saved(folder: Path, samples: tuple[Sample, ...]) -> Path:
    for one in samples:
        write(folder / one.name, one.text)
    return folder


@pytest.mark.parametrize("name", DIGESTS)
def test_the_written_profile_is_read_back_and_fits_as_it_was_told(
    home: Path, jianbao: Run, name: str
) -> None:
    saved(home / "other", DIGESTS[name]())
    result = jianbao("profile", "other", "--write", "mine.yml", "--format", "json")
    assert result.code == 0
    told = result.json["fitness"]["proposal"]
    samples = [Sample(name=one.name, slug=slug_of(Path(one.name)), text=one.text) for one in DIGESTS[name]()]
    fitness = measure(read_profile(home, "mine.yml"), samples)
    assert {key: getattr(fitness, key) for key in told if key != "share"} == {
        key: value for key, value in told.items() if key != "share"
    }
    assert told["share"] == round(fitness.share, 4)


def test_a_proposal_that_extends_a_profile_reads_as_that_profile_with_its_changes(
    home: Path, jianbao: Run
) -> None:
    result = jianbao("profile", "issues", "--write", "mine.yml")
    assert result.code == 0
    assert (home / "mine.yml").read_text("utf-8").count("extends: embedded-ai") == 1
    profile, base = read_profile(home, "mine.yml"), read_profile(home, "embedded-ai")
    assert (profile.sections, profile.items) == (base.sections, base.items)


def test_the_profile_is_the_result_and_the_report_stands_beside_it(home: Path, jianbao: Run) -> None:
    saved(home / "other", habits.bare_links())
    result = jianbao("profile", "other")
    assert yaml.safe_load(result.out)["name"] == "Slow Links"
    head, share, *_ = result.err.splitlines()
    assert head.split() == ["embedded-ai", "link-lists", "numbered-paragraphs", "proposal"]
    assert share.startswith("text inside items")
    assert share.endswith("100%")


def test_every_key_of_a_proposal_stands_below_a_comment(home: Path, jianbao: Run) -> None:
    saved(home / "other", habits.deep_headings())
    lines = jianbao("profile", "other").out.splitlines()
    keys = [place for place, line in enumerate(lines) if line[:1].isalpha()]
    assert [lines[place] for place in keys if not lines[place - 1].startswith("#")] == []


def test_a_file_is_not_overwritten_unless_that_is_wanted(home: Path, jianbao: Run) -> None:
    write(home / "mine.yml", "name: mine\n")
    result = jianbao("profile", "issues", "--write", "mine.yml")
    assert (result.code, result.err) == (2, "jianbao: mine.yml: exists already; --force overwrites it\n")
    assert (home / "mine.yml").read_text("utf-8") == "name: mine\n"
    assert jianbao("profile", "issues", "--write", "mine.yml", "--force").code == 0
    assert "extends: embedded-ai" in (home / "mine.yml").read_text("utf-8")


def test_a_profile_is_written_into_a_new_folder_and_whole(home: Path, jianbao: Run) -> None:
    assert jianbao("profile", "issues", "--write", "config/digest.yml").code == 0
    assert os.listdir(home / "config") == ["digest.yml"]  # noqa: PTH208  # hidden files too
    kept = home / "kept.yml"
    os.link(home / "config" / "digest.yml", kept)
    before = kept.read_text("utf-8")
    saved(home / "other", habits.bare_links())
    assert jianbao("profile", "other", "--write", "config/digest.yml", "--force").code == 0
    assert kept.read_text("utf-8") == before  # put in its place, not written over


def test_files_that_are_no_issues_are_named(home: Path, jianbao: Run) -> None:
    saved(home / "other", habits.change_log())
    write(home / "other" / "how-we-write.md", "# How we write\n")
    told = jianbao("profile", "other").err
    assert "Left out: how-we-write.md (says neither date nor number, and holds no link)" in told


def test_a_proposal_shows_what_it_tried_and_one_issue_as_it_would_be_read(home: Path, jianbao: Run) -> None:
    saved(home / "other", habits.linked_headings())
    told = jianbao("profile", "other", "--explain").err
    assert "taken: headings 2 section, 3 item; items begin with heading" in told
    assert "    ### A compiler that explains itself  [item]" not in told  # of the newest issue alone
    assert "  ## Programming  [section programming]" in told
    assert "letter-9.md as it would be read:\n  The Paper Kite #9" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere",), "jianbao: nowhere: no such file or folder\n"),
        (("empty",), "jianbao: empty: no Markdown files in this folder\n"),
        (
            ("issues", "--write", "issues/2026-03-02.md/mine.yml"),
            "jianbao: issues/2026-03-02.md/mine.yml: cannot be saved: File exists\n",
        ),
    ],
)
def test_what_is_wrong_is_one_clear_line(
    home: Path, jianbao: Run, arguments: tuple[str, ...], told: str
) -> None:
    (home / "empty").mkdir()
    result = jianbao("profile", *arguments)
    assert (result.code, result.out, result.err) == (2, "", told)
