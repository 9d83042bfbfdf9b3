"""What the tags of a text hold that no reader sees: comments, tooltips, further forms of a film."""

from collections.abc import Iterable, Iterator, Mapping

from bot.digest.parsing.tags import Tag
from bot.model import Span


def unshown(tags: Mapping[str, Tag], shown: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """Each with the rule that leaves it out. ``tags`` are known by how they are written."""
    spans = list(shown)
    urls = {span.url for span in spans if not span.text or span.text.strip()}
    for content, tag in tags.items():
        if content.startswith("<!--"):
            yield content, "comment"
        tooltip = tag.attributes.get("title", "").strip()
        if tooltip and not any(tooltip in span.text for span in spans):
            yield tooltip, "tooltip"
        for address in dict.fromkeys(tag.addresses):
            if address not in urls:
                yield address, "address in a tag"
