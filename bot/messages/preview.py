"""Messages for the eyes of an editor or a program: text, JSON, or a page that looks like the chat."""

import json
import re
from collections.abc import Sequence
from functools import cache
from html import unescape

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.messages.links import host, with_scheme
from bot.messages.markup import Kind, Marked, parse
from bot.messages.message import Message
from bot.messages.templating import TEMPLATES
from bot.model import Language, text_language

_RULE = "─" * 60
_MARKS = {"zh": ("🔔 有声", "🔕 无声"), "en": ("🔔 with sound", "🔕 silent")}
_TOGGLE = '<label class="fold"><input type="checkbox"><span class="quote">'
_PAGE_TAGS = {
    Kind.QUOTE: ('<span class="quote">', "</span>"),
    Kind.FOLDED: (_TOGGLE, "</span></label>"),
    Kind.SPOILER: ('<mark class="spoiler">', "</mark>"),
    Kind.PRE: ('<span class="pre">', "</span>"),
}
_HASHTAG = re.compile(r"(?<![\w&/#])(#\w*[^\W\d]\w*)(?![^<]*>)")
#: An address that a chat shows as a link by itself: outside of links and code.
_ADDRESS = re.compile(
    r'(?P<other><a .*?</a>|<code\b.*?</code>|<span class="pre">.*?</span>|<[^>]*>)'
    r"|(?P<url>https?://[!#-;=?-~]*[0-9A-Za-z/=_-])",
    re.DOTALL,
)
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|tr|summary|pre|footer)>")
_CELL_END = re.compile(r"</t[hd]>(?=<t[hd]>)")
_ANCHOR = re.compile(r'<a href="([^"#][^"]*)">(.*?)</a>')
_TAG = re.compile(r"<[^<>]*>")
_BEHIND_BLOCK = re.compile(r"(</span>(?:</label>)?)\n")  # a block ends its line by itself


def as_text(messages: Sequence[Message], *, language: Language = "zh") -> str:
    """Readable in a terminal: addresses behind their links and for pictures, buttons in brackets."""
    count = len(messages)
    blocks = (_text_block(message, f"{i}/{count}", language) for i, message in enumerate(messages, start=1))
    return "\n".join((*blocks, _RULE, ""))


def as_json(messages: Sequence[Message], *, chat_id: int | None = None) -> str:
    """The requests to the Bot API: a JSON array of ``{"method": "sendMessage", "params": {…}}``."""
    requests = [
        {"method": "sendRichMessage" if one.rich else "sendMessage", "params": one.params(chat_id)}
        for one in messages
    ]
    return json.dumps(requests, ensure_ascii=False, indent=2)


def as_html(messages: Sequence[Message], *, title: str, language: Language) -> str:
    """One page: bubbles, buttons, quotes that open at a tap; light and dark.

    It needs nothing else but the pictures; one that does not load leaves its host's name.
    """
    bubbles = [(Markup(_shown(message)), message) for message in messages]  # noqa: S704  # escaped by Marked.html
    return _page().render(
        bubbles=bubbles, title=title, language=language, marks=_MARKS[text_language(language)]
    )


def _text_block(message: Message, number: str, language: Language) -> str:
    mark = _MARKS[text_language(language)][message.silent]
    picture = (f"🖼 {message.picture}",) if message.picture else ()
    buttons = (" ".join(f"[{button.label}]" for button in row) for row in message.buttons)
    text = _plain(message.html) if message.rich else _with_addresses(parse(message.html).strip())
    return "\n".join((_RULE, f"{number} {mark}", "", *picture, text, *buttons))


def _shown(message: Message) -> str:
    """A rich message is HTML that browsers show as it is."""
    return message.html if message.rich else _bubble(parse(message.html).strip())


def _plain(html: str) -> str:
    """The text of a rich message, a line a block."""
    told = _ANCHOR.sub(r"\2 (\1)", _CELL_END.sub(" | ", html))
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", told))).strip()


def _with_addresses(marked: Marked) -> str:
    out: list[str] = []
    at = 0
    for entity in marked.entities:
        shown = marked.text[entity.start : entity.stop]
        if entity.kind is Kind.LINK and shown != entity.url:
            out += (marked.text[at : entity.stop], f" <{entity.url}>")
            at = entity.stop
    return "".join((*out, marked.text[at:]))


def _bubble(marked: Marked) -> str:
    html = _BEHIND_BLOCK.sub(r"\1", marked.html(_PAGE_TAGS))
    linked = _ADDRESS.sub(lambda one: one["other"] or f'<a href="{one["url"]}">{one["url"]}</a>', html)
    return _HASHTAG.sub(r'<span class="tag">\1</span>', linked)


@cache
def _page() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters |= {"host": host, "with_scheme": with_scheme}
    return made.get_template("preview.html.j2")
