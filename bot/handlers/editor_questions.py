"""The questions about the topics of an issue: one after the other, in one message that ends when they do."""

from dataclasses import replace

import structlog

from bot.errors import BadInput
from bot.handlers.context import Handler, HandlerContext
from bot.handlers.editor_cards import card_of, gone
from bot.handlers.questioning import Round
from bot.handlers.request import Document, Reply, Request
from bot.messages import Button, Message

log = structlog.get_logger()

_YES, _NO, _SKIP, _STOP = "y", "n", "s", "q"
_VERDICTS = {_YES: True, _NO: False}
_DIGITS = 3


async def ask(request: Request, context: HandlerContext) -> Reply:
    """Begin with the first question."""
    slug, desk = await card_of(request, context), context.editors
    if slug is None:
        return await gone(request, context)
    found = await desk.questions.of(slug) if desk.questions else ()
    if not found:
        desk.redraw(slug)
        return Reply(notice=context.notice("ask_nothing", request))
    name = desk.rounds.begin(slug, found)
    first = _question(Round(slug=slug, questions=tuple(found)), name, 0, request, context)
    return Reply(messages=(replace(first, silent=True),))


async def answer(request: Request, context: HandlerContext) -> Reply:
    """Keep an answer, and ask the next; the words are ``<round>:<number>:<answer>``."""
    name, number, said = _parted(request.words)
    going = context.editors.rounds.get(name)
    if going is None or not 0 <= number < len(going.questions) or said not in (_YES, _NO, _SKIP, _STOP):
        return await gone(request, context)
    try:
        if await _keep(going, number, said, request, context):
            context.editors.rounds.note_answer(name)
    except BadInput as error:
        return Reply(notice=context.notice("desk_refused", request, why=str(error)))
    if said != _STOP and number + 1 < len(going.questions):
        return Reply(edit=_question(going, name, number + 1, request, context))
    rounds = context.editors.rounds
    answered = (rounds.get(name) or going).answered
    rounds.end(name)
    context.editors.redraw(going.slug)
    return Reply(edit=context.say("editors/asked", request, slug=going.slug, answered=answered))


async def kept(request: Request, context: HandlerContext) -> Reply:
    """Send the file of topics that would say in the repository what the bot alone keeps."""
    slug, desk = await card_of(request, context), context.editors
    if slug is None:
        return await gone(request, context)
    try:
        beside = await desk.questions.sidecar(slug) if desk.questions else None
    except BadInput as error:
        return Reply(notice=context.notice("desk_refused", request, why=str(error)))
    if beside is None:
        desk.redraw(slug)
        return Reply(notice=context.notice("kept_nothing", request))
    return Reply(document=Document(name=beside.name, data=beside.text.encode()))


async def _keep(going: Round, number: int, said: str, request: Request, context: HandlerContext) -> bool:
    """Whether there was an answer to keep."""
    questions, question = context.editors.questions, going.questions[number]
    if questions is None or said not in _VERDICTS:
        return False
    await questions.answer(going.slug, question, yes=_VERDICTS[said])
    log.info(
        "editor_answered", issue=going.slug, topic=question.topic, yes=_VERDICTS[said], person=request.person
    )
    return True


def _parted(words: str) -> tuple[str, int, str]:
    name, _, rest = words.partition(":")
    number, _, said = rest.partition(":")
    is_number = number.isascii() and number.isdecimal() and len(number) <= _DIGITS
    return name, int(number) if is_number else -1, said


def _question(going: Round, name: str, number: int, request: Request, context: HandlerContext) -> Message:
    def button(said: str, label: str) -> Button:
        return context.button(f"answer:{name}:{number}:{said}", request, label)

    question = going.questions[number]
    return context.say(
        "editors/question",
        request,
        question=question,
        topic=context.names.topic(question.topic, request.language),
        number=number + 1,
        total=len(going.questions),
        buttons=(
            (button(_YES, "ask_yes"), button(_NO, "ask_no")),
            (button(_SKIP, "ask_skip"), button(_STOP, "ask_stop")),
        ),
    )


QUESTION_BUTTONS: dict[str, Handler] = {"ask": ask, "answer": answer, "kept": kept}
