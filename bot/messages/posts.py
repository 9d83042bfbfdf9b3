"""Messages of an issue as posts of a channel: the contents link to each section's post, which links back."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.errors import InvalidMessage
from bot.messages.markup import Entity, Kind, Marked, parse
from bot.messages.message import Button, Message

_BULLET = "\n• "

Address = Callable[[str], str | None]


def plain_post(message: Message) -> Message:
    """The message without what only a person can use: buttons that ask the bot, and what they unfold."""
    rows = (tuple(filter(_is_link, row)) for row in message.buttons)
    return replace(message, buttons=tuple(row for row in rows if row), unfolded=())


def with_issues_opened(message: Message, address: Address) -> Message:
    """The message with each button of an issue as a link; ``address`` is that of an issue by its slug."""
    rows = (tuple(_opening(button, address) for button in row) for row in message.buttons)
    return replace(message, buttons=tuple(rows))


def linked(messages: tuple[Message, ...], contents: str, up: str, address: Address) -> tuple[Message, ...]:
    """The messages with links; ``address`` is that of a post by its name, None where it is not known.

    ``contents`` is the name of the one that lists the others, ``up`` what the way back to it is called. A
    rich message has ways of its own.
    """
    back = address(contents)

    def with_links(message: Message) -> Message:
        if message.rich:
            return message
        if message.name.partition(".")[0] == contents:
            return _listing(message, messages, address)
        return _with_way_back(message, up, back)

    return tuple(map(with_links, messages))


def _opening(button: Button, address: Address) -> Button:
    name, _, slug = (button.data or "").partition(":")
    url = address(slug) if name == "issue" else None
    return Button(button.label, url=url) if url else button


def _is_link(button: Button) -> bool:
    return button.url is not None


def _listing(message: Message, messages: tuple[Message, ...], address: Address) -> Message:
    marked, entities, at = parse(message.html), [], 0
    for heading, name in _headings(messages):
        found = marked.text.find(_BULLET + heading, at)
        if found < 0:
            continue
        start = found + len(_BULLET)
        at = start + len(heading)
        if (url := address(name)) and name != message.name:
            entities.append(Entity(Kind.LINK, start, at, url))
    return _changed(message, _with(marked, *entities)) or message


def _headings(messages: tuple[Message, ...]) -> Iterator[tuple[str, str]]:
    for message in messages:
        for heading in message.opens:
            yield heading, message.name


def _with_way_back(message: Message, up: str, back: str | None) -> Message:
    """The message with a line that leads back; where there is no room for it, its first line does."""
    if back is None or not message.opens:
        return message
    marked = parse(message.html)
    below = Marked(
        f"{marked.text}\n\n{up}",
        (*marked.entities, Entity(Kind.LINK, len(marked.text) + 2, len(marked.text) + 2 + len(up), back)),
    )
    first = Entity(Kind.LINK, 0, len(marked.text.partition("\n")[0]), back)
    return _changed(message, below) or _changed(message, _with(marked, first)) or message


def _with(marked: Marked, *added: Entity) -> Marked:
    entities = sorted((*added, *marked.entities), key=lambda one: (one.start, -one.stop))
    return Marked(marked.text, tuple(entities))


def _changed(message: Message, marked: Marked) -> Message | None:
    """The message with another text; None where Telegram would not take it."""
    try:
        return replace(message, html=marked.html())
    except InvalidMessage:
        return None
