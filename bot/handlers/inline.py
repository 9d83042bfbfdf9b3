"""``@bot 量化`` in any chat: items, or an issue, to pick and to post there."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.errors import SendError
from bot.handlers.context import HandlerContext, page_of
from bot.handlers.identity import ISSUE, ITEM, item_refs
from bot.handlers.issue import find
from bot.handlers.request import Request
from bot.messages import InlineResult
from bot.messages.titles import issue_title
from bot.model import Deed, Entry, Issue, Item, ItemRef
from bot.readers.items import OpenedItem

log = structlog.get_logger()

_A_PAGE = 10
_AT_ONCE = 8
_KEPT = 300  # seconds that Telegram keeps an answer
_PATIENCE = 8.0  # seconds; Telegram takes no later answer
_DESCRIPTION, _POSTED = 120, 400  # characters of a summary


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswer:
    """The results of a page, and where the next one begins; empty if this is the last."""

    results: tuple[InlineResult, ...]
    next_offset: str


class Answers(Protocol):
    """Answers to inline queries."""

    async def answer(
        self, query_id: str, results: Sequence[InlineResult], *, seconds: int, next_offset: str, button: str
    ) -> None:
        """Show the results. Raises SendError."""


class InlineMode:
    """Answers people, who may never have started the bot: a few at once, of each the newest query."""

    def __init__(self, context: HandlerContext, telegram: Answers) -> None:
        self._context = context
        self._telegram = telegram
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._newest: dict[int, str] = {}

    async def answer(self, query_id: str, request: Request, offset: str) -> None:
        """Answer the query in ``request.words``, unless the person has typed on meanwhile."""
        self._newest[request.chat_id] = query_id
        async with self._slots:
            if self._newest.get(request.chat_id) != query_id:
                return
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._answered(query_id, request, offset)
            except TimeoutError:
                log.warning("inline_answer_late", chat=request.chat_id)
            except SendError as error:
                log.info("inline_answer_refused", chat=request.chat_id, reason=error.reason)
            finally:
                if self._newest.get(request.chat_id) == query_id:
                    del self._newest[request.chat_id]

    async def _answered(self, query_id: str, request: Request, offset: str) -> None:
        found = await answer_of(request, self._context, page_of(offset))
        await self._telegram.answer(
            query_id,
            found.results,
            seconds=_KEPT,
            next_offset=found.next_offset,
            button=self._context.notice("inline_button", request, digest=self._context.digest),
        )


async def _passed_on(payload: str, request: Request, context: HandlerContext) -> None:
    """Count that an item is being passed on: its button asks for it in the chat that was chosen."""
    for ref in item_refs(payload):
        if found := await context.items.open(ref):
            topics = {topic.slug for topic in found.entry.topics}
            return await context.feedback.did(request.person, Deed.PASSED, topics)
    return None


async def answer_of(request: Request, context: HandlerContext, start: int) -> InlineAnswer:
    """The results from the ``start``-th on: the items of the issue that is named, or that are found.

    Without words, those of the newest issue.
    """
    text = request.words.strip()
    if text.startswith(ITEM):
        await _passed_on(text, request, context)
        return InlineAnswer(results=await _named(text, request, context), next_offset="")
    issue = (await find(text, context)).issue if text else await context.archive.latest()
    if issue is not None:
        entries = await context.search.of_issue(issue.slug)
        first = () if start else (_issue_result(issue, request, context),)
        page, total = entries[start : start + _A_PAGE], len(entries)
    else:
        found = await context.search.results(text, limit=_A_PAGE, offset=start)
        first, page, total = (), tuple(hit.entry for hit in found.hits), found.total
    results = [await _result(entry.ref, request, context) for entry in page]
    behind = start + _A_PAGE
    return InlineAnswer(
        results=(*first, *filter(None, results)), next_offset=str(behind) if behind < total else ""
    )


async def _named(payload: str, request: Request, context: HandlerContext) -> tuple[InlineResult, ...]:
    found = [await _result(ref, request, context) for ref in item_refs(payload)]
    return tuple(filter(None, found))[:1]


async def _result(ref: ItemRef, request: Request, context: HandlerContext) -> InlineResult | None:
    opened = await context.items.open(ref)
    return _item_result(opened, request, context) if opened else None


def _item_result(opened: OpenedItem, request: Request, context: HandlerContext) -> InlineResult:
    entry, text = opened.entry, opened.text
    summary = " ".join(entry.summary.split())
    title = entry.title or summary or entry.issue_slug
    own = text.picture if isinstance(text, Item) else None
    section = context.names.section(entry.section_slug, request.language) or entry.section_heading
    message = context.say(
        "posted_item",
        request,
        title=title,
        url=entry.url,
        facts=tuple(_facts(entry, opened.issue, section)),
        links=text.links if isinstance(text, Item) else (),
        summary=summary if entry.title else "",
        most=_POSTED,
        digest=context.digest,
        link=context.identity.item_link(entry.ref),
    )
    return InlineResult(
        name=str(entry.ref),
        title=title,
        description=" · ".join(filter(None, (entry.source, opened.issue.when, summary[:_DESCRIPTION]))),
        message=message,
        thumbnail=own or opened.issue.picture,
    )


def _facts(entry: Entry, issue: Issue, section: str) -> Iterator[str]:
    yield from filter(None, (entry.source, issue.when, section))


def _issue_result(issue: Issue, request: Request, context: HandlerContext) -> InlineResult:
    name = issue_title(issue)
    highlights = issue.highlights or tuple(filter(None, (item.title for item in issue.items)))[:3]
    message = context.say(
        "posted_issue",
        request,
        title=name,
        issue=issue,
        highlights=highlights,
        digest=context.digest,
        link=context.identity.link(f"{ISSUE}{issue.slug}"),
    )
    count = context.notice("issue", request, issue=issue)
    return InlineResult(
        name=issue.slug,
        title=name,
        description=" · ".join((count, *highlights[:2])),
        message=message,
        thumbnail=issue.picture,
    )
