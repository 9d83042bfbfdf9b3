"""Editors complete and check configuration files by their schemas, and refuse what the bot would refuse."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings.schema import SCHEMAS
from tests.settings.json_schema import faults

CONFIG = Path(__file__).resolve().parents[2] / "config"
FILES = sorted(path for path in CONFIG.rglob("*.yml"))
NAMED = "# yaml-language-server: $schema="


def schema_named_by(path: Path) -> Path:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith(NAMED)
    return (path.parent / first.removeprefix(NAMED)).resolve()


def found(text: str, schema: str) -> list[str]:
    return list(faults(yaml.safe_load(text), SCHEMAS[schema]()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_file_names_its_schema_and_is_as_it_says(path: Path) -> None:
    schema: dict[str, Any] = json.loads(schema_named_by(path).read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(faults(yaml.safe_load(path.read_text("utf-8")), schema)) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_named_by_a_shipped_file(name: str) -> None:
    assert CONFIG / "schema" / f"{name}.json" in {schema_named_by(path) for path in FILES}


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("bot", "{}"),
        ("bot", "database_url: postgresql+asyncpg://host/name"),
        ("bot", "schedule: {read: {cron: '0 8 * * *'}}"),
        ("digest", "extends: link-lists"),
        ("digest", "{extends: link-lists, sections: {news: {headings: [Novelties]}}, highlights: null}"),
        ("digest", "{name: Mine, language: en, files: '.*', date: null}"),
        ("topics", "topics: {price: {names: {zh: 涨价, en: Price}, terms: [涨价], not: [物价]}}"),
    ],
)
def test_a_file_of_ones_own_may_say(schema: str, text: str) -> None:
    assert found(text, schema) == []


@pytest.mark.parametrize(
    ("schema", "text", "fault"),
    [
        ("bot", "reading: {back_issues_per_page: 30}", "$.reading.back_issues_per_page: maximum"),
        ("bot", "delivery: {rate: 0}", "$.delivery.rate: exclusiveMinimum"),
        ("bot", "delivery: {edits: maybe}", "$.delivery.edits: enum"),
        ("bot", "publishing: {hold_until_date: 7}", "$.publishing.hold_until_date: type"),
        ("bot", "delivery: {speed: 7}", "$.delivery.speed: additionalProperties"),
        ("bot", "token: 1:a", "$.token: additionalProperties"),
        ("bot", "config: mine", "$.config: additionalProperties"),
        ("digest", "name: Mine", "$: anyOf"),
        ("digest", "{extends: link-lists, sections: {News!: {}}}", "$.sections.News!: additionalProperties"),
        ("digest", "{extends: link-lists, items: {begin: [dash]}}", "$.items.begin[0]: enum"),
        ("digest", "{extends: link-lists, flash: {names: {fr: x}}}", "$.flash: anyOf"),
        ("topics", "topics: {price: {names: {zh: 涨价}}}", "$.topics.price: required"),
        ("topics", "topics: {a: {names: {}, terms: ['a*b']}}", "$.topics.a.terms[0]: pattern"),
    ],
)
def test_it_may_not_say(schema: str, text: str, fault: str) -> None:
    assert found(text, schema) == [fault]


def examples() -> list[tuple[str, str]]:
    """The configuration files in the documents, each with the schema that its comment or its keys name."""
    root = CONFIG.parent
    found = []
    for page in (root / "README.md", *sorted((root / "docs").glob("*.md"))):
        for text in re.findall(r"^```yaml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            values = yaml.safe_load(text)
            if isinstance(values, dict) and values.keys() <= SCHEMAS["bot"]()["properties"].keys():
                found.append((page.name, text))
    return found


@pytest.mark.parametrize(("page", "text"), examples())
def test_a_bot_yml_of_the_documents_is_as_the_schema_says(page: str, text: str) -> None:
    assert found(text, "bot") == [], page


def test_the_documents_have_such_examples() -> None:
    assert "git.md" in {page for page, _ in examples()}


@pytest.mark.parametrize("section", ["source", "publishing", "delivery", "telegram"])
def test_a_slip_in_a_shipped_file_is_found(section: str) -> None:
    values = yaml.safe_load((CONFIG / "bot.yml").read_text("utf-8"))
    values[section]["pol"] = 1
    assert list(faults(values, SCHEMAS["bot"]())) == [f"$.{section}.pol: additionalProperties"]
