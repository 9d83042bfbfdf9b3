"""Each distinct cut of an issue is rendered once, and anew when the issue was corrected."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.render_cache import RenderCache
from bot.errors import JianbaoError, SendError
from bot.messages import Message, Renderer
from bot.model import Cut, Issue, IssueState
from bot.readers.parsed_issues import ParsedIssues
from bot.storage import Database, Issues
from tests import builders as build
from tests.messages.names import FixedNames
from tests.storage.rows import record

PATIENCE = 5.0  # seconds; a test that waits so long has failed
SLUGS = ("2026-03-02", "2026-03-16")


class CountingRenderer(Renderer):
    """Keeps a list of what it rendered."""

    def __init__(self) -> None:
        super().__init__(FixedNames())
        self.rendered: list[tuple[str, str]] = []

    def issue(self, issue: Issue, cut: Cut, *, private: bool = False) -> tuple[Message, ...]:
        self.rendered.append((issue.slug, cut.language))
        return super().issue(issue, cut, private=private)


class HeldRenderer(CountingRenderer):
    """Says that it began, and goes on when it is freed."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.free = threading.Event(), threading.Event()

    def issue(self, issue: Issue, cut: Cut, *, private: bool = False) -> tuple[Message, ...]:
        self.begun.set()
        if not self.free.wait(PATIENCE):
            raise TimeoutError
        return super().issue(issue, cut, private=private)


class Steady:
    """A steady clock that stands still."""

    time = 0.0

    def now(self) -> float:
        return self.time


class OnceBroken(CountingRenderer):
    """Fails the first time."""

    def issue(self, issue: Issue, cut: Cut, *, private: bool = False) -> tuple[Message, ...]:
        messages = super().issue(issue, cut, private=private)
        if len(self.rendered) == 1:
            raise KeyError(issue.slug)
        return messages


def read(slug: str, text: str) -> Issue:
    return build.issue(build.section("news", build.item(title=text)), slug=slug)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database:
        yield database


@pytest.fixture
async def store(database: Database) -> Issues:
    issues = Issues(database)
    for slug in SLUGS:
        await issues.add(record(slug, state=IssueState.ARCHIVED), f"题目 {slug}")
    return issues


@pytest.fixture
def parsed(store: Issues) -> ParsedIssues:
    return ParsedIssues(store, read)


@pytest.fixture
def renderer() -> CountingRenderer:
    return CountingRenderer()


async def test_equal_cuts_are_rendered_once(parsed: ParsedIssues, renderer: CountingRenderer) -> None:
    cuts = RenderCache(parsed, renderer, most=10, now=Steady().now)
    first = await cuts.render(SLUGS[0], Cut())
    assert await cuts.render(SLUGS[0], Cut()) is first
    assert await cuts.render(SLUGS[0], Cut(language="en")) != first
    assert renderer.rendered == [(SLUGS[0], "zh"), (SLUGS[0], "en")]


async def test_a_corrected_issue_is_rendered_anew(
    parsed: ParsedIssues, renderer: CountingRenderer, store: Issues
) -> None:
    clock = Steady()
    cuts = RenderCache(parsed, renderer, most=10, now=clock.now)
    await cuts.render(SLUGS[0], Cut())
    await store.update_text(SLUGS[0], build.correction("改过的题目", title="t"))
    clock.time += 1
    assert "改过的题目" in (await cuts.render(SLUGS[0], Cut())).messages[-1].html


async def test_only_the_last_used_are_kept(parsed: ParsedIssues, renderer: CountingRenderer) -> None:
    cuts = RenderCache(parsed, renderer, most=2, now=Steady().now)
    for slug, language in ((0, "zh"), (0, "en"), (0, "zh"), (1, "zh"), (0, "zh"), (0, "en")):
        await cuts.render(SLUGS[slug], Cut(language=language))  # type: ignore[arg-type]  # plain text in a table
    assert renderer.rendered == [(SLUGS[0], "zh"), (SLUGS[0], "en"), (SLUGS[1], "zh"), (SLUGS[0], "en")]


async def test_an_issue_that_came_meanwhile_is_found(
    parsed: ParsedIssues, renderer: CountingRenderer, store: Issues
) -> None:
    cuts = RenderCache(parsed, renderer, most=2, now=Steady().now)
    await store.add(record("2026-03-30"), "新来的")
    assert "新来的" in (await cuts.render("2026-03-30", Cut())).messages[-1].html


async def test_a_correction_by_another_process_is_in_what_is_sent_a_second_later(
    parsed: ParsedIssues, renderer: CountingRenderer, store: Issues
) -> None:
    clock = Steady()
    cuts = RenderCache(parsed, renderer, most=10, now=clock.now)
    before = await cuts.render(SLUGS[0], Cut())
    await store.update_text(SLUGS[0], build.correction("改过的题目", title="t"))
    assert await cuts.render(SLUGS[0], Cut()) is before
    assert await cuts.render(SLUGS[0], Cut(), fresh=True) is not before
    clock.time += 1
    after = await cuts.render(SLUGS[0], Cut())
    assert "改过的题目" in after.messages[-1].html
    assert (before.edition, after.edition) == ("c1", "c2")


async def test_parts_are_called_alike_in_every_text_of_an_issue(
    parsed: ParsedIssues, renderer: CountingRenderer, store: Issues
) -> None:
    cuts = RenderCache(parsed, renderer, most=10, now=Steady().now)
    before = (await cuts.render(SLUGS[0], Cut())).messages
    await store.update_text(SLUGS[0], build.correction("改过的题目", title="t"))
    after = (await cuts.render(SLUGS[0], Cut(), fresh=True)).messages
    assert [one.name for one in before] == [one.name for one in after] == ["contents", "news"]
    assert before[1].content_hash != after[1].content_hash


async def test_what_is_asked_for_at_once_is_rendered_once_and_holds_nobody_up(parsed: ParsedIssues) -> None:
    renderer = HeldRenderer()
    cuts = RenderCache(parsed, renderer, most=10, now=Steady().now)
    waiting = [asyncio.create_task(cuts.render(SLUGS[0], Cut())) for _ in range(5)]
    assert await asyncio.to_thread(renderer.begun.wait, PATIENCE)  # in a loop that was held, never reached
    waiting.pop().cancel()
    renderer.free.set()
    first, *others = await asyncio.gather(*waiting)
    assert all(one is first for one in others)
    assert renderer.rendered == [(SLUGS[0], "zh")]


async def test_a_rendering_that_failed_is_tried_again(parsed: ParsedIssues) -> None:
    cuts = RenderCache(parsed, OnceBroken(), most=10, now=Steady().now)
    with pytest.raises(KeyError):
        await cuts.render(SLUGS[0], Cut())
    assert (await cuts.render(SLUGS[0], Cut())).messages


async def test_what_there_is_no_issue_of_cannot_be_sent(
    parsed: ParsedIssues, renderer: CountingRenderer
) -> None:
    with pytest.raises(JianbaoError, match="1999-01-01") as raised:
        await RenderCache(parsed, renderer, most=2, now=Steady().now).render("1999-01-01", Cut())
    assert not isinstance(raised.value, SendError)  # Telegram was not asked
