"""Lines that begin with a label and a colon: ``论文：https://…``, ``摘要：…``."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from bot.digest.habits import LabelHabit
from bot.digest.parsing.bare_links import is_named_address
from bot.digest.parsing.edges import Spans, stripped, text_of, without_end, without_start
from bot.digest.parsing.labelled import URL, LabelKind, Labelled, bare_urls, only_urls, with_scheme
from bot.digest.parsing.leading_label import IN_LABEL, leading_label, long_label
from bot.digest.parsing.rows import Row, RowKind

_APART = r"\s，,；;、|/"  # what may stand between two labelled links
_WORD = rf"[^\s{IN_LABEL}、|/()（）【】]{{1,20}}"
_BRACKETS = "【】[]〔〕「」"
#: ``代码 https://…``, ``代码 → https://…``.
_WITHOUT_COLON = re.compile(r"\s*(?P<label>[^\s→]{1,20}?)(?:\s*(?:→|->|=>)\s*|\s+)")
_OPENING = frozenset("【[〔「")
_FRAMED = re.compile(r"\s*[【\[〔「](?P<label>[^\s【】\[\]〔〕「」]{1,20})[】\]〕」](?:\s*[：:])?\s*")
_BARS = frozenset("|｜")  # between a title and its source
#: What ends a statement, or says that more comes: no name ends so, though one may be a question.
_NO_NAME = re.compile(r"[。；;，,、：:.]\s*$")
_LONGEST_SOURCE, _LONGEST_NAME = 24, 40  # characters
_NESTED = 2  # the depth of a list right below an item
_ROUND, _CLOSING = frozenset("（("), frozenset("）)")
_DASHED = re.compile(r"\s*(?P<label>[^\W\d_][^\n—–:：-]{0,20}?)\s+[—–-]{1,2}\s+(?=\S)")
_SEVERAL = 2  # labels on a line
_MOST_LABELS = 20  # lines of an item above its summary


class Labels:
    """Knows the labels of one digest."""

    def __init__(self, habit: LabelHabit, summary: Iterable[str] = ()) -> None:
        """``summary`` are labels of summaries besides those of the digest."""
        self._kinds = {
            **{word.casefold(): LabelKind.LINK for word in habit.links},
            **{word.casefold(): LabelKind.IGNORED for word in habit.ignored},
            **{word.casefold(): LabelKind.SOURCE for word in habit.source},
            **{word.casefold(): LabelKind.SUMMARY for word in (*habit.summary, *summary)},
        }
        self._editors = frozenset(word.casefold() for word in habit.editor)
        self._of_links = tuple(word for word, kind in self._kinds.items() if kind is LabelKind.LINK)
        self._further = _further(habit.links)
        self._read: dict[int, tuple[Row, Labelled | None]] = {}

    def read(self, row: Row) -> Labelled | None:
        """The line as a labelled one; None where it is none, as in code."""
        known = self._read.get(id(row))
        if known is None or known[0] is not row:
            known = self._read[id(row)] = (row, self._labelled(row))
        return known[1]

    def _labelled(self, row: Row) -> Labelled | None:
        if row.kind is RowKind.CODE:
            return None
        text = text_of(row.spans)
        if text[:1] in _ROUND and text.rstrip()[-1:] in _CLOSING:
            return self._bracketed(row, text)
        found = self._framed(row, text) or self._dashed(text)
        if found is None and ":" not in text and "：" not in text:
            return None
        found = found or leading_label(text)
        if found is None and "://" in text:
            found = self._without_colon(text) or self._long_label(text)
        if found is None:
            return None
        label, end = found
        if _links_before(row.spans, end):
            return None  # where it leads would be lost
        if label[0] in _BRACKETS and label.strip(_BRACKETS).casefold() in self._kinds:
            label = label.strip(_BRACKETS)
        kind = self._kind(label) or LabelKind.BARE_LINK
        labelled = self._once(kind, label, stripped(without_start(row.spans, end)))
        is_link = kind is not LabelKind.BARE_LINK or labelled.is_bare_link or self._are_links(row, labelled)
        return labelled if is_link else None

    def _kind(self, label: str) -> LabelKind | None:
        """What a label is; one of two words, 摘要 Abstract, is what both are."""
        whole = self._kinds.get(label.casefold())
        parts = {self._kinds.get(word) for word in re.split(r"[\s/／]+", label.casefold())}
        return whole or (parts.pop() if len(parts) == 1 else None)

    def _bracketed(self, row: Row, text: str) -> Labelled | None:
        """A line that is a source in brackets from end to end: （来源：某站）."""
        inner = without_end(without_start(row.spans, 1), len(text) - len(text.rstrip()) + 1)
        found = self._labelled(row._replace(spans=stripped(inner)))
        return found if found and found.kind is LabelKind.SOURCE else None

    def _dashed(self, text: str) -> tuple[str, int] | None:
        """A known label that a dash sets off, of a summary or a source: ``Abstract — …``; None for others."""
        found = _DASHED.match(text)
        fits = found and self._kind(found["label"]) in (LabelKind.SUMMARY, LabelKind.SOURCE)
        return (found["label"], found.end()) if found and fits else None

    def is_editors(self, row: Row) -> bool:
        """Whether a paragraph of its own is the editor's word on more than an item: ``编者按：…``."""
        found = leading_label(row.text) if row.opens and not row.indent and row.kind is RowKind.TEXT else None
        return found is not None and found[0].casefold().replace("’", "'") in self._editors

    def source(self, row: Row) -> Labelled | None:
        """The line as the source of an item: a name behind its label, and no sentence; None for another."""
        found = self.read(row)
        if found is None or found.kind is not LabelKind.SOURCE or row.quote or row.depth > _NESTED:
            return None
        name = found.text.strip()
        is_name = 0 < len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) and len(found.urls) <= 1
        return found if is_name and not only_urls(name) else None

    def without_source_label(self, source: str) -> str:
        """A source without a label that says that it is one."""
        found = leading_label(source)
        is_said = found and self._kind(found[0]) is LabelKind.SOURCE
        return (source[found[1] :].strip() if found and is_said else "") or source

    def _framed(self, row: Row, text: str) -> tuple[str, int] | None:
        """A known label in brackets, colon or none: ``【摘要】…``, ``【代码】[name](url)``; None without one.

        Before a link with its source, and before any link where an item may begin, brackets are a tag of a
        title. So are those with a label of links before words.
        """
        found = _FRAMED.match(text) if text.lstrip()[:1] in _OPENING else None
        kind = self._kinds.get(found["label"].casefold()) if found else None
        if found is None or kind is None:
            return None
        rest = stripped(without_start(row.spans, found.end()))
        linked = bool(rest) and all(span.url for span in rest)
        below = not row.opens or row.depth > (row.kind is not RowKind.TEXT)
        if linked and not _BARS.isdisjoint(text):
            return None
        if kind is LabelKind.LINK:
            fits = only_urls(text_of(rest)) or (linked and below)
        else:
            fits = below or not (rest and rest[0].url)
        return (found["label"], found.end()) if fits else None

    def _once(self, kind: LabelKind, label: str, rest: Spans) -> Labelled:
        """The labelled line; of a label that is written twice the fuller counts: ``论文：论文地址：…``."""
        doubled = ""
        again = leading_label(text_of(rest))
        if again and self._kinds.get(again[0].casefold()) is kind and not _links_before(rest, again[1]):
            shorter, fuller = sorted((label, again[0]), key=len)
            if fuller.casefold().startswith(shorter.casefold()):
                label, doubled, rest = fuller, shorter, stripped(without_start(rest, again[1]))
        rest = with_scheme(rest) if kind is LabelKind.LINK else rest
        return Labelled(kind=kind, label=label, rest=rest, doubled=doubled)

    def _long_label(self, text: str) -> tuple[str, int] | None:
        """A label of many words that ends with a known one, and that nothing but addresses follow."""
        found = long_label(text)
        if found is None or not found[0].casefold().endswith(self._of_links):
            return None
        return found if only_urls(text[found[1] :]) else None

    def _without_colon(self, text: str) -> tuple[str, int] | None:
        """The label of a link that a blank or an arrow parts from its address; None without one."""
        found = _WITHOUT_COLON.match(text)
        if found is None or self._kinds.get(found["label"].casefold()) is not LabelKind.LINK:
            return None
        return (found["label"], found.end()) if only_urls(text[found.end() :]) else None

    def _are_links(self, row: Row, first: Labelled) -> bool:
        """Whether a row is several links, each behind a label of its own, and remarks on them."""
        if len(first.urls) < _SEVERAL:
            return False
        parts = self.parts(row)
        all_labelled = len(parts) == len(first.urls) and parts[0].label == first.label
        return all_labelled and not any(part.has_words and not part.remark for part in parts)

    def parts(self, row: Row) -> tuple[Labelled, ...]:
        """The labelled links of a row, where several stand in it: ``论文：https://…（预印本）代码：https://…``.

        A label is one of a link of the digest, or a word right before an address or a link. Empty where no
        two colons are that end one.
        """
        text = text_of(row.spans)
        if text.count("：") + text.count(":") - text.count("://") < _SEVERAL:
            return ()
        links = _places_of_links(row.spans)
        inside = frozenset(place for one in URL.finditer(text) for place in range(*one.span()))
        starts = [
            found
            for found in self._further.finditer(text)
            if self._kinds.get(found["label"].casefold()) is LabelKind.LINK
            or (found.start("label") not in inside and (found.end() in links or found.end() in inside))
        ]
        ends = [*(start.start() for start in starts[1:]), len(text)][: len(starts)]
        return tuple(
            self._once(
                LabelKind.LINK,
                start["label"],
                stripped(without_start(without_end(row.spans, len(text) - end), start.end())),
            )
            for start, end in zip(starts, ends, strict=True)
        )

    def are_addresses(self, row: Row) -> bool:
        """Whether the row is labelled addresses and nothing else."""
        found = self.read(row)
        if found is None or found.kind is LabelKind.SUMMARY or not found.urls:
            return False
        return not any(part.has_words for part in self.parts(row) or (found,))

    def name_a_link(self, words: str) -> bool:
        """Whether these words in small letters are a label of links."""
        return self._kinds.get(words) is LabelKind.LINK

    def is_field(self, row: Row) -> bool:
        """Whether the row is a summary or a labelled link; the text of a link is a title."""
        found = self.read(row) if not _label_is_linked(row) else None
        return found is not None and (found.kind is LabelKind.SUMMARY or bool(found.urls))

    def is_named_address(self, row: Row) -> bool:
        """Whether the row is a name of its own and an address: ``name：https://…``."""
        found = self.read(row)
        known = found is not None and found.kind is not LabelKind.BARE_LINK
        return not known and is_named_address(row.spans)

    def lines_to_address(self, rows: Sequence[Row], place: int = 0) -> int:
        """How many lines of a paragraph stand above the address that it names: a name, perhaps a source.

        0 if no paragraph begins at ``place``, or if it is another one.
        """
        for count, row in enumerate(rows[place : place + 3]):
            if row.kind is not RowKind.TEXT or row.opens is (count > 0):
                return 0
            if bare_urls(row):
                return count
            if self.read(row) or _NO_NAME.search(row.text) or (count and len(row.text) > _LONGEST_SOURCE):
                return 0
        return 0

    def is_summary(self, row: Row) -> bool:
        """Whether the row begins a summary."""
        found = self.read(row)
        return found is not None and found.kind is LabelKind.SUMMARY

    def lead_to_summary(self, rows: Sequence[Row], start: int = 0) -> bool:
        """Whether labelled lines begin at ``start``, a summary soon among them."""
        for row in rows[start : start + _MOST_LABELS]:
            found = self.read(row)
            if found is None or found.kind is LabelKind.SUMMARY:
                return found is not None
        return False


@lru_cache(maxsize=16)  # made anew for every issue of a few digests
def _further(links: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the labels of a line that are those of links, or single words."""
    known = "|".join(sorted(map(re.escape, links), key=len, reverse=True)) or "(?!)"
    label = rf"(?P<label>{known}|{_WORD})"
    before = rf"(?:^|(?<=[)）\]】。])|[{_APART}])[{_APART}]{{0,8}}"
    return re.compile(rf"{before}{label}\s{{0,8}}(?:：|:(?!//))\s{{0,8}}", re.IGNORECASE)


def _places_of_links(spans: Spans) -> frozenset[int]:
    """Where in the text its links begin."""
    ends = accumulate(len(span.text) for span in spans)
    return frozenset(end - len(span.text) for span, end in zip(spans, ends, strict=True) if span.url)


def _links_before(spans: Spans, end: int) -> bool:
    """Whether a link begins before a place in the text."""
    at = 0
    for span in spans:
        if at >= end:
            return False
        if span.url and span.text:
            return True
        at += len(span.text)
    return False


def _label_is_linked(row: Row) -> bool:
    """Whether the label, or what seems to be one, stands in the text of a link."""
    first = row.first_words
    return first is not None and bool(first.url) and leading_label(first.text) is not None
