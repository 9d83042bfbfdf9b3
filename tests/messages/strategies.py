"""Hypothesis strategies for marked text and for whole issues, wild ones included."""

from datetime import date

from hypothesis import strategies as st

from bot.messages.markup import Entity, Kind, Marked, visible
from bot.model import (
    CELL_BREAK,
    NOTHING,
    Cut,
    Flash,
    Interests,
    Issue,
    Item,
    Line,
    LineKind,
    Link,
    Mode,
    RichText,
    Section,
    Span,
    Style,
    TopicMatch,
)
from bot.words.keywords import read_keyword

TOPICS = ("quantization", "super-resolution", "riscv", "ai-chip")
SECTIONS = ("news", "papers", "blog", "other")

_WORDS = (
    "量化",
    "模型压缩",
    "GPU",
    "node.js",
    "a.com",
    "#标签",
    "@nihui",
    "/start",
    "<b>",
    "&amp;",
    '"',
    "👩‍👩‍👧",
    "🇨🇳🇯🇵",
    "e\u0301",
    "12:30",
    "https://例子.中国/路径",
    "x < y",
    "。",
    "！",
    "，",
    ". ",
    " ",
    "\u3000",
    "\u200b",
    "\u202e",
    "\x07",
    "１",
    "µ",
)
_URLS = (
    'https://example.com/a_b*c?x=1&y="2"',
    "http://a.com",
    "github.com/x/y",
    "https://" + "长" * 200 + ".com",
    "/relative",
    "//host.com/x",
    "mailto:a@b.cn",
    "ftp://a.com/x",
    "javascript:alert(1)",
    "http://localhost/x",
    "https://host/x",
    "a b.com",
    "https://a.com/x y",
    "",
    "https://example.com/" + "p" * 230,
)

words = st.one_of(st.sampled_from(_WORDS), st.text(max_size=6))
urls = st.sampled_from(_URLS)


def texts(most: int = 12) -> st.SearchStrategy[str]:
    """Words in a row without a line break."""
    return st.lists(words, max_size=most).map(lambda parts: "".join(parts).replace("\n", " "))


spans = st.builds(
    Span,
    text=texts(),
    styles=st.frozensets(st.sampled_from(Style), max_size=2),
    url=st.none() | urls,
)
pictures = st.builds(
    Line,
    spans=st.tuples(st.builds(Span, text=texts(2), url=urls)),
    kind=st.just(LineKind.PICTURE),
    depth=st.integers(0, 3),
)


def _in_cells(cells: list[Span]) -> tuple[Span, ...]:
    return tuple(span for cell in cells for span in (CELL_BREAK, cell))[1:]


table_lines = st.builds(
    Line,
    spans=st.lists(spans, min_size=1, max_size=4).map(_in_cells),
    kind=st.sampled_from((LineKind.HEAD, LineKind.ROW)),
)
_OTHERS = (LineKind.TEXT, LineKind.BULLET, LineKind.NUMBER, LineKind.QUOTE, LineKind.CODE)
lines = st.one_of(
    st.builds(
        Line,
        spans=st.lists(spans, max_size=4).map(tuple),
        kind=st.sampled_from(_OTHERS),
        depth=st.integers(0, 3),
        marker=st.sampled_from(("", "•", "1.", "2)")),
    ),
    pictures,
    table_lines,
)


def _long(line: str, times: int) -> RichText:
    return (Line(spans=(Span(text=line * times),)),)


rich_texts: st.SearchStrategy[RichText] = st.one_of(
    st.lists(lines, max_size=8).map(tuple),
    st.builds(_long, texts(6), st.integers(1, 400)),
)
topics = st.lists(st.builds(TopicMatch, slug=st.sampled_from(TOPICS), matched=words), max_size=3).map(tuple)
plain_items = st.builds(
    Item,
    id=st.just("i"),
    title=st.none(),
    url=st.none(),
    source=st.none(),
    tags=st.just(()),
    links=st.just(()),
    summary=rich_texts,
    line=st.just(1),
    topics=topics,
)
entries = st.builds(
    Item,
    id=st.just("i"),
    title=st.none() | texts(),
    url=st.none() | urls,
    source=st.none() | texts(3),
    tags=st.lists(texts(2), max_size=2).map(tuple),
    links=st.lists(st.builds(Link, label=texts(2), url=urls), max_size=4).map(tuple),
    summary=rich_texts,
    line=st.just(1),
    topics=topics,
)
items = st.one_of(entries, plain_items)
sections = st.builds(
    Section,
    slug=st.sampled_from(SECTIONS),
    heading=texts(3),
    items=st.lists(items, max_size=5).map(tuple),
)
issues = st.builds(
    Issue,
    slug=st.just("2026-03-02"),
    title=st.none() | texts(),
    date=st.none() | st.just(date(2026, 3, 2)),
    highlights=st.lists(texts(3), max_size=3).map(tuple),
    tagline=st.none() | texts(),
    lead=rich_texts,
    flash=st.lists(
        st.builds(Flash, subject=st.none() | texts(2), text=rich_texts, topics=topics), max_size=4
    ).map(tuple),
    sections=st.lists(sections, max_size=4).map(tuple),
)
keywords = st.one_of(
    st.sampled_from(("量化", "GPU", "node.js", "x < y", "100%, | :")),
    st.text(max_size=12).map(read_keyword).filter(bool).map(str),
)
interests = st.builds(
    lambda slugs, found: NOTHING | Interests(topics=tuple(slugs), keywords=tuple(found)),
    st.sets(st.sampled_from(TOPICS), max_size=2),
    st.lists(keywords, max_size=2),
)
cuts = st.builds(
    lambda cut, followed, without: cut.about(followed, excluded=without),
    st.builds(
        Cut,
        language=st.sampled_from(("zh", "en")),
        mode=st.sampled_from([mode for mode in Mode if mode is not Mode.RICH]),  # see test_rich_messages
        sections=st.sets(st.sampled_from(SECTIONS), max_size=2).map(lambda found: tuple(sorted(found))),
        rest=st.booleans(),
    ),
    interests,
    interests,
)

_clean = st.lists(
    st.sampled_from(("量化", "a.com ", "<&>\"'", "👩‍👩‍👧", "\n", " ", "x", "#标签 ", "好。")),
    min_size=1,
    max_size=6,
)


@st.composite
def marked_texts(draw: st.DrawFn) -> Marked:
    """Marked text in a row of runs, each plain or in one to three entities that may stand together."""
    texts_: list[str] = []
    entities: list[Entity] = []
    at = 0
    for run in draw(st.lists(_clean.map("".join), min_size=1, max_size=6)):
        kinds = draw(
            st.sampled_from(
                (
                    (),
                    (Kind.CODE,),
                    (Kind.PRE,),
                    (Kind.LINK,),
                    (Kind.BOLD, Kind.LINK),
                    (Kind.ITALIC, Kind.BOLD),
                    (Kind.QUOTE, Kind.CODE),
                    (Kind.FOLDED, Kind.UNDERLINE, Kind.LINK),
                    (Kind.SPOILER,),
                    (Kind.STRIKE,),
                )
            )
        )
        entities += (
            Entity(kind, at, at + len(run), "https://e.com/?a=1&b=2" if kind is Kind.LINK else "")
            for kind in kinds
            if visible(run)
        )
        texts_.append(run)
        at += len(run)
    return Marked("".join(texts_), tuple(entities))
