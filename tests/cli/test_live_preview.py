"""jianbao preview --watch: an editor types, and the page beside the editor shows what readers will get."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page, expect

from bot.cli.issue_files import IssueFile
from bot.cli.live_preview import Preview, show_live
from bot.cli.reading import issue_reader
from bot.digest.names import DigestNames
from bot.messages.preview import as_html
from bot.messages.renderer import Renderer
from bot.model import Cut
from bot.settings import load
from tests.browser import chromium
from tests.cli.conftest import ISSUE, Run

PATH = Path("issues/2026-03-02.md")
WRONG = ISSUE.replace("(https://example.com/foundry)", "()")


def preview_of(path: Path) -> Preview:
    configuration = load()
    file = IssueFile(path=path, below=path.name)
    read, renderer = (
        issue_reader(configuration),
        Renderer(DigestNames(configuration.profile, configuration.topics)),
    )

    def render() -> str:
        (issue,) = read(file)
        return as_html(renderer.issue(issue, Cut()), title=issue.title or "", language="zh")

    return Preview(configuration, file, render)


@asynccontextmanager
async def shown(path: Path = PATH) -> AsyncIterator[str]:
    """The address of the page of a file that is being watched."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(show_live(preview_of(path), port=0, running=address.set_result))
    try:
        yield await address
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


def saved(text: str | None) -> None:
    """As the editor's program leaves the file; None: it was removed."""
    if text is None:
        PATH.unlink()
    else:
        PATH.write_text(text, "utf-8")


async def reloaded(page: Page, version: int) -> None:
    await expect(page.locator("#messages")).to_have_attribute("data-version", str(version))


async def test_what_is_saved_is_shown_with_what_is_wrong_with_it() -> None:
    async with shown() as url, chromium() as browser:
        page = await browser.new_page(viewport={"width": 1200, "height": 800})
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        await page.goto(url)
        messages = page.frame_locator("#messages")
        await expect(messages.get_by_text("晶圆代工涨价")).to_be_visible()
        await expect(page.get_by_text("检查：没有发现问题")).to_be_visible()

        saved(WRONG)
        await expect(page.get_by_role("listitem")).to_have_text(
            ["11:3 empty-linkthe link has no text or no address"]
        )
        await reloaded(page, 2)

        saved(ISSUE.replace("四比特", "两比特"))
        await expect(messages.get_by_text("两比特量化的新方法")).to_be_visible()
        await expect(page.get_by_role("listitem")).to_have_count(0)
    assert faults == []


async def test_what_is_saved_in_the_file_of_topics_beside_it_is_shown() -> None:
    beside = PATH.with_name("2026-03-02.topics.yml")
    async with shown() as url, chromium() as browser:
        page = await browser.new_page()
        await page.goto(url)
        await expect(page.get_by_text("检查：没有发现问题")).to_be_visible()
        beside.write_text("没有的条目: cpu\n", "utf-8")
        await expect(page.get_by_role("listitem")).to_contain_text(["topics-astray"])
        beside.unlink()
        await expect(page.get_by_role("listitem")).to_have_count(0)


async def test_the_reader_of_the_page_stays_where_they_were() -> None:
    lines = "".join(
        f"- [第 {number} 条 | 某报](https://example.com/{number})\n摘要：{'很长。' * 40}\n"
        for number in range(30)
    )
    saved(ISSUE + lines)
    async with shown() as url, chromium() as browser:
        page = await browser.new_page(viewport={"width": 900, "height": 700})
        await page.goto(url)
        await reloaded(page, 1)
        await page.evaluate("document.getElementById('messages').contentWindow.scrollTo(0, 900)")
        saved(ISSUE + lines.replace("第 29 条", "最后一条"))
        await reloaded(page, 2)
        assert await page.evaluate("document.getElementById('messages').contentWindow.scrollY") == 900


async def test_a_file_that_cannot_be_read_is_told_and_the_messages_stay() -> None:
    async with shown() as url, chromium() as browser:
        page = await browser.new_page()
        await page.goto(url)
        await reloaded(page, 1)
        saved(None)
        await expect(page.get_by_role("alert")).to_contain_text("No such file or directory")
        await expect(page.frame_locator("#messages").get_by_text("晶圆代工涨价")).to_be_visible()
        saved(ISSUE)
        await expect(page.get_by_role("alert")).to_be_hidden()


async def test_a_page_elsewhere_cannot_read_the_draft() -> None:
    async with shown() as url, aiohttp.ClientSession() as session:
        for path in ("", "messages", "events"):
            async with session.get(url + path, headers={"Host": "evil.example"}) as answer:
                assert answer.status == 403
            async with session.get(url + path, headers={"Origin": "https://evil.example"}) as answer:
                assert answer.status == 403
        async with session.get(f"{url}page/live_page.py") as answer:
            assert answer.status == 404
        async with session.get(f"{url}messages") as answer:
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_file_that_is_not_there_is_one_line(jianbao: Run) -> None:
    result = jianbao("preview", "--watch", "nothing.md")
    assert (result.code, len(result.err.splitlines())) == (2, 1)
    assert "nothing.md" in result.err


@pytest.mark.parametrize("form", ["json", "html"])
def test_it_is_a_page_and_has_no_other_form(jianbao: Run, form: str) -> None:
    result = jianbao("preview", "--watch", str(PATH), "--format", form)
    assert (result.code, result.err) == (2, "jianbao: --watch: cannot be combined with --format\n")
