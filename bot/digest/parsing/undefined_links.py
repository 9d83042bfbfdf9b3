"""A title whose link is defined nowhere: ``[title | source][label]``."""

import re
from collections.abc import Callable

from bot.digest.parsing.bare_links import without_separators
from bot.digest.parsing.definitions import may_be_key
from bot.digest.parsing.edges import Spans, without_start
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.title_lines import TitleLine
from bot.digest.parsing.title_tags import names_what_follows

#: ``[words][label]``, the label defined nowhere.
UNDEFINED = re.compile(r"\s*\[(?P<words>[^\[\]]+)\]\[(?P<label>[^\[\]]{1,80})\]")
_Split = Callable[[str], tuple[str | None, str | None]]


def undefined_title(spans: Spans, split_source: _Split, number: int, notes: Notes) -> TitleLine | None:
    """The line of such a title, noted; None where the line begins otherwise, as with two tags.

    The title has a source, as ``split_source`` tells, or a colon parts it from words that follow.
    """
    found = UNDEFINED.match(spans[0].text) if spans and not spans[0].url else None
    if found is None:
        return None
    title, source = split_source(found["words"])
    behind = without_start(spans, found.end())
    if source is None and not (may_be_key(found["label"]) and names_what_follows(behind)):
        return None
    notes.add("undefined-link", number, about=found[0].strip())
    notes.leave_out(number, found["label"], "undefined-link")
    return TitleLine(title=title, url=None, source=source, rest=without_separators(behind))
