"""JSON Schemas of the configuration files, made from their models."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from bot.digest.profile import Profile
from bot.digest.topics.vocabulary import Topics
from bot.settings.environment import ENVIRONMENT_ALONE
from bot.settings.profiles import EXTENDS
from bot.settings.values import Settings

Schema = dict[str, Any]


class _Untitled(GenerateJsonSchema):
    """Draft 2020-12. A key's title would be its name once more."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  # the signature is pydantic's
        return False

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> Schema:
        return {"$schema": self.schema_dialect, **super().generate(schema, mode)}


def settings_schema() -> Schema:
    """The schema of all settings, also those of the environment alone."""
    return _schema_of(Settings)


def bot_schema() -> Schema:
    """The schema of ``bot.yml``."""
    schema = settings_schema()
    kept = {key: value for key, value in schema["properties"].items() if key not in ENVIRONMENT_ALONE}
    return {**schema, "properties": kept}


def digest_schema() -> Schema:
    """The schema of ``digest.yml`` and of profiles. One that extends another may leave out any key."""
    schema = _schema_of(Profile)
    whole = schema.pop("required")
    for part in schema["$defs"].values():
        part.pop("required", None)
    properties = {"extends": {"type": "string", "description": EXTENDS}, **schema["properties"]}
    return {**schema, "properties": properties, "anyOf": [{"required": ["extends"]}, {"required": whole}]}


def topics_schema() -> Schema:
    """The schema of a file of topics."""
    return _schema_of(Topics)


#: What ``jianbao schema`` is asked for; each is made only then.
SCHEMAS: Mapping[str, Callable[[], Schema]] = MappingProxyType(
    {"bot": bot_schema, "digest": digest_schema, "topics": topics_schema}
)


def _schema_of(model: type[BaseModel]) -> Schema:
    return model.model_json_schema(schema_generator=_Untitled)
