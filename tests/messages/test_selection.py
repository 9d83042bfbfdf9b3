"""A cut and its rest are the whole issue."""

from dataclasses import replace

from hypothesis import given

from bot.messages.selection import select
from bot.model import Cut, Interests, Issue, TopicMatch
from tests import builders as build
from tests.messages.strategies import cuts, issues


def topics(*slugs: str) -> tuple[TopicMatch, ...]:
    return tuple(TopicMatch(slug=slug, matched=slug) for slug in slugs)


def without(*slugs: str, words: tuple[str, ...] = ()) -> Interests:
    return Interests(topics=slugs, keywords=words)


ISSUE = build.issue(
    build.section("news", build.item(id="a", topics=topics("gpu")), build.item(id="b")),
    build.section("papers", build.item(id="c", topics=topics("gpu", "nlp"))),
    flash=(build.flash("甲"), build.flash("乙")),
)


def chosen(**fields: object) -> list[str]:
    return [item.id for item in select(ISSUE, Cut(**fields)).issue.items]  # type: ignore[arg-type]  # one field a test


def test_without_filters_everything_is_selected() -> None:
    assert chosen() == ["a", "b", "c"]


def test_items_match_by_topic_by_section_or_by_both() -> None:
    assert chosen(topics=("gpu", "x")) == ["a", "c"]
    assert chosen(sections=("news",)) == ["a", "b"]
    assert chosen(topics=("gpu",), sections=("news",)) == ["a"]


def test_a_keyword_is_followed_as_a_topic_is() -> None:
    issue = build.issue(
        build.section(
            "news",
            build.item(id="title", title="FlashAttention 第三版"),
            build.item(id="tag", tags=("FlashAttention",)),
            build.item(id="source", source="flashattention 官网"),
            build.item(
                id="summary", title=None, source=None, summary=build.text("先说别的。", "FLASHATTENTION！")
            ),
            build.item(id="another", title="FlashAttentions2"),
            build.item(id="topic", topics=topics("gpu")),
        ),
        flash=(
            build.flash("FlashAttention"),
            build.flash(None, "没有主语的 FlashAttention"),
            build.flash("甲"),
        ),
    )
    found = select(issue, Cut(topics=("gpu",), keywords=("FlashAttention",))).issue
    assert [item.id for item in found.items] == ["title", "tag", "source", "summary", "topic"]
    assert len(found.flash) == 2


def test_what_is_left_out_is_left_out_whatever_else_an_item_has() -> None:
    assert chosen(excluded=without("nlp")) == ["a", "b"]
    assert chosen(topics=("gpu",), excluded=without("nlp")) == ["a"]
    assert chosen(topics=("gpu",), sections=("papers",), excluded=without("nlp")) == []
    assert chosen(excluded=without(words=("一个条目",))) == []


def test_a_topic_that_is_left_out_is_no_word_of_the_text() -> None:
    issue = build.issue(build.section("news", build.item(title="gpu", topics=())))
    assert select(issue, Cut(excluded=without("gpu"))).shown == 1
    assert select(issue, Cut(excluded=without(words=("GPU",)))).shown == 0


def test_the_rest_brings_what_was_left_out_too() -> None:
    assert chosen(topics=("gpu",), excluded=without("nlp"), rest=True) == ["b", "c"]
    assert chosen(excluded=without("nlp"), rest=True) == ["c"]


def test_the_rest_of_everything_is_nothing() -> None:
    selection = select(ISSUE, Cut(rest=True))
    assert selection.empty
    assert selection.issue.sections == ()


def test_flash_news_go_by_topic_and_by_a_section_of_their_own() -> None:
    assert len(select(ISSUE, Cut()).issue.flash) == 2
    assert select(ISSUE, Cut(topics=("gpu",))).issue.flash == ()
    assert select(ISSUE, Cut(sections=("news",))).issue.flash == ()
    assert len(select(ISSUE, Cut(sections=("flash",))).issue.flash) == 2


def test_what_is_shown_and_left_out_is_counted_flash_news_too() -> None:
    selection = select(ISSUE, Cut(topics=("nlp",)))
    assert (selection.shown, selection.total, selection.rest) == (1, 5, 4)
    assert not selection.empty
    assert select(ISSUE, Cut(topics=("x",))).empty


@given(issues, cuts)
def test_a_cut_and_its_rest_share_nothing_and_leave_nothing_out(issue: Issue, cut: Cut) -> None:
    front, back = (select(issue, replace(cut, rest=rest)) for rest in (False, True))
    assert front.shown + back.shown == front.total
    assert len(front.issue.flash) + len(back.issue.flash) == len(issue.flash)
    for part in (front, back):
        assert all(section.items for section in part.issue.sections)
