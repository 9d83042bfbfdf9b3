"""Figures as Prometheus reads them. Apart, for a bot that shows none need not import its client."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.web.figure import Figure

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Collected(Collector):
    """What one request shows."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        for figure in self._figures:
            kind = CounterMetricFamily if figure.counts else GaugeMetricFamily
            family = kind(figure.name, figure.help, labels=figure.labels)
            for values, number in figure.samples:
                family.add_metric(values, number)
            yield family


def exposition(figures: Iterable[Figure]) -> bytes:
    """The figures, and those of the process, in the text format."""
    registry = CollectorRegistry()
    registry.register(_Collected(tuple(figures)))
    ProcessCollector(registry=registry)
    return generate_latest(registry)
