"""The rule about what a template left behind: places that somebody meant to fill in."""

import re
from collections.abc import Iterable, Iterator

from bot.digest.profile import Profile
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.model import plain

_ANYWHERE = re.compile(r"\{\{[^{}]{0,80}\}\}|\{%[^{}]{0,80}%\}|(?<![\w.])(?:TODO|FIXME|TBD)(?=[:：]|\s*$)")
_WORD = r"x{2,}|todo|fixme|tbd|待补[充全]?|待定|lorem ipsum.*|\?{2,}|？{2,}|…+|\.{3,}"
_TITLE = re.compile(rf"(?:{_WORD}|标题|题目|文章标题|论文标题|项目名称?|title)", re.IGNORECASE)
_TEXT = re.compile(rf"(?:{_WORD}|摘要|简介|内容|summary|abstract)[。.]?", re.IGNORECASE)
_SOURCE = re.compile(r"x{2,}|来源|公众号名?|source", re.IGNORECASE)
#: An address that a template suggests.
PLACEHOLDER = re.compile(r"(?:https?://)?(?:x{2,}(?:\.com?)?/?|链接|地址|网址|url|link|todo)?", re.IGNORECASE)
#: What stands before a value: the bracket of a link, or the colon of a label.
_BEHIND = ("(", "[", "：", ": ", ":", "")
_LINE = re.compile(r"[\s>*_-]*(?P<label>[^\s：:>*_-][^：:]{0,19}?)\s*[：:][\s*_]*$")
_LABELLED = re.compile(r"[^：:，。,.]{1,20}[：:](?!//)")


def leftovers(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Placeholders, template marks and labels with nothing behind them."""
    yield from _marks(draft)
    yield from _placeholders(draft)
    yield from _bare_labels(draft, context.profile)
    yield from _bare_announcement(draft, context.profile)


def _marks(draft: Draft) -> Iterator[Finding]:
    for number, line in draft.source.numbered():
        for mark in _ANYWHERE.finditer(line):
            yield found("leftover", number, mark.start() + 1, about=mark[0])


def _placeholders(draft: Draft) -> Iterator[Finding]:
    """Fields of an item that hold what a template suggests, and nothing else."""
    for span in draft.spans:
        values = [(span.title, _TITLE), (plain(span.text), _TEXT)]
        values += [(url, PLACEHOLDER) for url in span.urls]
        for value, pattern in values:
            if value and pattern.fullmatch(value.strip()):
                here = draft.source.find(value, span.first, span.last, behind=_BEHIND)
                line, column = here or (span.first, 1)
                yield found("leftover", line, column, about=value)
    for item in draft.issue.items:
        if item.source and _SOURCE.fullmatch(item.source):
            yield found("leftover", item.line, draft.source.column(item.line, item.source), about=item.source)


def _bare_labels(draft: Draft, profile: Profile) -> Iterator[Finding]:
    """Labels and the lead's word with nothing behind them: ``摘要：``."""
    empty = _empty_lines(draft)
    labels, ignored = _fold_all(profile.labels.summary), _fold_all(profile.labels.ignored)
    for number, line in draft.source.numbered():
        label = _LINE.fullmatch(line)
        word = label["label"].casefold() if label else ""
        bare = (
            (word in labels and number in empty)
            or (word in ignored and not _text_follows(draft, number))
            or (word in _fold_all(profile.lead) and not draft.issue.lead)
        )
        if label and bare:
            yield found("leftover", number, label.start("label") + 1, about=line[label.start("label") :])


def _bare_announcement(draft: Draft, profile: Profile) -> Iterator[Finding]:
    """The line that announces flash news where none follow."""
    words = profile.flash.words if profile.flash and not draft.issue.flash else ()
    for number, line in draft.source.numbered():
        if line.rstrip().endswith(("：", ":")):
            place = next((line.find(word) for word in words if word in line), -1)
            if place >= 0:
                yield found("leftover", number, place + 1, about=line.strip())


def _empty_lines(draft: Draft) -> frozenset[int]:
    """The lines of items without a summary."""
    items = {item.line for item in draft.issue.items if not item.summary}
    empty = (span for span in draft.spans if span.first in items)
    return frozenset(line for span in empty for line in range(span.first, span.last + 1))


def _text_follows(draft: Draft, number: int) -> bool:
    """Whether the next line is text, and neither an item nor a labelled line."""
    below = draft.source.content[number : number + 1]
    starts = any(item.line == number + 1 for item in draft.issue.items)
    return bool(below and below[0].strip()) and not starts and not _LABELLED.match(below[0])


def _fold_all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
