"""The words a person typed, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.topics.vocabulary import Topics
from bot.model import NOTHING, Choice, Cut, Interests
from bot.readers.topic_query import TopicQuery, parse_topic_query
from bot.words.keywords import LONGEST

TOPICS = Topics.model_validate(
    {
        "topics": {
            "quantization": {"names": {"zh": "量化", "en": "Quantization"}, "terms": ["int8"]},
            "detection": {"names": {"zh": "目标检测", "en": "Object detection"}, "terms": ["yolo"]},
            "business": {"names": {"zh": "商业", "en": "Business"}, "terms": ["融资"]},
        }
    }
)


QUOTED = (
    *('"KV cache"', "“KV cache”", "„KV cache“", "'KV cache'", "‘KV cache’"),
    *("「KV cache」", "『KV cache』", "＂KV cache＂"),
)


def read(words: str) -> TopicQuery:
    return parse_topic_query(words, TOPICS)


def some(*topics: str, words: tuple[str, ...] = ()) -> Interests:
    return Interests(topics=topics, keywords=words)


@pytest.mark.parametrize(
    ("typed", "plus"),
    [
        ("量化 Business", some("quantization", "business")),
        ("object detection quantization", some("detection", "quantization")),
        ("object, detector", some(words=("object", "detector"))),
        ("quantization FlashAttention", some("quantization", words=("FlashAttention",))),
        ("量化，目标检测；商业、vLLM|int8", some(*TOPICS, words=("vLLM", "int8"))),
        ("FlashAttention\nvLLM", some(words=("FlashAttention", "vLLM"))),
        ("KV cache", some(words=("KV", "cache"))),
        *((typed, some(words=("KV cache",))) for typed in QUOTED),
        ("“object detection”", some("detection")),
        ('"KV cache"量化', some("quantization", words=("KV cache",))),
        ('"KV, cache"', some(words=("KV, cache",))),
        ('"KV', some(words=("KV",))),
        ("#FlashAttention flashattention", some(words=("FlashAttention",))),
        ("FlashAttention。", some(words=("FlashAttention",))),
        ("C++ .NET don't", some(words=("C++", ".NET", "don't"))),
        ("+business", some("business")),
        ("4-bit e-commerce", some(words=("4-bit", "e-commerce"))),
        ("", NOTHING),
        (' ，- + "" ', NOTHING),
    ],
)
def test_names_of_topics_are_topics_and_anything_else_is_a_keyword(typed: str, plus: Interests) -> None:
    query = read(typed)
    assert (query.plus, query.minus, query.refused) == (plus, NOTHING, ())


@pytest.mark.parametrize("minus", ["-", "- ", "－", "−", "–", "—", "--"])
def test_a_minus_counts_for_the_name_behind_it(minus: str) -> None:
    query = read(f'量化 {minus}object detection KV {minus}"KV cache" vLLM')
    assert query.plus == some("quantization", words=("KV", "vLLM"))
    assert query.minus == some("detection", words=("KV cache",))


def test_of_a_name_that_stands_twice_the_later_sign_counts() -> None:
    assert read("business -business").minus == some("business")
    assert read("-KV-cache +'kv cache'") == TopicQuery(plus=some(words=("kv cache",)), bare=("KV-cache",))


@pytest.mark.parametrize("typed", ["clear", " Clear ", "清空", "全部", "ＡＬＬ"])
def test_one_word_clears(typed: str) -> None:
    assert read(typed) == TopicQuery(clear=True)


def test_what_can_be_no_keyword_is_told() -> None:
    long = "x" * (LONGEST + 1)
    assert read(f"!!! 量化 {long}") == TopicQuery(plus=some("quantization"), refused=("!!!", long))


def test_several_free_words_in_a_row_may_have_been_meant_as_one() -> None:
    assert read("KV  cache").phrase == "KV cache"
    for typed in ("KV", "KV, cache", "KV -cache", "-KV cache", "量化 cache", '"KV" cache', '"KV cache"'):
        assert read(typed).phrase is None


def test_a_minus_drops_what_is_followed_and_leaves_out_the_rest() -> None:
    cut = Cut(topics=("business",), keywords=("KV cache",))
    choice = read("-business -kv-cache -量化 -vLLM").choice(cut)
    assert choice == Choice(
        unfollow=some("business", words=("kv-cache",)), omit=some("quantization", words=("vLLM",))
    )
    assert choice.applied(cut) == Cut().about(NOTHING, excluded=some("quantization", words=("vLLM",)))


def test_what_is_left_out_is_taken_in_again_before_it_is_followed() -> None:
    cut = Cut(excluded=some("business"))
    once = read("+business").choice(cut).applied(cut)
    assert once == Cut()
    assert read("business").choice(once).applied(once) == Cut(topics=("business",))


@given(st.text(alphabet="-+\"“”「」'，, 量化aB\n", max_size=40))
def test_whatever_is_typed_is_read_and_nothing_is_wanted_and_unwanted(typed: str) -> None:
    query = read(typed)
    assert not query.plus & query.minus
    assert all(len(word) <= LONGEST for word in (query.plus | query.minus).keywords)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("不要剪枝，只看量化", "-剪枝 量化"),
        ("只看量化", "量化"),
        ("我不想看商业 想看剪枝", "-商业 剪枝"),
        ("不要FlashAttention", "-FlashAttention"),
        ("取消量化", "-量化"),
        ("除了量化都要", "-量化"),
        ("no business, only quantization", "-business, quantization"),
        ("without object detection, only FlashAttention", "-object detection, only FlashAttention"),
        ("no code", "no code"),
    ],
)
def test_a_word_before_a_name_may_stand_for_its_sign(words: str, same: str) -> None:
    assert parse_topic_query(words, TOPICS) == parse_topic_query(same, TOPICS)


@pytest.mark.parametrize("word", ["取消文化", "排除法"])
def test_a_word_that_begins_as_a_sign_does_is_a_keyword(word: str) -> None:
    assert parse_topic_query(word, TOPICS).plus == Interests(keywords=(word,))
