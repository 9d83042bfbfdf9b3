"""What people typed, as a message may repeat it: code where Telegram would make it a link or a mention."""

import re

from bot.messages.markup import Entity, Kind, Marked

#: What stands between blanks, brackets and quotation marks.
_WORD = r"""[^\s“”„‘’"「」『』《》、，；。！？（）()<>\[\]{}…]+"""
_NUMBERS = r"\d+(?:[ -]+\d+)+"
_STRETCH = re.compile(f"(?P<numbers>{_NUMBERS})(?![^ ])|(?P<word>{_WORD})")
#: An address, a mention, a hashtag, a cashtag, a command, or the number of a phone or a card.
_LIVE = re.compile(r"(?<!\w)[@#$/][\w·]|://|[^\s.]\.\w|\d{7}")
_ENDING = re.compile(r"\.[^\W\d_]{2}")
_FEWEST_DIGITS = 9  # of a number in groups; a date has eight


def typed(text: str) -> Marked:
    """The text, in which nothing becomes a link, a mention, a hashtag or a command by itself."""
    live = (found.span() for found in _STRETCH.finditer(text) if _is_live(found))
    return Marked(text, tuple(Entity(Kind.CODE, start, stop) for start, stop in live))


def _is_live(found: re.Match[str]) -> bool:
    if numbers := found["numbers"]:
        return sum(map(str.isdecimal, numbers)) >= _FEWEST_DIGITS
    if _LIVE.search(found["word"]):
        return True
    # Telegram takes for the name of a host also what stands right before the dot and is no letter.
    return _ENDING.match(found["word"]) is not None and found.string[: found.start()][-1:].strip() != ""
