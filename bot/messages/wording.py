"""The short texts around messages: labels of buttons, notices, the command menu; and what people say."""

from functools import cache

from jinja2.environment import TemplateModule
from markupsafe import Markup

from bot.messages.markup import clean
from bot.messages.templating import environment
from bot.model import WRITTEN, Language
from bot.words.folding import fold_text

Menu = tuple[tuple[str, str], ...]  #: (command, what it does)


class Wording:
    """One line of plain text each, from the macros of ``labels.j2`` and the lines of ``commands.j2``.

    What people say instead of commands comes from the lines of ``sayings.j2``.
    """

    def __init__(self) -> None:
        self._labels: dict[Language, TemplateModule] = {}

    def label(self, name: str, language: Language, /, **values: object) -> str:
        """The macro ``name`` with ``values``, as plain text."""
        if language not in self._labels:
            self._labels[language] = environment(language).get_template("labels.j2").module
        made: str = getattr(self._labels[language], name)(**values)
        return " ".join(clean(Markup(made).unescape()).split())  # noqa: S704  # unescaped at once, never shown as HTML

    def menu(self, language: Language) -> Menu:
        """The bot's commands, each with what it does, in the order of the menu."""
        return _menu(language, "commands.j2")

    def admin_menu(self, language: Language) -> Menu:
        """The commands of the admin chat, in the same way."""
        return _menu(language, "admin_commands.j2")

    def meaning(self, text: str) -> str | None:
        """What somebody says by a text, in any of the languages: the name of a command, or of an issue.

        None if it is not known. Case, blanks and punctuation do not count.
        """
        return _meanings().get(_said(text))


@cache
def _menu(language: Language, name: str) -> Menu:
    return tuple(_entries(environment(language).get_template(name).render()))


@cache
def _meanings() -> dict[str, str]:
    return {
        _said(way): meaning
        for language in WRITTEN
        for meaning, ways in _entries(environment(language).get_template("sayings.j2").render())
        for way in ways.split("|")
    }


def _said(text: str) -> str:
    return "".join(filter(str.isalnum, fold_text(text)))


def _entries(text: str) -> list[tuple[str, str]]:
    lines = (line.split(":", 1) for line in text.splitlines() if line.strip())
    return [(name.strip(), Markup(what).unescape().strip()) for name, what in lines]  # noqa: S704  # as above
