"""A silent line below the contents for readers whose copy is corrected, where the editor says so.

It is made for each copy from the text that it has and the one that it gets, and is one of its parts: so it
comes once, whatever happens on the way.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from bot.delivery.job import DeliveryLookup, Finish
from bot.delivery.reconcile import NOTE, RenderedIssue
from bot.messages import Message, Renderer
from bot.model import Aim, Cut, Delivery, Issue, Purpose
from bot.readers.parsed_issues import ParsedIssues, former_issue

MOST_TOLD = 3  # changes that one line names
_KEPT = 512  # lines, each for all who have the cut
#: In this order one copy of a chat that has several gets the line.
_FIRST = (Purpose.PUSH, Purpose.REQUEST, Purpose.REST)


class Told(Protocol):
    """Which corrections readers are told of."""

    async def is_told(self, slug: str, edition: str) -> bool: ...

    async def former(self, slug: str) -> Mapping[str, str]:
        """The texts that readers may have of an issue, by edition."""


class CorrectionNote:
    """Adds the line to what ``finish`` makes of a delivery; ``read`` reads the text of an issue."""

    def __init__(  # all are passed by name
        self,
        *,
        finish: Finish,
        told: Told,
        parsed: ParsedIssues,
        read: Callable[[str, str], Issue],
        renderer: Renderer,
        deliveries: DeliveryLookup,
    ) -> None:
        self._finish = finish
        self._told = told
        self._parsed = parsed
        self._read = read
        self._renderer = renderer
        self._deliveries = deliveries
        self._kept: OrderedDict[tuple[str, str, str, Cut, bool], Message | None] = OrderedDict()

    async def __call__(self, delivery: Delivery, rendered: RenderedIssue) -> RenderedIssue:
        """The messages, and the line where one is due."""
        finished = await self._finish(delivery, rendered)
        is_corrected = delivery.aim is Aim.CORRECT and rendered.edition != delivery.edition
        if not is_corrected or not rendered.messages or delivery.purpose not in _FIRST:
            return finished
        note = await self._note(delivery, rendered)
        if note is None or await self._has_another(delivery):
            return finished
        return replace(finished, messages=(*finished.messages, note))

    async def _note(self, delivery: Delivery, rendered: RenderedIssue) -> Message | None:
        private = delivery.chat_id > 0
        key = (delivery.issue_slug, delivery.edition, rendered.edition, delivery.cut, private)
        if key not in self._kept:
            self._kept[key] = await self._made(delivery, rendered)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    async def _made(self, delivery: Delivery, rendered: RenderedIssue) -> Message | None:
        slug = delivery.issue_slug
        if not await self._told.is_told(slug, rendered.edition):
            return None
        text = (await self._told.former(slug)).get(delivery.edition)
        parsed = await self._parsed.get(slug)
        if text is None or parsed is None or parsed.issue is None:
            return None
        return await asyncio.to_thread(self._compared, text, parsed.issue, delivery, rendered)

    def _compared(self, text: str, new: Issue, delivery: Delivery, rendered: RenderedIssue) -> Message | None:
        old = former_issue(self._read, text, new)
        private = delivery.chat_id > 0
        before = self._renderer.issue(old, delivery.cut, private=private)
        shown = [[one.content_hash for one in messages] for messages in (before, rendered.messages)]
        if shown[0] == shown[1]:
            return None
        note = self._renderer.corrected(old, new, delivery.cut, most=MOST_TOLD)
        return replace(note, silent=True, name=f"{NOTE}{rendered.edition}")

    async def _has_another(self, delivery: Delivery) -> bool:
        """Whether the chat has another copy of the issue, which gets the line."""
        for purpose in _FIRST[: _FIRST.index(delivery.purpose)]:
            other = await self._deliveries.get(delivery.issue_slug, delivery.destination, purpose)
            if other is not None and other.parts:
                return True
        return False
