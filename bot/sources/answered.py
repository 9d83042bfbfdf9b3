"""The files of a repository, each with the answers about it that the bot keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.model import KeptAnswer, text_of_answers, with_answers
from bot.sources.folder import Listing, SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredFile(SourceFile):
    """A file with answers about its issue; its checksum is of both."""

    file: SourceFile
    answers: tuple[KeptAnswer, ...]

    @property
    def own_checksum(self) -> str:
        """That of the file alone."""
        return self.file.own_checksum

    def text(self) -> str:
        """Both as one text. Raises FileChanged."""
        return with_answers(self.file.text(), self.answers)


def with_kept_answers(listing: Listing, answers: Mapping[str, Sequence[KeptAnswer]]) -> Listing:
    """The files with the answers about them, by their slugs."""
    return replace(listing, files=tuple(_answered(one, answers.get(one.slug, ())) for one in listing.files))


def _answered(file: SourceFile, answers: Sequence[KeptAnswer]) -> SourceFile:
    if not answers:
        return file
    both = f"{file.checksum}\n{text_of_answers(answers)}"
    return AnsweredFile(
        slug=file.slug,
        name=file.name,
        path=file.path,
        checksum=sha256(both.encode()).hexdigest(),
        size=file.size,
        guessed=file.guessed,
        front=file.front,
        commit=file.commit,
        copy=file.copy,
        first_line=file.first_line,
        file=file,
        answers=tuple(answers),
    )
