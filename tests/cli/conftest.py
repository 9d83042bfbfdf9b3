"""The command line on a folder, a database and a configuration of its own."""

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cli.command import execute

ISSUE = """\
# 样刊 (2026-03-02)：新芯片/低比特

**一句话介绍**

导读：本期两条。

- 某公司：发布了手机芯片。

## 业界新闻

- [晶圆代工涨价 | 某报](https://example.com/foundry)
摘要：代工厂宣布涨价。

## 论文

- [ICLR 2026] [四比特量化的新方法 | 某大学](https://example.com/quantization)
代码：https://example.com/code
摘要：第一行说量化。
第二行说细节。
"""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """All that it said."""
        return self.out + self.err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the commands run in, with one issue."""
    for name in [name for name in os.environ if name.upper().startswith("JIANBAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIANBAO_ISSUES", "issues")
    write(tmp_path / "issues" / "2026-03-02.md", ISSUE)
    return tmp_path


@pytest.fixture
def database(home: Path, sqlite_file: Path) -> Path:
    """The database where it is by default, as `jianbao migrate` leaves it."""
    file = home / "data" / "jianbao.sqlite"
    file.parent.mkdir(exist_ok=True)
    return file if file.exists() else Path(shutil.copy(sqlite_file, file))


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """What a command does to the log ends with the test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def jianbao(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command as the console does; every failure is one line on standard error."""

    def run(*arguments: str) -> Result:
        try:
            code = execute(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Result(code=code, out=printed.out, err=printed.err)

    return run


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
