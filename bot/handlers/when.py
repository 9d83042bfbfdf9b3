"""When issues come: at once, at an hour or on a day; quiet hours, sound, and time zone.

Its own page behind /settings, and ``/when`` with what somebody wants: an hour, quiet hours, or a city.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace

from bot.handlers.context import HandlerContext, in_rows
from bot.handlers.request import Reply, Request, reply_with
from bot.messages import Button, Message
from bot.model import Hours, Quiet, Subscriber, read_digits
from bot.readers import place_names, zones
from bot.readers.city_names import SHORT_LIST
from bot.readers.place_names import Place
from bot.words.clock_times import means_at_once, time_of_day, wished

_HOURS = "0600 0700 0730 0800 0830 0900 1000 1200 1230 1300 1700 1800 1900 2000 2100 2200".split()  # noqa: SIM905  # easier to read
_QUIET = ("2200-0700", "2300-0800", "0000-0900")
_DAYS = range(7)
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|～|到|至|to)\s*", re.IGNORECASE)
_PLACE = re.compile(r"@(-?[\d.]+),(-?[\d.]+)")


async def when(request: Request, context: HandlerContext) -> Reply:
    """``/when``: the page; with words, what they say is chosen."""
    if request.subscriber is None:
        return reply_with(context.say("not_subscribed", request, buttons=(context.joining(request),)))
    words = request.words.strip()
    if not words:
        return reply_with(_page(request, context, request.subscriber))
    if (quiet := _quiet_in(words)) is not None:
        return await _told(request, context, await context.hours.quiet(request.destination, quiet))
    if (wish := wished(words)) is not None:
        return await _told(request, context, await context.hours.wish(request.destination, wish))
    if means_at_once(words):
        return await _told(request, context, await context.hours.at(request.destination, None))
    return await _by_place(request, context, words)


async def _by_place(request: Request, context: HandlerContext, words: str) -> Reply:
    found = place_names.named(words, context.hours.clock("UTC"))
    if found.sure:
        return await _zone_chosen(request, context, (found.places[0].zone,))
    return _asked(request, context, found.places or place_names.like(words))


async def located(request: Request, context: HandlerContext) -> Reply:
    """A shared location: its zone. The place itself is kept nowhere."""
    place = _PLACE.fullmatch(request.words)
    if request.subscriber is None or place is None:
        return reply_with(context.say("not_subscribed", request, buttons=(context.joining(request),)))
    return await _zone_chosen(request, context, zones.nearest(float(place[1]), float(place[2])))


async def tapped(request: Request, context: HandlerContext) -> Reply:
    """A tap: ``when:`` shows the page, ``when:hours:`` and ``when:zones:`` what there is to choose.

    ``when:at:0830``, ``when:day:4``, ``when:quiet:2200-0700``, ``when:silent:1``, ``when:topics:1``,
    ``when:zone:Asia/Tokyo`` choose, and without a value turn it off; ``when:back:`` brings back the hours
    whose signature follows.
    """
    if request.subscriber is None:
        return Reply(notice=context.notice("join_first", request))
    key, _, value = request.words.partition(":")
    pages = {"": _page, "hours": _hours_page, "zones": _zones_page}
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
    return Reply(edit=_page(request, context, changed, before), notice=notice)


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
        "back": lambda: hours.restore(to, Hours.parse(value)),
    }
    return await choices[key]() if key in choices else None


async def _told(request: Request, context: HandlerContext, changed: Subscriber | None) -> Reply:
    """The page as an answer to words."""
    assert request.subscriber is not None  # noqa: S101  # the caller's if
    after = changed or request.subscriber
    return reply_with(_page(request, context, after, request.subscriber.hours))


def _asked(request: Request, context: HandlerContext, places: Sequence[Place]) -> Reply:
    """Which place is meant, or that nothing is known by what was typed; nothing is changed."""
    offered = places or tuple(map(place_names.in_zone, SHORT_LIST))
    rows = in_rows(tuple(_place(request, context, one, offered) for one in offered), 2)
    say = "zone_choices" if places else "zone_unknown"
    return reply_with(context.say(say, request, typed=request.channel is None, buttons=rows))


def _place(request: Request, context: HandlerContext, place: Place, offered: Sequence[Place]) -> Button:
    """A tap chooses its zone. It has its own name, or among namesakes that of its zone."""
    names = [_name(request, one) for one in offered]
    name = _name(request, place)
    shown = name if names.count(name) == 1 else _city(request, place.zone)
    clock = context.hours.clock(place.zone)
    return _choice(
        request, context, f"zone:{place.zone}", "when_in_zone", chosen=False, zone=shown, clock=clock
    )


def _name(request: Request, place: Place) -> str:
    return place.english if request.language == "en" else place.chinese


async def _zone_chosen(request: Request, context: HandlerContext, found: tuple[str, ...]) -> Reply:
    """The first zone is taken, and the others are offered where their clocks show another time."""
    changed = await context.hours.move(request.destination, found[0])
    reply = await _told(request, context, changed)
    by_clock = {context.hours.clock(zone).utcoffset(): zone for zone in reversed(found)}
    others = [zone for zone in found[1:] if zone in by_clock.values()]
    (page,) = reply.messages
    rows = _zone_rows(request, context, others)
    return reply_with(replace(page, buttons=(*rows, *page.buttons)))


def _page(
    request: Request, context: HandlerContext, subscriber: Subscriber, before: Hours | None = None
) -> Message:
    hours = subscriber.hours
    zone = context.hours.zone_of(hours)
    return context.say(
        "when",
        request,
        hours=hours,
        zone=_city(request, zone),
        clock=context.hours.clock(zone),
        next=context.hours.next_of(hours),
        chooses=subscriber.cut.filters or hours.on_topics,
        typed=request.channel is None,
        buttons=(
            (
                _choice(request, context, "at:", "when_at_once", chosen=hours.at is None),
                context.button("when:hours:", request, "when_hour", at=hours.at),
            ),
            *_days(request, context, hours),
            *_quiet_rows(request, context, hours),
            (_sound(request, context, hours),),
            _topics(request, context, subscriber),
            (context.button("when:zones:", request, "when_zone", zone=_city(request, zone)),),
            _undo(request, context, before, hours),
            (context.button("set:", request, "when_back"),),
        ),
    )


def _choice(
    request: Request, context: HandlerContext, data: str, label: str, *, chosen: bool, **values: object
) -> Button:
    return context.button(f"when:{data}", request, label, chosen=chosen, **values)


def _days(request: Request, context: HandlerContext, hours: Hours) -> list[tuple[Button, ...]]:
    """Every day, or one of the week; none where nothing waits for an hour."""
    if hours.at is None:
        return []
    every = _choice(request, context, "day:", "when_every_day", chosen=hours.day is None)
    days = (
        _choice(request, context, f"day:{day}", "when_day", chosen=day == hours.day, day=day) for day in _DAYS
    )
    return in_rows((every, *days), 4)


def _quiet_rows(request: Request, context: HandlerContext, hours: Hours) -> list[tuple[Button, ...]]:
    off = _choice(request, context, "quiet:", "when_never_quiet", chosen=hours.quiet is None)
    spans = [Quiet.parse(one) for one in _QUIET]
    if hours.quiet and hours.quiet not in spans:
        spans.append(hours.quiet)
    on = (
        _choice(request, context, f"quiet:{one}", "when_quiet", chosen=one == hours.quiet, quiet=one)
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
        _choice(
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
    rows = _zone_rows(request, context, known, chosen)
    return context.say(
        "when_zones",
        request,
        private=request.chat_id > 0,
        typed=request.channel is None,
        buttons=(*rows, (context.button("when:", request, "when_back"),)),
    )


def _zone_rows(
    request: Request, context: HandlerContext, names: Iterable[str], chosen: str = ""
) -> list[tuple[Button, ...]]:
    buttons = tuple(
        _choice(
            request,
            context,
            f"zone:{name}",
            "when_in_zone",
            chosen=name == chosen,
            zone=_city(request, name),
            clock=context.hours.clock(name),
        )
        for name in names
    )
    return in_rows(buttons, 2)


def _city(request: Request, zone: str) -> str:
    return zones.city(zone, chinese=request.language != "en")


def _quiet_in(words: str) -> Quiet | None:
    """Two times of day with a dash between them."""
    both = [time_of_day(one) for one in _BETWEEN.split(words.strip())]
    if len(both) != 2 or both[0] is None or both[1] is None or both[0] == both[1]:  # from and to
        return None
    return Quiet(begins=both[0], ends=both[1])
