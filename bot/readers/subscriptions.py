"""Who gets what: joining, leaving, interests, preferences."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.model import (
    NOTHING,
    STOPPED,
    Choice,
    Cut,
    Destination,
    Language,
    Mode,
    Subscriber,
    SubscriberState,
)
from bot.readers.newest import NewestIssue

_AS_BEFORE = Choice()


class Subscribers(Protocol):
    """Where subscribers are kept."""

    async def get(self, to: Destination) -> Subscriber | None: ...

    async def of_chat(self, chat_id: int) -> tuple[Subscriber, ...]:
        """The subscribers of a chat and its threads."""

    async def join(self, to: Destination, cut: Cut, now: datetime) -> bool:
        """Subscribe a chat or thread; returns whether it never was before."""

    async def change_cut(
        self, to: Destination, change: Callable[[Cut], Cut], now: datetime
    ) -> Subscriber | None: ...

    async def set_state(self, to: Destination, state: SubscriberState, now: datetime) -> bool: ...

    async def lose_chat(self, chat_id: int, state: SubscriberState, now: datetime) -> None:
        """Note that nothing reaches a chat and its threads."""

    async def regain_chat(self, chat_id: int, now: datetime) -> tuple[Destination, ...]:
        """Note that they are reached again; returns which are."""

    async def move(self, chat_id: int, new_id: int, now: datetime) -> None: ...


class Threads(Protocol):
    """Where it is kept who set up a group or a topic, and which of them are closed."""

    async def set_up(self, to: Destination, person: int, name: str = "") -> None: ...

    async def rename(self, to: Destination, name: str) -> None: ...

    async def reopen(self, to: Destination, now: datetime) -> bool:
        """Note that a topic is open again; False if it was not known to be closed."""


class OpenDeliveries(Protocol):
    """What is on its way to a chat."""

    async def skip_open_sends(self, to: Destination, reason: str, now: datetime) -> int:
        """Skip what is to be sent there; corrections and deletions go on."""

    async def skip_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int:
        """Skip everything that is open for a chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What became of a chat that joined.

    ``new``: it never was subscribed. ``back``: it had stopped or gone. ``latest``: the newest issue is on its
    way there, or ``waits`` for its reader's hour.
    """

    subscriber: Subscriber
    new: bool
    back: bool
    latest: bool
    waits: bool = False


class Subscriptions:
    """What a person can do with a subscription. ``now`` returns the time."""

    def __init__(  # each is a table of its own, but for the clock and what is a topic
        self,
        subscribers: Subscribers,
        threads: Threads,
        newest: NewestIssue,
        deliveries: OpenDeliveries,
        now: Callable[[], datetime],
        *,
        is_topic: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """``is_topic`` says of the key of a topic whether there is such a topic still."""
        self._is_topic = is_topic
        self._subscribers = subscribers
        self._threads = threads
        self._newest = newest
        self._deliveries = deliveries
        self._now = now

    async def get(self, to: Destination) -> Subscriber | None:
        """The subscriber of a chat or thread; None for one that never joined."""
        return await self._subscribers.get(to)

    async def go_on_in(self, chat_id: int) -> bool:
        """Whether a chat or one of its threads subscribed and did not stop."""
        found = await self._subscribers.of_chat(chat_id)
        return any(one.state is not SubscriberState.STOPPED for one in found)

    async def join(
        self,
        to: Destination,
        *,
        language: Language,
        choice: Choice = _AS_BEFORE,
        by: int | None = None,
        name: str = "",
    ) -> Joined:
        """Subscribe a chat or thread, with interests if any are chosen, and plan the newest issue for it.

        ``by`` is who does so for a group, and is told if nothing can come there any more; ``name`` is what
        its topic is called, if it is one and that is known.

        A subscriber who returns keeps their preferences. Everybody gets the newest issue, unless they have it
        or asked for it, or it is held by its name.
        """
        before = await self._subscribers.get(to)
        new = await self._subscribers.join(to, choice.applied(Cut(language=language)), self._now())
        if to.chat < 0 and by is not None:
            await self._threads.set_up(to, by, name)
        subscriber = await self._require(to) if new else await self.choose(to, choice)
        coming = await self._newest.plan(subscriber, self._now())
        return Joined(
            subscriber=subscriber,
            new=new,
            back=before is not None and before.state is not SubscriberState.ACTIVE,
            latest=coming is not None,
            waits=coming is not None and coming.hours.waits and coming.not_before > self._now(),
        )

    async def choose(self, to: Destination, choice: Choice) -> Subscriber:
        """Follow or leave out what is chosen. A subscriber without interests gets whole issues.

        Who chooses follows what is no topic any more no longer: it is shown nowhere.
        """

        def change(cut: Cut) -> Cut:
            chosen = choice.applied(cut)
            return replace(chosen, topics=tuple(filter(self._is_topic, chosen.topics)))

        return await self._change(to, change)

    async def clear_interests(self, to: Destination) -> Subscriber:
        """Follow nothing and leave nothing out, which means whole issues."""
        return await self._change(to, lambda cut: cut.about(NOTHING, excluded=NOTHING))

    async def restore(self, to: Destination, before: Cut) -> Subscriber:
        """Follow, leave out and show what an earlier cut did."""

        def change(cut: Cut) -> Cut:
            known = cut.about(before.followed, excluded=before.excluded)
            return replace(known, sections=before.sections)

        return await self._change(to, change)

    async def set_language(self, to: Destination, language: Language) -> Subscriber:
        """Set the language of messages."""
        return await self._change(to, lambda cut: replace(cut, language=language, converted=False))

    async def set_converted(self, to: Destination, *, converted: bool) -> Subscriber:
        """Show the digest's own text in traditional characters too, or as it is written."""
        return await self._change(to, lambda cut: replace(cut, converted=converted))

    async def set_mode(self, to: Destination, mode: Mode) -> Subscriber:
        """Set how much of each item is shown."""
        return await self._change(to, lambda cut: replace(cut, mode=mode))

    async def show_section(
        self, to: Destination, slug: str, *, shown: bool, known: Iterable[str]
    ) -> Subscriber:
        """Show a section or leave it out; the last one that is shown stays. All of ``known`` means all."""
        everything = frozenset(known)

        def change(cut: Cut) -> Cut:
            before = frozenset(cut.sections) or everything
            chosen = before | {slug} if shown else before - {slug}
            if not chosen:
                return cut
            return replace(cut, sections=() if chosen == everything else tuple(sorted(chosen)))

        return await self._change(to, change)

    async def stop(self, to: Destination) -> None:
        """Send nothing more, and skip what is being sent."""
        now = self._now()
        await self._subscribers.set_state(to, SubscriberState.STOPPED, now)
        await self._deliveries.skip_open_sends(to, STOPPED, now)

    async def resume(self, to: Destination) -> None:
        """Send issues again, beginning with the next one."""
        await self._subscribers.set_state(to, SubscriberState.ACTIVE, self._now())

    async def block(self, chat_id: int, reason: str = "blocked by the user") -> None:
        """Note that nothing can be sent to a chat, and send nothing until it can."""
        now = self._now()
        await self._subscribers.lose_chat(chat_id, SubscriberState.BLOCKED, now)
        await self._deliveries.skip_all_of_chat(chat_id, reason, now)

    async def reopen(self, to: Destination) -> bool:
        """Note that a topic is open again, and send issues there; False if it was not parked."""
        return await self._threads.reopen(to, self._now())

    async def rename(self, to: Destination, name: str) -> None:
        """Note what a topic of a forum is called from now on, if it was ever set up."""
        await self._threads.rename(to, name)

    async def unblock(self, chat_id: int) -> tuple[Destination, ...]:
        """Note that the bot is let in again: send issues to the chat and its threads, as before.

        Returns those which get issues again by this.
        """
        return await self._subscribers.regain_chat(chat_id, self._now())

    async def move(self, chat_id: int, new_id: int) -> None:
        """Note that the group has a new id; everything else stays."""
        await self._subscribers.move(chat_id, new_id, self._now())

    async def _change(self, to: Destination, change: Callable[[Cut], Cut]) -> Subscriber:
        changed = await self._subscribers.change_cut(to, change, self._now())
        return changed or await self._require(to)

    async def _require(self, to: Destination) -> Subscriber:
        found = await self._subscribers.get(to)
        if found is None:
            raise LookupError(f"{to} never subscribed")
        return found
