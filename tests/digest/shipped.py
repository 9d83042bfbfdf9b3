"""The shipped digest, as the bot reads it, and the golden issues."""

from functools import cache
from pathlib import Path

from bot.digest.profile import Profile
from bot.digest.reader import IssueReader
from bot.digest.topics.vocabulary import Topics
from bot.model import Issue
from bot.settings.files import read_model
from bot.settings.profiles import read_profile

CONFIG = Path(__file__).resolve().parents[2] / "config"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.md"))


@cache
def profile() -> Profile:
    return read_profile(CONFIG)


@cache
def topics() -> Topics:
    return read_model(Topics, CONFIG / "topics.yml")


@cache
def reader() -> IssueReader:
    return IssueReader(profile(), topics())


def read(text: str, slug: str = "2026-03-02") -> Issue:
    """The issue with its topics."""
    return reader().read(text, slug=slug)


def text_of(path: Path) -> str:
    """A file's text with the line ends it has."""
    return path.read_bytes().decode("utf-8")


def issue_of(*items: str, heading: str = "业界新闻") -> str:
    """An issue's Markdown with one section of these items."""
    return "\n".join(("# 样刊 (2026-03-02)", "", f"## {heading}", "", *items, ""))
