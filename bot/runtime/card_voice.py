"""A card in words, with its buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.delivery.correction_note import MOST_TOLD
from bot.digest.names import DigestNames
from bot.messages import Button, Buttons, Message, Renderer
from bot.messages.changes import Change
from bot.messages.wording import Wording
from bot.model import Cut, Language
from bot.reports.cards import Card, Stage
from bot.reports.correction import Correction
from bot.reports.live import Ended, Live

#: What may be held, also if the bot itself holds it.
_MAY_BE_HELD = (Stage.UNAPPROVED, Stage.HELD, Stage.WAITING, Stage.GOES, Stage.LATE, Stage.AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardVoice:
    """How cards are said: in which ``language``, where nobody says."""

    renderer: Renderer
    names: DigestNames
    wording: Wording
    language: Language

    def message(self, card: Card, language: Language) -> Message:
        """The card of an issue."""
        return self.renderer.reply(
            "editors/card",
            language,
            card=card,
            sections=[
                (self.names.section(one.slug, language) or one.heading, one.items) for one in card.sections
            ],
            cuts=[(self._called(one.cut, language), one) for one in card.cuts],
            buttons=self._buttons(card, language),
        )

    def due(self, card: Card, language: Language, *, day: date | None) -> Message:
        """That the day of an issue has come, and what it waits for; ``day`` is that day, None: today."""
        return self.renderer.reply("editors/due", language, card=card, day=day)

    def correction(
        self, correction: Correction, language: Language, *, aside: bool, changes: Sequence[Change] = ()
    ) -> Message:
        """What a correction would change, and who is to get it; ``aside``: only those who ask."""
        verbs = {"amend": "correct_all", "retell": "correct_told", "aside": "correct_asked"}
        rows = tuple(
            (Button(self.wording.label(label, language), data=f"{verb}:{correction.edition}"),)
            for verb, label in verbs.items()
        )
        return self.renderer.reply(
            "editors/correction",
            language,
            correction=correction,
            aside=aside,
            changes=changes[:MOST_TOLD],
            total=len(changes),
            buttons=rows[:-1] if aside else rows,
        )

    def settled(self, slug: str, language: Language) -> Message:
        """That nothing waits any more."""
        return self.renderer.reply("editors/settled", language, slug=slug)

    def live(self, live: Live, edition: str, language: Language) -> Message:
        """How far an issue has come, with a button that stops it or lets it go on."""
        verb, label = ("release", "card_resume") if live.held else ("halt", "card_hold")
        button = Button(self.wording.label(label, language), data=f"{verb}:{edition}")
        rows = ((button,),) if edition else ()
        return self.renderer.reply("editors/live", language, live=live, buttons=rows)

    def ended(self, ended: Ended, language: Language) -> Message:
        """How it ended."""
        return self.renderer.reply("editors/ended", language, ended=ended)

    def _called(self, cut: Cut, language: Language) -> str:
        """What of an issue a cut is; empty for all of it."""
        followed = cut.followed.called(lambda slug: self.names.topic(slug, language))
        excluded = cut.excluded.called(lambda slug: self.names.topic(slug, language))
        sections = (self.names.listed(slug, language) for slug in cut.sections)
        return ", ".join((*followed, *(f"− {one}" for one in excluded), *sections))

    def _buttons(self, card: Card, language: Language) -> Buttons:
        if not card.is_draft:
            return ()
        return tuple(row for row in self._rows(card, language) if row)

    def _rows(self, card: Card, language: Language) -> Iterator[tuple[Button, ...]]:
        def button(verb: str, label: str, **values: object) -> Button:
            return Button(self.wording.label(label, language, **values), data=f"{verb}:{card.edition}")

        yield (button("look", "card_look"),)
        if card.uncertain:
            yield (button("ask", "card_ask", count=card.uncertain),)
        if card.kept:
            yield (button("kept", "card_kept"),)
        approve = (button("approve", "card_approve"),) if card.lacks_approval else ()
        hold = (button("halt", "card_hold"),) if card.stage in _MAY_BE_HELD and card.may_hold else ()
        resume = (button("release", "card_resume"),) if card.may_resume else ()
        yield (*approve, *hold, *resume)
        yield (button("push", "card_push"),)
