"""What a setting means stands once, at its field; comments, schemas and documentation are made from it.

REWRITE_GOLDEN=1 writes the generated files anew, for the eyes of whoever changed a setting.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.settings.keys import Key, keys_of
from bot.settings.reference import bot_yml, profile_comments, settings_page
from bot.settings.schema import SCHEMAS, settings_schema

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"


def printed(name: str) -> Callable[[], str]:
    return lambda: json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "config/bot.yml": bot_yml,
    "docs/settings.md": settings_page,
    **{f"config/schema/{name}.json": printed(name) for name in SCHEMAS},
}


def key(name: str) -> Key:
    return next(one for one in keys_of(settings_schema()) if one.name == name)


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_file_is_what_the_fields_say(name: str) -> None:
    path, text = ROOT / name, GENERATED[name]()
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("schema", [settings_schema, *SCHEMAS.values()])
def test_every_key_says_what_it_means(schema: Callable[[], dict[str, Any]]) -> None:
    silent = [one.name for one in keys_of(schema()) if not one.meaning]
    inside = [
        f"{part}.{name}"
        for part, values in schema()["$defs"].items()
        for name, value in values.get("properties", {}).items()
        if not ("description" in value or "$ref" in value)
    ]
    assert (silent, inside) == ([], [])


@pytest.mark.parametrize(
    ("name", "limits", "default"),
    [
        ("reading.back_issues_per_page", "1 to 25", 8),
        ("delivery.rate", "more than 0, at most 1000", 30),
        ("delivery.edits", "auto, ask or never", "ask"),
        ("publishing.hold_until_date", "true or false", True),
        ("schedule.read.every", "0.1 to 86400", 10),
        ("schedule.read.cron", "", None),
        ("schedule.read", "", {"every": 10}),
        ("database_url", "", "sqlite+aiosqlite:///data/jianbao.sqlite"),
        ("issues", "", None),
    ],
)
def test_limits_and_defaults_are_those_of_the_field(name: str, limits: str, default: object) -> None:
    assert (key(name).limits, key(name).default) == (limits, default)


def test_a_comment_in_bot_yml_ends_in_the_limits_that_count() -> None:
    above = [line.strip() for line in bot_yml().split("back_issues_per_page")[0].splitlines()[-2:]]
    assert above == ["# Issues on one page of /issues. [1 to 25]", ""]


def test_the_page_names_every_setting_and_its_variable() -> None:
    rows = [line.split(" | ") for line in settings_page().splitlines() if "`JIANBAO_" in line]
    assert [row[1] for row in rows] == [
        f"`JIANBAO_{one.name.replace('.', '__').upper()}`"
        for one in keys_of(settings_schema())
        if not one.section
    ]
    assert not any(row[0].strip("| ") for row in rows if row[1].startswith("`JIANBAO_TOKEN"))


def comments_in(name: str) -> str:
    """All comments of a shipped file, as one line."""
    lines = (line.strip() for line in (CONFIG / name).read_text("utf-8").splitlines())
    return " ".join(" ".join(line.lstrip("# ") for line in lines if line.startswith("#")).split())


@pytest.mark.parametrize("name", profile_comments())
def test_the_shipped_profile_explains_each_key_as_its_field_does(name: str) -> None:
    file = "digest.yml" if name == "extends" else "profiles/embedded-ai.yml"
    assert profile_comments()[name] in comments_in(file)


def test_the_shipped_topics_explain_each_key_as_its_field_does() -> None:
    parts = SCHEMAS["topics"]()["$defs"]
    sentences = [one["description"] for part in parts.values() for one in part["properties"].values()]
    assert len(sentences) == 25
    assert [one for one in sentences if one not in comments_in("topics.yml")] == []
