"""The demo plays whatever digest is configured."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.demo import configured, samples_of, set_up
from bot.cli.demo_stage import Stage
from bot.digest.reader import IssueReader
from bot.errors import BadInput
from bot.runtime.origin import make_source
from bot.settings import Configuration, load, read_proxy
from bot.words.natural_order import numbers_of
from tests.sources.git.forge import Repository


def test_the_issues_of_the_configured_folder_come_in_the_order_of_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, issues = tmp_path / "weekly-config", tmp_path / "weekly"
    config.mkdir()
    issues.mkdir()
    (config / "digest.yml").write_text("extends: numbered-paragraphs\n", "utf-8")
    for name in ("issue-10.md", "issue-9.md", "issue-100.md", "README.md"):
        (issues / name).write_text("# 周刊", "utf-8")
    monkeypatch.setenv("JIANBAO_CONFIG", str(config))
    monkeypatch.setenv("JIANBAO_ISSUES", str(issues))
    assert samples_of(load()) == ["issue-9.md", "issue-10.md", "issue-100.md"]


def test_a_small_raised_figure_in_a_name_is_no_number() -> None:
    assert numbers_of("issue-²-7") == (7,)


def test_a_folder_without_issues_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_ISSUES", str(tmp_path / "empty"))
    with pytest.raises(BadInput, match=r"JIANBAO_ISSUES: .*: no file in this folder is named"):
        samples_of(load())


def test_a_proxy_or_a_webhook_of_the_real_bot_is_none_of_the_demos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANBAO_TELEGRAM__PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("JIANBAO_TELEGRAM__WEBHOOK__URL", "https://bot.example.org/x")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    settings = configured(load(), tmp_path, "http://127.0.0.1:8099").settings
    assert settings.telegram.webhook.url is None
    assert read_proxy(settings) is None


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configuration:
    """A digest of five issues, three of which the button has still to drop."""
    issues = tmp_path / "weekly"
    issues.mkdir()
    for day in (*range(1, 5), 9):
        file = issues / f"2026-03-0{day}.md"
        file.write_text(f"# 简报 {day}\n\n## 论文\n\n- [题目 | 知乎](https://example.com/{day})\n", "utf-8")
    monkeypatch.setenv("JIANBAO_ISSUES", str(issues))
    return load()


def read_by_the_bot(configuration: Configuration, stage: Stage) -> Mapping[str, str]:
    made = configured(configuration, stage.home, "http://127.0.0.1:8099", source=stage.place.source)
    source = make_source(made, IssueReader(made.profile, made.topics))
    source.check()
    files = source.read(datetime(2026, 3, 9, tzinfo=UTC), unsettled_too=False).files
    return {file.name: file.text() for file in files}


@pytest.mark.parametrize("git", [False, True])
async def test_the_demos_bot_reads_what_the_button_dropped(
    tmp_path: Path, digest: Configuration, *, git: bool
) -> None:
    stage = set_up(made_below(tmp_path), digest, git=git)
    assert list(read_by_the_bot(digest, stage)) == ["2026-03-01.md", "2026-03-02.md"]
    assert (await stage.drop()).startswith("2026-03-03.md → ")
    assert list(read_by_the_bot(digest, stage))[2:] == ["2026-03-03.md"]


async def test_what_an_editor_pushes_and_what_the_button_drops_stand_beside_each_other(
    tmp_path: Path, digest: Configuration
) -> None:
    stage = set_up(made_below(tmp_path), digest, git=True)
    desk = Repository(tmp_path / "desk")
    desk.git("remote", "add", "origin", str(stage.home / "digest.git"))
    desk.git("pull", "-q", "origin", "main")
    desk.commit({"issues/2026-03-05.md": "# 我的一期\n"})
    desk.git("push", "-q", "origin", "main")
    await stage.drop()
    found = read_by_the_bot(digest, stage)
    assert found["2026-03-05.md"] == "# 我的一期\n"
    assert found["2026-03-03.md"].startswith("# 简报 3")


def test_the_terminal_says_where_to_push(tmp_path: Path, digest: Configuration) -> None:
    stage = set_up(made_below(tmp_path), digest, git=True)
    assert f"git clone {stage.home / 'digest.git'}" in stage.place.hint


def made_below(path: Path) -> Path:
    home = path / "demo"
    home.mkdir()
    return home
