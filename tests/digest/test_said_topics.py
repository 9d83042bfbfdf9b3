"""What the editor says of an item's topics counts, however he writes it."""

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.said import NOTHING_SAID, TopicNames, Verdict, together, verdict
from bot.digest.topics.vocabulary import Topics
from bot.model import GivenBy, Item, Place, Reason, SaidTopics
from tests import builders as build

TOPICS = Topics.model_validate(
    {
        "topics": {
            "cpu": {"names": {"zh": "处理器", "en": "CPU"}, "terms": ["cpu"]},
            "ai-chip": {"names": {"zh": "AI 芯片", "en": "AI chips"}, "terms": ["npu"]},
            "quantization": {"names": {"zh": "量化", "en": "Quantization"}, "terms": ["int8"]},
        }
    }
)


def said(*words: str, **fields: object) -> Item:
    item = build.item(said=tuple(SaidTopics(words=one, line=2) for one in words), **fields)
    issue = Classifier(TOPICS).classify(build.issue(build.section("news", item)))
    return issue.items[0]


def slugs(item: Item) -> list[str]:
    return [match.slug for match in item.topics]


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("量化 处理器", {"quantization": True, "cpu": True}),
        ("quantization, CPU", {"quantization": True, "cpu": True}),
        ("量化、处理器/AI 芯片", {"quantization": True, "cpu": True, "ai-chip": True}),
        ("#量化#处理器 #ai-chip", {"quantization": True, "cpu": True, "ai-chip": True}),
        ("AI chips quantization", {"ai-chip": True, "quantization": True}),
    ],
)
def test_names_are_parted_by_blanks_commas_strokes_and_hashes_and_may_hold_blanks_themselves(
    words: str, topics: dict[str, bool]
) -> None:
    assert verdict(words, TOPICS) == Verdict(topics=topics, whole=True)


@pytest.mark.parametrize(
    "words",
    [
        "量化、处理器，。",
        "“量化”、「处理器」",
        "《量化》《处理器》",
        "[量化, cpu]",
        "量化(quantization)；处理器！",
        "量化。处理器。",
        "量化 & 处理器",
        "「量化」—「处理器」",
        "🔥量化 · cpu.",
    ],
)
def test_marks_around_between_and_behind_names_are_no_part_of_them(words: str) -> None:
    assert verdict(words, TOPICS) == Verdict(topics={"quantization": True, "cpu": True}, whole=True)
    assert TopicNames(TOPICS).says(words)


@pytest.mark.parametrize("words", ["-量化(quantization)", "（-量化）", "“—量化”", "--量化"])
def test_a_sign_is_never_lost_to_marks(words: str) -> None:
    assert verdict(words, TOPICS).topics == {"quantization": False}


@pytest.mark.parametrize("sign", ["-", "−", "- ", *"－—–‒﹣‐‑", "——"])
def test_where_a_name_has_a_sign_the_words_add_and_take_away(sign: str) -> None:
    topics = {"cpu": False, "quantization": True}
    assert verdict(f"{sign}cpu quantization", TOPICS) == Verdict(topics=topics, whole=False)


def test_a_name_that_no_topic_has_is_told() -> None:
    assert verdict("量化 量华", TOPICS).unknown == ("量华",)
    assert verdict("量华", TOPICS) == Verdict(topics={}, whole=False, unknown=("量华",))


def test_none_says_that_an_item_has_no_topic_and_nothing_says_nothing() -> None:
    for none in ("无", "none", "None.", "（无）", "無。", "沒有", "[]"):
        assert verdict(none, TOPICS) == Verdict(topics={}, whole=True)
    assert verdict("  ", TOPICS) == NOTHING_SAID


def test_of_two_that_say_something_the_later_counts() -> None:
    first, second = verdict("cpu 量化", TOPICS), verdict("-cpu", TOPICS)
    assert together((first, second)).topics == {"cpu": False, "quantization": True}
    assert together((second, first)).topics == {"cpu": True, "quantization": True}


def warned(*said: SaidTopics) -> list[tuple[int, str, str]]:
    item = build.item(line=7, said=said)
    issue = Classifier(TOPICS).classify(build.issue(build.section("news", item)))
    return [(one.line, one.code, one.message) for one in issue.warnings]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("量化", "cpu"),
        ("量化", "量化 cpu"),
        ("无", "量化"),
        ("量化", "-量化"),
        ("-量化", "量化"),
        ("+cpu", "量化"),
    ],
)
def test_what_is_taken_back_in_the_same_place_is_told(first: str, second: str) -> None:
    ((line, code, message),) = warned(SaidTopics(words=first, line=8), SaidTopics(words=second, line=9))
    assert (line, code) == (9, "topics-twice")
    assert message.endswith(f": “{second}” counts, not “{first}” of line 8")
    beside = [SaidTopics(words=words, line=at, file="a.yml") for at, words in ((1, first), (2, second))]
    ((line, _, message),) = warned(*beside)
    assert (line, "a.yml:2: " in message) == (7, True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("量化", "Quantization。"),
        ("-cpu", "+量化"),
        ("量化", "+cpu"),
        ("-cpu", "量化"),
        ("", "量化"),
        ("量化", ""),
    ],
)
def test_two_that_go_together_are_no_slip(first: str, second: str) -> None:
    assert warned(SaidTopics(words=first, line=8), SaidTopics(words=second, line=9)) == []


def test_a_file_may_say_otherwise_than_the_item_itself() -> None:
    assert warned(SaidTopics(words="量化", line=8), SaidTopics(words="cpu", line=1, file="a.yml")) == []


@pytest.mark.parametrize("words", ["量化", "量化 量华", "量华", "none", "（無）", "-cpu", "", "…"])
def test_names_of_topics_also_misspelt_ones_say_topics(words: str) -> None:
    assert TopicNames(TOPICS).says(words)


@pytest.mark.parametrize(
    "words",
    ["支持灵活的样式定制，以满足多样化的需求", "一场关于 cpu 的 大会 三月 举行", "量化：一种方法", "x" * 600],
)
def test_text_for_readers_says_none(words: str) -> None:
    assert not TopicNames(TOPICS).says(words)


def test_a_list_without_signs_takes_the_place_of_what_the_words_say() -> None:
    item = said("量化", title="新cpu")
    assert slugs(item) == ["quantization"]
    assert (item.topics[0].by, item.topics[0].probability) == (GivenBy.EDITOR, 1.0)


def test_with_signs_it_adds_and_takes_away_and_the_words_keep_the_rest() -> None:
    item = said("-cpu +量化", title="新cpu npu")
    assert slugs(item) == ["quantization", "ai-chip"]
    assert [match.by for match in item.topics] == [GivenBy.EDITOR, GivenBy.WORDS]


def test_a_topic_that_words_speak_for_too_keeps_them_as_reasons() -> None:
    (match,) = said("cpu", title="新cpu").topics
    assert match.reasons == (Reason(term="cpu", place=Place.TITLE),)
    assert (match.matched, match.by) == ("cpu", GivenBy.EDITOR)


def test_one_that_no_word_speaks_for_has_no_word() -> None:
    (match,) = said("量化").topics
    assert (match.matched, match.reasons) == ("", ())
