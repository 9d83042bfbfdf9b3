"""Tags before a title: where they lead, and each of them once."""

from collections.abc import Iterable, Iterator

from bot.digest.parsing.edges import Spans, text_of
from bot.digest.parsing.notes import Notes


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
