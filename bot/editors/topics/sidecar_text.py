"""An answer of the editor's written into the text of a file of topics; all else in it stays as it stands."""

import re
from dataclasses import replace

import yaml

from bot.digest.topics.kept import counting
from bot.digest.topics.sidecar import BrokenSidecar, entries, nodes
from bot.editors.topics.questions import Question
from bot.errors import BadInput
from bot.model import Beside, Issue, KeptAnswer

_HEAD = (
    "# The topics of items, as their editor says: +topic, -topic, or all of an item's topics without signs.\n"
)
_PLAIN = re.compile(r"[^\W_](?:[^:#]|:(?=\S)|(?<=\S)#)*[^\s:]")
_AFTER_COLON = re.compile(r"\s*:")


def answered(text: str, question: Question, *, yes: bool, where: str = "") -> str:
    """The text of the file with this answer, which replaces an earlier one; ``text`` is empty for a new file.

    Raises BadInput, which names ``where`` it lies and the line, if the file is broken.
    """
    return with_answer(text, KeptAnswer(item=question.key, topic=question.topic, yes=yes), where=where)


def with_answer(text: str, answer: KeptAnswer, *, where: str = "") -> str:
    """The same for an answer that was kept elsewhere."""
    try:
        found = _entry(text, answer.item)
        word, topic = answer.words, answer.topic
        written = _added(text, found, word, topic) if found else _new(text, answer.item, word)
        entries(written)
    except BrokenSidecar as error:
        raise BadInput(str(error), where=f"{where}:{error.line}") from None
    return written


def with_kept_answers(beside: Beside, issue: Issue) -> Beside:
    """The file of topics of an issue with the answers that count in it and that the bot alone has.

    Raises BadInput if the file is broken.
    """
    text = beside.text
    for answer in counting(issue):
        text = with_answer(text, answer, where=beside.name)
    return replace(beside, text=text)


def _entry(text: str, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """The entry that an earlier answer wrote."""
    return next((entry for entry in nodes(text) if entry[0].value == key), None)


def _new(text: str, key: str, word: str) -> str:
    above = text if text.strip() else _HEAD
    line_end = "" if above.endswith("\n") else "\n"
    return f"{above}{line_end}{_quoted(key)}: {word}\n"


def _quoted(key: str) -> str:
    """The key as it may stand before a colon in YAML."""
    if _PLAIN.fullmatch(key):
        return key
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return '"{}"'.format("".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in escaped))


def _added(text: str, entry: tuple[yaml.Node, yaml.Node], word: str, topic: str) -> str:
    """The text with a word more in an entry, and without an earlier one about the topic."""
    _, value = entry
    start, end = value.start_mark.index, value.end_mark.index
    if isinstance(value, yaml.SequenceNode):
        return _in_list(text, value, word)
    before = text[start:end]
    quote = before[:1] if before[:1] in ("'", '"') else ""
    words = re.sub(rf"(?<![\w-])[+-]?{re.escape(topic)}(?![\w-])", "", value.value).split()
    new = f"{quote}{' '.join((*words, word))}{quote}"
    gap = "" if before or text[start - 1 : start].isspace() else " "
    return f"{text[:start]}{gap}{new}{text[end:]}"


def _in_list(text: str, value: yaml.SequenceNode, word: str) -> str:
    """A list of several lines gets one more, one in brackets a further word."""
    if value.flow_style:
        end = value.end_mark.index - 1
        return f"{text[:end]}{', ' if value.value else ''}{word}{text[end:]}"
    last = value.value[-1]
    end = text.find("\n", last.end_mark.index)
    end = len(text) if end < 0 else end
    return f"{text[:end]}\n{' ' * (value.start_mark.column)}- {word}{text[end:]}"
