from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from benchmarks.sending.limits import Limits
from benchmarks.sending.stand_in import Settings
from benchmarks.sending.trials import stand_in
from tests.benchmarks.caller import Caller

Start = Callable[..., Caller]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a stand-in with limits that each are lifted unless given."""
    with ExitStack() as stack:

        def started(*, latency: float = 0.0, **limits: float) -> Caller:
            kept = Limits(**{"bot_rate": None, "chat_rate": None} | limits)  # type: ignore[arg-type]  # by their names
            port = stack.enter_context(stand_in(Settings(limits=kept, latency=latency, seconds=60)))
            caller = Caller(port)
            stack.callback(caller.close)
            return caller

        yield started
