"""``/when`` with what somebody wants: an hour, a day, quiet hours, sound, a city, in any order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.handlers.context import HandlerContext, in_rows
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.when import choice, city_of, day_rows, page, zone_rows
from bot.messages import Button
from bot.model import Subscriber
from bot.readers import place_names, zones
from bot.readers.city_names import SHORT_LIST
from bot.readers.place_names import Found, Place
from bot.words.wished_hours import Wished, wished

_LOCATION = re.compile(r"@(-?[\d.]+),(-?[\d.]+)")


async def when(request: Request, context: HandlerContext) -> Reply:
    """``/when``: the page; with words, what they say is chosen."""
    if request.subscriber is None:
        return reply_with(context.say("not_subscribed", request, buttons=(context.joining(request),)))
    words = request.words.strip()
    if not words:
        return reply_with(page(request, context, request.subscriber))
    alone = place_names.named(words, context.hours.clock("UTC"))
    wish = Wished(rest=words) if alone.places else wished(words)
    if wish is None:
        return _unknown(request, context)
    if wish.several_days:
        rows = day_rows(request, context, request.subscriber.hours)
        return reply_with(
            context.say("when_several_days", request, typed=request.channel is None, buttons=rows)
        )
    return await _chosen(request, context, wish)


def means_hours(words: str) -> bool:
    """Whether the words say when, whatever they reply to: hours, quiet ones, or none."""
    wish = wished(words)
    return wish is not None and wish.names_hours


async def located(request: Request, context: HandlerContext) -> Reply:
    """A shared location: its zone. The place itself is kept nowhere."""
    place = _LOCATION.fullmatch(request.words)
    if request.subscriber is None or place is None:
        return reply_with(context.say("not_subscribed", request, buttons=(context.joining(request),)))
    near = zones.nearest(float(place[1]), float(place[2]))
    changed = await context.hours.move(request.destination, near[0])
    by_clock = {context.hours.clock(zone).utcoffset(): zone for zone in reversed(near)}
    others = [zone for zone in near[1:] if zone in by_clock.values()]
    return _told(request, context, changed, others)


async def _chosen(request: Request, context: HandlerContext, wish: Wished) -> Reply:
    """All that is wished for is chosen, or nothing, if it is in doubt which place is meant."""
    found = _found(wish, context)
    if found.sure:
        changed = await context.hours.wish(request.destination, wish, found.places[0].zone)
        others = () if wish.offset is None else [place.zone for place in found.places[1:]]
        return _told(request, context, changed, others)
    if found.places:
        return _asked(request, context, found.places, wish)
    if wish.rest or wish.offset is not None:
        return _unknown(request, context)
    return _told(request, context, await context.hours.wish(request.destination, wish))


def _found(wish: Wished, context: HandlerContext) -> Found:
    """The places that are named, by their offset or by name."""
    now = context.hours.clock("UTC")
    if wish.offset is not None:
        return Found() if wish.rest else place_names.by_offset(wish.offset, now)
    named = place_names.named(wish.rest, now)
    says_little = wish.names_hours and len(wish.rest) == 1  # 明早八点 leaves 明
    return named if named.places or says_little else Found(place_names.like(wish.rest))


def _told(
    request: Request, context: HandlerContext, changed: Subscriber | None, others: Iterable[str] = ()
) -> Reply:
    """The page as an answer to words, with other zones that may have been meant."""
    assert request.subscriber is not None  # noqa: S101  # the caller's if
    shown = page(request, context, changed or request.subscriber, request.subscriber.hours)
    rows = zone_rows(request, context, others)
    return reply_with(replace(shown, buttons=(*rows, *shown.buttons)))


def _unknown(request: Request, context: HandlerContext) -> Reply:
    rows = zone_rows(request, context, SHORT_LIST)
    return reply_with(context.say("zone_unknown", request, typed=request.channel is None, buttons=rows))


def _asked(request: Request, context: HandlerContext, places: Sequence[Place], wish: Wished) -> Reply:
    """Which place is meant; nothing is changed before the tap that says it."""
    buttons = tuple(_place(request, context, one, places, wish) for one in places)
    return reply_with(context.say("zone_choices", request, buttons=in_rows(buttons, 2)))


def _place(
    request: Request, context: HandlerContext, place: Place, offered: Sequence[Place], wish: Wished
) -> Button:
    """A tap chooses its zone with all else that was wished. Namesakes are called by their zones."""
    assert request.subscriber is not None  # noqa: S101  # the caller's if
    names = [_name(request, one) for one in offered]
    name = _name(request, place)
    shown = name if names.count(name) == 1 else city_of(request, place.zone)
    hours = context.hours.would_be(request.subscriber.hours, wish, place.zone)
    data = f"as:{hours.signature}" if wish.names_hours else f"zone:{place.zone}"
    clock = context.hours.clock(place.zone)
    return choice(request, context, data, "when_in_zone", chosen=False, zone=shown, clock=clock)


def _name(request: Request, place: Place) -> str:
    return place.english if request.language == "en" else place.chinese
