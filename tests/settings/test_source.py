"""Where issues come from: a folder or a repository, and what opens the repository."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.settings import load, place_of, read_hook_secret, secrets_of

SECRET = "a-secret-of-the-forge-0815"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes bot.yml with these keys of ``source``."""
    monkeypatch.setenv("JIANBAO_CONFIG", str(tmp_path))
    monkeypatch.setenv("JIANBAO_TOKEN", "1:token")
    monkeypatch.delenv("JIANBAO_ISSUES", raising=False)

    def write(keys: str, more: str = "") -> None:
        (tmp_path / "bot.yml").write_text(f"source: {{{keys}}}\n{more}", "utf-8")

    return write


@pytest.mark.parametrize(
    "url",
    [
        "https://forge.example/us/digest.git",
        "https://forge.example:8443/us/digest",
        "ssh://git@forge.example:2222/us/digest.git",
        "git@forge.example:us/digest.git",
        "file:///srv/digest.git",
        "/srv/digest.git",
    ],
)
def test_an_address_as_forges_show_it_is_taken(source: Callable[[str], None], url: str) -> None:
    source(f"git: '{url}', branch: main, folder: issues/")
    settings = load().settings
    assert (settings.source.git, settings.source.folder) == (url, "issues")
    assert settings.names_issues
    assert settings.issues_place == url
    assert place_of("source.git", settings).endswith("bot.yml: source.git")


@pytest.mark.parametrize(
    "user", ["oauth2", "x-access-token", "gitlab+deploy-token-123456", "editor.of.the.digest%40example.org"]
)
def test_a_token_may_be_that_of_a_user(source: Callable[[str], None], user: str) -> None:
    url = f"https://{user}@forge.example/us/digest"
    source(f"git: '{url}', token_file: forge-token")
    assert load().settings.source.git == url


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("git: 'ext::sh -c true'", "must be https://host/path"),
        ("git: --upload-pack=sh", "must be https://host/path"),
        ("git: digest.git", "must be https://host/path"),
        ("git: 'https://me:hush@forge.example/x'", "must hold no password"),
        ("git: 'https://ghp_hush@forge.example/x', token_file: t", "must hold no token"),
        ("git: 'https://github_pat_hush@forge.example/x', token_file: t", "must hold no token"),
        ("git: 'https://glpat-hush@forge.example/x'", "must hold no token"),
        ("git: 'https://glp%61t-hush@forge.example/x', token_file: t", "must hold no token"),
        ("git: 'https://hush5f0e9d8c7b6a59483726@forge.example/x', token_file: t", "must hold no token"),
        ("git: 'https://hush:@forge.example/x', token_file: t", "must hold no password"),
        ("git: 'https://hush@forge.example/x'", "write it into a file, and name that in source.token_file"),
        ("git: /srv/x, branch: -x", "is no name of a branch"),
        ("git: /srv/x, branch: 'a..b'", "is no name of a branch"),
        ("git: /srv/x, folder: ../x", "must be a path in the repository"),
        ("git: /srv/x, folder: /x", "must be a path in the repository"),
        ("git: /srv/x, poll: 0", "greater than or equal to"),
        ("git: 'http://forge.example/x', token_file: t", "anybody on the way could read the token"),
        ("git: 'git@forge.example:x', token_file: t", "name a key_file for SSH"),
        ("git: 'https://forge.example/x', key_file: k", "name a token_file for https://"),
        ("git: /srv/x, webhook: {secret_file: s}", "needs web.port"),
        ("webhook: {secret_file: s}", "needs web.port"),
        ("git: /srv/x, webhook: {path: source}", "must be a path such as /source"),
    ],
)
def test_what_cannot_be_is_said(source: Callable[[str], None], keys: str, reason: str) -> None:
    source(keys)
    with pytest.raises(BadInput) as told:
        load()
    assert reason in str(told.value)
    assert "source" in str(told.value)
    assert "hush" not in str(told.value)


def test_a_folder_and_a_repository_are_not_both_read(
    source: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    source("git: /srv/digest.git")
    monkeypatch.setenv("JIANBAO_ISSUES", "/srv/issues")
    with pytest.raises(BadInput, match=r"bot\.yml: source\.git: the issues come from the folder .* already"):
        load()


def test_its_secrets_are_among_those_that_no_log_shows(
    source: Callable[[str, str], None], tmp_path: Path
) -> None:
    (tmp_path / "t").write_text("token-of-the-forge\n")
    (tmp_path / "s").write_text(SECRET)
    keys = "git: 'https://forge.example/x', token_file: t, webhook: {secret_file: s}"
    source(keys, "web: {port: 8080}")
    assert {"token-of-the-forge", SECRET} <= set(secrets_of(load().settings))


def test_a_short_secret_is_refused(source: Callable[[str, str], None], tmp_path: Path) -> None:
    (tmp_path / "s").write_text("short")
    source("git: /srv/x, webhook: {secret_file: s}", "web: {port: 8080}")
    with pytest.raises(BadInput, match="must hold 16 characters at least"):
        read_hook_secret(load().settings)
