"""The editors' chat of a running bot: cards, previews, and the desk that its buttons work at."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Never

from bot.digest.topics.classifier import Classifier
from bot.editors.linter import Linter
from bot.handlers import Editors, EditorsDesk, KnownChat, Questions, Rounds, ThrottledGateway
from bot.messages.wording import Wording
from bot.model import Issue
from bot.readers.items import Items
from bot.reports.correction import Corrections
from bot.reports.drafts import Drafts
from bot.reports.forecast import Forecaster
from bot.runtime.board import Board
from bot.runtime.card_voice import CardVoice
from bot.runtime.cards import Cards
from bot.runtime.corrected_text import CorrectedText
from bot.runtime.correction_cards import CorrectionCards
from bot.runtime.editorial import Editorial, make_calendar, make_forecaster
from bot.runtime.letter_voice import LetterVoice
from bot.runtime.letters import Letters
from bot.runtime.live_bars import LiveBars
from bot.runtime.previews import Previews
from bot.runtime.second_reader import Proposals, make_second_reader, make_second_reading
from bot.runtime.sending import Sending
from bot.runtime.topic_questions import TopicQuestions
from bot.runtime.weekly import WeeklyReports
from bot.settings import Configuration
from bot.telegram_api import Chats, Client

if TYPE_CHECKING:
    from bot.runtime.second_reading import SecondReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """All that is done in the editors' chat, and for it: the second reader answers beforehand."""

    desk: EditorsDesk
    cards: Cards
    previews: Previews
    bars: LiveBars
    corrections: CorrectionCards
    letters: Letters
    weeks: WeeklyReports | None
    second: "SecondReading | None"

    async def run(self) -> Never:
        """Keep the chat up to date as long as this process leads; ends never."""
        works = (self.cards, self.previews, self.bars, self.corrections, self.letters)
        more = (self.weeks, self.second)
        await asyncio.gather(*(one.run() for one in (*works, *more) if one))
        raise AssertionError("none ends")


def make_newsroom(
    client: Client, configuration: Configuration, sending: Sending, editorial: Editorial
) -> Newsroom:
    """The newsroom, which writes in slots of the same dispatcher as replies."""
    settings, storage = configuration.settings, sending.storage
    gateway = ThrottledGateway(Chats(client), sending.dispatcher, asyncio.sleep)
    place = KnownChat(storage.editors_chats, named=settings.editors.chat, now=sending.now)
    calendar, voice = make_calendar(settings), _make_voice(configuration, editorial)
    forecaster = make_forecaster(settings, storage, editorial)
    board = Board(storage.desk_messages, gateway, sending.now)
    questions = _make_questions(configuration, sending, editorial)
    cards = Cards(
        storage=storage,
        place=place,
        board=board,
        drafts=_make_drafts(configuration, sending, editorial, forecaster, questions),
        voice=voice,
        calendar=calendar,
        now=sending.now,
    )
    bars = LiveBars(
        storage=storage,
        place=place,
        gateway=gateway,
        forecaster=forecaster,
        voice=voice,
        report=lambda: sending.dispatcher.report,
        now=sending.now,
    )
    previews = _make_previews(sending, editorial, gateway)
    corrections = _make_corrections(configuration, sending, editorial, place, board, voice)

    def redraw(slug: str) -> None:
        for one in (cards, bars, corrections):
            one.redraw(slug)

    letters = _make_letters(configuration, editorial, sending, place, board, gateway)
    desk = _make_desk(
        sending, editorial, place, previews, redraw=redraw, letters=letters, questions=questions
    )
    return Newsroom(
        desk=desk,
        cards=cards,
        previews=previews,
        bars=bars,
        corrections=corrections,
        letters=letters,
        weeks=_make_weeks(configuration, editorial, sending, place, gateway),
        second=make_second_reading(configuration, storage, editorial, sending.now),
    )


def _make_questions(configuration: Configuration, sending: Sending, editorial: Editorial) -> TopicQuestions:
    storage = sending.storage

    async def read(slug: str) -> Issue | None:
        parsed = await editorial.parsed.get(slug)
        return parsed.issue if parsed else None

    return TopicQuestions(
        classifier=Classifier(configuration.topics),
        read=read,
        file_of=editorial.intake.file,
        kept=storage.topic_answers,
        proposals=Proposals(storage, make_second_reader(configuration)),
        now=sending.now,
    )


def _make_drafts(
    configuration: Configuration,
    sending: Sending,
    editorial: Editorial,
    forecaster: Forecaster,
    questions: TopicQuestions,
) -> Drafts:
    return Drafts(
        storage=sending.storage,
        forecaster=forecaster,
        linter=Linter(configuration.profile, configuration.topics),
        file_of=editorial.intake.file,
        uncertain=questions.count,
    )


def _make_corrections(
    configuration: Configuration,
    sending: Sending,
    editorial: Editorial,
    place: KnownChat,
    board: Board,
    voice: CardVoice,
) -> CorrectionCards:
    storage, read = sending.storage, editorial.read
    return CorrectionCards(
        storage=storage,
        place=place,
        board=board,
        corrections=Corrections(storage, sending.render),
        text=CorrectedText(storage.corrections_told, editorial.parsed, read, editorial.renderer),
        voice=voice,
        asks=configuration.settings.delivery.edits == "ask",
        now=sending.now,
    )


def _make_previews(sending: Sending, editorial: Editorial, gateway: ThrottledGateway) -> Previews:
    return Previews(
        gateway=gateway,
        messages=sending.storage.desk_messages,
        renderer=editorial.renderer,
        wording=Wording(),
        now=sending.now,
        sleep=asyncio.sleep,
    )


def _make_weeks(
    configuration: Configuration,
    editorial: Editorial,
    sending: Sending,
    place: KnownChat,
    gateway: ThrottledGateway,
) -> WeeklyReports | None:
    if not configuration.settings.editors.report:
        return None
    return WeeklyReports(
        storage=sending.storage,
        place=place,
        gateway=gateway,
        renderer=editorial.renderer,
        names=editorial.names,
        language=configuration.profile.language,
        zone=make_calendar(configuration.settings).zone,
        now=sending.now,
    )


def _make_letters(
    configuration: Configuration,
    editorial: Editorial,
    sending: Sending,
    place: KnownChat,
    board: Board,
    gateway: ThrottledGateway,
) -> Letters:
    storage = sending.storage
    voice = LetterVoice(
        renderer=editorial.renderer,
        items=Items(storage.issues, editorial.parsed),
        file_of=editorial.intake.file,
        language=configuration.profile.language,
    )
    return Letters(storage=storage, place=place, board=board, gateway=gateway, voice=voice, now=sending.now)


def _make_desk(  # noqa: PLR0913  # what only this room knows
    sending: Sending,
    editorial: Editorial,
    place: KnownChat,
    previews: Previews,
    *,
    redraw: Callable[[str], None],
    letters: Letters,
    questions: Questions,
) -> EditorsDesk:
    storage = sending.storage
    return EditorsDesk(
        who=Editors(place, sending.now),
        messages=storage.desk_messages,
        approving=editorial.approving,
        holding=editorial.holding,
        publisher=editorial.publisher,
        read=editorial.parsed.get,
        readers=storage.subscribers.active_count,
        previews=previews,
        questions=questions,
        rounds=Rounds(lambda: secrets.token_hex(4)),
        redraw=redraw,
        letters=letters.look_now,
        now=sending.now,
    )


def _make_voice(configuration: Configuration, editorial: Editorial) -> CardVoice:
    return CardVoice(
        renderer=editorial.renderer,
        names=editorial.names,
        wording=Wording(),
        language=configuration.profile.language,
    )
