"""/settings: language, how much of each item, which sections."""

from bot.handlers.desk import Answer, Ask, Desk, told
from bot.messages import Button, Message
from bot.model import LANGUAGES, Mode, Subscriber

_A_ROW = 2


async def settings(ask: Ask, desk: Desk) -> Answer:
    """The settings as they are, with a button for each choice."""
    if ask.subscriber is None:
        buttons = ((desk.button("subscribe:", ask, "subscribe"),),)
        return told(desk.say("not_subscribed", ask, buttons=buttons))
    return told(_board(ask, desk, ask.subscriber))


async def change(ask: Ask, desk: Desk) -> Answer:
    """A tap on a choice: ``set:language:en``, ``set:mode:headlines``, ``set:hide:news``."""
    if ask.subscriber is None:
        return Answer(notice=desk.notice("join_first", ask))
    changed = await _changed(ask, desk)
    if changed is None:
        return Answer(notice=desk.notice("outdated", ask))
    asked = Ask(
        chat_id=ask.chat_id,
        words="",
        language=changed.cut.language,
        subscriber=changed,
        message_id=ask.message_id,
    )
    return Answer(edit=_board(asked, desk, changed), notice=desk.notice("saved", asked))


async def _changed(ask: Ask, desk: Desk) -> Subscriber | None:
    key, _, value = ask.words.partition(":")
    if key == "language" and value in LANGUAGES:
        return await desk.subscribing.set_language(ask.chat_id, value)
    if key == "mode" and value in set(Mode):
        return await desk.subscribing.set_mode(ask.chat_id, Mode(value))
    if key in ("show", "hide") and value in desk.names.sections:
        return await desk.subscribing.show_section(
            ask.chat_id, value, shown=key == "show", known=desk.names.sections
        )
    return None


def _board(ask: Ask, desk: Desk, subscriber: Subscriber) -> Message:
    cut = subscriber.cut
    shown = (slug for slug in desk.names.sections if slug in cut.sections)
    sections = [desk.names.section(slug, ask.language) or slug for slug in shown]
    return desk.say(
        "settings",
        ask,
        cut=cut,
        **desk.standing(cut, ask),
        sections=sections,
        active=ask.active,
        buttons=(
            tuple(_choice(ask, desk, "language", value, value == cut.language) for value in LANGUAGES),
            tuple(_choice(ask, desk, "mode", value, value == cut.mode) for value in Mode),
            *_sections(ask, desk, cut.sections),
            (desk.button("topics:", ask, "all_topics"),),
            (desk.button("stop:", ask, "stop") if ask.active else desk.button("resume:", ask, "resume"),),
        ),
    )


def _choice(ask: Ask, desk: Desk, key: str, value: str, chosen: bool) -> Button:  # noqa: FBT001  # private, named by its caller's expression
    return desk.button(f"set:{key}:{value}", ask, key, **{key: value, "chosen": chosen})


def _sections(ask: Ask, desk: Desk, chosen: tuple[str, ...]) -> list[tuple[Button, ...]]:
    shown = frozenset(chosen or desk.names.sections)
    buttons = tuple(
        desk.button(
            f"set:{'hide' if slug in shown else 'show'}:{slug}",
            ask,
            "section",
            name=desk.names.section(slug, ask.language) or slug,
            chosen=slug in shown,
        )
        for slug in desk.names.sections
    )
    return [buttons[start : start + _A_ROW] for start in range(0, len(buttons), _A_ROW)]
