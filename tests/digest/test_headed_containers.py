"""A heading in a quotation or an entry of a list heads what stands below it there."""

import pytest

from bot.digest.parsing.notes import Notes
from bot.digest.parsing.row_reader import read_rows
from bot.model import LineKind
from tests.digest.test_headings import read, shape

A, B, C = (f"[{name}](https://{name}.example)" for name in "abc")
QUOTED = [
    f"> ## News\n>\n> - {A}: one.\n> - {B}\n\n> ## Tools\n>\n> - {C}",
    f"> ## News\n> * {A}\n>   one.\n> * {B}\n>\n> ## Tools\n> * {C}",
    f"> News\n> ----\n>\n> + {A} - one\n>\n> + {B}\n\n---\n\n> Tools\n> ---\n> + {C}",
    f"> <h2>News</h2>\n>\n> - {A}\n> - {B}\n\nOne.\n\n> <h2>Tools</h2>\n>\n> - {C}",
    f">> ## News\n>>\n>> - {A}\n>> - {B}\n\n>> ## Tools\n>>\n>> - {C}\n>>\n>> ---",
    f"> Our week.\n>\n> ## News\n>\n> - {A}\n> - {B}\n>   > A word.\n\n## Tools\n\n- {C}",
]


@pytest.mark.parametrize("text", QUOTED)
def test_a_section_that_is_quoted_whole_has_its_items(text: str) -> None:
    issue = read(f"# Demo\n\n{text}\n")
    assert shape(issue) == [("News", [((), "a"), ((), "b")]), ("Tools", [((), "c")])]


def test_a_quotation_without_a_heading_of_its_own_stays_one() -> None:
    tools = f"## Tools\n\n- {B}\n\n  > ### Ah\n  >\n  > Oh.\n"
    issue = read(f"> ## News\n>\n> - {A}\n>\n>   > In short.\n\n> Quoted.\n\n{tools}")
    quoted = [line for part in issue.sections for item in part.items for line in item.summary]
    assert [line.text for line in quoted if line.kind is LineKind.QUOTE] == ["In short.", "Quoted.", "Oh."]


ENTRIES = [
    f"- {A}\n\n- #### For C\n\n  - {B}\n    one.\n\n- #### For Go\n\n  - {C}",
    f"* {A}\n*   #### For C\n    * {B}\n\n*   #### For Go ####\n    * {C}",
    f"1. {A}\n\n- ### For C\n  1. {B}\n- ### For Go\n  1. {C}",
    f"* {A}\n\n* ### *For C*\n\n    * {B}\n\n      One.\n\n* ### For Go\n\n    * {C}",
    f"- {A}\n- <h4>For C</h4>\n\n  + {B}\n- <h4>For Go</h4>\n\n  + {C}\n\n    One.",
    f"- {A}\n-\n  ### For C\n  - {B}\n-\n  ### For Go\n  - {C}",
]


@pytest.mark.parametrize("text", ENTRIES)
def test_a_heading_that_an_entry_begins_with_heads_the_entries_below_it(text: str) -> None:
    issue = read(f"# Demo\n\n## News\n\n{text}\n", None, "bullet", "number")
    assert shape(issue) == [("News", [((), "a"), (("For C",), "b"), (("For Go",), "c")])]


def test_a_heading_inside_an_item_heads_none_of_its_entries() -> None:
    rows = read_rows(f"- {A}\n\n  #### Why\n\n  - one\n  - two\n- {B}\n", Notes())
    assert [row.depth for row in rows if not row.level] == [1, 2, 2, 1]
