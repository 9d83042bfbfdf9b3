"""What people say instead of a command, as the tables ``sayings.j2`` have it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.handlers.context import Handler, HandlerContext, Reply, Request


def understood(said: Mapping[str, Handler], otherwise: Handler) -> Handler:
    """A handler of plain texts: of what stands in the tables, and ``otherwise`` of any other.

    A topic of the digest that is called so comes first.
    """

    async def handle(request: Request, context: HandlerContext) -> Reply:
        handler = said.get(context.wording.meaning(request.words) or "")
        if handler is None or context.topics.find(request.words):
            return await otherwise(request, context)
        return await handler(replace(request, words=""), context)

    return handle
