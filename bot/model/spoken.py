"""Which of our languages somebody reads, by what their Telegram says."""

from bot.model.cut import Language

#: Parts of a language's code that say that Chinese is read in traditional characters.
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def language_of(code: str | None) -> Language:
    """The language of an IETF tag such as ``zh-hant-tw``; zh for who says none."""
    name, *rest = (code or "zh").casefold().replace("_", "-").split("-")
    if name != "zh":
        return "en"
    return "zh" if "hans" in rest or _TRADITIONAL.isdisjoint(rest) else "zh-Hant"
