"""The files that an operator starts the bot with: sound by their own tools, and with no right too many."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.nightly import nightly
from tests.packaging.conftest import ROOT, said_by, tool

COMPOSE = ("compose.yaml", "compose.postgres.yaml")
UNIT = ROOT / "deploy" / "jianbao.service"
MOST_EXPOSED = "15"  # tenths: 1.5 of 10, by `systemd-analyze security`


def _services(name: str) -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / name).read_text("utf-8"))["services"]
    return services


@nightly("it starts the program that reads them")
def test_the_compose_files_are_what_compose_reads() -> None:
    files = (ROOT / name for name in COMPOSE)

    code, said = said_by(tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", *files)

    assert code == 0, said


@pytest.mark.parametrize("service", ["jianbao", "database"])
def test_a_container_comes_back_and_has_no_right_too_many(service: str) -> None:
    says = {key: value for name in COMPOSE for key, value in _services(name).get(service, {}).items()}

    assert says["restart"] == "unless-stopped"
    assert says["read_only"] is True
    assert says["cap_drop"] == ["ALL"]
    assert says["security_opt"] == ["no-new-privileges"]
    assert "ports" not in says


def test_secrets_are_files() -> None:
    for name in COMPOSE:
        for service in _services(name).values():
            for variable, value in service.get("environment", {}).items():
                assert not re.search(r"(TOKEN|PASSWORD)$", variable)
                assert not re.search(r"://[^/@]*:[^/@]*@", value)
    assert "JIANBAO_TOKEN=" not in UNIT.read_text("utf-8")


def test_the_example_of_an_environment_names_all_that_compose_asks_for_and_only_settings_besides() -> None:
    def found(pattern: str, name: str) -> set[str]:
        return set(re.findall(pattern, (ROOT / name).read_text("utf-8"), flags=re.MULTILINE))

    named = found(r"^#?([A-Z_]+)=", ".env.example")
    asked = found(r"\$\{(\w+)", "compose.yaml") | found(r"\$\{(\w+)", "compose.postgres.yaml")

    assert named >= asked
    assert named - asked - {"COMPOSE_FILE"} <= found(r"`(JIANBAO_\w+)`", "docs/settings.md")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that is there on every machine."""
    file = tmp_path / UNIT.name
    file.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text("utf-8"), flags=re.M))
    return file


def test_the_unit_is_sound(unit: Path) -> None:
    assert said_by(tool("systemd-analyze"), "verify", "--man=no", unit) == (0, "")


def test_the_unit_has_few_rights(unit: Path) -> None:
    judge = (tool("systemd-analyze"), "security", "--offline=true", "--no-pager")

    code, said = said_by(*judge, f"--threshold={MOST_EXPOSED}", unit)

    assert code == 0, said
