"""The card of a draft: the most serious first, what is left out counted, and it always fits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.digest.names import DigestNames
from bot.editors.linter.finding import Finding, found
from bot.messages import Renderer
from bot.messages.wording import Wording
from bot.model import LANGUAGES, Cut, HeldBy, Hold, IssueRecord, IssueState, Language
from bot.reports.cards import MOST_CUTS, MOST_FINDINGS, Card, Stage, card_of, card_of_gone
from bot.reports.correction import Correction
from bot.reports.forecast import CutForecast, Forecast
from bot.reports.outlook import Obstacle, Outlook
from bot.runtime.card_voice import CardVoice
from bot.settings import load
from tests.builders import NOON, flash, item, section
from tests.builders import issue as an_issue
from tests.storage.rows import record

LATER = date(2026, 3, 9)
ISSUE = an_issue(section("news", item(), item(id="i2")), section("papers", heading="论文"), flash=(flash(),))
A_CORRECTION = Correction(
    slug="x",
    edition="c" * 12,
    title="简报",
    day=None,
    day_known=True,
    chats=1,
    changes=1,
    messages=2,
    is_whole=False,
)
WARNINGS = [found("empty-bullet", line, 1) for line in range(1, 9)]


def a_record(**fields: object) -> IssueRecord:
    return record("2026-03-09", title="简报", date=LATER, state=IssueState.WAITING, **fields)


def a_cut(chats: int, **fields: object) -> CutForecast:
    return CutForecast(cut=Cut(**fields), chats=chats, messages=5, empty=False)  # type: ignore[arg-type]  # as given


def a_card(
    obstacle: Obstacle | None = Obstacle.WAITING,
    *,
    findings: list[Finding] | None = None,
    hold: Hold | None = None,
    lacks: bool = False,
    cuts: tuple[CutForecast, ...] = (),
    title: str = "简报",
    everything: Hold | None = None,
) -> Card:
    waiting = a_record()
    outlook = Outlook(record=waiting, obstacle=obstacle, held="", until="", everything=everything)
    forecast = Forecast(outlook=outlook, cuts=cuts, rate=10, per_chat=1)
    return card_of(
        record("2026-03-09", title=title, date=LATER, state=IssueState.WAITING),
        ISSUE,
        forecast=forecast,
        findings=findings or [],
        hold=hold,
        approval=lacks,
        lacks_approval=lacks,
        uncertain=None,
    )


@pytest.fixture(scope="module")
def voice() -> CardVoice:
    configuration = load()
    names = DigestNames(configuration.profile, configuration.topics)
    return CardVoice(renderer=Renderer(names), names=names, wording=Wording(), language="zh")


def labels(voice: CardVoice, card: Card) -> list[str]:
    return [
        (button.data or "").partition(":")[0] for row in voice.message(card, "en").buttons for button in row
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "2 个主题回答由机器人保管"),
        ("en", "2 answers about topics kept by the bot, not yet"),
    ],
)
def test_answers_that_the_bot_alone_keeps_are_told_with_the_file_to_commit(
    voice: CardVoice, language: Language, words: str
) -> None:
    assert "kept" not in labels(voice, a_card())
    card = replace(a_card(), kept=2)
    assert words in voice.message(card, language).html
    assert labels(voice, card) == ["look", "kept", "halt", "push"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_names_the_commit_of_its_text_where_it_comes_from_a_repository(
    voice: CardVoice, language: Language
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    assert a_record(commit=commit).short_commit == "01234567"
    for card, shown in ((a_card(), False), (replace(a_card(), commit="01234567"), True)):
        assert ("01234567" in voice.message(card, language).html) is shown
    correction = replace(A_CORRECTION, commit="01234567")
    assert "01234567" in voice.correction(correction, language, aside=False).html


def test_errors_come_before_warnings_and_what_is_left_out_is_counted() -> None:
    card = a_card(findings=[*WARNINGS, found("untold", 30, 1), found("no-date", 20, 1)])
    assert [(one.line, one.serious) for one in card.problems] == [
        *((20, True), (30, True)),
        *((line, False) for line in range(1, MOST_FINDINGS - 1)),
    ]
    assert (card.errors, card.warnings) == (2, 8)


def test_sections_without_items_are_not_told_and_flash_news_are_counted() -> None:
    card = a_card()
    assert ([(one.slug, one.items) for one in card.sections], card.items, card.flash) == ([("news", 2)], 2, 1)


def test_the_most_frequent_cuts_are_told_and_all_are_counted() -> None:
    cuts = tuple(a_cut(10 - number, topics=(f"t{number}",)) for number in range(7))
    card = a_card(cuts=cuts)
    assert (card.cuts, card.all_cuts, card.readers, card.messages) == (cuts[:MOST_CUTS], 7, 49, 245)


@pytest.mark.parametrize(
    ("obstacle", "stage", "verbs"),
    [
        (None, Stage.GOES, ["look", "halt", "push"]),
        (Obstacle.WAITING, Stage.WAITING, ["look", "halt", "push"]),
        (Obstacle.LATE, Stage.LATE, ["look", "halt", "push"]),
        (Obstacle.DRAFT, Stage.DRAFT, ["look", "push"]),
        (Obstacle.AWAY, Stage.AWAY, ["look", "halt", "push"]),
        (Obstacle.UNAPPROVED, Stage.UNAPPROVED, ["look", "approve", "halt", "push"]),
    ],
)
def test_each_stage_has_the_buttons_that_do_something(
    voice: CardVoice, obstacle: Obstacle | None, stage: Stage, verbs: list[str]
) -> None:
    card = a_card(obstacle, lacks=obstacle is Obstacle.UNAPPROVED)
    assert (card.stage, labels(voice, card)) == (stage, verbs)


@pytest.mark.parametrize(
    ("by", "verbs"),
    [
        (HeldBy.OPERATOR, ["look", "release", "push"]),
        (HeldBy.UNSCHEDULED, ["look", "release", "push"]),
        (HeldBy.DATE, ["look", "halt", "push"]),
        (HeldBy.MESSAGES, ["look", "halt", "release", "push"]),
    ],
)
def test_what_a_person_or_its_length_holds_can_be_resumed_and_held_what_no_person_holds(
    voice: CardVoice, by: HeldBy, verbs: list[str]
) -> None:
    assert labels(voice, a_card(Obstacle.HELD, hold=Hold(by=by, why="", at=NOON))) == verbs


@pytest.mark.parametrize("obstacle", [None, Obstacle.WAITING, Obstacle.UNAPPROVED, Obstacle.DRAFT])
@pytest.mark.parametrize(
    ("language", "says", "never"),
    [
        ("en", "Everything is held since 2026-03-02 12:00 UTC: a test", "Goes out now"),
        ("zh", "全部推送在暂停中（2026-03-02 12:00 UTC 起）：a test", "马上发出"),
    ],
)
def test_while_everything_is_held_the_card_of_a_draft_says_so_and_promises_nothing(
    voice: CardVoice, language: Language, says: str, never: str, obstacle: Obstacle | None
) -> None:
    held = Hold(by=HeldBy.OPERATOR, why="a test", at=NOON)
    card = a_card(obstacle, everything=held, lacks=obstacle is Obstacle.UNAPPROVED)
    shown = voice.message(card, language).html
    assert says in shown
    assert never not in shown
    assert says not in voice.message(a_card(obstacle), language).html


@pytest.mark.parametrize("state", [None, *IssueState])
def test_a_card_of_what_is_no_draft_has_no_buttons(voice: CardVoice, state: IssueState | None) -> None:
    card = card_of_gone("2026-03-09", record(state=state) if state else None)
    assert card.stage is (Stage.OUT if state is IssueState.PUBLISHED else Stage.OVER)
    for language in LANGUAGES:
        assert voice.message(card, language).buttons == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_an_issue_is_its_card_fits_into_a_message(voice: CardVoice, language: Language) -> None:
    long = "<b>&" * 3_000
    cuts = tuple(
        a_cut(9, keywords=tuple(f"{'长' * 60}{number:03}" for number in range(99))) for _ in range(9)
    )
    hold = everything = Hold(by=HeldBy.OPERATOR, why=long, at=NOON)
    findings = [found("untold", line, 1, about=long, hint=long) for line in range(99)]
    card = a_card(
        Obstacle.HELD,
        hold=hold,
        lacks=True,
        cuts=cuts,
        findings=findings,
        title=long,
        everything=everything,
    )
    for made in (voice.message(card, language), voice.due(card, language, day=None)):
        assert made.html
    correction = replace(A_CORRECTION, title=long)
    assert voice.correction(correction, language, aside=True).html


def test_how_long_sending_takes_is_told_in_words(voice: CardVoice) -> None:
    card = a_card(cuts=(a_cut(1_000),))
    assert "1000 readers: 5000 messages, sent in 8 min" in voice.message(card, "en").html.replace("</b>", "")
    assert card.seconds == timedelta(seconds=500).total_seconds()
