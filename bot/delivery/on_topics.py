"""Who wants an issue only when something in it is for them gets no message that there is nothing."""

from dataclasses import replace

from bot.delivery.job import Finish
from bot.delivery.reconcile import EARLIER, RenderedIssue
from bot.model import OFF_TOPIC, Aim, Delivery, Purpose


class OnTopics:
    """Leaves out of what ``finish`` makes all messages of an issue that its reader does not want."""

    def __init__(self, finish: Finish) -> None:
        self._finish = finish

    async def __call__(self, delivery: Delivery, rendered: RenderedIssue) -> RenderedIssue:
        """The same messages, or none. What stands in the chat already is brought up to date."""
        finished = await self._finish(delivery, rendered)
        if not _unwanted(delivery, rendered):
            return finished
        return replace(finished, messages=(), nothing=OFF_TOPIC)


def _unwanted(delivery: Delivery, rendered: RenderedIssue) -> bool:
    is_push = delivery.purpose is Purpose.PUSH and delivery.aim is not Aim.RETRACT
    stands = any(part.name != EARLIER for part in delivery.parts)
    return rendered.empty and delivery.hours.on_topics and is_push and not stands
