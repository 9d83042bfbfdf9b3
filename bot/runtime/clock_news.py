"""That the machine's clock was put by so much that something may come early or late."""

from datetime import timedelta

from bot.model import ClockJump, News
from bot.storage.news import NewsStore
from bot.words.moments import moment

FAR = timedelta(minutes=1)


class ClockNews:
    """Posts each jump by more than that, once the database takes it."""

    def __init__(self, store: NewsStore) -> None:
        self._store = store
        self._unposted: list[News] = []

    def note(self, jump: ClockJump) -> None:
        """A jump was found."""
        if abs(jump.by) > FAR:
            values = {"before": moment(jump.before), "after": moment(jump.after)}
            key = f"clock:{jump.after:%Y%m%d%H%M%S%f}"
            self._unposted.append(News(key=key, what="clock", at=jump.after, values=values))

    async def look(self) -> None:
        """Post what is not yet posted."""
        while self._unposted:
            await self._store.post(self._unposted[0])
            self._unposted.pop(0)
