"""Who wants an issue only when something in it is for them gets no message that there is nothing."""

from dataclasses import replace

from bot.delivery.job import Finish, Render
from bot.delivery.reconcile import EARLIER, RenderedIssue
from bot.errors import JianbaoError
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


class Wanted:
    """Whether the reader of a delivery wants its issue, as ``render`` makes it."""

    def __init__(self, render: Render) -> None:
        self._render = render

    async def __call__(self, delivery: Delivery) -> bool:
        """True also if the issue cannot be rendered: whoever delivers it tells why."""
        if not delivery.hours.on_topics:
            return True
        try:
            rendered = await self._render(delivery.issue_slug, delivery.cut, private=delivery.chat_id > 0)
        except JianbaoError:
            return True
        return not _unwanted(delivery, rendered)


def _unwanted(delivery: Delivery, rendered: RenderedIssue) -> bool:
    is_push = delivery.purpose is Purpose.PUSH and delivery.aim is not Aim.RETRACT
    stands = any(part.name != EARLIER for part in delivery.parts)
    return rendered.empty and delivery.hours.on_topics and is_push and not stands
