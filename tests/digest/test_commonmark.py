"""CommonMark's own examples, each as the text of a section: none ends the reading, and no word is lost."""

import re
from functools import cache

import pytest

from bot.digest.parsing.plain_text import plain_text
from bot.editors.linter.second_reading import Content, of_html, of_text
from bot.model import Cut
from tests.corpus import SHARED
from tests.digest.test_damage import PROFILES, digest
from tests.nightly import nightly

SPEC = SHARED / "commonmark" / "spec.txt"
_EXAMPLE = re.compile(r"^`{32} example\n(?P<text>.*?)^\.\n(?P<html>.*?)^`{32}$", re.MULTILINE | re.DOTALL)
_EXAMPLES = 652
#: Examples whose words a digest reads otherwise on purpose.
_NO_CODE = "text that is indented is no code: editors indent what belongs to an item"
_STAR = "a single star inside a word stays as it was written: 3*3"
OTHERWISE = {
    36: _NO_CODE,
    184: _NO_CODE,
    191: _NO_CODE,
    211: _NO_CODE,
    356: _STAR,
    429: _STAR,
    570: "a blank parts two links that touch",
}

needs_spec = pytest.mark.skipif(
    not SPEC.is_file(), reason="CommonMark's specification is not beside this checkout"
)


@cache
def examples() -> tuple[tuple[str, str], ...]:
    """The Markdown and the HTML of each example."""
    found = _EXAMPLE.finditer(SPEC.read_text("utf-8"))
    return tuple((one["text"].replace("→", "\t"), one["html"].replace("→", "\t")) for one in found)


def told(text: str, profile: str) -> Content:
    """What readers get of a section of this text, or is left out by a rule."""
    reader, renderer = digest(profile)
    issue = reader.read(plain_text(f"# Demo (2026-03-02)\n\n## Text\n\n{text}"), slug="2026-03-02")
    html = "\n<hr>".join(message.html for message in renderer.issue(issue, Cut(language="en")))
    return of_html(html) + of_text("\n".join(one.text for one in issue.left_out))


@needs_spec
def test_all_examples_are_tried() -> None:
    assert len(examples()) == _EXAMPLES


@nightly("the examples that are read otherwise are tried by day")
@needs_spec
@pytest.mark.parametrize("profile", PROFILES)
def test_no_word_of_an_example_is_lost(profile: str) -> None:
    lost = {
        number: missing
        for number, (text, html) in enumerate(examples(), 1)
        if (missing := of_html(html).words - told(text, profile).words) and number not in OTHERWISE
    }
    assert lost == {}


@needs_spec
def test_every_example_that_is_read_otherwise_still_is() -> None:
    differ = {
        number
        for number, (text, html) in enumerate(examples(), 1)
        if number in OTHERWISE and of_html(html).words - told(text, PROFILES[0]).words
    }
    assert differ == set(OTHERWISE)
