"""A labelled line as a value, and whether a text is addresses."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import takewhile

from bot.digest.parsing.edges import Spans, after, text_of, without_start
from bot.digest.parsing.rows import Row, RowKind
from bot.model import Span
from bot.words.addresses import ADDRESS

_REMARK = re.compile(r"[（(【\[][^（()）【】\[\]]{1,24}[)）】\]]")
_BETWEEN_URLS = re.compile(r"[\s，；、]+")
_BEHIND = " \t。！？!?.…；;，,、：:）)】」》"
#: What an address lacks whose editor trusted a browser, or an input method: its scheme, or the colon in it.
_UNSCHEMED = re.compile(
    r"(?P<scheme>https?)：//(?=\w)|(?=(?:[a-z0-9-]+\.)+(?:ai|app|cc|cn|co|com|dev|edu|gov|info|io|me|net|org|top"
    r"|tv|xyz|de|eu|fr|jp|kr|ru|tw|uk|us)/\w)",
    re.IGNORECASE,
)
#: What a label says that says where something is, and not what.
_WHERE = frozenset(("地址", "链接", "网址", "連結", "網址", "link", "url", "address", "pdf", "全文", "下载"))
_STOP = re.compile(r"[。；;！!]\s*$")
_MARKS_BEFORE_WORDS = re.compile(r"[\s，,、;；。.：:]*")
URL = re.compile(ADDRESS)


class LabelKind(Enum):
    """What a labelled line is."""

    SUMMARY = auto()
    LINK = auto()  #: a known link label, whatever follows
    SOURCE = auto()  #: its source follows
    IGNORED = auto()
    BARE_LINK = auto()  #: any label with addresses and nothing else


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A labelled line; ``rest`` follows its colon, ``doubled`` is a label that said the same before it."""

    kind: LabelKind
    label: str
    rest: Spans
    doubled: str = ""

    @property
    def text(self) -> str:
        """What follows the colon, without markup."""
        return text_of(self.rest)

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """The addresses in the rest, links first."""
        linked = tuple(span.url for span in self.rest if span.url)
        return linked or tuple(URL.findall(self.text))

    @cached_property
    def is_bare_link(self) -> bool:
        """Whether the rest is addresses and nothing else."""
        return only_urls(self.text)

    @cached_property
    def is_row_of_links(self) -> bool:
        """Whether the rest is several links side by side, each called by its own words."""
        apart = "".join(span.text for span in self.rest if not span.url)
        several = len({span.url for span in self.rest if span.url}) > 1
        return several and not any(map(str.isalnum, apart))

    @property
    def has_words(self) -> bool:
        """Whether the rest says anything beside its addresses, and what the link is called by."""
        if self.is_row_of_links:
            return False
        said = URL.sub("", self.text) if self.behind is None else text_of(self.behind)
        return any(map(str.isalnum, said))

    @property
    def name_alone(self) -> str:
        """What follows the colon without the addresses in it, and the marks around these."""
        return URL.sub("", self.text).strip(" \t：:，,；;()（）<>")

    @property
    def name(self) -> str:
        """The words of its link, if they are not the label again; empty where it has none of its own."""
        words = "" if self.behind is None else text_of(self.rest[: _spans_of_link(self.rest)]).strip()
        return "" if words == self.label or is_address(words) else words

    @cached_property
    def behind(self) -> Spans | None:
        """What is said behind its one link; None where it has none, or all of the rest is one sentence."""
        text = self.text
        linked = text_of(self.rest[: _spans_of_link(self.rest)])
        address = URL.match(text)
        end = len(linked) or (address.end() if address else 0)
        behind = without_start(self.rest, end)
        words = text_of(behind).strip()
        goes_on = words[:1].isalnum() and not is_address(text[:end].strip())
        if not end or goes_on or any(span.url for span in behind) or URL.search(words):
            return None
        return after(_MARKS_BEFORE_WORDS, behind)

    @property
    def whole(self) -> Spans:
        """The label and what follows it."""
        return (Span(text=f"{self.label}："), *self.rest)

    @property
    def remark(self) -> str:
        """What is said behind its one link, where that is a few words in brackets; else empty."""
        words = text_of(self.behind or ()).strip()
        return words if _REMARK.fullmatch(words) else ""

    @property
    def is_name(self) -> bool:
        """Whether what follows the label of a link may be its name: words, no address, no sentence."""
        worded = self.kind is LabelKind.LINK and bool(self.rest) and not self.urls
        return worded and not _STOP.search(self.text)

    @property
    def says_where(self) -> bool:
        """Whether it says where something is, and not what: ``链接：https://…``."""
        return self.is_bare_link and says_where(self.label)

    def is_address_of(self, named: "Labelled") -> bool:
        """Whether it says where that is which another label names, and no more: ``地址``, ``论文地址``."""
        said = self.label.casefold().removeprefix(named.label.casefold()).strip()
        return self.is_bare_link and said in _WHERE


def says_where(label: str) -> bool:
    """Whether a label says that something is somewhere, and not what: 链接, PDF."""
    return label.casefold() in _WHERE


def with_scheme(spans: Spans) -> Spans:
    """The spans; an address that they begin with, ``github.com/x/y``, is a link where its scheme is lost."""
    text = text_of(spans)
    found = _UNSCHEMED.match(text)
    if found is None or any(span.url for span in spans):
        return spans
    scheme = f"{found['scheme'] or 'https'}://"
    address = URL.match(scheme + text[found.end() :])
    if address is None:
        return spans
    end = found.end() + len(address[0]) - len(scheme)
    return (Span(text=text[:end], url=address[0]), *without_start(spans, end))


def is_address(text: str) -> bool:
    """Whether a text is an address and nothing else."""
    return URL.fullmatch(text) is not None


def bare_urls(row: Row) -> tuple[str, ...]:
    """The addresses of a row that holds nothing else; of code none."""
    text = row.text
    only = row.kind is not RowKind.CODE and only_urls(text)
    return tuple(URL.findall(text)) if only else ()


def only_urls(text: str) -> bool:
    """Whether a text is addresses and nothing else, but for marks between and behind them."""
    if "://" not in text and "www." not in text:
        return False
    pieces = [piece for piece in _BETWEEN_URLS.split(text.rstrip(_BEHIND)) if piece]
    return bool(pieces) and all(map(URL.fullmatch, pieces))


def _spans_of_link(spans: Spans) -> int:
    """How many spans the link has that they begin with."""
    url = spans[0].url if spans else None
    return sum(1 for _ in takewhile(lambda span: span.url == url, spans)) if url else 0
