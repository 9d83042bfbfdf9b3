"""Definitions of links, ``[label]: address``: those that Markdown loses, and which of several counts."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bot.digest.parsing.notes import Notes

LABEL = r"[^\[\]\n]{1,80}"
_REFERENCE = re.compile(rf"\] {{0,3}}\[(?P<label>{LABEL})\]|\[(?P<whole>{LABEL})\] {{0,3}}\[\]")
_CITED = re.compile(r"\S ?\[(\d{1,3})\](?![(:：])")
_DEFINITION = re.compile(
    rf" {{0,3}}\[(?P<label>{LABEL})\]\s*(?P<colon>[:：]?)\s*"
    r"(?P<address><?https?://[^\s“”‘’（）【】《》「」，。；、]+)\s*(?P<behind>.*)"
)
_TOOLTIP = re.compile(r"\s*|\"[^\"]*\"\s*|'[^']*'\s*|\([^()]*\)\s*")
_BRACKETED = re.compile(rf"\[({LABEL})\]")
#: ``[words] [label]``, ``[label] []``; a definition of the second is none.
_PARTED = re.compile(
    rf"(?<!!)\[(?P<words>[^\[\]\n]{{1,200}})\] {{1,3}}"
    rf"(?=\[(?P<label>{LABEL})?\](?![\[(]|[:：]\s*<?https?://))"
)
_IN_PARTED = ("words", "label")
_KEY = re.compile(r"\d{1,3}|[!-~]+")  # what a definition is called by that is no title
_BOX = ("", "x")  # what stands in the brackets of a task
#: Words that announce what stands below.
_HEAD = re.compile(r"\**[^\s\[#>*-][^。！？:：\[\]]{0,14}[：:]\**\s*")
_UNDECIDED, _PARTS = "undecided", "parted"  # keys of what is noted when all is read
_SHORT = 40  # characters of a line in a note

Definition = dict[str, Any]  # as markdown-it has it


def with_lost(text: str, notes: Notes) -> tuple[str, dict[str, Any]]:
    """The text without the definitions that Markdown takes for text, and an environment that has these.

    One has a full-width colon, or stands right below a text, or has words behind its address; a number
    needs no colon. Links refer to it, else it is none.
    """
    env: dict[str, Any] = {"references": {}}
    referred = {normalizeReference(one[0] or one[1]) for one in _REFERENCE.findall(text)}
    cited = {*_CITED.findall(text), *filter(str.isdecimal, referred)}
    if not referred and not cited:
        return text, env
    lines = text.split("\n")
    defined = set()
    for place, line in enumerate(lines):
        found = _DEFINITION.fullmatch(line)
        if found is None or not _is_meant(found, referred if found["colon"] else cited):
            continue
        defined.add(place)
        if _is_read(found, lines[place - 1].strip() if place else ""):
            continue
        notes.add("lost-definition", place + 1, about=line.strip()[:_SHORT])
        notes.leave_out(place + 1, found["behind"], "tooltip")
        _add(env, found, place)
        lines[place] = ""
    _leave_out_heads(lines, defined, notes)
    return "\n".join(lines), env


def _is_meant(definition: re.Match[str], referred: Collection[str]) -> bool:
    """Whether links refer to a definition; without a colon it is its address alone."""
    whole = bool(definition["colon"]) or not definition["behind"]
    return whole and normalizeReference(definition["label"]) in referred


def _leave_out_heads(lines: list[str], defined: Collection[int], notes: Notes) -> None:
    """Leave out the words that announce definitions and nothing else."""
    said = [place for place, line in enumerate(lines) if line.strip() or place in defined]
    for head, first in pairwise(said):
        if first not in defined or not _HEAD.fullmatch(lines[head]) or (head and lines[head - 1].strip()):
            continue
        below = next((place for place in said if place > first and place not in defined), None)
        if below is None or lines[below].startswith("#"):
            notes.leave_out(head + 1, lines[head], "head of definitions")
            lines[head] = ""


def _is_read(definition: re.Match[str], above: str) -> bool:
    """Whether Markdown reads a definition as it is meant."""
    if definition["colon"] != ":" or not _TOOLTIP.fullmatch(definition["behind"]):
        return False
    return not above or _DEFINITION.fullmatch(above) is not None


def _add(env: dict[str, Any], found: re.Match[str], place: int) -> None:
    label = normalizeReference(found["label"])
    address = found["address"].removeprefix("<").removesuffix(">")
    one = {"title": "", "href": address, "label": label, "map": [place, place + 1]}
    if label in env["references"]:
        env.setdefault("duplicate_refs", []).append(one)
    else:
        env["references"][label] = one


def read_text(state: StateCore) -> None:
    """The core rule ``inline``. A blank in a reference is none; of several definitions the nearest counts."""
    env: MutableMapping[str, Any] = state.env
    references = env.get("references", {})
    texts = [token for token in state.tokens if token.type == "inline"]
    for token in texts if references else ():
        _join_parted(token, env)
    chosen = dict(_chosen(env, texts))
    for place, token in enumerate(texts):
        here = {label: ones[place] for label, ones in chosen.items()}
        env["references"] = {**references, **here} if here else references
        token.children = token.children or []
        state.md.inline.parse(token.content, state.md, env, token.children)
    env["references"] = references


def _join_parted(token: Token, env: MutableMapping[str, Any]) -> None:
    """Take the blank out of ``[words] [label]`` where that is a reference and not a tag before a link."""

    def joined(found: re.Match[str]) -> str:
        words, label = (normalizeReference(found[part] or "") in env["references"] for part in _IN_PARTED)
        parted = label and not words and _is_parted(found) if found["label"] else words
        if not parted:
            return found[0]
        line = (token.map or [0])[0] + found.string.count("\n", 0, found.start()) + 1
        env.setdefault(_PARTS, []).append((line, f"{found[0]}[{found['label'] or ''}]"))
        return f"[{found['words']}]"

    if "] " in token.content:
        token.content = _PARTED.sub(joined, token.content)


def may_be_key(label: str) -> bool:
    """Whether a definition may be called so, and no tag is: by one word of ASCII that is no number."""
    return _KEY.fullmatch(label) is not None and not label.isdecimal()


def _is_parted(found: re.Match[str]) -> bool:
    """Whether words and a name in brackets are one link: the words are no tag, nor the name a title."""
    words, label = found["words"].strip(), found["label"]
    if "|" in words or "｜" in words:
        return True
    before = found.string[: found.start()].rpartition("\n")[2].strip()
    inside = bool(before) and not before.endswith("]")
    key = _KEY.fullmatch(label) and (label.isdecimal() or len(label) < len(words))
    return not words.isdecimal() and words.casefold() not in _BOX and bool(inside or key)


def _chosen(
    env: MutableMapping[str, Any], texts: Sequence[Token]
) -> Iterator[tuple[str, Sequence[Definition]]]:
    """The labels that are defined anew, and for each of the texts the definition that counts there."""
    several = _several(env)
    named = [set(map(normalizeReference, _BRACKETED.findall(token.content))) for token in texts if several]
    for label, definitions in several.items():
        refer = [label in one for one in named]
        ways = [_nearest(definitions, texts, below=below) for below in (True, False)]
        for way in ways:
            told = [one for one, refers in zip(way, refer, strict=True) if refers]
            if None not in told and {id(one) for one in told} == set(map(id, definitions)):
                break
        else:
            way = ways[0]
            if any(refer):
                env.setdefault(_UNDECIDED, []).append(definitions[1])
        yield label, [one or definitions[-1] for one in way]


def _nearest(
    definitions: Sequence[Definition], texts: Sequence[Token], *, below: bool
) -> list[Definition | None]:
    """The definition next to each text, below or above it; None where none is."""
    found: list[Definition | None] = []
    for token in texts:
        place = (token.map or [0])[0]
        beside = [one for one in definitions if (one["map"][0] >= place) is below]
        found.append(beside[0 if below else -1] if beside else None)
    return found


def _several(env: Mapping[str, Any]) -> dict[str, list[Definition]]:
    """The definitions of each label that is defined with several addresses, in the order of their lines."""
    again = env.get("duplicate_refs", ())
    found: dict[str, list[Definition]] = defaultdict(list)
    for one in again:
        found[one["label"]].append(one)
    for label, ones in found.items():
        ones.append(env["references"][label])
        ones.sort(key=lambda one: int(one["map"][0]))
    return {label: ones for label, ones in found.items() if len({one["href"] for one in ones}) > 1}


def note(env: Mapping[str, Any], tokens: Sequence[Token], notes: Notes) -> None:
    """Note what was told of references, and the definitions that no link refers to."""
    for line, text in env.get(_PARTS, ()):
        notes.add("parted-link", line, about=text[:_SHORT])
    undecided = env.get(_UNDECIDED, ())
    for one in undecided:
        notes.add("repeated-definition", one["map"][0] + 1, about=_written(one))
    used = {one.attrs.get("href", one.attrs.get("src")) for token in tokens for one in token.children or ()}
    first = ({**found, "label": label} for label, found in env.get("references", {}).items())
    for one in (*first, *env.get("duplicate_refs", ())):
        if one["href"] not in used:
            notes.leave_out(one["map"][0] + 1, _written(one), "unused definition")
            if one["href"].startswith("http") and one["map"] not in [told["map"] for told in undecided]:
                notes.add("unused-definition", one["map"][0] + 1, about=_written(one))


def _written(one: Definition) -> str:
    return f"[{one['label'].lower()}]: {one['href']}"
