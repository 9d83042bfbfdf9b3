"""The demo plays whatever digest is configured."""

from pathlib import Path

import pytest

from bot.cli.demo import configured, samples_of
from bot.errors import BadInput
from bot.settings import load, read_proxy
from bot.words.natural_order import numbers_of


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
