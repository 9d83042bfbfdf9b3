"""The words a person typed, as people type them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.topics.vocabulary import Topics
from bot.model import NOTHING, Choice, Cut, Interests
from bot.readers.topic_query import TopicQuery, parse_topic_query
from bot.words.keywords import LONGEST
from tests.effort import cpu_at_most

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


@given(st.text(alphabet="-+\"“”「」'，, 量化不要和都只aB\n/", max_size=40))
def test_whatever_is_typed_is_read_and_nothing_is_wanted_and_unwanted(typed: str) -> None:
    query = read(typed)
    assert not query.plus & query.minus
    assert all(len(word) <= LONGEST for word in (query.plus | query.minus).keywords)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("我不想看商业 想看剪枝", "-商业 剪枝"),
        ("不要FlashAttention", "-FlashAttention"),
        ("不要键值缓存了", "-键值缓存"),
        ("取消量化", "-量化"),
        ("取消关注 量化", "-量化"),
        ("把量化和商业都去掉吧", "-量化 -商业"),
        ("量化不要了，要商业", "-量化 商业"),
        ("不要量化、商业", "-量化 -商业"),
        ("請幫我關注量化與目標檢測，謝謝", "量化 目标检测"),
        ("我对商业没兴趣", "-商业"),
        ("stop sending me business news, please", "-business"),
        ("I'm not interested in business or object detection", "-business -object detection"),
        ("unfollow FlashAttention", "-FlashAttention"),
        ("quantization and business", "quantization business"),
        ("quantization but not business", "quantization -business"),
        ("add quantization, remove business", "quantization -business"),
        ("quantization/business", "quantization business"),
        ("quantization instead of business", "quantization -business"),
        ("I want to read about object detection", "object detection"),
        ("all quantization papers", "quantization"),
        ("nothing about business either", "-business"),
        ("想follow一下量化", "量化"),
        ("不要商业了，换成量化", "-商业 量化"),
        ('关注 "KV cache" 和 FlashAttention 这两个词', '"KV cache" FlashAttention'),
    ],
)
def test_words_beside_names_may_stand_for_their_signs(words: str, same: str) -> None:
    assert replace(read(words), bare=(), phrase=None) == replace(read(same), bare=(), phrase=None)


@pytest.mark.parametrize(
    ("words", "plus", "minus"),
    [
        *(
            (words, "量化", "")
            for words in ("只看量化", "量化就行", "only quantization please", "nothing but 量化")
        ),
        ("不要商业，只看量化", "量化", "-商业"),
        ("no business, only quantization", "quantization", "-business"),
        ("only FlashAttention", "FlashAttention", ""),
        *((words, "", "-量化 -商业") for words in ("除了量化和商业都要", "量化、商业除外，其他的都看")),
        *((words, "", "-量化 -商业") for words in ("everything except quantization and business",)),
        *((words, "", "-量化 -商业") for words in ("all but 量化, business",)),
    ],
)
def test_what_is_wanted_alone_drops_all_else_that_is_followed(words: str, plus: str, minus: str) -> None:
    query, cut = read(words), Cut(topics=("detection",), keywords=("vLLM",), excluded=some("business"))
    assert (query.only, query.unsure) == (True, False)
    after = query.choice(cut).applied(cut)
    left_out = read(minus).minus or some("business") - read(plus).plus
    assert set(after.followed.each) == set(read(plus).plus.each)
    assert set(after.excluded.each) == set(left_out.each)


@pytest.mark.parametrize(
    "words", ["全部都要", "所有主题", "everything", "all topics please", "unfollow all", "都要"]
)
def test_whoever_wants_everything_gets_whole_issues(words: str) -> None:
    assert read(words) == TopicQuery(clear=True)


@pytest.mark.parametrize(
    "words",
    [
        "少发点商业",
        "no business estimation please",
        "just the usual please",
        "我是做量化的",
        "not only quantization",
        "what about business?",
        "swap business for quantization",
    ],
)
def test_nothing_is_done_where_it_is_not_clear_what_is_wanted(words: str) -> None:
    query = read(words)
    assert query.unsure
    assert query.named


@pytest.mark.parametrize(
    "words", ["stop everything", "不要全部", "stop", "只看", "都不要", "怎么用？", "可以選幾個主題？"]
)
def test_what_says_nothing_of_any_topic_is_explained(words: str) -> None:
    assert not read(words)


@pytest.mark.parametrize("words", ["no code", "all reduce", "just in time", "apple news"])
def test_words_that_are_part_of_others_stay_words(words: str) -> None:
    assert read(words).plus == some(words=tuple(words.split()))


@pytest.mark.parametrize("word", ["取消文化", "排除法", "量化感知训练", "商业中心", "推荐", "4-bit量化"])
def test_a_word_that_begins_as_a_verb_does_is_a_keyword(word: str) -> None:
    assert parse_topic_query(word, TOPICS).plus == Interests(keywords=(word,))


@pytest.mark.parametrize(
    "piece", ["不要", "a ", "no ", "不要量化不要", "和", "量化和", "只看x", "everything "]
)
def test_a_long_text_is_read_in_bounded_time(piece: str) -> None:
    read("量化")  # what is read once is read
    with cpu_at_most(1):
        read(piece * (4000 // len(piece)))
        read(piece * (400 // len(piece)))


def test_in_a_long_list_names_are_names_and_nothing_is_said() -> None:
    words = [f"word{number}" for number in range(80)]
    query = read("量化 -商业 " + " ".join(words))
    assert (query.plus.topics, query.minus.topics) == (("quantization",), ("business",))
    assert (len(query.plus.keywords), query.only, query.unsure) == (80, False, False)
