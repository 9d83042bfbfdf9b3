"""The issues that are measured: real ones where they lie beside this checkout, else the project's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.digest.profile import Profile
from bot.digest.topics.vocabulary import Topics
from bot.settings import load
from bot.sources import decode, slug_of

#: The checkout.
ROOT = Path(__file__).resolve().parents[1]
_SHARED = ROOT.parent / "shared" / "corpus"
#: Folders of real issues, each with the profile that reads it.
_REAL = (("embedded-ai", "embedded-ai"), ("ruanyf-weekly", "numbered-paragraphs"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One issue before it is read."""

    slug: str
    text: str

    @property
    def size(self) -> int:
        """Its bytes as UTF-8."""
        return len(self.text.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Issues of one digest and how it is read; never empty."""

    name: str
    sources: tuple[Source, ...]
    profile: Profile
    topics: Topics

    @property
    def size(self) -> int:
        """The bytes of all issues."""
        return sum(source.size for source in self.sources)

    @property
    def middle(self) -> Source:
        """The issue of middling length."""
        return sorted(self.sources, key=lambda source: source.size)[len(self.sources) // 2]


def corpora() -> tuple[Corpus, ...]:
    """The real issues that are there; the project's own where none are."""
    real = tuple(_corpus(_SHARED / name, profile) for name, profile in _REAL if (_SHARED / name).is_dir())
    return real or (_corpus(ROOT / "issues", None),)


def _corpus(folder: Path, profile: str | None) -> Corpus:
    configuration = load(profile)
    return Corpus(
        name=folder.name,
        sources=tuple(_sources(folder)),
        profile=configuration.profile,
        topics=configuration.topics,
    )


def _sources(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.glob("*.md")):
        if decoded := decode(path.read_bytes()):
            yield Source(slug=slug_of(path.name), text=decoded[0])
