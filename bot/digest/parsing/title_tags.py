"""Tags before a title: where they lead, and each of them once."""

from collections.abc import Iterable, Iterator

from bot.digest.parsing.edges import Spans, stripped, text_of, without_start
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.runs import runs_of
from bot.model import Link

_BRACKETS = {"[": "]", "【": "】", "（": "）", "(": ")"}
_AROUND = 3  # runs of a tag: its bracket, its link, and what closes it


def linked_tags(spans: Spans) -> tuple[tuple[Link, ...], Spans]:
    """The tags that are links of their own in brackets, ``[[tag](url)]``, and what stands behind them."""
    links: list[Link] = []
    while len(runs := list(runs_of(spans))) > _AROUND:
        opening, tag, closing = runs[:_AROUND]
        ends = None if opening.url else _BRACKETS.get(opening.text.strip())
        if not (tag.url and tag.text.strip() and ends and closing.text.startswith(ends)):
            break
        links.append(Link(label=tag.text.strip(), url=tag.url))
        spans = stripped(without_start(spans, len(opening.text) + len(tag.text) + len(ends)))
    return tuple(links), tuple(spans)


def address_of_tags(spans: Spans, behind: Spans) -> str | None:
    """Where tags lead that are links of their own, ``[[paper]](url) title``; None if they lead nowhere."""
    ends = len(text_of(spans)) - len(text_of(behind)) >= len(spans[0].text)
    return spans[0].url if ends and behind[0].url != spans[0].url else None


def each_once(tags: Iterable[str], line: int, notes: Notes) -> Iterator[str]:
    """The tags; one that stands on both sides of a title is shown before it."""
    seen: set[str] = set()
    for tag in tags:
        if tag in seen:
            notes.leave_out(line, tag, "repeated mark")
        else:
            yield tag
        seen.add(tag)
