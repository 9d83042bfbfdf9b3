"""Digests of other habits, each read by its profile; what is understood stands beside the issue."""

import json
import os
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.editors.export import as_values
from bot.model import Issue, Line, LineKind, plain
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.corpus import SHARED, needs_corpus
from tests.nightly import by_day

DIALECTS = sorted((Path(__file__).parent / "dialects").glob("*/*.md"))
WEEKLY = sorted((SHARED / "corpus" / "ruanyf-weekly").glob("*.md"))


@cache
def profile(name: str) -> Profile:
    return read_profile(shipped("config"), name)


@pytest.mark.parametrize("path", DIALECTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_issue_of_another_digest_is_understood_as_the_file_beside_it_says(path: Path) -> None:
    """REWRITE_GOLDEN=1 writes the files anew, for the eyes of whoever changed the reading."""
    text = path.read_text("utf-8")
    understood = as_values(parse(text, slug=path.stem, profile=profile(path.parent.name)))
    golden = path.with_suffix(".json")
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(json.dumps(understood, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert understood == json.loads(golden.read_text("utf-8"))


NUMBERED = re.compile(r"\d+、(?:\[[^\[\]]*\] )?\[[^\]]*\]\((?P<url>[^)]*)\)")


@needs_corpus
@pytest.mark.parametrize("path", WEEKLY, ids=lambda path: path.stem)
def test_every_numbered_link_of_a_real_weekly_is_an_item(path: Path) -> None:
    text = path.read_text("utf-8")
    linked = [found["url"] for line in text.split("\n") if (found := NUMBERED.match(line))]
    issue = parse(text, slug=path.stem, profile=profile("numbered-paragraphs"))
    assert [item.url for item in issue.items if item.url] == linked
    assert linked


@needs_corpus
@pytest.mark.parametrize("path", WEEKLY, ids=lambda path: path.stem)
def test_a_real_weekly_shows_all_its_pictures(path: Path) -> None:
    text = re.split(r"## (?:往年|历史|回顾|订阅|欢迎)", path.read_text("utf-8"))[0]
    issue = parse(text, slug=path.stem, profile=profile("numbered-paragraphs"))
    assert [line.spans[0].url for line in lines_of(issue) if line.kind is LineKind.PICTURE] == re.findall(
        r"!\[[^\]]*\]\(([^)]*)\)", text
    )


@needs_corpus
@pytest.mark.parametrize("name", ["embedded-ai", "link-lists"])
@pytest.mark.parametrize(
    "path", by_day(1, WEEKLY, "one issue is tried with each profile by day"), ids=lambda path: path.stem
)
def test_an_issue_that_no_profile_fits_still_says_all_it_says(path: Path, name: str) -> None:
    text = path.read_text("utf-8").split("## 往年")[0]
    issue = parse(text, slug=path.stem, profile=profile(name))
    headings = [line[3:].strip() for line in text.split("\n") if line.startswith("## ")]
    assert [heading for heading in headings if heading not in told(issue)] == []
    words = re.sub(
        r"\[!\[.*|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|<[^>]*>|(?m:^[>\s*_]*\d+[、.]\s*)|&[a-z]+;", "", text
    )
    lost = [line for line in words.split("\n") if letters(line) not in letters(told(issue))]
    assert lost == []


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def lines_of(issue: Issue) -> list[Line]:
    return [line for text in (issue.lead, *(item.summary for item in issue.items)) for line in text]


def told(issue: Issue) -> str:
    """All words of an issue, in order."""
    head = [issue.title or "", issue.tagline or "", *issue.highlights, plain(issue.lead)]
    items = (
        " ".join(
            (
                section.heading,
                *item.tags,
                item.title or "",
                item.source or "",
                *(link.label for link in item.links),
                plain(item.summary),
            )
        )
        for section in issue.sections
        for item in section.items
    )
    flash = (f"{flash.subject} {plain(flash.text)}" for flash in issue.flash)
    return "\n".join((*head, *flash, *items))


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r"(?P<month>\w+) (?P<day>\d{1,2}), (?P<year>\d{4})", "Links of March 4, 2026"),
        (r"(?P<day>\d{1,2}) (?P<month>\w+) (?P<year>\d{4})", "4 Mar 2026: links"),
        (r"(?P<year>\d{4})年(?P<month>\d+)月(?P<day>\d+)日", "2026年3月4日 链接"),
    ],
)
def test_a_date_may_be_written_as_the_profile_says(pattern: str, written: str) -> None:
    own = profile("link-lists").model_copy(update={"date": pattern, "title": "."})
    assert parse(f"# {written}\n", slug="x", profile=own).date == date(2026, 3, 4)


def test_a_month_that_is_none_is_no_date() -> None:
    own = profile("link-lists").model_copy(
        update={"date": r"(?P<month>\w+) (?P<day>\d+), (?P<year>\d+)", "title": "."}
    )
    assert parse("# Links of Smarch 13, 2026\n", slug="x", profile=own).date is None
