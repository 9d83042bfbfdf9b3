"""Names for items that outlast corrections of their text."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from bot.model import Link


class ItemIds:
    """Gives the items of one issue their ids, in their order.

    An item is known by its address, or its first labelled one; without any, by
    its place among such items of its section. Of several with one address the
    later ones count up.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def next(self, section: str, url: str | None, links: Sequence[Link]) -> str:
        """The id of the next item, unique in the issue; ``section`` is the slug of the one it stands in."""
        address = url or (links[0].url if links else None)
        name = sha256(address.encode()).hexdigest()[:10] if address else section
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}-{self._seen[name]}"
