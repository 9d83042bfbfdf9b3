"""When issues come: at once, at an hour or on a day; quiet hours, sound, and time zone.

Its own page behind /settings, and what is tapped there.
"""

from collections.abc import Awaitable, Callable, Iterable

from bot.handlers.context import HandlerContext, in_rows
from bot.handlers.request import Reply, Request
from bot.messages import Button, Message
from bot.model import Hours, Quiet, Subscriber, read_digits
from bot.readers import zones
from bot.readers.city_names import SHORT_LIST
from bot.words.traditional import traditional

_HOURS = "0600 0700 0730 0800 0830 0900 1000 1200 1230 1300 1700 1800 1900 2000 2100 2200".split()  # noqa: SIM905  # easier to read
_QUIET = ("2200-0700", "2300-0800", "0000-0900")
_DAYS = range(7)


async def tapped(request: Request, context: HandlerContext) -> Reply:
    """A tap: ``when:`` shows the page, ``when:hours:`` and ``when:zones:`` what there is to choose.

    ``when:at:0830``, ``when:day:4``, ``when:quiet:2200-0700``, ``when:silent:1``, ``when:topics:1``,
    ``when:zone:Asia/Tokyo`` choose, and without a value turn it off; ``when:as:`` chooses the hours whose
    signature follows, and ``when:back:`` brings them back.
    """
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    key, _, value = request.words.partition(":")
    pages = {"": page, "hours": _hours_page, "zones": _zones_page}
    if key in pages:
        return Reply(edit=pages[key](request, context, request.subscriber))
    try:
        changed = await _chosen(request, context, key, value)
    except ValueError:
        return Reply(notice=context.notice("outdated", request))
    if changed is None:
        return Reply(notice=context.notice("outdated", request))
    before = None if key == "back" else request.subscriber.hours
    notice = context.notice("undone" if key == "back" else "saved", request)
    return Reply(edit=page(request, context, changed, before), notice=notice)


async def _chosen(request: Request, context: HandlerContext, key: str, value: str) -> Subscriber | None:
    """The subscriber after a choice; None for what is none. ValueError for a value that never was one."""
    hours, to = context.hours, request.destination
    if key == "zone" and not zones.exists(value):
        return None
    choices: dict[str, Callable[[], Awaitable[Subscriber | None]]] = {
        "at": lambda: hours.at(to, read_digits(value) if value else None),
        "day": lambda: hours.on(to, int(value) if value else None),
        "quiet": lambda: hours.quiet(to, Quiet.parse(value) if value else None),
        "silent": lambda: hours.silent(to, silent=bool(value)),
        "topics": lambda: hours.on_topics(to, only=bool(value)),
        "zone": lambda: hours.move(to, value),
        "as": lambda: hours.restore(to, Hours.parse(value)),
        "back": lambda: hours.restore(to, Hours.parse(value)),
    }
    return await choices[key]() if key in choices else None


def page(
    request: Request, context: HandlerContext, subscriber: Subscriber, before: Hours | None = None
) -> Message:
    """What a reader chose, with all that can be chosen; with the hours before, a way back to them."""
    hours = subscriber.hours
    zone = context.hours.zone_of(hours)
    return context.say(
        "when",
        request,
        hours=hours,
        zone=city_of(request, zone),
        clock=context.hours.clock(zone),
        next=context.hours.next_of(hours),
        chooses=subscriber.cut.filters or hours.on_topics,
        typed=request.channel is None,
        buttons=(
            (
                choice(request, context, "at:", "when_at_once", chosen=hours.at is None),
                context.button("when:hours:", request, "when_hour", at=hours.at),
            ),
            *day_rows(request, context, hours),
            *_quiet_rows(request, context, hours),
            (_sound(request, context, hours),),
            _topics(request, context, subscriber),
            (context.button("when:zones:", request, "when_zone", zone=city_of(request, zone)),),
            _undo(request, context, before, hours),
            (context.button("set:", request, "when_back"),),
        ),
    )


def choice(
    request: Request, context: HandlerContext, data: str, label: str, *, chosen: bool, **values: object
) -> Button:
    """A button of this page, which shows whether it is chosen."""
    return context.button(f"when:{data}", request, label, chosen=chosen, **values)


def day_rows(request: Request, context: HandlerContext, hours: Hours) -> list[tuple[Button, ...]]:
    """Every day, or one of the week; none where nothing waits for an hour."""
    if hours.at is None:
        return []
    every = choice(request, context, "day:", "when_every_day", chosen=hours.day is None)
    days = (
        choice(request, context, f"day:{day}", "when_day", chosen=day == hours.day, day=day) for day in _DAYS
    )
    return in_rows((every, *days), 4)


def _quiet_rows(request: Request, context: HandlerContext, hours: Hours) -> list[tuple[Button, ...]]:
    off = choice(request, context, "quiet:", "when_never_quiet", chosen=hours.quiet is None)
    spans = [Quiet.parse(one) for one in _QUIET]
    if hours.quiet and hours.quiet not in spans:
        spans.append(hours.quiet)
    on = (
        choice(request, context, f"quiet:{one}", "when_quiet", chosen=one == hours.quiet, quiet=one)
        for one in spans
    )
    return in_rows((off, *on), 2)


def _sound(request: Request, context: HandlerContext, hours: Hours) -> Button:
    data = "when:silent:" if hours.silent else "when:silent:1"
    return context.button(data, request, "when_silent", chosen=hours.silent)


def _topics(request: Request, context: HandlerContext, subscriber: Subscriber) -> tuple[Button, ...]:
    """Whether an issue comes that has nothing for the reader; who gets all of each is not asked."""
    only = subscriber.hours.on_topics
    if not (only or subscriber.cut.filters):
        return ()
    return (context.button(f"when:topics:{'' if only else 1}", request, "when_on_topics", chosen=only),)


def _undo(
    request: Request, context: HandlerContext, before: Hours | None, after: Hours
) -> tuple[Button, ...]:
    if before is None or before == after:
        return ()
    return (context.button(f"when:back:{before.signature}", request, "undo"),)


def _hours_page(request: Request, context: HandlerContext, subscriber: Subscriber) -> Message:
    chosen = subscriber.hours.at
    hours = tuple(
        choice(
            request, context, f"at:{one}", "when_time", chosen=read_digits(one) == chosen, at=read_digits(one)
        )
        for one in _HOURS
    )
    return context.say(
        "when_hours", request, buttons=(*in_rows(hours, 4), (context.button("when:", request, "when_back"),))
    )


def _zones_page(request: Request, context: HandlerContext, subscriber: Subscriber) -> Message:
    chosen = context.hours.zone_of(subscriber.hours)
    known = dict.fromkeys((chosen, *SHORT_LIST))
    rows = zone_rows(request, context, known, chosen)
    return context.say(
        "when_zones",
        request,
        private=request.chat_id > 0,
        typed=request.channel is None,
        buttons=(*rows, (context.button("when:", request, "when_back"),)),
    )


def zone_rows(
    request: Request, context: HandlerContext, names: Iterable[str], chosen: str = ""
) -> list[tuple[Button, ...]]:
    """Buttons that choose a zone, by the names of their cities and what clocks show there."""
    buttons = tuple(
        choice(
            request,
            context,
            f"zone:{name}",
            "when_in_zone",
            chosen=name == chosen,
            zone=city_of(request, name),
            clock=context.hours.clock(name),
        )
        for name in names
    )
    return in_rows(buttons, 2)


def city_of(request: Request, zone: str) -> str:
    """What a zone is called in the reader's language."""
    return in_characters(request, zones.city(zone, chinese=request.language != "en"))


def in_characters(request: Request, name: str) -> str:
    """A Chinese name of ours in the characters that the reader reads."""
    return traditional(name) if request.language == "zh-Hant" else name
