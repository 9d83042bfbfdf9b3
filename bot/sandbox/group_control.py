"""What can be asked to happen to groups and accounts, by its name under ``/sandbox/``."""

from collections.abc import Callable, Mapping

from bot.errors import BadInput
from bot.sandbox import channels, groups, people
from bot.sandbox.state import Json
from bot.sandbox.world import World

Act = Callable[[World, Json], None]


def _id(given: Json, key: str) -> int:
    value = given.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput("an id is expected", where=key)
    return value


def _forward(world: World, given: Json) -> None:
    channels.forward(world, _id(given, "chat_id"), _id(given, "person"))


GROUP_ACTS: Mapping[str, Act] = {
    "deactivate": lambda world, given: people.deactivate(world, _id(given, "chat_id")),
    "promote": lambda world, given: groups.promote(world, _id(given, "chat_id"), _id(given, "person")),
    "demote": lambda world, given: groups.demote(world, _id(given, "chat_id"), _id(given, "person")),
    "remove": lambda world, given: groups.remove(world, _id(given, "chat_id"), _id(given, "person")),
    "forward": _forward,
    "mute": lambda world, given: groups.set_muted(world, _id(given, "chat_id"), muted=True),
    "unmute": lambda world, given: groups.set_muted(world, _id(given, "chat_id"), muted=False),
    "let_pin": lambda world, given: channels.let_pin(world, _id(given, "chat_id"), allowed=True),
    "forbid_pin": lambda world, given: channels.let_pin(world, _id(given, "chat_id"), allowed=False),
    "close": lambda world, given: groups.set_closed(world, _id(given, "chat_id"), closed=True),
    "open": lambda world, given: groups.set_closed(world, _id(given, "chat_id"), closed=False),
    "migrate": lambda world, given: groups.migrate(world, _id(given, "chat_id"), _id(given, "to")),
}
