"""Where issues come from. Knows files, not Markdown."""

from bot.sources.folder import FolderSource, Listing, Problem, SourceFile, decode, slug_of

__all__ = ["FolderSource", "Listing", "Problem", "SourceFile", "decode", "slug_of"]
