"""docs/privacy.md names every table and column that holds something of a person."""

import re

import pytest
import sqlalchemy as sa

from bot.storage.kept_rows import KEPT
from tests.test_docs import section

PAGE = "docs/privacy.md"


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_every_column_of_what_is_kept_of_a_chat_is_explained(table: sa.Table) -> None:
    told = section(PAGE, f"### `{table.name}`")
    rows = [line for line in told.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(table.c.keys())


def test_no_table_is_explained_that_keeps_nothing_of_a_chat() -> None:
    tables = re.findall(r"^### `(\w+)`$", section(PAGE, "## What, why, and how long"), re.MULTILINE)
    assert tables == [table.name for table in KEPT]
