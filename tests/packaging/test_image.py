"""The rules that the container image and the check of a change keep."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, said_by, tool

BASE = "python:3.13-slim-bookworm"

#: The instructions of the Dockerfile, in order: word and argument.
Recipe = tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    """What the Dockerfile says, comments and line breaks apart."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", "").splitlines()
    return tuple((word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines) if word)


def _last(recipe: Recipe, word: str) -> str:
    return [rest for name, rest in recipe if name == word][-1]


def test_the_image_stands_on_a_named_base_from_nowhere_in_particular(
    recipe: Recipe,
) -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")

    assert [rest.partition(" AS ")[0] for word, rest in recipe if word == "FROM"] == [BASE, BASE]
    assert "@sha256" not in text
    assert not re.search(r"https?://", text)
    assert not re.search(r"^#\s*syntax", text, flags=re.MULTILINE)


def test_the_image_runs_as_a_user_without_a_name(recipe: Recipe) -> None:
    user, group = _last(recipe, "USER").split(":")

    assert int(user) > 0
    assert int(group) > 0


@pytest.mark.parametrize("word", ["ENTRYPOINT", "CMD"])
def test_signals_reach_the_bot_because_no_shell_stands_between(recipe: Recipe, word: str) -> None:
    assert all(isinstance(part, str) for part in json.loads(_last(recipe, word)))


def test_the_image_asks_the_bot_how_it_is(recipe: Recipe) -> None:
    _, _, command = _last(recipe, "HEALTHCHECK").partition("CMD ")

    assert json.loads(command) == ["jianbao", "health"]


def test_every_download_of_the_image_is_checked(recipe: Recipe) -> None:
    commands = [part for word, rest in recipe if word == "RUN" for part in rest.split("&&")]
    installs = [command for command in commands if " install " in command and "pip" in command]

    assert installs
    assert all("--require-hashes" in command or "--no-index" in command for command in installs)


def test_only_one_step_compiles_what_the_image_holds(recipe: Recipe) -> None:
    """What pip compiled would be kept as it is: checked by the times of files, and all of it."""
    commands = [part for word, rest in recipe if word == "RUN" for part in rest.split("&&")]
    installs = [command for command in commands if "pip --python" in command]

    assert installs
    assert all("--no-compile" in command for command in installs)
    assert "PIP_NO_COMPILE" not in str(recipe)  # which, set to 1, has pip compile


def test_the_dockerfile_is_sound() -> None:
    assert said_by(tool("hadolint"), "--no-color", ROOT / "Dockerfile") == (0, "")


def test_what_the_image_is_made_from_gets_into_the_build() -> None:
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    }

    assert let_in >= {"bot", "config", "issues", "pyproject.toml", "requirements.lock"}
    assert all((ROOT / name).exists() for name in let_in)


def test_the_check_of_a_change_can_be_started_and_names_no_address() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert "://" not in script.read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may try another root")
def test_what_is_collected_of_git_runs_with_its_libraries_alone(tmp_path: Path) -> None:
    none = tmp_path / "libraries"
    none.touch()
    root = tmp_path / "root"
    assert said_by(ROOT / "deploy/collect-git", none, root) == (0, "")
    loader = next(Path("/").glob("lib*/ld-linux-*.so.*"))
    (root / "lib").symlink_to("usr/lib")
    (root / loader.parent.name).mkdir(exist_ok=True)
    shutil.copy(loader, root / loader.parent.name)
    (root / "dev").mkdir()
    (root / "dev/null").touch()
    (root / "etc").mkdir()
    (root / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\n")
    code, said = said_by("chroot", root, "/usr/bin/git", "version")
    assert (code, said[:12]) == (0, "git version ")
    code, said = said_by("chroot", root, "/usr/lib/git-core/git-remote-https")
    assert "usage: git remote-curl" in said
    code, said = said_by("chroot", root, "/usr/bin/ssh", "-V")
    assert (code, said[:7]) == (0, "OpenSSH")
