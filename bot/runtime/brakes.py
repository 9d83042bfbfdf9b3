"""What holds issues, lets them go and takes them back: of the settings alone."""

from bot.model import IssueRecord
from bot.runtime.editorial import Brakes, brakes_by, make_editorial
from bot.settings import Settings, load
from bot.storage import Storage


def make_brakes(settings: Settings, storage: Storage) -> Brakes:
    """The brakes of a command, which work beside a mistake in topics or profile.

    Only counting an issue's messages raises it.
    """

    async def messages(record: IssueRecord) -> int:
        return await make_editorial(load(), storage).measure.count(record)

    return brakes_by(messages, settings, storage)
