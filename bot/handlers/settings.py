"""/settings: language, how much of each item, which sections."""

from dataclasses import replace

from bot.handlers.context import HandlerContext, in_rows
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.rich_trial import offer
from bot.messages import Button, Message
from bot.model import LANGUAGES, Cut, Mode, Subscriber

_A_ROW = 2
#: Whether the digest's own text is converted, by what the button says.
_TEXTS = {"hant": True, "written": False}


async def settings(request: Request, context: HandlerContext) -> Reply:
    """Show the settings, with a button for each choice."""
    if request.subscriber is None:
        return reply_with(context.say("not_subscribed", request, buttons=(context.joining(request),)))
    return reply_with(_board(request, context, request.subscriber))


async def change(request: Request, context: HandlerContext) -> Reply:
    """A tap on a choice: ``set:language:en``, ``set:mode:headlines``, ``set:hide:news``; or ``set:``."""
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    if not request.words:
        return Reply(edit=_board(request, context, request.subscriber))
    if request.words == f"mode:{Mode.RICH}" and request.cut.mode is not Mode.RICH:
        return await offer(request, context)
    changed = await _changed(request, context)
    if changed is None:
        return Reply(notice=context.notice("outdated", request))
    language = request.language if request.channel else changed.cut.language
    after = replace(request, words="", language=language, subscriber=changed)
    unchanged = changed == request.subscriber and request.words.startswith("hide:")
    told = "one_section" if unchanged else "saved"
    return Reply(edit=_board(after, context, changed), notice=context.notice(told, after))


async def _changed(request: Request, context: HandlerContext) -> Subscriber | None:
    key, _, value = request.words.partition(":")
    if key == "language" and value in LANGUAGES:
        return await context.subscriptions.set_language(request.destination, value)
    if key == "mode" and value in request.modes:
        return await context.subscriptions.set_mode(request.destination, Mode(value))
    if key == "text" and value in _TEXTS:
        return await context.subscriptions.set_converted(
            request.destination, converted=_TEXTS[value] and request.cut.language == "zh-Hant"
        )
    if key in ("show", "hide") and value in context.names.sections:
        return await context.subscriptions.show_section(
            request.destination, value, shown=key == "show", known=context.names.sections
        )
    return None


def _board(request: Request, context: HandlerContext, subscriber: Subscriber) -> Message:
    cut = subscriber.cut
    shown = (slug for slug in context.names.sections if slug in cut.sections)
    sections = [context.names.listed(slug, request.language) for slug in shown]
    return context.say(
        "settings",
        request,
        cut=cut,
        **context.interest_values(cut, request),
        sections=sections,
        shared=request.chat_id < 0 and not request.channel,
        posts=request.channel is not None,
        buttons=(
            tuple(_choice(request, context, "language", value, value == cut.language) for value in LANGUAGES),
            *_texts(request, context, cut),
            *_modes(request, context, cut.mode),
            (context.button("when:", request, "when"),),
            *_sections(request, context, cut.sections),
            (context.button("topics:", request, "all_topics"),),
            context.joining(request) or (context.button("stop:", request, "stop"),),
        ),
    )


def _choice(request: Request, context: HandlerContext, key: str, value: str, chosen: bool) -> Button:  # noqa: FBT001  # private, named by its caller's expression
    return context.button(f"set:{key}:{value}", request, key, **{key: value, "chosen": chosen})


def _texts(request: Request, context: HandlerContext, cut: Cut) -> list[tuple[Button, ...]]:
    """Whether the digest's own text is converted, which only readers of traditional characters choose."""
    if cut.language != "zh-Hant":
        return []
    return [
        tuple(
            _choice(request, context, "text", value, converted is cut.converted)
            for value, converted in _TEXTS.items()
        )
    ]


def _modes(request: Request, context: HandlerContext, chosen: Mode) -> list[tuple[Button, ...]]:
    buttons = (_choice(request, context, "mode", value, value == chosen) for value in request.modes)
    return in_rows(tuple(buttons), _A_ROW)


def _sections(request: Request, context: HandlerContext, chosen: tuple[str, ...]) -> list[tuple[Button, ...]]:
    shown = frozenset(chosen or context.names.sections)
    buttons = tuple(
        context.button(
            f"set:{'hide' if slug in shown else 'show'}:{slug}",
            request,
            "section",
            name=context.names.listed(slug, request.language),
            chosen=slug in shown,
        )
        for slug in context.names.sections
    )
    return in_rows(buttons, _A_ROW)
