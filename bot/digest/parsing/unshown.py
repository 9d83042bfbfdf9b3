"""What the markup of a text holds that no reader sees: comments, tooltips."""

from collections.abc import Iterable, Iterator

from markdown_it.token import Token


def unshown(children: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Each with the rule that leaves it out."""
    for child in children:
        if child.type == "html_inline":
            if child.content.startswith("<!--"):
                yield child.content, "comment"
        elif child.attrs and "title" in child.attrs:
            yield str(child.attrs["title"]), "tooltip"
