"""What the markup of a text holds that no reader sees: comments, tooltips, further forms of a film."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from bot.digest.parsing.spans import InlineLine
from bot.digest.parsing.tag_names import Halves, tags_of


def unshown(
    children: Sequence[Token], lines: Iterable[InlineLine], tags: Halves
) -> Iterator[tuple[str, str]]:
    """Each with the rule that leaves it out. ``lines`` are all that is shown of the tokens."""
    in_html = False
    for child in children:
        if child.type == "html_inline":
            in_html = True
            if child.content.startswith("<!--"):
                yield child.content, "comment"
        elif child.attrs and "title" in child.attrs:
            yield str(child.attrs["title"]), "tooltip"
    if in_html:
        yield from _of_tags(children, lines, tags)


def _of_tags(
    children: Sequence[Token], lines: Iterable[InlineLine], tags: Halves
) -> Iterator[tuple[str, str]]:
    shown = {span.url for line in lines for span in (*line.spans, *line.pictures, *line.badges)}
    words = {span.text for line in lines for span in line.spans}
    for tag in tags_of(children, tags).values():
        tooltip = tag.attributes.get("title", "")
        if tooltip and not any(tooltip.strip() in text for text in words):
            yield tooltip, "tooltip"
        for address in dict.fromkeys(tag.addresses):
            if address not in shown:
                yield address, "address in a tag"
