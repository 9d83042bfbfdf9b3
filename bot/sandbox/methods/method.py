"""What a method is: its name, its parameters, what it does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to one method."""

    world: World
    webhook: WebhookSender
    given: Params


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """``run`` returns the ``result`` of the answer or raises ApiError; ``accepts`` names the parameters."""

    name: str
    run: Callable[[Call], Awaitable[Any]]
    accepts: frozenset[str]


def method(name: str, run: Callable[[Call], Awaitable[Any]], accepts: str = "") -> Method:
    """A row of a table of methods; ``accepts`` is the parameters' names, divided by spaces."""
    return Method(name=name, run=run, accepts=frozenset(accepts.split()))
