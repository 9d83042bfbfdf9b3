"""Topics are compared with a careful reader's, item by item, and every decision counts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from bot.editors.topics.evaluation import Count, Evaluation, evaluate
from bot.editors.topics.readings import Reading
from bot.editors.topics.readings import reading as parsed
from bot.errors import BadInput
from bot.model import Flash, Item, TopicMatch
from tests import builders as build


def matches(*slugs: str) -> tuple[TopicMatch, ...]:
    return tuple(TopicMatch(slug=slug, matched=slug) for slug in slugs)


def reading(*items: tuple[str | None, tuple[str, ...]], flash: Iterable[dict[str, Any]] = ()) -> Reading:
    found = [{"title": title, "topics": topics} for title, topics in items]
    return Reading.model_validate(
        {"file": "x.md", "flash": list(flash), "sections": [{"slug": "news", "items": found}], "tagline": "?"}
    )


def item(title: str | None, *slugs: str) -> Item:
    return build.item(title=title, topics=matches(*slugs))


def compared(read: Reading, *items: Item, flash: tuple[Flash, ...] = ()) -> Evaluation:
    issue = build.issue(build.section("news", *items), flash=flash)
    return evaluate([(read, issue)], lambda thing: (*thing.topics, *matches("near")))


def test_right_surplus_and_missed_topics_are_counted_by_topic_and_together() -> None:
    found = compared(
        reading(("A", ("cpu", "gpu")), ("B", ("cpu",))), item("A", "cpu", "npu"), item("B", "cpu")
    )
    assert found.topics == {"cpu": Count(right=2), "gpu": Count(missed=1), "npu": Count(surplus=1)}
    assert found.total == Count(right=2, surplus=1, missed=1)
    assert (found.total.precision, found.total.recall, found.total.f1) == (2 / 3, 2 / 3, 2 / 3)


def test_where_nobody_gives_anything_the_two_agree() -> None:
    assert compared(reading(("A", ())), item("A")).total.f1 == 1
    assert compared(reading(("A", ())), item("A", "cpu")).total.f1 == 0


def test_items_are_the_same_by_title_wherever_they_stand() -> None:
    found = compared(reading(("A", ("cpu",)), ("B", ("gpu",))), item("B", "gpu"), item("A", "cpu"))
    assert found.disagreements == ()


def test_items_without_a_common_title_are_the_same_by_their_place() -> None:
    found = compared(reading(("A", ("cpu",)), ("B", ("gpu",))), item("A", "cpu"), item("Beta", "gpu"))
    assert found.disagreements == ()
    assert compared(reading((None, ("cpu",))), item(None, "cpu")).total.f1 == 1


def test_an_item_that_was_not_found_misses_all_its_topics() -> None:
    found = compared(reading(("A", ("cpu",)), ("B", ("gpu", "npu"))), item("A", "cpu"))
    assert found.total == Count(right=1, missed=2)
    assert [(one.name, one.line, one.match) for one in found.disagreements] == [("B", None, None)] * 2


def test_an_item_that_the_reader_does_not_know_has_no_topic_rightly() -> None:
    assert compared(reading(("A", ("cpu",))), item("A", "cpu"), item("B", "gpu")).total == Count(
        right=1, surplus=1
    )


def test_flash_news_are_the_same_by_their_first_characters() -> None:
    read = reading(
        flash=[{"text_start": "甲发布", "topics": ["cpu"]}, {"text_start": "乙发布", "topics": ["gpu"]}]
    )
    first = replace(build.flash("乙", "乙发布了。"), topics=matches("gpu"))
    second = replace(build.flash("甲", "甲发布了。"), topics=matches("cpu"))
    assert compared(read, flash=(first, second)).disagreements == ()


def test_a_disagreement_tells_who_gave_the_topic_and_what_spoke_for_it() -> None:
    found = compared(reading(("A", ("near", "far"))), item("A", "cpu"))
    told = [(one.topic, one.missed, one.match and one.match.slug) for one in found.disagreements]
    assert told == [("cpu", False, "cpu"), ("far", True, None), ("near", True, "near")]


def test_the_mean_of_the_topics_counts_a_rare_one_as_much_as_a_common_one() -> None:
    found = compared(
        reading(("A", ("cpu",)), ("B", ("cpu",)), ("C", ("gpu",))),
        item("A", "cpu"),
        item("B", "cpu"),
        item("C"),
    )
    assert (found.total.f1, found.macro_f1) == (0.8, 0.5)


def test_a_reading_of_some_items_says_nothing_of_the_others() -> None:
    text = '[{"section": "news", "title": "A", "topics": ["cpu"], "url": "?"}]'
    read = parsed(text, where="gold/2026-03-02.json")
    assert (read.file, read.whole) == ("2026-03-02.md", False)
    assert compared(
        read, item("A", "cpu"), item("B", "gpu"), flash=(build.flash("甲", "乙"),)
    ).total == Count(right=1)


def test_an_item_of_a_reading_that_names_no_section_is_refused_by_its_key() -> None:
    with pytest.raises(BadInput, match=r"^gold/x.json: section: Field required$"):
        parsed('[{"title": "A", "topics": []}]', where="gold/x.json")
