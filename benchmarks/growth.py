"""Time and memory as an issue grows: the same text many times over in one file."""

import gc
import tracemalloc
from collections.abc import Iterator

from benchmarks.clock import Step, best_seconds
from benchmarks.corpora import Corpus, Source
from benchmarks.effort import Effort
from benchmarks.measured import Measured, Unit
from benchmarks.stages import Stages
from bot.model import Cut

_MOST_ROUNDS = 3  # each takes seconds, and so is little disturbed
#: What a byte of a grown issue may take of what one of the issue itself takes. Linear is 1; the
#: caches of a processor and the garbage collector are a little slower with large things.
_LINEAR = 1.5
_STAGES = ("parse", "classify", "render")


def growth(corpus: Corpus, effort: Effort) -> Iterator[Measured]:
    """The issue of middling length, and grown halfway and whole."""
    stages, source = Stages(corpus.profile, corpus.topics), corpus.middle
    sizes = (1, round(effort.growth**0.5), effort.growth)
    issues = {times: _grown(source, times) for times in sizes}
    works = {times: _works(stages, issue) for times, issue in issues.items()}
    yield from _time(works, source.size, min(effort.rounds, _MOST_ROUNDS))
    yield from _memory(works, source.size)


def _grown(source: Source, times: int) -> Source:
    return Source(slug=source.slug, text="\n\n".join([source.text] * times))


def _works(stages: Stages, source: Source) -> dict[str, Step]:
    """What each stage does with one issue."""
    parsed = stages.parse([source])
    issues = stages.classify(parsed)
    return {
        "parse": lambda: stages.parse([source]),
        "classify": lambda: stages.classify(parsed),
        "render": lambda: stages.render(issues, Cut()),
    }


def _time(works: dict[int, dict[str, Step]], size: int, rounds: int) -> Iterator[Measured]:
    """Every size on as many bytes: a hundred issues, ten of ten times the size, one of a hundred times."""
    group = f"processor time as an issue of {size / 1000:.0f} kB grows"
    most = max(works)
    steps = {
        (stage, times): _repeated(work[stage], most // times)
        for stage in _STAGES
        for times, work in works.items()
    }
    best = best_seconds(steps, rounds)
    for stage, times in steps:
        one, grown = best[stage, 1], best[stage, times]
        if times == 1:
            milliseconds = one / most * 1000
            yield Measured(group=group, what=stage, value=milliseconds, unit=Unit.MILLISECONDS)
        else:
            yield _a_byte(group, stage, times, grown / one)


def _memory(works: dict[int, dict[str, Step]], size: int) -> Iterator[Measured]:
    """The most that is held at one time, result and all, on top of what it is made from."""
    group = f"memory as an issue of {size / 1000:.0f} kB grows (tracemalloc, at its peak)"
    for stage in _STAGES:
        peaks = {times: _peak(work[stage]) for times, work in works.items()}
        yield Measured(group=group, what=stage, value=peaks[1] / 1_000_000, unit=Unit.MEGABYTES)
        for times, peak in peaks.items():
            if times > 1:
                yield _a_byte(group, stage, times, peak / times / peaks[1])


def _a_byte(group: str, stage: str, times: int, value: float) -> Measured:
    return Measured(group=group, what=f"{stage}, {times} times", value=value, unit=Unit.A_BYTE, goal=_LINEAR)


def _repeated(step: Step, times: int) -> Step:
    def repeat() -> None:
        for _ in range(times):
            step()

    return repeat


def _peak(step: Step) -> int:
    """The most bytes that Python held at one time on behalf of a step."""
    gc.collect()
    tracemalloc.start()
    made = step()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del made
    return peak
