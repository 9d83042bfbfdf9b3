"""Rules about links: those that Markdown takes for text, and those that Telegram drops."""

import re
from collections.abc import Iterator

from bot.digest.parsing.addresses import is_relative
from bot.editors.linter.draft import Draft, SourceSpan
from bot.editors.linter.finding import Edit, Finding, found
from bot.editors.linter.leftovers import PLACEHOLDER
from bot.editors.linter.rule import RuleContext
from bot.messages.links import accepted
from bot.model import plain

#: A link without text or without address; a picture may do without text.
_EMPTY = re.compile(r"(?<!!)\[\s*\]\([^()]*\)|\[[^\[\]]+\]\(\s*\)")
#: What looks like a link up to the end of its address.
_LINK = re.compile(
    r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\](?P<open>\s*[(（])(?P<url>https?://[^\s()（）。，；、！？“”「」【】]*)"
)
#: How a link goes on that is one: brackets inside come in pairs, a title may follow.
_GOES_ON = re.compile(r"""(?:[^\s()]|\([^\s()]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""")
_LONGEST = 4096  # characters of an address and a title; Telegram takes half of them
#: Where the address ends; not at a blank with more of it behind: nobody knows what was meant.
_END = re.compile(r"\s*[)）]|(?=\s|$)(?![^\[\n]*[)）])")
#: A whole link; its address may have brackets in pairs, or stand in angle brackets.
_WHOLE = re.compile(
    r"(?<!!)\[[^\[\]]*\]\((?P<url><[^<>]*>|(?:[^()\s]|\([^()\s]*\))*)(?=\s*(?:\"[^\"]*\"\s*)?\))"
)
#: What stands in an address only where it goes on into the text.
_TEXT = re.compile(r"[，。；！？、]|[\s\"“”<>].*[\u3400-\u9fff]|[\u3400-\u9fff].*[\s\"“”<>]")
#: An address of a place in the file itself.
_PLACE = re.compile(r"(?:\./)?#")
_BASE = "set base_url in the profile"


def empty_links(draft: Draft, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """Empty links below an item's first line, whose own the parser notes."""
    parser_warnings = _noted(draft, "empty-link")
    for number, line in draft.source.numbered():
        for empty in _EMPTY.finditer(line) if number not in parser_warnings else ():
            yield found("empty-link", number, empty.start() + 1, about=empty[0])


def unclosed_links(draft: Draft, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """Links that Markdown takes for text, below an item's first line, whose own the parser notes."""
    parser_warnings = _noted(draft, "unclosed-link")
    for number, line in draft.source.numbered():
        below = draft.source.content[number : number + 1]
        for broken in broken_links(line, *below) if number not in parser_warnings else ():
            edits = mended(number, broken)
            yield found("unclosed-link", number, broken.start() + 1, about=broken[0], edits=edits)


def dead_links(draft: Draft, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """Links whose address swallowed words of the text."""
    for number, line in draft.source.numbered():
        for link in _WHOLE.finditer(line):
            url = link["url"].strip("<>")
            if url.startswith(("http://", "https://")) and _TEXT.search(url[:_LONGEST]):
                yield found("dead-link", number, link.start() + 1, about=link[0])


def dropped_links(draft: Draft, context: RuleContext) -> Iterator[Finding]:
    """Addresses in what readers get that Telegram would not link."""
    for span in draft.spans:
        line, column = span.first, 1
        for url in span.urls:
            if accepted(url) is None and not (PLACEHOLDER.fullmatch(url) or _goes_without(url, span)):
                here = draft.source.find(url, span.first, span.last, behind=("(", ""), since=(line, column))
                line, column = here or (span.first, 1)
                hint = _relative(url, context)
                yield found("dropped-link", line, column, about=url, hint=hint, habit=hint and _BASE)


def broken_links(line: str, below: str = "") -> Iterator[re.Match[str]]:
    """What looks like links in a line, and is none; one may be closed on the line ``below``."""
    text = f"{line}\n{below}"
    for link in _LINK.finditer(line):
        start = link.start("url")
        if link["open"] != "(" or not _GOES_ON.match(text, start, start + _LONGEST):
            yield link


def mended(number: int, broken: re.Match[str]) -> tuple[Edit, ...]:
    """The edits that make it a link; none if its end is in doubt."""
    end = _END.match(broken.string, broken.end())
    if end is None or not broken["url"].partition("//")[2]:
        return ()
    return (
        Edit(line=number, start=broken.start("open"), end=broken.end("open"), replacement="("),
        Edit(line=number, start=end.start(), end=end.end(), replacement=")"),
    )


def _noted(draft: Draft, code: str) -> frozenset[int]:
    return frozenset(note.line for note in draft.issue.warnings if note.code == code)


def _goes_without(url: str, span: SourceSpan) -> bool:
    """Whether readers miss nothing: a place in the issue itself, or an address of mail that they see."""
    mail = url.removeprefix("mailto:")
    return _PLACE.match(url) is not None or (mail != url and mail in f"{span.title}{plain(span.text)}")


def _relative(url: str, context: RuleContext) -> str:
    missing = is_relative(url) and context.profile.base_url is None
    return "a relative address needs base_url in the profile" if missing else ""
