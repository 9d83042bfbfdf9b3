"""A silent line below the contents for readers whose copy is corrected, where the editor says so.

It is made for each copy from the text that it has and the one that it gets, and is one of its parts: so it
comes once, whatever happens on the way. Who has a part of an issue when it is corrected gets the rest, then
the line, and only then what stood there is edited: so it stays known until the line is there that it is due.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from bot.delivery.job import DeliveryLookup, Finish
from bot.delivery.reconcile import RenderedIssue, out_of_date, with_part_names
from bot.messages import Message, Renderer
from bot.model import NOTE, Aim, Cut, Delivery, Issue, Purpose
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """The line for all who have a cut of an edition, and the names of the parts that ``changed`` in it."""

    message: Message
    changed: frozenset[str]

    def is_due(self, delivery: Delivery, finished: RenderedIssue) -> bool:
        """Whether what stood there changes: where parts were to come, they may be all that does."""
        if delivery.aim is Aim.CORRECT:
            return True
        return bool(self.changed & out_of_date(with_part_names(delivery, finished), finished))


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
        self._kept: OrderedDict[tuple[str, str, str, Cut, bool], _Note | None] = OrderedDict()

    async def __call__(self, delivery: Delivery, rendered: RenderedIssue) -> RenderedIssue:
        """The messages, and the line where one is due."""
        finished = await self._finish(delivery, rendered)
        has_other = delivery.aim is not Aim.RETRACT and delivery.edition not in ("", rendered.edition)
        if not (has_other and delivery.parts and rendered.messages) or delivery.purpose not in _FIRST:
            return finished
        note = await self._note(delivery, rendered)
        if note is None or not note.is_due(delivery, finished) or await self._has_another(delivery):
            return finished
        return replace(finished, messages=(*finished.messages, note.message))

    async def _note(self, delivery: Delivery, rendered: RenderedIssue) -> _Note | None:
        private = delivery.chat_id > 0
        key = (delivery.issue_slug, delivery.edition, rendered.edition, delivery.cut, private)
        if key not in self._kept:
            is_told = await self._told.is_told(delivery.issue_slug, rendered.edition)
            if not is_told and delivery.aim is Aim.SEND:
                return None  # not kept: it may get the new text before that is decided
            self._kept[key] = await self._made(delivery, rendered) if is_told else None
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    async def _made(self, delivery: Delivery, rendered: RenderedIssue) -> _Note | None:
        slug = delivery.issue_slug
        text = (await self._told.former(slug)).get(delivery.edition)
        parsed = await self._parsed.get(slug)
        if text is None or parsed is None or parsed.issue is None:
            return None
        return await asyncio.to_thread(self._compared, text, parsed.issue, delivery, rendered)

    def _compared(self, text: str, new: Issue, delivery: Delivery, rendered: RenderedIssue) -> _Note | None:
        old = former_issue(self._read, text, new)
        private = delivery.chat_id > 0
        before = self._renderer.issue(old, delivery.cut, private=private)
        shown = [[(one.name, one.content_hash) for one in each] for each in (before, rendered.messages)]
        if shown[0] == shown[1]:
            return None
        note = self._renderer.corrected(old, new, delivery.cut, most=MOST_TOLD)
        return _Note(
            message=replace(note, silent=True, name=f"{NOTE}{rendered.edition}"),
            changed=frozenset(name for name, _ in {*shown[0]} ^ {*shown[1]}),
        )

    async def _has_another(self, delivery: Delivery) -> bool:
        """Whether the chat has another copy of the issue, which gets the line."""
        for purpose in _FIRST[: _FIRST.index(delivery.purpose)]:
            other = await self._deliveries.get(delivery.issue_slug, delivery.destination, purpose)
            if other is not None and other.parts:
                return True
        return False
