"""Where issues come from. Knows files, not Markdown."""

from bot.sources.folder import FolderSource, Listing, Problem, SourceFile, markdown_below, slug_of
from bot.sources.text import decode

__all__ = ["FolderSource", "Listing", "Problem", "SourceFile", "decode", "markdown_below", "slug_of"]
