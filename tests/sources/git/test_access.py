"""What opens a repository: a token over HTTP, a key over SSH, each in a file and shown to nobody else."""

import os
import shlex
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from bot.errors import BadInput, SourceAway
from tests.builders import NOON
from tests.sources.git.conftest import Make
from tests.sources.git.forge import Repository, forge

FIRST = "2026-03-02.md"
SECRET = "s3cret-token-of-the-forge"  # the tests' own
#: SSH as far as git uses it: it writes down how it was called, and runs what the host would run.
SSH = """#!/bin/sh
printf '%s\\n' "$@" > '{told}'
while [ "$1" != -- ] && [ "$#" -gt 2 ]; do shift; done
exec sh -c "$2"
"""


def basic(user: str) -> str:
    return "Basic " + b64encode(f"{user}:{SECRET}".encode()).decode()


@pytest.fixture
def token(tmp_path: Path) -> Path:
    path = tmp_path / "token of the forge"
    path.write_text(f"{SECRET}\r\n")
    return path


@pytest.mark.parametrize(("user", "address"), [("git", "http://"), ("oauth2", "http://oauth2@")])
def test_a_token_opens_a_repository(
    repository: Repository, reader: Make, token: Path, user: str, address: str
) -> None:
    repository.commit({FIRST: "one"})
    with forge(repository.path.parent, basic(user)) as (url, _):
        named = url.replace("http://", address)
        assert reader(f"{named}/digest/.git", token_file=token).source.read(NOON).files


@pytest.mark.skipif(sys.platform != "linux", reason="other systems show processes otherwise")
def test_a_token_stands_in_no_argument_no_environment_and_no_file(
    repository: Repository, reader: Make, token: Path
) -> None:
    repository.commit({FIRST: "one"})
    seen: list[bytes] = []

    def look() -> None:
        for process in Path("/proc").glob("[0-9]*"):
            for name in ("cmdline", "environ"):
                try:
                    seen.append((process / name).read_bytes())
                except OSError:  # it has ended, or is somebody else's
                    continue

    with forge(repository.path.parent, basic("git"), look) as (url, _):
        source = reader(f"{url}/digest/.git", token_file=token)
        assert source.source.read(NOON).files
    assert any(b"git-remote-http" in text for text in seen)
    assert not any(SECRET.encode() in text for text in seen)
    kept = [path for path in source.mirror.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in path.read_bytes() for path in kept)
    assert SECRET not in repr(source.source)


def test_a_wrong_token_is_a_trouble_that_does_not_quote_it(
    repository: Repository, reader: Make, token: Path
) -> None:
    repository.commit({FIRST: "one"})
    with forge(repository.path.parent, "Basic other") as (url, _):
        with pytest.raises(SourceAway, match=r"Authentication failed.*is the token in source\.token") as told:
            reader(f"{url}/digest/.git", token_file=token).source.read(NOON)
        with pytest.raises(SourceAway, match=r"if it needs a token"):
            reader(f"{url}/digest/.git").source.read(NOON)
    assert SECRET not in str(told.value)


def test_another_host_is_not_shown_the_token(reader: Make, token: Path) -> None:
    address = reader("https://forge.example/digest.git", token_file=token).source
    assert '[credential "https://forge.example"]' in address._repository.configuration()


@pytest.mark.parametrize("url", ["git@forge.example:us/digest.git", "ssh://git@forge.example/us/digest.git"])
def test_a_key_opens_a_repository_over_ssh(
    repository: Repository, reader: Make, tmp_path: Path, url: str
) -> None:
    repository.commit({FIRST: "one"})
    told = tmp_path / "told"
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "ssh").write_text(SSH.format(told=told))
    (programs / "ssh").chmod(0o755)
    key, hosts = tmp_path / "a key", tmp_path / "known hosts"
    key.touch()
    hosts.touch()
    path = f"{programs}:{os.environ['PATH']}"
    where = url.replace("/us/digest.git", str(repository.path)).replace("us/digest.git", str(repository.path))
    source = reader(where, key_file=key, known_hosts_file=hosts, environment={"PATH": path})
    assert source.source.read(NOON).files
    words = told.read_text().splitlines()
    assert words[words.index("-i") + 1] == str(key)
    assert {"BatchMode=yes", "StrictHostKeyChecking=yes", f'UserKnownHostsFile="{hosts}"'} <= set(words)
    assert words[words.index("-F") + 1] == os.devnull


def test_files_named_from_the_current_folder_are_found(
    repository: Repository, reader: Make, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({FIRST: "one"})
    monkeypatch.chdir(token.parent)
    with forge(repository.path.parent, basic("git")) as (url, _):
        assert reader(f"{url}/digest/.git", token_file=Path(token.name)).source.read(NOON).files
    named = {"key_file": Path("key"), "known_hosts_file": Path("hosts")}
    command = shlex.split(reader("git@forge.example:x", **named).source._repository._ssh())
    assert command[-1] == str(token.parent / "key")
    assert f'UserKnownHostsFile="{token.parent / "hosts"}"' in command


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("git@x: Permission denied (publickey).", "name the file of a key that may read it"),
        ("@@@@\nWARNING: CHANGED!\n@@@@\nHost key verification failed.", "put the host's key into a file"),
        ("Warning: Identity file k not accessible\nssh: connect to host x port 22: No route", "No route"),
    ],
)
def test_what_ssh_says_is_told_with_what_to_do(
    repository: Repository, reader: Make, tmp_path: Path, said: str, told: str
) -> None:
    repository.commit({FIRST: "one"})
    (tmp_path / "ssh").write_text(f"#!/bin/sh\ncat >&2 <<END\n{said}\nEND\nexit 255\n")
    (tmp_path / "ssh").chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    with pytest.raises(SourceAway) as error:
        reader("git@forge.example:x", environment={"PATH": path}).source.read(NOON)
    assert told in str(error.value)


@pytest.mark.parametrize("kind", ["key_file", "token_file", "known_hosts_file"])
def test_a_file_that_cannot_be_read_is_named(reader: Make, tmp_path: Path, kind: str) -> None:
    with pytest.raises(BadInput, match=r"source\.git: .*missing cannot be read: No such file"):
        reader(**{kind: tmp_path / "missing"}).source.check()


def test_nothing_of_the_bots_environment_reaches_git(reader: Make) -> None:
    given = {"JIANBAO_TOKEN": "123:ABC", "GIT_EXEC_PATH": "/evil", "HTTPS_PROXY": "http://proxy:8080"}
    source = reader(environment=given)
    handed_on = source.source._mirror._git._environment
    assert handed_on["HTTPS_PROXY"] == "http://proxy:8080"
    assert not {"JIANBAO_TOKEN", "GIT_EXEC_PATH"} & handed_on.keys()
