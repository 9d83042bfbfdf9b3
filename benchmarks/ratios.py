"""Each stage against what other programs take for the same text."""

from collections.abc import Iterator

import mistune
from markdown_it import MarkdownIt

from benchmarks.clock import Step, best_seconds
from benchmarks.corpora import Corpus
from benchmarks.effort import Effort
from benchmarks.measured import Measured, Unit
from benchmarks.stages import Stages
from bot.model import Cut, Mode

#: What others take to read the Markdown and make nothing of it: tokens here, a tree there.
_YARDSTICKS = {"markdown-it-py": Unit.MARKDOWN_IT, "mistune": Unit.MISTUNE}
_PARTS = ("parse", "classify")
_BOTH = "parse + classify"
#: The most that a stage should take, in times of markdown-it-py.
_GOALS = {_BOTH: 2.2, "render": 2.5, "render headlines": 2.5}


def ratios(corpus: Corpus, effort: Effort) -> Iterator[Measured]:
    """The stages over the whole corpus, one issue after the other."""
    group = f"{corpus.name}: {len(corpus.sources)} issues, {corpus.size / 1000:.0f} kB"
    seconds = best_seconds(_steps(corpus), effort.rounds)
    for name in _YARDSTICKS:
        yield Measured(group=group, what=name, value=seconds[name] * 1000, unit=Unit.MILLISECONDS)
    stages = {_BOTH: sum(seconds[part] for part in _PARTS)} | seconds
    for stage in (*_PARTS, _BOTH, "render", "render headlines"):
        for name, unit in _YARDSTICKS.items():
            goal = _GOALS.get(stage) if unit is Unit.MARKDOWN_IT else None
            value = stages[stage] / seconds[name]
            yield Measured(group=group, what=stage, value=value, unit=unit, goal=goal)


def _steps(corpus: Corpus) -> dict[str, Step]:
    texts = [source.text for source in corpus.sources]
    stages = Stages(corpus.profile, corpus.topics)
    parsed = stages.parse(corpus.sources)
    issues = stages.classify(parsed)
    markdown, tree = MarkdownIt("commonmark").parse, mistune.create_markdown(renderer="ast")
    return {
        "markdown-it-py": lambda: [markdown(text) for text in texts],
        "mistune": lambda: [tree(text) for text in texts],
        "parse": lambda: stages.parse(corpus.sources),
        "classify": lambda: stages.classify(parsed),
        "render": lambda: stages.render(issues, Cut()),
        "render headlines": lambda: stages.render(issues, Cut(mode=Mode.HEADLINES)),
    }
