"""Links in a first line that Markdown does not read as such: bare addresses, and broken links."""

import re
from typing import NamedTuple

from bot.digest.parsing.edges import Spans, stripped, text_of, without_start
from bot.model import Link, Span
from bot.words.addresses import ADDRESS

#: ``[title](url)`` with a bracket lost, written in full width, or with other brackets around the address.
_BROKEN = re.compile(r"[(（\[［【]\s{0,8}(?=https?://)")
#: What points at what follows.
_ARROWS = "→➜➔➡⇒»"
#: A name, what parts it from its address, and the address as it is.
_NAMED = re.compile(
    rf"(?P<name>.*?)(?P<mark>(?:[\s|｜，,；;：:–—{_ARROWS}-]|[-=]>)*)(?<![(（\[［【])(?P<url>(?=http){ADDRESS})(?P<rest>.*)",
    re.DOTALL,
)
#: ``name（address）：``, what is said of it behind the colon, or behind a dash.
_BRACKETED = re.compile(
    rf"(?P<name>[^\[\]:：。！？!?；;（(]{{1,60}}?)\s{{0,3}}[（(]\s?(?P<url>(?=http){ADDRESS})\s?[)）]"
    r"\s{0,3}(?:[:：]|[-–—]+\s)(?P<rest>.*)",
    re.DOTALL,
)
_UP_TO_ADDRESS = re.compile(rf"(?:[\s|｜，,：:–—{_ARROWS}-]|[-=]>)+\Z")
#: What introduces an address, whatever follows it.
_INTRODUCES = re.compile(rf"[|｜：:–—{_ARROWS}-]")
_BEHIND = " \t。.！!；;，,、"
_ADDRESS = re.compile(ADDRESS)
_BLANK = re.compile(r"\s")
_OPENING, _CLOSING = ("(", "（", "[", "［", "【"), (")", "）", "]", "］", "】")
_IN_BRACKETS = re.compile(r"[（(][^（()）]+[)）]")
_SQUARE = (("[", "]"), ("［", "］"), ("【", "】"))
#: What may stand between a title and words that are no longer it.
_SEPARATORS = re.compile(r"(?:\s|[，。；：｜–—,;:|]|[.-](?![^\W_]))*")  # .NET and -5 % are words


class Named(NamedTuple):
    """``name：address``; ``rest`` is what stands behind the address."""

    name: str
    url: str
    rest: Spans


def named_in(text: str) -> Named | None:
    """A name and its address; None where the address is but a part of a sentence."""
    if found := _BRACKETED.fullmatch(text):
        return Named(found["name"].strip(), found["url"], stripped((Span(text=found["rest"]),)))
    found = _NAMED.match(text)
    if found is None:
        return None
    rest = stripped((Span(text=found["rest"].lstrip(_BEHIND)),))
    if not found["name"]:
        return Named(text_of(without_separators(rest)), found["url"], ())
    if not _is_apart(found["mark"], text_of(rest)):
        return None
    return Named(found["name"], found["url"], without_separators(rest))


def named_by_link(lead: str, link: Span, behind: Spans) -> Named | None:
    """The same of a link whose text is its address; it may be in brackets, and so a remark behind it."""
    if not link.url or not any(map(str.isalnum, lead)) or not _is_address_of(link.text, link.url):
        return None
    lead, rest = _out_of_brackets(lead.rstrip(), stripped(behind))
    name = _UP_TO_ADDRESS.sub("", lead)
    if not _is_apart(lead[len(name) :], text_of(rest)):
        return None
    return Named(name, link.url, without_separators(rest))


def named_behind(link: Span, behind: Spans) -> Named | None:
    """The same where the name stands behind the link: ``<https://…>: name``."""
    parted = text_of(behind).lstrip()[:1]
    if not link.url or not _is_address_of(link.text, link.url) or not _INTRODUCES.match(parted):
        return None
    name = without_separators(behind)
    if any(span.url for span in name) or not any(map(str.isalnum, text_of(name))):
        return None
    return Named(text_of(name), link.url, ())


def without_separators(rest: Spans) -> Spans:
    """What stands behind a title or an address, without the marks that part it."""
    found = _SEPARATORS.match(text_of(rest))
    return stripped(without_start(rest, found.end() if found else 0))


def _is_apart(mark: str, rest: str) -> bool:
    """Whether what stands behind an address is no part of a sentence that the address stands in."""
    words = rest.lstrip(_BEHIND)
    return not words or bool(
        _INTRODUCES.search(mark) or _INTRODUCES.match(words) or _IN_BRACKETS.fullmatch(words)
    )


def _out_of_brackets(before: str, behind: Spans) -> tuple[str, Spans]:
    """What stands before a link and behind it, without brackets around the link."""
    if before.endswith(_OPENING) and text_of(behind).startswith(_CLOSING):
        return before[:-1].rstrip(), stripped(without_start(behind, 1))
    return before, behind


def is_named_address(spans: Spans) -> bool:
    """Whether a line is a name and its address, linked or not, and maybe a remark."""
    text = text_of(spans)
    found = named_in(text)
    if found is None:
        return any(span.url and _is_address_of(span.text.strip(), span.url) for span in spans)
    return bool(found.name) and not any(span.url and span.text in found.name for span in spans)


def _is_address_of(text: str, url: str) -> bool:
    """Whether what a link is called says no more than its address."""
    host, called = (one.split("://", 1)[-1].rstrip("/") for one in (url, text))
    return "." in called and host.startswith(called)


def further_addresses(spans: Spans) -> tuple[tuple[Link, ...], Spans]:
    """Where nothing but addresses follow, they are links without a label; anything else is text."""
    urls = _ADDRESS.findall(text_of(spans))
    if not urls or any(map(str.isalnum, _ADDRESS.sub("", text_of(spans)))):
        return (), spans
    return tuple(Link(label="", url=url) for url in urls), ()


class Broken(NamedTuple):
    """``[title](url`` with its slips: its words, its address and what the address had swallowed."""

    words: str
    url: str | None = None
    rest: str = ""


def broken_in(text: str) -> Broken:
    """A link that Markdown could not read; without an address where there is none."""
    found = next(reversed(list(_BROKEN.finditer(text))), None)
    tail = text[found.end() :].strip() if found else ""
    if found is None or not tail or not text[: found.start()].strip():
        return Broken(text)
    words = text[: found.start()].rstrip()
    if _BLANK.search(tail) and tail.isascii() and text.startswith("[") and tail.endswith(")"):
        return Broken(words, _BLANK.sub("%20", tail[:-1]))
    address = _ADDRESS.match(tail)
    if address is None:
        return Broken(text)
    behind = tail[address.end() :]
    rest = behind.lstrip(")）]］】 ")
    if any(map(str.isalnum, rest)) and behind[:1] in _CLOSING and not text.startswith("["):
        return Broken(text)  # an address in brackets in the middle of a sentence
    return Broken(words, address[0], rest if any(map(str.isalnum, rest)) else "")


def without_brackets(title: str) -> str:
    """The title without the brackets around it, or the one that is left of them."""
    title = title.strip()
    for opening, closing in _SQUARE:
        if title.startswith(opening) and closing not in title[:-1]:
            title = title.removeprefix(opening).removesuffix(closing)
        elif title.endswith(closing) and opening not in title:
            title = title.removesuffix(closing)
    return title.strip()


def without_double_brackets(text: str) -> str:
    """A text without square brackets around all of it; as it is where it has others."""
    inside = text.strip()[1:-1]
    around = text.strip().startswith("[") and text.strip().endswith("]") and not {"[", "]"} & set(inside)
    return inside.strip() if around and inside.strip() else text
