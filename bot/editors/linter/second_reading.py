"""What a text says, in words and addresses, read by nothing of the bot: HTML of Markdown, and its parser.

Words are Latin words and single Chinese, Japanese or Korean characters, without regard to case or width.
Emoji shortcodes, attributes of kramdown and languages of code are none, for nobody reads them.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from unicodedata import normalize
from urllib.parse import unquote

from markdown_it import MarkdownIt

_ADDRESS = re.compile(r"(?:https?://|\bwww\.)(?:(?![()\[\]{}<>\"'`|\\^])[!-~])+", re.IGNORECASE)
_SCHEME = re.compile(r"https?://(?:www\.)?|www\.")
_AT_END = "/.,;:!?*_~&#"
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
#: ``:tada:`` of emoji, ``{:.class}`` and ``{#id}`` of kramdown.
_UNREAD = re.compile(
    r"(?<!\d):[a-z0-9_+-]{1,40}:(?!//|\d)|\{[:#.][^{}\n]{0,200}\}|\{\s*[\w-]+=[^{}\n]{1,200}\}"
)
#: A fence with the name of its language.
_FENCE = re.compile(r"^([ \t>]*(?:`{3,}|~{3,}))[^`\n]*$", re.MULTILINE)
#: The box of a task, behind the mark of an entry or where that is missing.
_BOX = re.compile(r"^([ \t>]*(?:(?:[-*+•·–—－●◦▪]|\d{1,9}[.)])[ \t]*)*)\[[ xX]\](?=[ \t]+\S)", re.MULTILINE)
#: Before a line that stands deeper than anybody reads: markdown-it drops what is nested a hundred times.
_DEEP = re.compile(r"^[ \t>*+.)\d-]{61,}", re.MULTILINE)
_MOST_NESTED = 100
_TAG = re.compile(r"<[a-z][a-z0-9-]*\s[^<>]*>", re.IGNORECASE)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'|=\s*(?P<bare>[^\s\"'<>`]+)")
#: Attributes that name an address, and those that name several, each with its size.
_ADDRESSED = frozenset({"href", "src", "data-src", "data", "poster"})
_IN_SET = re.compile(r"(?:^|,)\s*(\S*[^\s,])")
#: Tags that part no words.
_INLINE = re.compile("a|abbr|b|code|del|em|font|i|ins|kbd|mark|s|small|span|strong|sub|sup|tg-spoiler|u")
#: Attributes of Markdown's tags that hold words.
_NAMES = {"img": ("alt", "title"), "a": ("title",)}
_UNSEEN = frozenset({"script", "style"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The words of a text, each as often as it is said, and the web addresses that it names."""

    words: Counter[str]
    addresses: frozenset[str]

    def __add__(self, other: "Content") -> "Content":
        return Content(words=self.words + other.words, addresses=self.addresses | other.addresses)


def of_markdown(text: str) -> Content:
    """What a page made of Markdown says."""
    read = _DEEP.sub("", _FENCE.sub(r"\1", _BOX.sub(r"\1", _UNREAD.sub("", text))))
    return of_html(_MARKDOWN.render(_TAG.sub(_quoted, read)))


def of_html(html: str, pictures: Iterable[str] = ()) -> Content:
    """What a page says; ``pictures`` are addresses that stand beside it."""
    page = _Page()
    page.feed(html)
    page.close()
    said = of_text("".join(page.text))
    named = filter(_is_web, map(str.strip, (*page.addresses, *pictures)))
    return Content(words=said.words, addresses=said.addresses | frozenset(map(bare, named)))


def of_text(text: str) -> Content:
    """What a text says that has no markup."""
    whole = _INVISIBLE.sub("", text)
    addresses = frozenset(bare(found[0]) for found in _ADDRESS.finditer(whole))
    words = _WORD.findall(normalize("NFKC", _ADDRESS.sub(" ", whole)).casefold())
    return Content(words=Counter(words), addresses=addresses)


def bare(address: str) -> str:
    """An address without what may be written in several ways, or belongs to the sentence around it."""
    return _SCHEME.sub("", _INVISIBLE.sub("", unquote(address)).replace(" ", "").casefold()).rstrip(_AT_END)


def _quoted(tag: re.Match[str]) -> str:
    """A tag with its values in quotes: CommonMark takes fewer without them than browsers do."""
    return _VALUE.sub(lambda value: f'="{value["bare"]}"' if value["bare"] else value[0], tag[0])


def _is_web(address: str) -> bool:
    return _SCHEME.match(address.casefold()) is not None


class _Markdown(MarkdownIt):
    """CommonMark with tables; addresses stay as they are written."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.options["maxNesting"] = _MOST_NESTED
        self.enable(["table", "strikethrough"])
        self.disable(["code"])  # what is indented is no code in a digest

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the name is markdown-it's
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name is markdown-it's; all links are kept
        return True


class _Page(HTMLParser):
    """Gathers text and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.addresses: list[str] = []
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen = tag in _UNSEEN
        for name, value in attrs:
            if value and name in _ADDRESSED:
                self.addresses.append(value)
            elif value and name in ("srcset", "data-srcset"):
                self.addresses += _IN_SET.findall(value)
        self._part(tag)
        for words in _NAMES.get(tag, ()):
            self.text.append(f" {dict(attrs).get(words) or ''} ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = False
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.text.append(data)

    def _part(self, tag: str) -> None:
        if not _INLINE.fullmatch(tag):
            self.text.append("\n")


_MARKDOWN = _Markdown()
