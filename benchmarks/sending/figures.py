"""What the two sides of a run tell about it, each as one line of JSON."""

from dataclasses import dataclass

from benchmarks.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Figures):
    """What a strategy saw of its own run, from its first message on.

    ``sent`` messages were answered well. ``raised`` counts the 429s met, ``lost`` the messages given up.
    ``finished`` is whether it came to its end before it was stopped. ``cpu_seconds`` are its process's.
    """

    seconds: float
    cpu_seconds: float
    sent: int
    raised: int
    lost: int
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Figures):
    """What the stand-in saw. Times are seconds of the system's monotonic clock.

    ``accepted`` messages, ``refused`` with a 429, ``bad`` with a 400. ``busiest`` is the most that any second
    saw, wherever it begins; ``per_second`` counts from the first message on. ``cpu_seconds`` since the reset.

    Of the messages asked for, ``lost`` never came; ``doubled`` came again; ``disordered`` came after a later
    part of their chat.
    """

    accepted: int
    refused: int
    bad: int
    first: float
    last: float
    busiest: int
    per_second: tuple[int, ...]
    cpu_seconds: float
    lost: int
    doubled: int
    disordered: int
