"""The language model that is asked about topics, where there is one."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.errors import JianbaoError
from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Finding, ok, warning

_NAME = "second reader"


def check_second_reader(facts: Facts) -> Iterator[Finding]:
    """Whether its server answers and knows the model. Without it issues go out all the same."""
    reader = facts.settings.topics.reader
    if reader.url is None or reader.model is None:
        return
    server = urlsplit(reader.url).netloc
    match facts.models:
        case JianbaoError() as wrong:
            advice = "see topics.reader; issues go out without it"
            yield warning(_NAME, f"{server} cannot be asked: {wrong}", advice)
        case None:
            yield ok(_NAME, f"{server} answers, and does not say whether it knows {reader.model}")
        case models if any(one == reader.model or one.startswith(f"{reader.model}:") for one in models):
            yield ok(_NAME, f"{server} answers and knows {reader.model}")
        case _:
            yield warning(
                _NAME, f"{server} does not list the model {reader.model}", "correct topics.reader.model"
            )
