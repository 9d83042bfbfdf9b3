"""Each golden issue shows one slip or feature; what is understood of it stands beside it."""

import json
import os
from pathlib import Path

import pytest

from bot.digest.codes import PARSER_CODES
from bot.editors.export import as_values
from tests.digest.shipped import GOLDEN, read, text_of


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_issue_is_understood_as_the_file_beside_it_says(path: Path) -> None:
    """REWRITE_GOLDEN=1 writes the files anew, for the eyes of whoever changed the reading."""
    understood = as_values(read(text_of(path), slug=path.stem))
    golden = path.with_suffix(".json")
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(json.dumps(understood, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert understood == json.loads(golden.read_text("utf-8"))


def test_between_them_the_golden_issues_show_every_warning() -> None:
    shown = {warning.code for path in GOLDEN for warning in read(text_of(path)).warnings}
    beside = {"broken-topics", "topics-empty"}  # of a file that stands beside
    assert {code.name for code in PARSER_CODES} - shown - beside == set()
