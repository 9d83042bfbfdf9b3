"""The index is what the issues say, as they are read now."""

import re
from dataclasses import replace

from structlog.testing import capture_logs

from bot.model import Issue, IssueState, IssueText
from bot.publishing.indexing import Indexer
from bot.storage import Database, Entries, EntryIndex, IndexProgress, Issues
from tests import builders as build
from tests.storage.rows import record

SLUGS = ("2026-02-16", "2026-03-02")


def read(slug: str, text: str) -> Issue:
    """Each line is an item; a broken text is our own fault."""
    if text == "broken":
        raise KeyError("broken")
    items = [build.item(id=f"i{place}", title=line) for place, line in enumerate(text.split("\n"))]
    return build.issue(build.section("news", *items), slug=slug)


def indexer(database: Database, fingerprint: str = "one", mark: str = "") -> Indexer:
    def marked(slug: str, text: str) -> Issue:
        return read(slug, re.sub(r"(?m)^", mark, text))

    return Indexer(EntryIndex(database), Issues(database), marked, fingerprint)


async def titles(database: Database) -> list[str | None]:
    entries = Entries(database)
    return [entry.title for slug in SLUGS for entry in await entries.of_issue(slug)]


async def add(database: Database, *texts: str) -> None:
    for slug, text in zip(SLUGS, texts, strict=False):
        await Issues(database).add(record(slug, state=IssueState.ARCHIVED), text)


async def test_issues_that_are_not_in_the_index_are_put_there_once(database: Database) -> None:
    await add(database, "a\nb", "c")
    assert await EntryIndex(database).progress("one") == IndexProgress(done=0, total=2)
    assert await indexer(database).run() == 2
    assert await titles(database) == ["a", "b", "c"]
    assert await EntryIndex(database).progress("one") == IndexProgress(done=2, total=2)
    assert await indexer(database).run() == 0


async def test_where_issues_are_read_otherwise_the_index_is_made_anew(database: Database) -> None:
    await add(database, "a", "b")
    await indexer(database).run()
    assert await indexer(database, "two", mark="new ").run() == 2
    assert await titles(database) == ["new a", "new b"]


async def test_an_issue_that_cannot_be_read_keeps_no_other_out_and_is_not_tried_again(
    database: Database,
) -> None:
    await add(database, "broken", "b")
    with capture_logs() as logs:
        assert await indexer(database).run() == 2
        assert await indexer(database).run() == 0
    assert [entry["issue"] for entry in logs if entry["event"] == "issue_unreadable"] == [SLUGS[0]]
    assert await titles(database) == ["b"]


async def test_an_issue_and_its_correction_come_with_their_entries(database: Database) -> None:
    issues, made = Issues(database), indexer(database)
    one = replace(record(SLUGS[0], state=IssueState.ARCHIVED))
    await issues.add(one, "a", made.indexed(read(SLUGS[0], "a")))
    assert await titles(database) == ["a"]
    new = IssueText(text="b", checksum="c2", title=None, date=None, indexed=made.indexed(read(SLUGS[0], "b")))
    assert await issues.update_text(SLUGS[0], new)
    assert await titles(database) == ["b"]
    assert await made.run() == 0
