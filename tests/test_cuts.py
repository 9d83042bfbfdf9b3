"""Each distinct cut of an issue is rendered once, and anew when the issue was corrected."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.cuts import CutCache
from bot.errors import MessageRefused
from bot.messages import Message, Renderer
from bot.model import Cut, Issue, IssueState
from bot.storage import Database, Issues
from tests import builders as build
from tests.messages.names import FixedNames
from tests.storage.rows import record

SLUGS = ("2026-03-02", "2026-03-16")


class CountingRenderer(Renderer):
    """Keeps a list of what it rendered."""

    def __init__(self) -> None:
        super().__init__(FixedNames())
        self.rendered: list[tuple[str, str]] = []

    def issue(self, issue: Issue, cut: Cut) -> tuple[Message, ...]:
        self.rendered.append((issue.slug, cut.language))
        return super().issue(issue, cut)


def read(slug: str, text: str) -> Issue:
    return build.issue(build.section("news", build.item(title=text)), slug=slug)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Issues]:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database:
        issues = Issues(database)
        for slug in SLUGS:
            await issues.add(record(slug, state=IssueState.ARCHIVED), f"题目 {slug}")
        yield issues


@pytest.fixture
async def archive(store: Issues) -> Archive:
    archive = Archive(store, read)
    await archive.refresh()
    return archive


@pytest.fixture
def renderer() -> CountingRenderer:
    return CountingRenderer()


async def test_equal_cuts_are_rendered_once(archive: Archive, renderer: CountingRenderer) -> None:
    cuts = CutCache(archive, renderer, most=10)
    first = await cuts.messages(SLUGS[0], Cut())
    assert await cuts.messages(SLUGS[0], Cut()) is first
    assert await cuts.messages(SLUGS[0], Cut(language="en")) != first
    assert renderer.rendered == [(SLUGS[0], "zh"), (SLUGS[0], "en")]


async def test_a_corrected_issue_is_rendered_anew(
    archive: Archive, renderer: CountingRenderer, store: Issues
) -> None:
    cuts = CutCache(archive, renderer, most=10)
    await cuts.messages(SLUGS[0], Cut())
    await store.update_text(SLUGS[0], text="改过的题目", checksum="c2", title="t", day=None)
    await archive.refresh()
    assert "改过的题目" in (await cuts.messages(SLUGS[0], Cut()))[-1].html


async def test_only_the_last_used_are_kept(archive: Archive, renderer: CountingRenderer) -> None:
    cuts = CutCache(archive, renderer, most=2)
    for slug, language in ((0, "zh"), (0, "en"), (0, "zh"), (1, "zh"), (0, "zh"), (0, "en")):
        await cuts.messages(SLUGS[slug], Cut(language=language))  # type: ignore[arg-type]  # plain text in a table
    assert renderer.rendered == [(SLUGS[0], "zh"), (SLUGS[0], "en"), (SLUGS[1], "zh"), (SLUGS[0], "en")]


async def test_an_issue_that_came_meanwhile_is_found(
    archive: Archive, renderer: CountingRenderer, store: Issues
) -> None:
    cuts = CutCache(archive, renderer, most=2)
    await store.add(record("2026-03-30"), "新来的")
    assert "新来的" in (await cuts.messages("2026-03-30", Cut()))[-1].html


async def test_what_there_is_no_issue_of_is_refused(archive: Archive, renderer: CountingRenderer) -> None:
    with pytest.raises(MessageRefused, match="1999-01-01"):
        await CutCache(archive, renderer, most=2).messages("1999-01-01", Cut())
