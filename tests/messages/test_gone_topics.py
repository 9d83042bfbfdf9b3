"""A reader whose every topic is gone gets the issue whole, and is told why; never an empty one for it."""

from dataclasses import replace

import pytest

from bot.messages import Message, Renderer
from bot.model import Cut, Interests, Language, Mode
from tests.messages.names import FixedNames
from tests.messages.samples import ISSUE

RENDERER = Renderer(FixedNames())
GONE = Cut(topics=("gone", "lost"))


def text(cut: Cut, *, private: bool = True) -> str:
    return "\n".join(message.html for message in RENDERER.issue(ISSUE, cut, private=private))


def items(messages: tuple[Message, ...]) -> list[str]:
    faces = (face for message in messages for face in (message, *message.unfolded))
    return [mark.item_id for face in faces for mark in face.marks]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "你关注的主题「gone、lost」已经没有了，所以这一期不再按主题挑选；另选主题：/topics"),
        (
            "en",
            "is no topic any more (gone, lost), so this issue is not cut by topic; choose others: /topics",
        ),
        ("zh-Hant", "你關注的主題「gone、lost」已經沒有了，所以這一期不再按主題挑選；另選主題：/topics"),
    ],
)
@pytest.mark.parametrize("mode", Mode)
def test_the_issue_is_whole_with_a_line_and_a_button_to_choose(
    language: Language, line: str, mode: Mode
) -> None:
    cut = replace(GONE, language=language, mode=mode)
    whole = RENDERER.issue(ISSUE, replace(cut, topics=()), private=True)
    messages = RENDERER.issue(ISSUE, cut, private=True)
    assert line in text(cut)
    assert [one.data for row in messages[0].buttons for one in row if one.data == "topics:"] == ["topics:"]
    assert items(messages) == items(whole)
    assert not messages[0].silent
    assert not RENDERER.is_empty(ISSUE, cut)


def test_where_many_read_there_is_the_line_alone() -> None:
    assert "/topics" in text(GONE, private=False)
    shown = RENDERER.issue(ISSUE, GONE)
    assert "topics:" not in [one.data for message in shown for row in message.buttons for one in row]


def test_what_is_followed_beside_what_is_gone_counts_alone() -> None:
    left = replace(GONE, topics=("gone", "quantization"))
    there = replace(GONE, topics=("quantization",))
    assert text(left) == text(there)
    assert "gone" not in text(replace(GONE, keywords=("vLLM",)))
    assert RENDERER.is_empty(ISSUE, replace(GONE, keywords=("nowhere",)))


def test_sections_and_what_is_left_out_count_still() -> None:
    cut = replace(GONE, sections=("papers",), excluded=Interests(topics=("quantization",)))
    assert text(cut).count("\n") < text(GONE).count("\n")
    assert "gone、lost" in text(cut)


def test_the_rest_of_what_was_cut_before_is_as_it_was() -> None:
    assert "除「gone、lost」以外" in text(replace(GONE, rest=True))
