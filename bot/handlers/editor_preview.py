"""Preview as a reader: which topic, in which language and mode, and then the messages themselves."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.handlers.callback_data import fits
from bot.handlers.context import Handler, HandlerContext, in_rows
from bot.handlers.editor_cards import card_of, gone
from bot.handlers.request import Reply, Request
from bot.messages import Button
from bot.model import LANGUAGES, Cut, Flash, Issue, Item, Language, Mode

_MOST_TOPICS = 12
_EACH = 2  # topics in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How a preview is to look."""

    language: Language
    mode: Mode

    def data(self, verb: str, topic: str = "") -> str:
        """What a button sends: ``<verb>:<language>:<mode>:<topic>``."""
        return f"{verb}:{self.language}:{self.mode}:{topic}"


def _read(words: str, request: Request) -> tuple[_Look, str]:
    """How a button says that it is to look, and the topic; what it does not say is as the chat has it."""
    language, _, rest = words.partition(":")
    mode, _, topic = rest.partition(":")
    spoken = next((one for one in LANGUAGES if one == language), request.language)
    shown = next((one for one in Mode if one == mode), Mode.FULL)
    return _Look(language=spoken, mode=shown), topic


async def choose(request: Request, context: HandlerContext) -> Reply:
    """Put the choice in place of the card's buttons."""
    issue = await _issue(request, context)
    if issue is None:
        return await gone(request, context)
    look, _ = _read(request.words, request)
    return Reply(buttons=tuple(_rows(issue, look, request, context)))


async def show(request: Request, context: HandlerContext) -> Reply:
    """Let what a reader gets come into the chat; the card has its own buttons again."""
    issue, desk = await _issue(request, context), context.editors
    if issue is None:
        return await gone(request, context)
    look, topic = _read(request.words, request)
    topics = (topic,) if topic in context.topics.topics else ()
    if minutes := desk.previews.may_ask(request.chat_id):
        return Reply(notice=context.notice("too_many", request, minutes=minutes))
    coming = desk.previews.ask(
        request.chat_id, issue, Cut(language=look.language, mode=look.mode, topics=topics)
    )
    desk.redraw(issue.slug)
    return Reply(notice=context.notice("look_comes" if coming else "look_busy", request))


async def remove(request: Request, context: HandlerContext) -> Reply:
    """Take a preview away."""
    if request.message_id is not None:
        context.editors.previews.remove(request.chat_id, request.message_id)
    return Reply(notice=context.notice("look_gone", request))


async def _issue(request: Request, context: HandlerContext) -> Issue | None:
    slug = await card_of(request, context)
    parsed = await context.editors.read(slug) if slug else None
    return parsed.issue if parsed else None


def _rows(
    issue: Issue, look: _Look, request: Request, context: HandlerContext
) -> Iterator[tuple[Button, ...]]:
    yield (context.button(look.data("looked"), request, "look_whole"),)
    yield from in_rows([*_topics(issue, look, request, context)], _EACH)
    yield tuple(
        context.button(
            _Look(language=one, mode=look.mode).data("look"),
            request,
            "language",
            language=one,
            chosen=one == look.language,
        )
        for one in LANGUAGES
    )
    yield tuple(
        context.button(
            _Look(language=look.language, mode=one).data("look"),
            request,
            "mode",
            mode=one,
            chosen=one is look.mode,
        )
        for one in Mode
    )
    yield (context.button("card:", request, "card_back"),)


def _topics(issue: Issue, look: _Look, request: Request, context: HandlerContext) -> Iterator[Button]:
    """The topics of an issue that it has most of."""
    things: tuple[Item | Flash, ...] = (*issue.items, *issue.flash)
    counts = Counter(match.slug for thing in things for match in thing.topics)
    for slug, count in counts.most_common(_MOST_TOPICS):
        data = look.data("looked", slug)
        if fits(data):
            name = context.names.topic(slug, request.language)
            yield context.button(
                data, request, "topic", name=name, count=count, followed=False, left_out=False
            )


PREVIEW_BUTTONS: dict[str, Handler] = {"look": choose, "looked": show, "unlook": remove}
