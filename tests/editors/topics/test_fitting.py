"""What is learned from readings: how probable a topic is where its words weigh so much."""

from collections.abc import Sequence

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.probability import Evidence, Fitted, probability
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.evaluation import evaluate
from bot.editors.topics.fitting import Example, examples, fit, with_fitted, without_each
from bot.editors.topics.readings import Reading
from bot.errors import BadInput
from bot.model import Issue
from tests import builders as build

SLUGS = ("cpu", "gpu", "soc")
TOPICS = Topics.model_validate(
    {"topics": {slug: {"names": {"zh": slug, "en": slug}, "terms": [slug]} for slug in SLUGS}}
)
#: What an item says, and the topics that a reader gave it.
Said = tuple[str, str, tuple[str, ...]]
#: Here readers want what stands in the first sentence, and of two topics in a title only the first.
SAID: tuple[Said, ...] = (
    ("新cpu", "", ("cpu",)),
    ("新gpu", "", ("gpu",)),
    ("一篇文章", "说cpu。", ("cpu",)),
    ("一篇文章", "说gpu。", ("gpu",)),
    ("一篇文章", "首先。后来cpu。", ()),
    ("一篇文章", "首先。后来gpu。", ()),
)


def issue_of(name: str, said: Sequence[Said]) -> tuple[Reading, Issue]:
    items = [build.item(title=title, summary=build.text(text)) for title, text, _ in said]
    read = [{"title": title, "topics": topics} for title, _, topics in said]
    reading = Reading.model_validate({"file": f"{name}.md", "sections": [{"slug": "news", "items": read}]})
    return reading, build.issue(build.section("news", *items), slug=name)


def several(count: int = 6) -> list[tuple[Reading, Issue]]:
    return [issue_of(f"issue-{number}", SAID) for number in range(count)]


def f1(pairs: Sequence[tuple[Reading, Issue]]) -> float:
    return evaluate(pairs, lambda _: ()).total.f1


def learned(pairs: Sequence[tuple[Reading, Issue]]) -> dict[str, Fitted]:
    return fit(examples(pairs, Classifier(TOPICS)), SLUGS)


def test_each_topic_that_a_word_speaks_for_is_an_example() -> None:
    (one, other) = examples([issue_of("a", [("新cpu", "说gpu。", ("cpu",))])], Classifier(TOPICS))
    assert (one.issue, one.topic, one.right, one.evidence) == ("a.md", "cpu", True, Evidence(1.5, 0.0, 0))
    assert (other.topic, other.right, other.evidence) == ("gpu", False, Evidence(0.75, 1.5, 1))


def test_what_no_word_may_make_is_none() -> None:
    words = {"names": {"zh": "车", "en": "Cars"}, "terms": {"company": ["特斯拉"]}}
    topics = Topics.model_validate({"topics": {"cars": words}})
    assert examples([issue_of("a", [("特斯拉", "", ())])], Classifier(topics)) == []


def test_what_readers_want_of_a_weak_word_is_learned() -> None:
    pairs = several()
    classifier = Classifier(TOPICS)
    assert f1([(reading, classifier.classify(issue)) for reading, issue in pairs]) < 0.7
    fitted = Classifier(with_fitted(TOPICS, learned(pairs)))
    assert f1([(reading, fitted.classify(issue)) for reading, issue in pairs]) == 1


def test_a_topic_without_examples_has_what_the_others_have_in_common() -> None:
    fitted = learned(several())
    assert set(fitted) == set(SLUGS)
    assert min(fitted["cpu"].weight, fitted["gpu"].weight) <= fitted["soc"].weight + 0.5
    assert probability(Evidence(1.5, 0.0, 0), fitted["soc"]) >= fitted["soc"].threshold


def test_a_topic_with_few_examples_hardly_leaves_what_the_others_have_in_common() -> None:
    odd = [*several(), issue_of("odd", [("新soc", "", ())])]
    fitted = learned(odd)
    assert probability(Evidence(1.5, 0.0, 0), fitted["soc"]) == pytest.approx(
        probability(Evidence(1.5, 0.0, 0), fitted["cpu"]), abs=0.15
    )


def test_one_with_many_goes_its_own_way() -> None:
    odd = [*several(), *(issue_of(f"odd-{n}", [("新soc", "", ())] * 5) for n in range(6))]
    fitted = learned(odd)
    alike = [probability(Evidence(1.5, 0.0, 0), fitted[slug]) for slug in ("soc", "cpu")]
    assert alike[1] - alike[0] > 0.15


def test_more_words_never_make_a_topic_less_probable() -> None:
    upside_down = [
        Example(issue=f"{n % 4}", topic="cpu", evidence=Evidence(n % 2 * 2.0, 0.0, 0), right=n % 2 == 0)
        for n in range(40)
    ]
    assert fit(upside_down, SLUGS)["cpu"].weight > 0


def test_of_thresholds_that_do_alike_the_middle_one_is_taken() -> None:
    """Between what is surely a topic and what surely is none there is no best one."""
    plain = [
        Example(issue=f"{n % 5}", topic="cpu", evidence=Evidence(n % 2 * 2.0, 0.0, 0), right=n % 2 == 1)
        for n in range(200)
    ]
    assert fit(plain, SLUGS)["cpu"].threshold == 0.46


def test_the_same_readings_teach_the_same() -> None:
    assert learned(several()) == learned(several())


def test_an_issue_that_is_judged_was_not_learned_from() -> None:
    """One reader wants what nobody else does: the issue is judged by what the others want."""
    other = issue_of("odd", [("一篇文章", "首先。后来cpu。", ("cpu",)), ("新cpu", "", ())])
    pairs = [*several(), other]
    judged = dict(
        zip(
            (reading.file for reading, _ in pairs),
            (issue for _, issue in without_each(pairs, TOPICS, examples(pairs, Classifier(TOPICS)))),
            strict=True,
        )
    )
    assert [[match.slug for match in item.topics] for item in judged["odd.md"].items] == [[], ["cpu"]]


@pytest.mark.parametrize("said", [(), (("新cpu", "", ("cpu",)),), (("新cpu", "", ()),)])
def test_where_there_is_nothing_to_tell_apart_nothing_is_learned(said: tuple[Said, ...]) -> None:
    with pytest.raises(BadInput, match="nothing can be learned"):
        learned([issue_of("a", said)])


def test_an_issue_whose_others_teach_nothing_has_the_topics_that_it_has_without_a_fit() -> None:
    pairs = [issue_of("a", SAID), issue_of("b", [("新cpu", "", ("cpu",))])]
    found = examples(pairs, Classifier(TOPICS))
    ((_, first), _) = without_each(pairs, TOPICS, found)
    assert first == Classifier(TOPICS).classify(pairs[0][1])
