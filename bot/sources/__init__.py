"""Where issues come from: a folder, or a git repository. Knows files, not Markdown."""

from bot.sources.answered import with_kept_answers
from bot.sources.drafts import among_drafts, set_aside
from bot.sources.folder import MEGABYTE, FolderSource, slug_of
from bot.sources.listing import Listing, Problem, SourceFile
from bot.sources.sidecars import WithSidecars, sidecar_path, unread_beside
from bot.sources.source import Source
from bot.sources.text import decode
from bot.sources.tree import markdown_below, plain_path

__all__ = [
    "MEGABYTE",
    "FolderSource",
    "Listing",
    "Problem",
    "Source",
    "SourceFile",
    "WithSidecars",
    "among_drafts",
    "decode",
    "markdown_below",
    "plain_path",
    "set_aside",
    "sidecar_path",
    "slug_of",
    "unread_beside",
    "with_kept_answers",
]
