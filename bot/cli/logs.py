"""The log: one line per event, for people or as JSON, without secrets. docs/log.md lists the events."""

import logging
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, NamedTuple, Protocol

import structlog

from bot.words.redaction import hiding

#: Ours; the level of the settings is for what we say, and libraries are heard from a warning on.
_OURS = "bot"
#: Libraries that warn of what is no trouble.
_QUIET = {"apscheduler": logging.ERROR}  # a tick that meets its elder is skipped, by design

Event = MutableMapping[str, Any]
#: What an event has beside what it tells.
_OF_EVERY_EVENT = frozenset(("event", "level", "logger", "timestamp"))


class Options(Protocol):
    """What is logged, and how: the settings under ``log``."""

    @property
    def level(self) -> str:
        """The least that is logged: debug, info, warning or error."""

    @property
    def format(self) -> str:
        """console, json, auto (console on a terminal), or line: as a command speaks to a person."""


class Quiet(NamedTuple):
    """What a command logs beside its result."""

    level: str = "warning"
    format: str = "line"


def configure(settings: Options, *, secrets: Iterable[str] = ()) -> None:
    """Log to standard error from now on; each of ``secrets`` is shown as ``***``."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                Redaction(secrets),
                _renderer(settings),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger(_OURS).setLevel(settings.level.upper())
    root.setLevel(max(logging.WARNING, logging.getLogger(_OURS).level))
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(max(level, root.level))


def for_people(settings: Options) -> bool:
    """Whether the log is written for people, and not as JSON."""
    return settings.format == "console" or (settings.format == "auto" and sys.stderr.isatty())


def _renderer(settings: Options) -> structlog.typing.Processor:
    if settings.format == "line":
        return _line
    if for_people(settings):
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _line(_logger: Any, _method: str, event: Event) -> str:
    """An event in a line, as in ``jianbao: issue held: issue 2026-03-02, reason it is 40 messages``."""
    said = str(event["event"]).replace("_", " ")
    told = ", ".join(f"{key} {value}" for key, value in event.items() if key not in _OF_EVERY_EVENT)
    return f"jianbao: {said}" + (f": {told}" if told else "")


class Redaction:
    """Removes secrets from an event, however deep they are."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._hide = hiding(secrets)

    def __call__(self, _logger: Any, _method: str, event: Event) -> Event:
        """The event without them."""
        return {key: self._clean(value) for key, value in event.items()}

    def _clean(self, value: Any) -> Any:
        if isinstance(value, bool | int | float | None):
            return value
        if isinstance(value, list | tuple):
            return [self._clean(one) for one in value]
        return self._hide(str(value))
