"""Where issues come from. Knows files, not Markdown."""

from bot.sources.folder import FolderSource, Listing, Problem, SourceFile

__all__ = ["FolderSource", "Listing", "Problem", "SourceFile"]
