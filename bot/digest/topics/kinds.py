"""The words of a topic by what they are: what a thing is called, who makes it, what it runs on."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, WithJsonSchema, WrapValidator

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
#: A word to look for; a ``*`` at an end means that it may go on there.
Term = Annotated[Word, StringConstraints(pattern=r"^\*?[^*]+\*?$")]


class Kind(StrEnum):
    """What a word is."""

    NAME = "name"  #: what the topic itself and its parts are called
    METHOD = "method"  #: a way of doing it: an algorithm, a network
    PRODUCT = "product"  #: a thing that one can get: a chip, a program, a library
    COMPANY = "company"  #: who makes such things, among others
    PLATFORM = "platform"  #: what such things run on or are made with
    YARDSTICK = "yardstick"  #: what they are tried on or compared with


#: Words of these kinds go with a topic; alone they make none.
BESIDE = frozenset({Kind.COMPANY, Kind.PLATFORM, Kind.YARDSTICK})


_LIST: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[Term, ...])


def _by_kind(
    value: Any, by_kind: Callable[[Any], dict[Kind, tuple[str, ...]]]
) -> dict[Kind, tuple[str, ...]]:
    return by_kind(value) if isinstance(value, Mapping) else {Kind.NAME: _LIST.validate_python(value)}


#: A list of words, or a list for each kind; said so that an editor points at the word that is wrong.
_SCHEMA = {
    "anyOf": [{"type": "array"}, {"type": "object"}],
    "items": TypeAdapter(Term).json_schema(),
    "propertyNames": {"enum": [kind.value for kind in Kind]},
    "additionalProperties": _LIST.json_schema(),
}
#: Words by their kind; those of a plain list are names.
Words = Annotated[dict[Kind, tuple[Term, ...]], WrapValidator(_by_kind), WithJsonSchema(_SCHEMA)]
