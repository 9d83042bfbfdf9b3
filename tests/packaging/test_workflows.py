"""What GitHub does with a change: it checks it, builds the image, and may write nothing."""

import tomllib
from typing import Any

import pytest
import yaml

from tests.packaging.conftest import ROOT
from tests.packaging.test_image import BASE

#: A workflow as YAML reads it, to which the key `on` is a truth.
Workflow = dict[Any, Any]

WORKFLOWS: dict[str, Workflow] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / ".github/workflows").glob("*.yml")
}


def _commands(workflow: Workflow) -> list[str]:
    return [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("name", ["ci", "image"])
def test_a_workflow_reads_the_repository_and_may_do_nothing_else(name: str) -> None:
    workflow = WORKFLOWS[name]

    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())
    assert "secrets." not in str(workflow)


def test_a_change_is_checked_as_here_with_the_oldest_python_and_with_the_one_of_the_image() -> None:
    (job,) = WORKFLOWS["ci"]["jobs"].values()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=")
    of_the_image = BASE.removeprefix("python:").removesuffix("-slim-bookworm")

    assert ".ci/run" in _commands(WORKFLOWS["ci"])
    assert job["strategy"]["matrix"]["python"] == [oldest, of_the_image]


@pytest.mark.parametrize("event", ["push", "pull_request"])
def test_the_image_is_built_when_anything_changes_that_it_is_made_from(event: str) -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    made_from = {"Dockerfile", ".dockerignore", ".github/workflows/image.yml"} | let_in

    paths = WORKFLOWS["image"][True][event]["paths"]

    assert {path.removesuffix("/**") for path in paths} == made_from
    assert all(path.endswith("/**") == (ROOT / path.removesuffix("/**")).is_dir() for path in paths)


def test_the_image_is_built_for_every_release() -> None:
    assert WORKFLOWS["image"][True]["push"]["tags"] == ["v*"]
