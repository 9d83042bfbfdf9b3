"""Every message made of a real issue passes Telegram's own parser and keeps its limits."""

from functools import cache
from pathlib import Path

import pytest

from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.messages import Renderer
from bot.messages.preview import as_html, as_text
from bot.model import Cut, Mode
from bot.settings import shipped
from bot.settings.profiles import read_profile
from tests.corpus import REAL, needs_corpus
from tests.messages.names import FixedNames
from tests.telegram_judge import judge

RENDERER = Renderer(FixedNames())
CUTS = (
    Cut(),
    Cut(language="en", mode=Mode.HEADLINES),
    Cut(sections=("papers",)),
    Cut(language="en", sections=("papers",), rest=True),
    Cut(topics=("quantization",)),
)


@cache
def profile() -> Profile:
    return read_profile(shipped("config"))


@needs_corpus
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_message_of_a_real_issue_is_one_that_telegram_takes(path: Path) -> None:
    issue = parse(path.read_text(encoding="utf-8"), slug=path.stem, profile=profile())
    for cut in CUTS:
        messages = RENDERER.issue(issue, cut)
        for message in messages:
            judge(message)
        assert as_text(messages)
        assert as_html(messages, title=issue.slug, language=cut.language)
