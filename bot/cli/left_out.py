"""What readers do not get of issues, in one line."""

from collections import Counter
from collections.abc import Iterable

from bot.model import LeftOut
from bot.words.english import plural

_MOST_RULES = 6
_LONGEST = 24  # characters of a rule, which may be a regular expression


def summed_up(left_out: Iterable[LeftOut]) -> str:
    """``left out: 14 lines (往期回顾, label)``, the rules that take most first; empty where nothing is."""
    lines = {(one.line, one.rule) for one in left_out}
    rules = [_short(rule) for rule, _ in Counter(rule for _, rule in lines).most_common()]
    if not rules:
        return ""
    more = ", …" if len(rules) > _MOST_RULES else ""
    counted = plural(len({line for line, _ in lines}), "line")
    return f"left out: {counted} ({', '.join(rules[:_MOST_RULES])}{more})"


def _short(rule: str) -> str:
    return rule if len(rule) <= _LONGEST else f"{rule[:_LONGEST]}…"
