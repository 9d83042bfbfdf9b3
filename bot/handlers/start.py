"""/start: subscribe; a deep link may name an issue or a topic."""

from bot.handlers.desk import Answer, Ask, Desk, told
from bot.messages import Button
from bot.model import Cut

_ISSUE, _TOPIC = "issue_", "topic_"


async def start(ask: Ask, desk: Desk) -> Answer:
    """Subscribe, and send what the link named; the newest issue where it named none."""
    payload = ask.words.strip()
    issue = desk.archive.get(payload.removeprefix(_ISSUE)) if payload.startswith(_ISSUE) else None
    topic = desk.topics.find(payload.removeprefix(_TOPIC)) if payload.startswith(_TOPIC) else None
    answer = await welcome(ask, desk, topics=(topic,) if topic else (), with_latest=issue is None)
    if issue is not None:
        await desk.requesting.issue(ask.chat_id, issue.slug, Cut(language=ask.language, mode=ask.cut.mode))
    return answer


async def subscribe(ask: Ask, desk: Desk) -> Answer:
    """The button under "you are not subscribed"."""
    answer = await welcome(ask, desk)
    return Answer(messages=answer.messages, without_buttons=True)


async def welcome(ask: Ask, desk: Desk, *, topics: tuple[str, ...] = (), with_latest: bool = True) -> Answer:
    """Subscribe the person and say what will come."""
    latest = desk.archive.latest if with_latest else None
    joined = await desk.subscribing.join(
        ask.chat_id, language=ask.language, topics=topics, latest=latest.slug if latest else None
    )
    message = desk.say(
        "welcome",
        ask,
        digest=desk.digest,
        written_in=desk.written_in,
        new=joined.new,
        topics=desk.topic_names(joined.subscriber.cut.topics, ask),
        latest=joined.latest,
        buttons=_first_steps(ask, desk),
    )
    return told(message)


def _first_steps(ask: Ask, desk: Desk) -> tuple[tuple[Button, ...], ...]:
    return (
        (desk.button("topics:", ask, "all_topics"), desk.button("list:", ask, "back_issues")),
        (desk.button("settings:", ask, "settings"),),
    )
