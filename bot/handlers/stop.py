"""/stop: leave, once confirmed; and come back."""

from bot.handlers.desk import Answer, Ask, Desk, told


async def stop(ask: Ask, desk: Desk) -> Answer:
    """Ask whether it is meant."""
    if not ask.active:
        return told(desk.say("stopped", ask, buttons=((desk.button("resume:", ask, "resume"),),)))
    yes, no = desk.button("leave:", ask, "stop"), desk.button("keep:", ask, "keep")
    return told(desk.say("stop", ask, buttons=((yes, no),)))


async def leave(ask: Ask, desk: Desk) -> Answer:
    """Yes: stop, with a way back."""
    await desk.subscribing.stop(ask.chat_id)
    return Answer(edit=desk.say("stopped", ask, buttons=((desk.button("resume:", ask, "resume"),),)))


async def keep(ask: Ask, desk: Desk) -> Answer:
    """No: all stays as it was."""
    return Answer(edit=desk.say("resumed", ask))


async def resume(ask: Ask, desk: Desk) -> Answer:
    """Take back a stop."""
    if ask.subscriber is None:
        return Answer(notice=desk.notice("join_first", ask))
    await desk.subscribing.resume(ask.chat_id)
    return Answer(edit=desk.say("resumed", ask))
