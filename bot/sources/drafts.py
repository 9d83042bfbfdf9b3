"""Folders of what is not ready: drafts, templates, scraps."""

from pathlib import PurePath

from bot.sources.unready_names import says_unready


def among_drafts(name: str) -> str | None:
    """That a file lies in a folder of drafts, by its path below the folder of issues; None if it does not."""
    drafts = ", ".join(filter(says_unready, PurePath(name).parts[:-1]))
    return f"lies in a folder of drafts ({drafts})" if drafts else None
