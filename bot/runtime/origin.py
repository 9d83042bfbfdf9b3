"""Where the issues come from, as the settings say: a folder, or a git repository."""

from pathlib import Path

from bot.digest.reader import IssueReader
from bot.model import FilePattern
from bot.publishing.dividing import DividedFiles
from bot.settings import Configuration, Settings, place_of, process_environment
from bot.sources import MEGABYTE, FolderSource, Source, WithSidecars
from bot.storage.addresses import file_of_database

_MIRROR = "mirror"


def make_source(configuration: Configuration, reader: IssueReader) -> Source:
    """The files of issues, each with its file of topics; divided where one may hold several."""
    settings, profile = configuration.settings, configuration.profile
    files = _repository if settings.source.git else _folder
    source = files(settings, profile.file_pattern)
    if profile.issues.each == "heading":
        source = DividedFiles(source, lambda file, text: reader.divided(text, slug=file.slug))
    return WithSidecars(source, settle=0.0 if settings.source.git else settings.publishing.settle)


def _folder(settings: Settings, pattern: FilePattern) -> Source:
    return FolderSource(
        path=settings.issues,
        pattern=pattern,
        settle=settings.publishing.settle,
        place=place_of("issues", settings),
    )


def _repository(settings: Settings, pattern: FilePattern) -> Source:
    from bot.sources.git import Bounds, GitSource, Repository  # noqa: PLC0415  # of no use to a folder

    source = settings.source
    limit = FolderSource(path=Path(), pattern=pattern).size_limit
    return GitSource(
        Repository(
            url=source.git or "",
            branch=source.branch,
            folder=source.folder or "",
            key_file=source.key_file,
            known_hosts_file=source.known_hosts_file,
            token_file=source.token_file,
            place=place_of("source.git", settings),
        ),
        mirror=mirror_of(settings),
        pattern=pattern,
        bounds=Bounds(file=limit, everything=round(source.most_megabytes * MEGABYTE)),
        poll=source.poll,
        environment=process_environment(),
    )


def mirror_of(settings: Settings) -> Path:
    """Where what was fetched is kept: beside the database, if that is a file."""
    if settings.source.mirror:
        return settings.source.mirror.absolute()
    file = file_of_database(settings.database_url.get_secret_value())
    return (file.parent if file else Path("data")).absolute() / _MIRROR
