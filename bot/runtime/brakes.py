"""What holds issues, lets them go and takes them back: of the settings alone."""

from dataclasses import dataclass

from bot.model import IssueRecord
from bot.publishing.holding import Holding
from bot.publishing.length import Measure
from bot.publishing.publisher import Publisher
from bot.publishing.skipping import Skipping
from bot.runtime.editorial import make_approving, make_calendar, make_editorial, make_publisher
from bot.settings import Settings, load
from bot.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Brakes:
    """Each works beside a mistake in topics or profile; only counting an issue's messages raises it."""

    holding: Holding
    skipping: Skipping
    publisher: Publisher


def make_brakes(settings: Settings, storage: Storage) -> Brakes:
    """The brakes of a command."""

    async def messages(record: IssueRecord) -> int:
        return await make_editorial(load(), storage).measure.count(record)

    measure = Measure(
        count=messages, most=settings.publishing.most_messages, accepted=storage.accepted_lengths
    )
    holding = Holding(storage.issues, storage.holds, measure, storage.statistics)
    return Brakes(
        holding=holding,
        skipping=Skipping(storage.issues, storage.open_pushes, holding, make_calendar(settings)),
        publisher=make_publisher(settings, storage, make_approving(settings, storage), measure),
    )
