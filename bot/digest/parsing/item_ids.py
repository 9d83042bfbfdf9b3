"""Names for items that outlast corrections of their text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from bot.model import Item, Section


def with_ids(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with an id for every item, unique in the issue.

    An item is known by its address, or its first labelled one; without any, by
    its place among such items of its section. Of several with one address the
    later ones count up.
    """
    seen: Counter[str] = Counter()
    named = []
    for section in sections:
        items = []
        for item in section.items:
            name = _name(item, section.slug)
            seen[name] += 1
            items.append(replace(item, id=name if seen[name] == 1 else f"{name}-{seen[name]}"))
        named.append(replace(section, items=tuple(items)))
    return tuple(named)


def _name(item: Item, section: str) -> str:
    address = item.url or next((link.url for link in item.links), None)
    return sha256(address.encode()).hexdigest()[:10] if address else section
