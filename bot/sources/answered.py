"""The files of a repository, each with the answers about it that the bot keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model import KEPT, Beside, KeptAnswer, text_of_answers
from bot.sources.listing import Listing, SourceFile
from bot.sources.sidecars import with_beside


def with_kept_answers(listing: Listing, answers: Mapping[str, Sequence[KeptAnswer]]) -> Listing:
    """The files with the answers about them, by their slugs."""
    return replace(listing, files=tuple(_answered(one, answers.get(one.slug, ())) for one in listing.files))


def _answered(file: SourceFile, answers: Sequence[KeptAnswer]) -> SourceFile:
    if not answers:
        return file
    text = text_of_answers(answers)
    return with_beside(file, Beside(name=KEPT, text=text), text.encode())
