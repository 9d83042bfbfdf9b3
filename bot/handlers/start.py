"""/start: subscribe; a deep link may name an issue or a topic."""

from dataclasses import replace

from bot.handlers.desk import Answer, Ask, Desk, told
from bot.handlers.topic import followed
from bot.messages import Button
from bot.model import Choice, Cut, Interests

_ISSUE, _TOPIC = "issue_", "topic_"
_AS_BEFORE = Choice()


async def start(ask: Ask, desk: Desk) -> Answer:
    """Subscribe, and send what the link named; the newest issue where it named none."""
    payload = ask.words.strip()
    if payload.startswith(_ISSUE):
        return await _with_issue(ask, desk, payload.removeprefix(_ISSUE))
    if payload.startswith(_TOPIC):
        return await _with_topic(ask, desk, payload.removeprefix(_TOPIC))
    return await welcome(ask, desk)


async def _with_issue(ask: Ask, desk: Desk, slug: str) -> Answer:
    issue = desk.archive.readable(slug)
    answer = await welcome(ask, desk, with_latest=issue is None)
    if issue is not None:
        cut = Cut(language=ask.language, mode=ask.cut.mode)
        await desk.requesting.issue(ask.chat_id, issue.slug, cut)
    return answer


async def _with_topic(ask: Ask, desk: Desk, word: str) -> Answer:
    """A link follows topics alone: nobody but the reader chooses a reader's keywords."""
    slug = desk.topics.find(word)
    named = Interests(topics=(slug,) if slug else ())
    greeted = Answer() if ask.active else await welcome(ask, desk, choice=Choice(follow=named))
    if not named:
        suggestions = desk.topic_names(desk.topics.suggestions(word), ask)
        unknown = desk.say("topic_unknown", ask, unknown=(word,), suggestions=suggestions)
        return told(*greeted.messages, unknown)
    subscriber = await desk.subscribing.get(ask.chat_id)
    answer = await followed(replace(ask, subscriber=subscriber), desk, named)
    return told(*greeted.messages, *answer.messages)


async def subscribe(ask: Ask, desk: Desk) -> Answer:
    """The button under "you are not subscribed"."""
    answer = await welcome(ask, desk)
    return Answer(messages=answer.messages, without_buttons=True)


async def welcome(ask: Ask, desk: Desk, *, choice: Choice = _AS_BEFORE, with_latest: bool = True) -> Answer:
    """Subscribe the person and say what will come."""
    joined = await desk.subscribing.join(
        ask.chat_id, language=ask.language, choice=choice, with_latest=with_latest
    )
    message = desk.say(
        "welcome",
        ask,
        digest=desk.digest,
        written_in=desk.written_in,
        new=joined.new,
        back=joined.back,
        **desk.standing(joined.subscriber.cut, ask),
        latest=joined.latest,
        buttons=_first_steps(ask, desk),
    )
    return told(message)


def _first_steps(ask: Ask, desk: Desk) -> tuple[tuple[Button, ...], ...]:
    return (
        (desk.button("topics:", ask, "all_topics"), desk.button("list:", ask, "back_issues")),
        (desk.button("settings:", ask, "settings"),),
    )
