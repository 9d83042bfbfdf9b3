"""The real issues come out as a careful reader reads them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.model import Flash, Issue, Item, plain
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.corpus import GOLD, SHARED, needs_corpus

pytestmark = needs_corpus


@cache
def profile() -> Profile:
    return read_profile(shipped("config"))


def read(gold: dict[str, Any]) -> Issue:
    folder = "seeds" if gold["file"].endswith(".txt") else "corpus/embedded-ai"
    path = SHARED / folder / gold["file"]
    return parse(path.read_text("utf-8"), slug=path.stem, profile=profile())


def item_fields(item: Item, gold: dict[str, Any]) -> dict[str, Any]:
    summary = plain(item.summary).replace("\n", " ")
    return {
        "title": item.title,
        "url": item.url,
        "source": item.source,
        "tags": list(item.tags),
        "links": [{"label": link.label, "url": link.url} for link in item.links],
        "summary_start": summary[: len(gold["summary_start"] or "")] or None,
        "summary_end": summary[-len(gold["summary_end"] or "") :] or None,
    }


def flash_fields(flash: Flash, gold: dict[str, Any]) -> dict[str, Any]:
    return {"subject": flash.subject, "text_start": plain(flash.text)[: len(gold["text_start"])]}


def without_topics(gold: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in gold.items() if key != "topics"}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:10])
def test_an_issue_comes_out_as_in_gold(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    issue = read(gold)
    assert issue.title == gold["title"]
    assert (issue.date and issue.date.isoformat()) == gold["date"]
    assert list(issue.highlights) == gold["highlights"]
    assert issue.tagline == gold["tagline"]
    assert (plain(issue.lead)[: len(gold["lead_start"] or "")] or None) == gold["lead_start"]
    assert [(s.slug, s.heading, len(s.items)) for s in issue.sections] == [
        (s["slug"], s["heading"], len(s["items"])) for s in gold["sections"]
    ]
    assert len(issue.flash) == len(gold["flash"])
    for flash, expected in zip(issue.flash, gold["flash"], strict=True):
        assert flash_fields(flash, expected) == without_topics(expected)
    expected_items = [item for section in gold["sections"] for item in section["items"]]
    for item, expected in zip(issue.items, expected_items, strict=True):
        assert item_fields(item, expected) == without_topics(expected)
