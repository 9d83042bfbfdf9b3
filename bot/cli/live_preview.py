"""jianbao preview --watch: a page that shows an issue as readers get it, anew whenever it is saved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.cli.browser import open_page
from bot.cli.desk import Desk
from bot.cli.findings import Checked, as_values
from bot.cli.issue_files import IssueFile
from bot.cli.output import write
from bot.cli.reading import Batch
from bot.errors import JianbaoError
from bot.model import is_topics
from bot.sandbox.guard import guard
from bot.settings import Configuration
from bot.web.live_page import LivePage, View

_REST = 0.15  # seconds between two looks at the file
_HEADING = {"zh": "检查：{} 处", "en": "check: {}"}
_NOTHING = {"zh": "检查：没有发现问题", "en": "check: nothing found"}
_STATE = {"zh": "{:%H:%M:%S} 的样子；保存文件即更新", "en": "as of {:%H:%M:%S}; save the file to see it anew"}


def watch(
    configuration: Configuration, file: IssueFile, render: Callable[[], str], *, port: int, browser: bool
) -> None:
    """Serve the page until Ctrl-C; ``render`` gives the messages as a page of their own."""

    def running(url: str) -> None:
        write(f"The preview: {url}\nPress Ctrl-C to stop it.")
        if browser:
            open_page(url)

    with suppress(KeyboardInterrupt):
        asyncio.run(show_live(Preview(configuration, file, render), port=port, running=running))


class Preview:
    """The views of one file. What cannot be read leaves the messages as they were, with the reason."""

    def __init__(self, configuration: Configuration, file: IssueFile, render: Callable[[], str]) -> None:
        self._language = configuration.profile.language
        self._desk = Desk(configuration, (file,), Batch())
        self._render = render
        self._messages = ""
        self.file = file

    def view(self) -> View:
        """The file as it is now; blocks."""
        try:
            checked = self._desk.check_anew(self.file)
            self._messages = self._render()
        except JianbaoError as error:
            return self._as_view(Checked(path=str(self.file), findings=()), str(error))
        return self._as_view(checked, None)

    def _as_view(self, checked: Checked, trouble: str | None) -> View:
        count = len(checked.findings)
        heading = _HEADING[self._language].format(count) if count else _NOTHING[self._language]
        return View(
            messages=self._messages,
            beside={
                "language": "zh-CN" if self._language == "zh" else "en",
                "file": str(self.file),
                "trouble": trouble,
                "heading": "" if trouble else heading,
                "findings": as_values(checked),
                "state": _STATE[self._language].format(datetime.now()),  # noqa: DTZ005  # the editor's own clock
            },
        )


async def show_live(preview: Preview, *, port: int, running: Callable[[str], None]) -> None:
    """Serve the views of a file, which is looked at all the time; ends never."""
    page = LivePage(await asyncio.to_thread(preview.view), host="127.0.0.1", port=port, guards=(guard,))
    url = await page.start()
    try:
        running(url)
        async for _ in _changes(preview.file.path):
            page.show(await asyncio.to_thread(preview.view))
    finally:
        await page.stop()


async def _changes(path: Path) -> AsyncIterator[None]:
    """Each time that the file, or one of topics beside it, is not what it was."""
    before = _stamps(path)
    while True:
        await asyncio.sleep(_REST)
        now = _stamps(path)
        if now != before:
            before = now
            yield


def _stamps(path: Path) -> dict[Path, tuple[int, ...]]:
    """How the file and those of topics in its folder stand; each of these may be about one of its issues."""
    beside = filter(lambda one: is_topics(one.name), path.parent.glob("*"))
    return {file: stamp for file in (path, *beside) if (stamp := _stamp(file))}


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
