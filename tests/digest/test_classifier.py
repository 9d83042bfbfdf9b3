"""An item has the topics it is about, each with the word that says so."""

from typing import Any

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.evaluation import Evaluation, evaluate
from bot.editors.topics.readings import Reading
from bot.model import Item, Place, Reason, TopicMatch, plain
from bot.settings import load
from tests import builders as build
from tests.corpus import GOLD, SHARED, needs_corpus
from tests.digest.shipped import reader, topics

TOPICS = Topics.model_validate(
    {
        "topics": {
            "cpu": {"names": {"zh": "CPU", "en": "CPU"}, "terms": ["arm", "cpu", "处理器"]},
            "quantization": {
                "names": {"zh": "量化", "en": "Quantization"},
                "terms": ["量化", "int8"],
                "hints": ["比特"],
                "not": ["量化交易"],
            },
        }
    }
)


#: Topics that stand to each other as those of a real file do.
RELATED = Topics.model_validate(
    {
        "topics": {
            slug: {"names": {"zh": slug, "en": slug}, **words}
            for slug, words in {
                "soc": {"terms": ["phone chip", "snap*"]},
                "cpu": {"terms": ["x86", "cortex"], "hints": ["core"], "yields": ["soc"]},
                "foundry": {"terms": ["晶圆"], "subjects": ["Foundco"]},
                "nlp": {"terms": ["*bert", "ai芯片", "low-bit"]},
                "pruning": {"terms": ["剪枝"]},
                "distillation": {"terms": ["蒸馏"]},
                "compression": {"terms": ["压缩"], "several_of": ["pruning", "distillation"]},
            }.items()
        }
    }
)


def related(title: str | None, *summary: str) -> dict[str, TopicMatch]:
    item = build.item(title=title, summary=build.text(*summary))
    return {match.slug: match for match in Classifier(RELATED).candidates(item)}


def given(title: str | None, *summary: str) -> set[str]:
    return {slug for slug, match in related(title, *summary).items() if match.score >= 2}


def topics_of(title: str | None, *summary: str, **fields: Any) -> list[tuple[str, str]]:
    item: Item = build.item(title=title, summary=build.text(*summary), **fields)
    issue = Classifier(TOPICS).classify(build.issue(build.section("news", item)))
    return [(topic.slug, topic.matched) for topic in issue.items[0].topics]


@pytest.mark.parametrize("title", ["arm 发布新核", "全新ARM架构", "ARMs race", "(ARM)", "ARM_v9", "新核:arm"])
def test_a_latin_term_is_found_as_a_word_beside_anything_but_letters(title: str) -> None:
    assert [slug for slug, _ in topics_of(title)] == ["cpu"]


@pytest.mark.parametrize("title", ["An alarm", "armada", "charm", "armv", "int80", "farms", "ARMs2"])
def test_a_latin_term_is_not_found_inside_a_word(title: str) -> None:
    assert topics_of(title) == []


@pytest.mark.parametrize("title", ["ＡＲＭ 发布新核", "新核（Ａｒｍ）", "arm—v9", "arm\uff0dv9"])
def test_a_latin_term_is_found_in_any_width(title: str) -> None:
    assert [slug for slug, _ in topics_of(title)] == ["cpu"]


def test_the_match_is_told_as_written() -> None:
    assert topics_of("İ：全新ＡＲＭ架构") == [("cpu", "ＡＲＭ")]


@pytest.mark.parametrize("joint", [*"-_ －＿\u3000", *"\u2010\u2011\u2012\u2013\u2014\u2015\u2212"])
def test_two_latin_words_are_one_term_whatever_joins_them(joint: str) -> None:
    assert given(f"low{joint}bit") == {"nlp"}


@pytest.mark.parametrize("title", ["低比特量化感知训练", "后量化", "量化"])
def test_a_chinese_term_is_found_anywhere(title: str) -> None:
    assert topics_of(title)[0][0] == "quantization"


def test_a_term_inside_a_not_phrase_says_nothing() -> None:
    assert topics_of("量化交易员的一天") == []
    assert topics_of("量化交易也用量化模型") == [("quantization", "量化")]


@pytest.mark.parametrize(
    ("title", "term"),
    [("ARM 核", "ARM"), ("多个 CPUs", "CPU"), ("İİ 的 Int8", "Int8"), ("ẞß ﬁ Cpu", "Cpu")],
)
def test_the_term_is_quoted_as_it_stands_in_the_text(title: str, term: str) -> None:
    assert [matched for _, matched in topics_of(title)] == [term]


def test_a_passing_mention_further_down_is_no_topic() -> None:
    assert topics_of("一个标题", "第一句。后面提到 arm 一次。") == []
    assert topics_of("一个标题", "第一句。arm 说了又说，arm，arm，还是 arm，arm。") == []


def test_the_title_outweighs_the_body_and_the_strongest_comes_first() -> None:
    assert topics_of("int8 推理", "在 arm 上。arm 跑得快，arm。") == [
        ("quantization", "int8"),
        ("cpu", "arm"),
    ]


def test_the_weightiest_word_is_the_reason() -> None:
    assert topics_of("新处理器", "arm 架构。") == [("cpu", "处理器")]


def test_a_tag_counts_as_the_title() -> None:
    assert topics_of("一个标题", tags=("arm",)) == [("cpu", "arm")]


def test_without_a_title_the_first_sentence_stands_for_it() -> None:
    assert topics_of(None, "arm 架构。") == [("cpu", "arm")]
    assert topics_of("一个标题", "arm 架构。") == []


def test_a_hint_counts_half() -> None:
    assert topics_of("4 比特") == []
    assert topics_of("4 比特", "仍是比特。") == [("quantization", "比特")]


def test_a_flash_has_topics_by_its_text_or_its_subject() -> None:
    flash = (
        build.flash(None, "arm 发布新核。"),
        build.flash("ARM", "发布了处理器。"),
        build.flash("某公司", "开会。"),
    )
    found = Classifier(TOPICS).classify(build.issue(flash=flash)).flash
    assert [[topic.slug for topic in bullet.topics] for bullet in found] == [["cpu"], ["cpu"], []]


@pytest.mark.parametrize("title", ["轻量化检测模型", "卷积的向量化实现", "某手机 Q1上市"])
def test_the_shipped_topics_know_words_inside_other_words(title: str) -> None:
    item = build.item(title=title, summary=())
    issue = Classifier(load().topics).classify(build.issue(build.section("news", item)))
    found = {topic.slug for topic in issue.items[0].topics}
    assert not found & {"quantization", "business"}


def test_nothing_but_the_topics_changes() -> None:
    issue = build.issue(build.section("news", build.item(title="arm 处理器")))
    classified = Classifier(TOPICS).classify(issue)
    assert [plain(item.summary) for item in classified.items] == [plain(item.summary) for item in issue.items]
    assert Classifier(TOPICS).classify(classified) == classified


@pytest.mark.parametrize("title", ["SnapX8 is out", "a snap", "The snaps", "MobileBERT 发布", "BERT"])
def test_a_starred_term_may_go_on_at_that_end(title: str) -> None:
    assert given(title) & {"soc", "nlp"}


@pytest.mark.parametrize("title", ["a gosnap", "BERTology", "resnap", "bertha"])
def test_a_starred_term_ends_at_the_other(title: str) -> None:
    assert given(title) == set()


def test_a_starred_term_is_quoted_as_the_whole_word() -> None:
    assert related("新 MobileBERT2 与 MobileBERT")["nlp"].matched == "MobileBERT2"


@pytest.mark.parametrize(
    "title", ["AI芯片", "ai 芯片", "Low Bit nets", "low-bit", "LOW_BIT", "Phone-chip", "phone chips"]
)
def test_hyphens_and_the_space_between_scripts_make_no_difference(title: str) -> None:
    assert len(given(title)) == 1


def test_words_side_by_side_say_one_thing() -> None:
    beside = related("新闻", "x86 Cortex 核。")["cpu"].score
    apart = related("新闻", "x86 与 Cortex 核。")["cpu"].score
    assert beside == related("新闻", "x86 核。")["cpu"].score < apart


def test_a_repeated_word_counts_less_than_another_one() -> None:
    once, twice = (related("新闻", f"{'晶圆，' * times}。")["foundry"].score for times in (1, 2))
    both = related("新闻", "晶圆，Foundco，晶圆。")["foundry"].score
    assert once < twice < 2 * once
    assert twice < both


def test_the_body_alone_makes_no_topic_however_often_it_says_it() -> None:
    assert given("新闻", "第一句。", *["x86，cortex，core，晶圆，Foundco，" * 9] * 9) == set()


@pytest.mark.parametrize("end", ["。", "！", "？", ". ", "! ", "? "])
def test_the_first_sentence_ends_as_sentences_do_in_either_language(end: str) -> None:
    (reason,) = related("News", f"Version 2.0 is out{end}It has x86 now.")["cpu"].reasons
    assert reason.place is Place.BODY
    (reason,) = related("News", f"Version 2.0 has x86{end}It is out.")["cpu"].reasons
    assert reason.place is Place.OPENING


def test_a_subject_counts_in_full_where_it_is_what_the_text_is_about() -> None:
    assert given("Foundco 涨价") == {"foundry"}
    assert given("新闻", "某公司找 Foundco 生产。") == set()
    flash = build.flash("Foundco", "开会。")
    assert [topic.slug for topic in Classifier(RELATED).candidates(flash)] == ["foundry"]
    assert Classifier(RELATED).candidates(flash)[0].score == 2


def test_a_topic_yields_to_a_weightier_one_but_not_in_the_title() -> None:
    specification = "它有 x86，有 cortex。"
    assert given("新闻", specification) == {"cpu"}
    assert given("Snap8 发布", specification) == {"soc"}
    assert given("Snap8 的 x86 内核", "Snap8。") == {"soc", "cpu"}
    assert given("x86，cortex", "不是 snap8。") == {"cpu"}


def test_several_techniques_together_name_their_parent() -> None:
    assert given("剪枝与蒸馏", "先剪枝，再蒸馏。") == {"pruning", "distillation", "compression"}
    assert "compression" not in related("剪枝", "先剪枝，再剪枝。")
    assert [reason.term for reason in related("剪枝与蒸馏")["compression"].reasons] == ["剪枝", "蒸馏"]
    assert "compression" in given("别的", "先剪枝，再用大网络蒸馏。")
    assert "compression" not in given("别的", "别的。后来剪枝。后来蒸馏。")


def test_every_word_that_speaks_for_a_topic_is_told_with_its_place_and_number() -> None:
    item = build.item(title="Int8 量化", tags=("INT8",), summary=build.text("量化。int8，还是 INT8。"))
    (match,) = Classifier(TOPICS).candidates(item)
    assert match.reasons == (
        Reason(term="Int8", place=Place.TITLE),
        Reason(term="量化", place=Place.TITLE),
        Reason(term="INT8", place=Place.TAGS),
        Reason(term="量化", place=Place.OPENING),
        Reason(term="int8", place=Place.BODY, count=2),
    )


def test_what_did_not_suffice_is_a_candidate_with_its_score() -> None:
    classifier = Classifier(TOPICS)
    item = build.item(title="4 比特", summary=build.text("一句。"))
    assert [(match.slug, match.score) for match in classifier.candidates(item)] == [("quantization", 1.5)]
    assert classifier.threshold == 2


@needs_corpus
def test_topics_agree_with_careful_readers() -> None:
    """Micro-averaged over items and flash news of all readings; two people reach about 0.9."""
    found = agreement()
    assert found.total.f1 >= 0.88, f"{found.total.precision:.3f} {found.total.recall:.3f}"
    assert {topic for topic, count in found.topics.items() if count.support >= 10 and count.f1 < 0.7} == set()


def agreement() -> Evaluation:
    readings = [Reading.model_validate_json(path.read_text("utf-8")) for path in GOLD]
    folders = {".txt": SHARED / "seeds", ".md": SHARED / "corpus" / "embedded-ai"}
    issues = [
        reader().read(
            (folders[reading.file[reading.file.rindex(".") :]] / reading.file).read_text("utf-8"), slug="x"
        )
        for reading in readings
    ]
    return evaluate(zip(readings, issues, strict=True), Classifier(topics()).candidates)


def test_a_digest_without_topics_gives_its_items_none() -> None:
    none = Classifier(Topics.model_validate({"topics": {}}))
    issue = build.issue(build.section("papers", build.item(title="量化")))
    assert none.classify(issue).items[0].topics == ()
