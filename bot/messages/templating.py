"""The templates of one language, compiled once, with the filters they share.

========== =====================================================================================
rich       styled lines (RichText) as HTML; ``rich(quoted=true)`` inside a quote. Its pictures are links
is_long    whether styled lines are so long that they belong in an expandable quote
link       text as a link to an address, or as plain text where Telegram would drop the link
labelled   a Link of an item as a link; with its address in plain text where Telegram would drop it
told_in    ``item.links|told_in(summary)``: the links above styled lines, and these with their own
tag        a tag before a title
hashtag    a name as a hashtag; empty if nothing of it may stand in one
date       2022年2月22日, 22 February 2022; without its day 2022年2月, February 2022
plural     English: ``3|plural("match", "matches")`` is "3 matches"; an s where no plural is given
clipped    at most so many characters, "…" where some were left out
typed      what somebody typed: what would become a link or a mention is code; ``typed(80)`` is clipped
sentence   with its full stop, unless another mark ends it already
reason     why something is wrong, as the bot found it, in the language; what others said as it is
duration   seconds as "74 s", 74 秒; as "4 min", 4 分钟
bar        a number as a bar of text, beside the largest of several: ▁ to █
========== =====================================================================================
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.messages.labelled_lines import told_in
from bot.messages.links import accepted
from bot.messages.markup import Entity, Kind, Marked, clean, parse, visible
from bot.messages.reasons import phrasebook
from bot.messages.rich import rich
from bot.messages.typed import typed
from bot.model import WRITTEN, Language, Link, RichText, plain, text_language
from bot.words.durations import CHINESE, ENGLISH, duration
from bot.words.english import MONTHS, plural
from bot.words.traditional import traditional

Source = tuple[str, str | None, Callable[[], bool] | None]  #: text, path, and whether it is still current

TEMPLATES = Path(__file__).parent / "templates"

#: A text over either of these goes into an expandable quote.
LONG_CHARACTERS = 280
LONG_LINES = 6

_ROOM = 4  # times what is kept of a text are read, for blanks and what nobody sees

_ENDS = tuple(".!?…。！？")
_BARS = "▁▂▃▄▅▆▇█"

_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"


@cache
def environment(language: Language) -> Environment:
    """The shipped templates of a language, the same for all who ask; an unknown name is an error."""
    loader = FileSystemLoader(TEMPLATES / text_language(language))
    return environment_of(loader if language in WRITTEN else _Traditional(loader), language)


class _Traditional(BaseLoader):
    """The templates of another loader in traditional characters, converted when they are asked for."""

    def __init__(self, simplified: BaseLoader) -> None:
        self._simplified = simplified

    def get_source(self, environment: Environment, template: str) -> Source:
        """A template as it stands there, but for its characters."""
        source, path, is_current = self._simplified.get_source(environment, template)
        return traditional(source), path, is_current


def environment_of(loader: BaseLoader, language: Language) -> Environment:
    """Other templates with the filters of a language, as whoever tries a filter alone wants them."""
    texts = text_language(language)
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "rich": partial(_rich, picture={"zh": "图", "en": "picture"}[texts]),
        "is_long": is_long,
        "link": link,
        "tag": _tag,
        "told_in": told_in,
        "labelled": partial(_labelled, unnamed={"zh": "链接", "en": "link"}[texts]),
        "hashtag": {"zh": hashtag, "en": _lower_hashtag}[texts],
        "date": {"zh": _chinese_date, "en": _english_date}[texts],
        "duration": partial(duration, units={"zh": CHINESE, "en": ENGLISH}[texts]),
        "reason": phrasebook(partial(_reasons, language)),
        "plural": plural,
        "clipped": clipped,
        "typed": _typed,
        "sentence": partial(_sentence, stop={"zh": "。", "en": "."}[texts]),
        "bar": _bar,
    }
    return made


def _reasons(language: Language) -> str:
    page = (TEMPLATES / text_language(language) / "reasons.j2").read_text("utf-8")
    return page if language in WRITTEN else traditional(page)


def fill(templates: Environment, name: str, /, **values: object) -> Marked:
    """The template ``<name>.j2`` as marked text."""
    return parse(clean(templates.get_template(f"{name}.j2").render(values))).strip()


def is_long(text: RichText) -> bool:
    """Whether a text is long for a chat."""
    return len(text) > LONG_LINES or len(plain(text)) > LONG_CHARACTERS


def link(text: str, url: str | None) -> Markup:
    """The text, linked where Telegram takes the address."""
    shown = clean(text).replace("\n", " ").strip()
    target = accepted(url) if url else None
    entities = (Entity(Kind.LINK, 0, len(shown), target),) if target and visible(shown) else ()
    return _markup(Marked(shown, entities))


@lru_cache(maxsize=1024)  # a topic's name stands below many items
def hashtag(name: str) -> str:
    """A name as a hashtag: letters, digits and "_" only, no "_" beside a Chinese character."""
    kept = "".join(char if char.isalpha() or char.isdecimal() else "_" for char in _composed(name))
    tidy = re.sub(rf"_+(?=[{_CJK}])|(?<=[{_CJK}])_+", "", re.sub("_+", "_", kept)).strip("_")
    return f"#{tidy}" if any(char.isalpha() for char in tidy) else ""


def clipped(text: str, most: int) -> str:
    """The text on one line, of at most ``most`` characters.

    What stands far behind them is not looked at: a text may be as long as an issue.
    """
    whole = text.strip()
    beginning = whole[: most * _ROOM]
    line = " ".join(clean(beginning).split())
    if len(line) <= most and len(beginning) == len(whole):
        return line
    return line[: most - 1].rstrip() + "…"


def _sentence(text: str, stop: str) -> str:
    return text if text.endswith(_ENDS) else text + stop


def _typed(text: str, most: int = 0) -> Markup:
    return _markup(typed(clipped(text, most) if most else clean(text)))


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _lower_hashtag(name: str) -> str:
    return hashtag(name).lower()


def _rich(text: RichText, *, picture: str, quoted: bool = False) -> Markup:
    return _markup(rich(text, quoted=quoted, picture=picture))


def _labelled(given: Link, unnamed: str) -> Markup:
    if accepted(given.url):
        return link(given.words or unnamed, given.url)
    return _markup(Marked(clean(f"{given.words} {given.url}").strip()))


def _tag(tag: str) -> str:
    """A tag in brackets; a sign such as 🔥 stands without."""
    return f"[{tag}]" if any(map(str.isalnum, tag)) else tag


def _bar(number: int, most: int) -> str:
    return _BARS[number * (len(_BARS) - 1) // max(most, 1)]


def _markup(marked: Marked) -> Markup:
    return Markup(marked.html())  # noqa: S704  # escaped by Marked.html, the one place that does


def _chinese_date(when: date, *, day: bool = True) -> str:
    return f"{when.year}年{when.month}月" + (f"{when.day}日" if day else "")


def _english_date(when: date, *, day: bool = True) -> str:
    return f"{when.day} " * day + f"{MONTHS[when.month - 1]} {when.year}"
