"""``/when`` with what somebody wants: an hour, a day, quiet hours, sound, a city, in any order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.handlers.context import HandlerContext, in_rows
from bot.handlers.request import Reply, Request, reply_with
from bot.handlers.when import choice, city_of, day_rows, in_characters, page, zone_rows
from bot.messages import Button
from bot.model import Hours, Subscriber
from bot.readers import place_names, zones
from bot.readers.city_names import SHORT_LIST
from bot.readers.known_places import Place, folded
from bot.readers.place_names import Found
from bot.words.clock_times import hours_of
from bot.words.quiet_spans import spans
from bot.words.weekdays import meant_weekday
from bot.words.wished_hours import Wished, wished

_SHORT = 12  #: letters of a name of which two stand in a row
_MOST_WORDS = 4  #: of a name
_LONGEST = 100  #: characters of words that are repeated
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
        return _not_understood(request, context, words)
    return _in_doubt(request, context, wish) or await _chosen(request, context, wish)


def _in_doubt(request: Request, context: HandlerContext, wish: Wished) -> Reply | None:
    """What cannot be had, or is said of no time; None if all of it can."""
    if wish.several_days:
        assert request.subscriber is not None  # noqa: S101  # the caller's if
        rows = day_rows(request, context, request.subscriber.hours)
        return _refused(request, context, "when_several_days", buttons=rows)
    if wish.against or wish.left:
        why, said = ("when_against", wish.against) if wish.against else ("when_left", wish.left)
        return _refused(request, context, why, words=said)
    return None


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
    """All that is wished for is chosen, or nothing, if a part of it is in doubt."""
    found, unknown = _found(request, context, wish)
    if unknown:
        wish = replace(_with_day(wish, unknown), is_quiet=False)
    if unknown and not (wish.names_hours or found.places):
        return _unknown(request, context, unknown)
    if unknown:
        return _partly(request, context, found.places, wish, unknown)
    if found.places and not found.sure:
        return _asked(request, context, found.places, wish)
    zone = found.places[0].zone if found.places else ""
    if wish.part or wish.either:
        rows = _hour_rows(request, context, wish, zone)
        return reply_with(context.say("when_part", request, day=wish.day, buttons=rows))
    if _lacks_an_end(request, wish):
        rows = _span_rows(request, context, wish, zone)
        begins, ends = wish.quiet_begins, wish.quiet_ends
        return reply_with(context.say("when_one_end", request, begins=begins, ends=ends, buttons=rows))
    changed = await context.hours.wish(request.destination, wish, zone)
    others = () if wish.offset is None else [place.zone for place in found.places[1:]]
    return _told(request, context, changed, others)


def _found(request: Request, context: HandlerContext, wish: Wished) -> tuple[Found, str]:
    """The places that are named, by their offset or by name, and the words that name none.

    Such are those of a place that is not meant, where the reader's zone is the one of that place.
    """
    now = context.hours.clock("UTC")
    rest, words, left = place_names.without_left(wish.rest, now)
    found, unknown = _by_words(replace(wish, rest=rest), now)
    assert request.subscriber is not None  # noqa: S101  # the caller's if
    own = {context.hours.zone_of(request.subscriber.hours)}
    meant = {place.zone for place in found.places} or own
    return found, unknown or (words if meant & {place.zone for place in left} else "")


def _by_words(wish: Wished, now: datetime) -> tuple[Found, str]:
    """The places that are named, by their offset or by name, and the words that name none."""
    if wish.offset is not None:
        found = place_names.by_offset(wish.offset, now)
        return found, wish.rest or ("" if found.places else str(wish.offset))
    named = place_names.named(wish.rest, now)
    if named.places or not wish.rest:
        return named, ""
    if wish.names_hours and len(wish.rest) == 1:  # 明早八点 leaves 明
        return named, wish.rest
    beside, others = place_names.beside(wish.rest, now) if wish.names_hours else (named, "")
    if beside.places:
        return beside, others
    alike = place_names.like(wish.rest)
    return Found(alike), "" if alike else wish.rest


def _partly(
    request: Request, context: HandlerContext, places: Sequence[Place], wish: Wished, unknown: str
) -> Reply:
    """What was not understood, and all else by a tap."""
    zone = places[0].zone if len(places) == 1 else ""
    if len(places) > 1:
        rows = _place_rows(request, context, places, wish)
    elif wish.part or wish.either:
        rows = _hour_rows(request, context, wish, zone)
    elif _lacks_an_end(request, wish):
        rows = _span_rows(request, context, wish, zone)
    else:
        rows = [(_as(request, context, _would_be(request, context, wish, zone), "when_as"),)]
    in_doubt = len(places) > 1 or wish.part or wish.either or _lacks_an_end(request, wish)
    would_be = None if in_doubt else _would_be(request, context, wish, zone)
    named = city_of(request, would_be.zone) if would_be else ""
    return reply_with(
        context.say("when_partly", request, words=unknown, hours=would_be, zone=named, buttons=rows)
    )


def _would_be(request: Request, context: HandlerContext, wish: Wished, zone: str) -> Hours:
    assert request.subscriber is not None  # noqa: S101  # the caller's if
    return context.hours.would_be(request.subscriber.hours, wish, zone)


def _hour_rows(
    request: Request, context: HandlerContext, wish: Wished, zone: str
) -> list[tuple[Button, ...]]:
    """The hours that were named, or some of a part of the day, each with all else that was wished."""
    wishes = (replace(wish, at=at, part="") for at in wish.either or hours_of(wish.part))
    hours = (_would_be(request, context, one, zone) for one in wishes)
    buttons = tuple(_as(request, context, one, "when_time", at=one.at) for one in hours)
    return in_rows(buttons, 3)


def _span_rows(
    request: Request, context: HandlerContext, wish: Wished, zone: str
) -> list[tuple[Button, ...]]:
    """Quiet hours with the end that was named, if one was, each with all else that was wished."""
    buttons = tuple(
        _as(request, context, hours, "when_quiet", quiet=hours.quiet)
        for hours in (_would_be(request, context, one, zone) for one in _whole_spans(request, wish))
    )
    return in_rows(buttons, 2)


def _lacks_an_end(request: Request, wish: Wished) -> bool:
    """Whether quiet hours are wished for of which one end is named, or none and none were chosen before."""
    assert request.subscriber is not None  # noqa: S101  # the caller's if
    return wish.has_one_end or (wish.is_quiet and request.subscriber.hours.quiet is None)


def _whole_spans(request: Request, wish: Wished) -> Iterator[Wished]:
    """The wish with both ends of its quiet hours: first with the reader's other end, then usual ones."""
    quiet = request.subscriber.hours.quiet if request.subscriber else None
    kept = (quiet.begins, quiet.ends) if quiet else None
    for span in spans(wish.quiet_begins, wish.quiet_ends, kept):
        yield replace(wish, quiet=span, quiet_begins=None, quiet_ends=None)


def _as(request: Request, context: HandlerContext, hours: Hours, label: str, **values: object) -> Button:
    """A tap chooses these hours."""
    return choice(request, context, f"as:{hours.signature}", label, chosen=False, **values)


def _told(
    request: Request, context: HandlerContext, changed: Subscriber | None, others: Iterable[str] = ()
) -> Reply:
    """The page as an answer to words, with other zones that may have been meant."""
    assert request.subscriber is not None  # noqa: S101  # the caller's if
    shown = page(request, context, changed or request.subscriber, request.subscriber.hours)
    rows = zone_rows(request, context, others)
    return reply_with(replace(shown, buttons=(*rows, *shown.buttons)))


def _with_day(wish: Wished, unknown: str) -> Wished:
    """The wish with the day that words with a slip may mean, if none was named."""
    day = None if wish.daily else meant_weekday(unknown)
    return wish if day is None or wish.day is not None else replace(wish, day=day)


def _unknown(request: Request, context: HandlerContext, unknown: str) -> Reply:
    """Words that say nothing: with cities, if they are all that was typed and may be the name of one."""
    whole = folded(unknown) == folded(request.words)
    if not whole or len(unknown.split()) > _MOST_WORDS:
        return _not_understood(request, context, unknown)
    rows = zone_rows(request, context, SHORT_LIST)
    return reply_with(context.say("zone_unknown", request, typed=request.channel is None, buttons=rows))


def _not_understood(request: Request, context: HandlerContext, words: str) -> Reply:
    return _refused(request, context, "when_unknown", words=words[:_LONGEST])


def _refused(
    request: Request,
    context: HandlerContext,
    why: str,
    words: str | tuple[str, ...] = "",
    buttons: Iterable[tuple[Button, ...]] = (),
) -> Reply:
    """Nothing is changed, with examples of what can be had."""
    return reply_with(context.say(why, request, typed=request.channel is None, words=words, buttons=buttons))


def _asked(request: Request, context: HandlerContext, places: Sequence[Place], wish: Wished) -> Reply:
    """Which place is meant; nothing is changed before the tap that says it."""
    return reply_with(
        context.say("zone_choices", request, buttons=_place_rows(request, context, places, wish))
    )


def _place_rows(
    request: Request, context: HandlerContext, places: Sequence[Place], wish: Wished
) -> list[tuple[Button, ...]]:
    """The places, each with all else that was wished, at the usual hour of a part of the day."""
    at = wish.either[0] if wish.either else hours_of(wish.part)[2] if wish.part else wish.at
    whole = next(_whole_spans(request, wish)) if _lacks_an_end(request, wish) else wish
    all_else = replace(whole, at=at, part="", either=())
    names = place_names.told_apart(places, chinese=request.language != "en")
    buttons = tuple(
        _place(request, context, one, in_characters(request, name), all_else)
        for one, name in zip(places, names, strict=True)
    )
    return in_rows(buttons, 2 if all(len(name) <= _SHORT for name in names) else 1)


def _place(request: Request, context: HandlerContext, place: Place, name: str, wish: Wished) -> Button:
    """A tap chooses its zone with all else that was wished."""
    clock = context.hours.clock(place.zone)
    if wish.names_hours:
        hours = _would_be(request, context, wish, place.zone)
        return _as(request, context, hours, "when_in_zone", zone=name, clock=clock)
    data = f"zone:{place.zone}"
    return choice(request, context, data, "when_in_zone", chosen=False, zone=name, clock=clock)
