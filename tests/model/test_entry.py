from dataclasses import replace

from bot.model import EntryKind, Line, Link, Span, TopicMatch, entries_of
from tests import builders as build

TOPIC = TopicMatch(slug="quantization", matched="量化", score=2.0)


def test_an_item_by_itself_has_its_section_its_groups_and_its_topics() -> None:
    item = build.item(groups=("芯片",), tags=("手机",), line=7, topics=(TOPIC,))
    (entry,) = entries_of(build.issue(build.section("papers", item, heading="论文")))
    assert (entry.issue_slug, entry.item_id, entry.position) == ("2026-03-02", "i1", 0)
    assert (entry.section_slug, entry.section_heading, entry.groups) == ("papers", "论文", ("芯片",))
    assert (entry.title, entry.source, entry.tags) == (item.title, item.source, ("手机",))
    assert (entry.summary, entry.line, entry.topics) == ("一句摘要。", 7, (TOPIC,))
    assert entry.kind is EntryKind.ITEM


def test_a_flash_is_known_by_its_number_and_by_the_address_in_it() -> None:
    linked = (Line(spans=(Span(text="见 "), Span(text="此处", url="https://example.com/b"))),)
    flash = replace(build.flash("某社"), text=linked)
    first, second, _ = entries_of(build.issue(flash=(build.flash(None), flash)))
    assert (first.item_id, first.title, first.summary) == ("flash1", None, "发布了新品。")
    assert (second.item_id, second.title, second.summary) == ("flash2", "某社", "见 此处")
    assert (second.url, second.addresses) == ("https://example.com/b", ("example.com/b",))
    assert second.kind is EntryKind.FLASH


def test_entries_come_in_the_order_of_their_lines() -> None:
    items = (build.item(id="i1", line=3), build.item(id="i2", line=9))
    flash = replace(build.flash(), line=5)
    issue = build.issue(build.section("news", *items), flash=(flash,))
    assert [entry.item_id for entry in entries_of(issue)] == ["i1", "flash1", "i2"]
    assert [entry.position for entry in entries_of(issue)] == [0, 1, 2]


def test_the_addresses_of_an_item_are_its_own_and_its_labelled_ones_each_once() -> None:
    links = (
        Link(label="论文", url="https://arxiv.org/pdf/2106.01234v2"),
        Link(label="原文", url="http://www.example.com/a/#top"),
    )
    (entry,) = entries_of(build.issue(build.section("news", build.item(links=links))))
    assert entry.addresses == ("arxiv:2106.01234", "example.com/a")
