"""Display names for tests."""

from bot.model import Language

_TOPICS = {
    "quantization": ("量化", "Quantization"),
    "super-resolution": ("超分辨率", "Super resolution"),
    "riscv": ("RISC-V", "RISC-V"),
    "ai-chip": ("AI 芯片", "AI chips"),
    "face": ("face", "face"),
    "pruning": ("pruning", "pruning"),
}
_SECTIONS = {
    "news": ("业界新闻", "Industry news"),
    "papers": ("论文", "Papers"),
    "open-source": ("开源项目", "Open source"),
    "blog": ("博文", "Blog posts"),
    "other": ("其他", "Other"),
    "flash": ("热身小新闻", "Flash news"),
}
#: What the issues themselves call sections that have no name of their own.
_HEADINGS = {"applications": "应用实践"}


class FixedNames:
    """The names of a small digest."""

    def topic(self, slug: str, language: Language) -> str:
        return _TOPICS[slug][language == "en"] if slug in _TOPICS else slug

    def has_topic(self, slug: str) -> bool:
        return slug in _TOPICS

    def section(self, slug: str, language: Language) -> str | None:
        return _SECTIONS[slug][language == "en"] if slug in _SECTIONS else None

    def listed(self, slug: str, language: Language) -> str:
        return self.section(slug, language) or _HEADINGS.get(slug, slug)
