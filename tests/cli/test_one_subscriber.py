"""jianbao subscribers show and forget: what is kept of one chat, and what is left of it afterwards."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.ledger import SLUG, subscribe

pytestmark = pytest.mark.usefixtures("database")

GROUP = -100200


@pytest.fixture(autouse=True)
def published(jianbao: Run, database: Path) -> None:  # noqa: ARG001  # so that it is there before
    subscribe(jianbao, "7,zh,", f"{GROUP},en,")
    assert jianbao("publish", SLUG, "--yes").code == 0


def test_all_that_is_kept_of_one_is_shown(jianbao: Run) -> None:
    kept = jianbao("subscribers", "show", str(GROUP), "--format", "json").json
    assert kept["chat"] == GROUP
    assert [(name, len(rows)) for name, rows in kept.items() if name != "chat"] == [
        ("subscribers", 1),
        ("deliveries", 1),
    ]
    text = jianbao("subscribers", "show", str(GROUP)).out
    assert "deliveries\n  issue_slug: 2026-03-02\n" in text
    assert "  language: en\n" in text


def test_who_is_forgotten_is_gone_from_every_table_and_others_stay(jianbao: Run) -> None:
    result = jianbao("subscribers", "forget", str(GROUP), "--yes")
    assert (result.code, result.out) == (0, f"{GROUP} is forgotten: nothing is kept of it any more\n")
    for command in (("show",), ("forget", "--yes")):
        gone = jianbao("subscribers", *command, str(GROUP))
        assert (gone.code, gone.err) == (2, f"jianbao: nothing is kept of chat {GROUP}\n")
    assert jianbao("subscribers", "show", "7").code == 0


def test_nobody_is_forgotten_unasked(jianbao: Run) -> None:
    refused = jianbao("subscribers", "forget", "7")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert jianbao("subscribers", "show", "7").code == 0
