"""Whoever is found by a keyword is found by its tokens."""

import re
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given

from bot.words.folding import PLURAL, fold_text
from bot.words.keywords import LONGEST, mentioned, read_keyword
from bot.words.scripts import runs_on
from bot.words.tokens import BEGINNING, Phrase, phrase_of, spellings, tokens_of
from tests.corpus import CORPUS, needs_corpus
from tests.nightly import examples, nightly
from tests.words.test_as_people_write import CASES, PIECES, WORDS

TOKEN = re.compile(r"\.|\.?[a-z0-9]+(\+\+|#)?")


def has(text: str, searched: str) -> bool:
    return any(stands(phrase, tokens_of(text)) for phrase in spellings(phrase_of(searched)))


def stands(phrase: Phrase, tokens: Phrase) -> bool:
    """Whether the tokens have the phrase, as a database sees it."""
    *before, last = phrase
    for place in range(len(tokens) - len(before)):
        end = place + len(before)
        begins = last.endswith(BEGINNING) and tokens[end].startswith(last.removesuffix(BEGINNING))
        if tokens[place:end] == (*before,) and (begins or tokens[end] == last):
            return True
    return False


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("神经网络", "神经 经网 网络 络"),
        ("车 AI芯片", "车 ai 芯片 片"),
        ("Qwen2.5-7B 发布", "qwen 2 .5 7b 发布 布"),
        ("Vue.js, .NET; asp.net。3.GPU", "vue .js .net asp .net 3 gpu"),
        ("C++20, C# and g++", "c++ 20 c# and g++"),
        ("models, apps, GPUs, iOS, news, As", f"model apps gpu {PLURAL} ios news as"),
        ("TOKENs", "token"),
        ("", ""),
        ("……", ""),
        ("x" * 99, "x" * 64),
    ],
)
def test_a_text_has_tokens(text: str, tokens: str) -> None:
    assert tokens_of(text) == tuple(tokens.split())


@pytest.mark.parametrize(
    ("searched", "phrase"),
    [
        ("量化", "量化"),
        ("神经网络", "神经 经网 网络"),
        ("车", "车*"),
        ("量化 车", "量化 化 车*"),
        ("量化KV", "量化 化 kv"),
        ("GPUs", "gpu"),
        ("models", "model"),
        ("!?", ""),
    ],
)
def test_what_is_searched_for_is_a_phrase(searched: str, phrase: str) -> None:
    assert phrase_of(searched) == tuple(phrase.split())


@pytest.mark.parametrize("searched", ["qwen", "qwen 2.5", "qwen2.5", "Qwen 2", "2.5"])
def test_a_model_is_found_with_its_number_and_without(searched: str) -> None:
    assert has("阿里 Qwen2.5 发布", searched)


@pytest.mark.parametrize(
    ("searched", "text"), [("js", "vue.js"), ("net", ".net"), ("c", "c++"), ("5", "2.5")]
)
def test_what_belongs_to_a_name_is_not_found_without_it(searched: str, text: str) -> None:
    assert not has(text, searched)


#: What tokens find and keywords do not: they know no punctuation, nor what is around a dot or a plural.
LOOSE = {
    *(("KV缓存", "KV, 缓存"), ("kv cache", "KV, cache"), ("KV缓存", "KV。缓存")),
    *((".NET", "cnn.net"), (".NET", "看 cnn.net 的"), ("café", "cafés1x"), ("YOLO", "YOLOv")),
}


#: Signs alone are no word to search for.
WITH_WORDS = [
    pytest.param(keyword, text, mentions, id=name)
    for name, keyword, text, mentions in CASES
    if phrase_of(keyword)
]


@pytest.mark.parametrize(("keyword", "text", "mentions"), WITH_WORDS)
def test_tokens_find_what_keywords_find(keyword: str, text: str, *, mentions: bool) -> None:
    assert has(text, keyword) is (mentions or (keyword, text) in LOOSE)


@given(PIECES)
@example("IOs++")  # no plural, for the signs belong to it
def test_tokens_find_each_word_that_keywords_find(text: str) -> None:
    for word in WORDS:
        if mentioned([word], fold_text(text)):
            assert has(text, word), word


@nightly("texts made by hand are tried by day")
@needs_corpus
def test_in_real_texts_tokens_find_whatever_keywords_find() -> None:
    random = Random(11)  # noqa: S311  # the same pieces in every run
    missed = []
    for path in CORPUS:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for line in random.sample(lines, min(examples(33), len(lines))):
            missed += [word for word in keywords_of(line, random) if not has(line, word)]
    assert missed == []


def keywords_of(line: str, random: Random) -> list[str]:
    """Pieces of the line, cut anywhere, of which it is said that they stand in it."""
    folded = fold_text(line)
    starts = [random.randrange(len(line)) for _ in range(20)]
    pieces = [read_keyword(line[start : start + random.randint(1, LONGEST)]) for start in starts]
    words = [word for word in pieces if word and mentioned([word], folded)]
    return [word for word in words if not cut_in_two(word, folded)]


def cut_in_two(word: str, folded: str) -> bool:
    """What keywords find and tokens do not: half of C++, and half of the last two letters of "class"."""
    return word.endswith("+") or (word.endswith("s") and f"{fold_text(word)}s" in folded)


def test_tokens_are_made_of_few_signs_so_that_no_database_parts_them() -> None:
    for _, keyword, text, _ in CASES:
        for token in (*tokens_of(text), *tokens_of(keyword)):
            assert not re.search(r"[\s'\"\\:*&|!()<>A-Z]", token), token
            assert TOKEN.fullmatch(token) or not token.isascii(), token
            assert token == token.lower()


def test_characters_of_scripts_that_run_on_come_in_pairs() -> None:
    tokens = tokens_of("边缘计算综述")
    assert all(one[1] == other[0] for one, other in pairwise(tokens))
    assert all(map(runs_on, tokens[-1]))
