"""Labels with nothing behind them, whatever stands below: ``摘要：``, ``作者：``."""

import re
from collections.abc import Iterable, Iterator

from bot.digest.heading_names import TRAILING
from bot.digest.profile import Profile
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found

_LINE = re.compile(r"[\s>*_-]*(?P<label>[^\s：:>*_-][^：:]{0,19}?)\s*[：:][\s*_]*$")
_BEHIND = re.compile(r"[\s>*_-]*(?P<label>[^\s：:>*_-][^：:，。,.]{0,19}?)[\s*_]*[：:](?!//)")
_FIELD = re.compile(r"[^\W\d_]{2,8}")  # a word of an editor's own that may be a label


def bare_labels(draft: Draft, profile: Profile) -> Iterator[Finding]:
    """Labels of the digest, words in their place, and the lead's word, with nothing behind them."""
    lines = _Lines(draft, profile)
    for number, line in draft.source.numbered():
        label = _LINE.fullmatch(line)
        if label and lines.lack_value(number, label["label"].casefold()):
            yield found("leftover", number, label.start("label") + 1, about=line[label.start("label") :])


class _Lines:
    """The lines of a draft, and what may stand below a label."""

    def __init__(self, draft: Draft, profile: Profile) -> None:
        labels = profile.labels
        self._draft = draft
        self._summary, self._ignored = _fold_all(labels.summary), _fold_all(labels.ignored)
        self._known = self._summary | self._ignored | _fold_all(labels.links)
        self._lead = _fold_all(profile.lead)
        self._empty = _empty_lines(draft)
        self._noted = frozenset(note.line for note in draft.issue.warnings if note.code == "empty-label")
        self._starts = frozenset(thing.line for thing in draft.issue.things)
        self._groups = frozenset(group for item in draft.issue.items for group in item.groups)

    def lack_value(self, number: int, word: str) -> bool:
        """Whether the word before a colon is a label that lacks what it announces."""
        if word in self._lead:
            return not self._draft.issue.lead
        if word in self._summary:
            return number in self._empty or self._label_follows(number)
        if word in self._ignored:
            return self._ends(number) or self._label_follows(number, known=False)
        if number in self._noted or not (word in self._known or _FIELD.fullmatch(word)):
            return False
        return self._in_item(number) and (self._ends(number) or self._label_follows(number))

    def _below(self, number: int) -> str:
        return "".join(self._draft.source.content[number : number + 1])

    def _label_follows(self, number: int, *, known: bool = True) -> bool:
        """Whether a label begins the next line, one of the digest or any."""
        label = _BEHIND.match(self._below(number))
        return label is not None and (not known or label["label"].casefold() in self._known)

    def _ends(self, number: int) -> bool:
        """Whether nothing stands below it before the next item or heading."""
        span = self._draft.spans[self._draft.span_at(number)]
        return not any(line.strip() for line in self._draft.source.lines[number : span.last])

    def _in_item(self, number: int) -> bool:
        """Whether a line stands below the first one of an item, and names no group."""
        place = self._draft.span_at(number)
        named = self._draft.source.lines[number - 1].strip(f"{TRAILING}*_>-")
        return place > 0 and number not in self._starts and named not in self._groups


def _empty_lines(draft: Draft) -> frozenset[int]:
    """The lines of items without a summary."""
    items = {item.line for item in draft.issue.items if not item.summary}
    empty = (span for span in draft.spans if span.first in items)
    return frozenset(line for span in empty for line in range(span.first, span.last + 1))


def _fold_all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
