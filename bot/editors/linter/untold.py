"""The rule about what reaches nobody: the words and addresses of a file that are in none of its messages.

It reads the file a second time, by nothing of the reader, and so finds what the reader lost. There should
never be any. What the reader or the profile leaves out on purpose is in ``Issue.left_out`` and is not lost.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.editors.linter.second_reading import Content, of_html, of_markdown, of_text
from bot.messages import Message
from bot.messages.links import accepted
from bot.model import Issue

_MOST = 10  # lines that are named
_DEFINITION = re.compile(r"\]\s*[:：]?\s*<?(https?://[^\s“”‘’（）【】《》「」，。；、>]+)>?(.*)")
#: What lines were meant to be that Markdown takes otherwise.
_MENDED: Mapping[str, Callable[[str], str]] = {
    "unclosed-fence": lambda _: "",
    "lost-definition": lambda line: "\n" + _DEFINITION.sub(_defined, line, count=1),
    "parted-link": lambda line: re.sub(r"\]\s+\[", "][", line),
}
_OPENS = re.compile(r"[\W_]*\(")
_BETWEEN_CJK = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Words and addresses of a line that reach nobody."""

    line: int
    words: tuple[str, ...]


def untold_words(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Words and addresses that readers would not get, and no rule says so."""
    for one in untold(draft.source.text, draft.issue, context.whole(draft.issue)):
        column = draft.source.lines[one.line - 1].casefold().find(one.words[0])
        about = _BETWEEN_CJK.sub("", " ".join(one.words))
        yield found("untold", one.line, max(column, 0) + 1, about=about)


def untold(text: str, issue: Issue, messages: Iterable[Message]) -> Iterator[Untold]:
    """What of a text is neither in the messages of the whole issue nor left out by a rule."""
    written, told = of_markdown(_mended(text, issue)), _told(issue, messages)
    cut = {one: _goes_on(one, told) for one in written.addresses - told.addresses}
    rests = (*filter(None, cut.values()), *_in_brackets(written, told))
    in_addresses = of_text("\n".join(rests)).words  # however often such an address stands there
    lost = written.words - told.words
    words = Counter({word: count for word, count in lost.items() if word not in in_addresses})
    addresses = frozenset(one for one, rest in cut.items() if rest is None and accepted(one))
    if words or addresses:
        yield from _placed(text.split("\n"), Content(words=words, addresses=addresses))


def _mended(text: str, issue: Issue) -> str:
    """The text as its Markdown was meant, where that is told as a slip."""
    lines = text.split("\n")
    for warning in issue.warnings:
        mend = _MENDED.get(warning.code)
        if mend is not None:
            lines[warning.line - 1] = mend(lines[warning.line - 1])
    return "\n".join(lines)


def _defined(found: re.Match[str]) -> str:
    """A definition with the words behind its address as Markdown has them, between quotes."""
    return f"""]: <{found[1]}> "{found[2].replace('"', "")}\""""


def _told(issue: Issue, messages: Iterable[Message]) -> Content:
    shown = tuple(messages)
    pictures = (message.picture for message in shown if message.picture)
    content = of_html("\n<hr>".join(message.html for message in shown), pictures)
    return content + of_text("\n".join((*_otherwise(issue), *(one.text for one in issue.left_out))))


def _otherwise(issue: Issue) -> Iterator[str]:
    """What readers get in a form of their own: dates, names of sections, numbers."""
    yield from (issue.title or "", str(issue.date or ""))
    texts = (issue.lead, *(flash.text for flash in issue.flash), *(item.summary for item in issue.items))
    yield from (
        span.url for text in texts for line in text for span in line.spans if span.url and not span.text
    )
    # An address that Telegram refuses is told by a rule of its own, with all that belongs to it.
    urls = (url for item in issue.items for url in (item.url, *(link.url for link in item.links)))
    yield from (url for url in urls if url and not accepted(url))
    # Headings are told in the words that the profile has for them; an own number may be counted anew.
    yield from (section.heading for section in issue.sections)
    yield from (item.number or "" for item in issue.items)


def _goes_on(address: str, told: Content) -> str | None:
    """How an address that is told goes on behind this one, as far as it is one; None if none is told.

    Where a bare address ends is a matter of opinion.
    """
    rests = [one[len(address) :] for one in told.addresses if one.startswith(address)]
    return "\n".join(filter(str.isascii, rests)) if rests else None


def _in_brackets(written: Content, told: Content) -> Iterator[str]:
    """How told addresses go on in brackets behind one that is told as well."""
    known = written.addresses & told.addresses
    bracketed = [one for one in told.addresses if "(" in one]
    rests = (one.removeprefix(start) for one in bracketed for start in known if one.startswith(start))
    return filter(_OPENS.match, rests)


def _placed(lines: Sequence[str], missing: Content) -> Iterator[Untold]:
    """What is missing, line by line: first the line that holds most of it."""
    held = [of_text(line) for line in lines]
    for _ in range(_MOST):
        line = max(range(len(lines)), key=lambda at: _weight(held[at], missing), default=0)
        words = held[line].words & missing.words
        addresses = held[line].addresses & missing.addresses
        if not words and not addresses:
            return
        yield Untold(line=line + 1, words=(*words.elements(), *sorted(addresses)))
        missing = Content(words=missing.words - words, addresses=missing.addresses - addresses)


def _weight(held: Content, missing: Content) -> int:
    return (held.words & missing.words).total() + len(held.addresses & missing.addresses)
