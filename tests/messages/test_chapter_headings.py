"""Headings that several sections stand in are told once, above the first of them that a cut leaves."""

import re

import pytest

from bot.digest.habits import ItemHabit, LevelRole
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.editors.linter.untold import untold
from bot.messages import Renderer
from bot.model import LANGUAGES, Cut, Issue, Language, MessageHabit, Mode, Packing
from tests.messages.names import FixedNames

TEXT = """# A week in March

## Hardware

### Boards

- [A board with a hobby](https://example.com/board)

### Sensors

- [Thermometers in the rain](https://example.com/thermometer)

## Software

What was written this week.

### Compilers

- [The compiler is slow on Mondays](https://example.com/compiler)

### Editors

- [An editor for the night](https://example.com/editor)

#### Plugins

- [A plugin that says nothing](https://example.com/plugin)
"""
PROFILE = Profile(
    name="Week",
    language="en",
    files="*",
    date=None,
    other_headings="usual",
    levels={2: LevelRole.SECTION, 3: LevelRole.SECTION, 4: LevelRole.SECTION},
    items=ItemHabit(source=""),
)
ALL = ["Hardware", "Boards", "Sensors", "Software", "Compilers", "Editors", "Plugins"]
#: A word that one item has, and the headings that it stands under.
UNDER = {
    "board": ["Hardware", "Boards"],
    "thermometers": ["Hardware", "Sensors"],
    "compiler": ["Software", "Compilers"],
    "night": ["Software", "Editors"],
    "plugin": ["Software", "Editors", "Plugins"],
}


def issue_of(text: str = TEXT) -> Issue:
    return parse(text, slug="2026-03-02", profile=PROFILE)


def headings(cut: Cut, habit: MessageHabit = MessageHabit()) -> list[str]:  # noqa: B008  # frozen
    """The headings in all messages of a cut, in order."""
    messages = Renderer(FixedNames(), habit).issue(issue_of(), cut)
    bold = re.findall(r"<(?:b|h[23])>▎?(\w+)</", "\n".join(one.html for one in messages))
    return [heading for heading in bold if heading in ALL]


@pytest.mark.parametrize("pack", list(Packing))
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_heading_of_a_whole_issue_is_told_once_in_the_editor_s_order(
    language: Language, mode: Mode, pack: Packing
) -> None:
    told = headings(Cut(language=language, mode=mode), MessageHabit(pack=pack))
    assert told == ALL


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("word", UNDER)
def test_all_headings_that_an_item_stands_under_are_told_where_it_is_all_that_is_told(
    word: str, mode: Mode
) -> None:
    assert headings(Cut(keywords=(word,), mode=mode)) == UNDER[word]


@pytest.mark.parametrize("mode", list(Mode))
def test_a_heading_is_told_once_above_the_first_section_that_is_left_of_those_in_it(mode: Mode) -> None:
    told = headings(Cut(keywords=("night", "plugin", "thermometers"), mode=mode))
    assert told == ["Hardware", "Sensors", "Software", "Editors", "Plugins"]


def test_two_parts_of_one_name_in_a_row_are_one_and_the_second_heading_is_left_out_by_name() -> None:
    text = TEXT.replace("## Software\n\nWhat was written this week.\n", "## Hardware\n")
    issue = issue_of(text)
    assert [(one.text, one.rule) for one in issue.left_out] == [("Hardware", "repeated heading")]
    assert list(untold(text, issue, Renderer(FixedNames()).issue(issue, Cut(language="en")))) == []


def test_a_heading_above_empty_sections_alone_is_left_out_by_name_and_one_with_others_is_told() -> None:
    issue = issue_of(TEXT + "\n### Shells\n\n## Weather\n\n### Rain\n\n### Snow\n")
    assert [one.text for one in issue.left_out] == ["Shells", "Rain", "Weather", "Snow"]


def test_a_section_that_its_name_opens_at_a_wrong_level_stands_in_none() -> None:
    slip = "## Tools\n\n- [A](https://example.com/a)\n\n### News\n\n- [B](https://example.com/b)\n"
    profile = PROFILE.model_validate(
        {
            **PROFILE.model_dump(),
            "levels": {2: "section"},
            "sections": {"tools": {"headings": ["Tools"]}, "news": {"headings": ["News"]}},
        }
    )
    assert [section.above for section in parse(slip, slug="one", profile=profile).sections] == [(), ()]
