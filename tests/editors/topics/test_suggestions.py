"""What an archive writes about again and again, and no topic knows."""

from bot.digest.topics.lexicon import Lexicon
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.suggestions import Suggestion, suggest
from bot.model import Issue, TopicMatch
from tests import builders as build

LEXICON = Lexicon(
    Topics.model_validate(
        {"topics": {"gpu": {"names": {"zh": "显卡", "en": "GPU"}, "terms": ["显卡", "tensor core"]}}}
    )
)
#: What stands around the words in question, never twice the same.
FILLER = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃"


def archive(*texts: str, title: str = "1", topics: tuple[TopicMatch, ...] = ()) -> list[Issue]:
    """Many items about nothing, and these, each in an issue of its own."""
    noise = [build.issue(build.section("news", build.item(title=word, summary=()))) for word in FILLER]
    told = [
        build.issue(
            build.section("news", build.item(title=title, summary=build.text(text), topics=topics)),
            slug=f"issue-{number}",
        )
        for number, text in enumerate(texts)
    ]
    return [*noise, *told]


def found(*texts: str, title: str = "1") -> dict[str, Suggestion]:
    suggestions = suggest(archive(*texts, title=title), LEXICON.without, limit=20)
    return {suggestion.term: suggestion for suggestion in suggestions}


def around(term: str, times: int = 4) -> list[str]:
    return [f"{FILLER[2 * n]}{term}{FILLER[2 * n + 1]}" for n in range(times)]


def test_a_chinese_phrase_is_found_whole_by_how_it_stands_in_the_texts() -> None:
    terms = found(*around("操作系统"))
    assert "操作系统" in terms
    assert not {"作系", "操作", "系统", "作系统", "操作系"} & terms.keys()


def test_a_phrase_that_some_texts_do_not_have_is_told_with_numbers_and_a_title() -> None:
    (term,) = found(*around("操作系统"), title="1 操作系统！").values()
    assert (term.term, term.count, term.items, term.issues) == ("操作系统", 8, 4, 4)
    assert (term.without_topic, term.example) == (4, "1 操作系统！")


def test_latin_terms_keep_their_hyphens_and_versions_and_the_spelling_used_most() -> None:
    terms = found("用 ROS-2.1 与 Point Cloud。", "说 ROS-2.1，point cloud。", "在 ROS-2.1 上 Point Cloud。")
    assert {"ROS-2.1", "Point Cloud"} <= terms.keys()


def test_what_a_topic_knows_is_not_suggested_nor_a_part_of_it() -> None:
    terms = found(*(f"{text}，Tensor Core 真快" for text in around("显卡")))
    assert not {"显卡", "Tensor", "Core", "Tensor Core"} & terms.keys()


def test_common_words_and_addresses_are_left_out() -> None:
    assert found(*(f"进行了 with the https://example.com/robots {n}" for n in range(5))) == {}


def test_what_stands_in_two_items_only_is_no_suggestion() -> None:
    assert found("ROS", "ROS") == {}


def test_a_term_of_items_without_a_topic_promises_more() -> None:
    known = archive(*["用 Alpha 做"] * 3, topics=(TopicMatch(slug="gpu", matched="显卡"),))
    unknown = archive(*["用 Beta 做"] * 3)
    assert [term.term for term in suggest([*known, *unknown], LEXICON.without, limit=5)] == ["Beta", "Alpha"]


def test_no_more_are_suggested_than_asked_for() -> None:
    assert len(suggest(archive(*["ROS SLAM"] * 4), LEXICON.without, limit=1)) == 1
    assert suggest([], LEXICON.without, limit=5) == ()
