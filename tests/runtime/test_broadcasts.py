"""How an issue went to everybody, as the process says that saw it end."""

from datetime import datetime, timedelta

from structlog.testing import capture_logs

from bot.model import Aim, Cut, Delivery, Purpose
from bot.runtime.broadcasts import BroadcastWatch
from bot.storage.broadcasts import Totals
from tests.builders import NOON
from tests.delivery.clock import VirtualClock

SLUG = "2026-03-02"


class Ledger:
    """One issue that was planned for everybody at noon."""

    def __init__(self) -> None:
        self.goes = True

    async def begun_at(self, delivery: Delivery) -> datetime | None:
        return NOON if delivery.purpose is Purpose.PUSH else None

    async def under_way(self, slug: str, aim: Aim) -> bool:
        assert (slug, aim) == (SLUG, Aim.SEND)
        return self.goes

    async def totals(self, slug: str, aim: Aim) -> Totals:
        assert (slug, aim) == (SLUG, Aim.SEND)
        ended = NOON + timedelta(seconds=212)
        return Totals(sent=9, failed=0, skipped=0, uncertain=0, messages=9, ended=ended)


async def test_how_long_it_took_is_counted_from_when_it_was_planned_whichever_process_saw_it_begin() -> None:
    ledger, started_anew = Ledger(), NOON + timedelta(seconds=30)
    watch = BroadcastWatch(ledger, now=lambda: started_anew, sleep=VirtualClock().sleep)
    with capture_logs() as lines:
        watch.started(Delivery(issue_slug=SLUG, chat_id=1, purpose=Purpose.PUSH, cut=Cut()))
        await watch.look()
        ledger.goes = False
        await watch.look()
    assert [(line["event"], line.get("seconds")) for line in lines] == [
        ("broadcast_began", None),
        ("broadcast_ended", 212.0),
    ]
