"""The bot with a repository for a folder: what is pushed comes out; no trouble of git's costs an issue."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.model import IssueState, KeptAnswer
from bot.runtime.editorial import make_editorial
from bot.runtime.jobs import Jobs
from bot.runtime.origin import mirror_of
from bot.runtime.sending import make_dispatcher, make_sending
from bot.settings import Configuration, load
from bot.settings.sections import SourceSettings
from bot.storage import Database, Storage
from tests.delivery.world import MessageGateway, StillClock
from tests.sources.git.forge import Repository

OLD, NEW, LATER = "2026-03-01.md", "2026-03-02.md", "2026-03-09.md"
TEXT = "# 简报\n\n## 论文\n\n- [题目 | 知乎](https://example.com/{0})\n摘要：{0}\n"


class World:
    """A bot at noon whose repository holds an old issue; its folder was read at the start."""

    def __init__(self, repository: Repository, configuration: Configuration, storage: Storage) -> None:
        self.repository = repository
        self.storage = storage
        self.clock = StillClock()
        self.troubles: list[str | None] = []
        self.configuration = configuration
        self.read = make_editorial(configuration, storage).read
        self.jobs = self.process()

    def process(self) -> Jobs:
        """Another process with the same database and mirror."""
        settings = self.configuration.settings
        editorial = make_editorial(self.configuration, self.storage)
        dispatcher = make_dispatcher(settings, lambda _: None)

        async def warm() -> None:
            """Nothing to open."""

        def seconds() -> float:
            return self.clock.time.timestamp()

        return Jobs(
            settings=settings,
            editorial=editorial,
            sending=make_sending(settings, self.storage, editorial, MessageGateway(), dispatcher),
            warm=warm,
            now=self.clock.now,
            seconds=seconds,
            on_read=self.troubles.append,
        )

    def push(self, *names: str) -> str:
        return self.repository.commit({f"issues/{name}": TEXT.format(name) for name in names})

    async def topics(self, slug: str) -> set[str]:
        """The topics of the first item of an issue."""
        issue = self.read(slug, await self.storage.issues.text(slug) or "")
        return {match.slug for match in issue.items[0].topics}

    async def states(self) -> dict[str, IssueState]:
        return {one.slug: one.state for one in await self.storage.issues.all()}


@asynccontextmanager
async def made(tmp_path: Path, database: Database) -> AsyncIterator[World]:
    shipped = load()
    source = SourceSettings(
        git=str(tmp_path / "digest"), branch="main", folder="issues", mirror=tmp_path / "mirror"
    )
    settings = shipped.settings.model_copy(update={"source": source})
    configuration = Configuration(settings=settings, profile=shipped.profile, topics=shipped.topics)
    world = World(Repository(tmp_path / "digest"), configuration, Storage.of(database))
    yield world


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with Database(database_url) as database, made(tmp_path, database) as world:
        world.push(OLD)
        await world.jobs.begin()
        yield world


async def test_what_is_pushed_comes_out_with_its_commit(world: World) -> None:
    commit = world.push(NEW)
    with capture_logs() as logged:
        await world.jobs.fetch()
        await world.jobs.publish()
    assert await world.states() == {"2026-03-01": IssueState.ARCHIVED, "2026-03-02": IssueState.PUBLISHED}
    (added,) = (one for one in logged if one["event"] == "issue_added")
    assert (added["issue"], added["commit"]) == ("2026-03-02", commit)
    record = await world.storage.issues.get("2026-03-02")
    assert record is not None
    assert record.commit == commit


async def test_a_correction_has_the_commit_that_brought_it(world: World) -> None:
    first = await world.storage.issues.get("2026-03-01")
    commit = world.repository.commit({f"issues/{OLD}": TEXT.format("corrected")})
    await world.jobs.fetch()
    again = await world.storage.issues.get("2026-03-01")
    assert first is not None
    assert again is not None
    assert (again.commit, again.commit == first.commit) == (commit, False)


async def test_an_unreachable_repository_is_a_trouble_until_it_is_back(world: World, tmp_path: Path) -> None:
    world.push(LATER)
    await world.jobs.fetch()
    (tmp_path / "digest").rename(tmp_path / "away")
    for _ in range(2):
        await world.jobs.fetch()
        await world.jobs.read()
    assert await world.states() == {"2026-03-01": IssueState.ARCHIVED, "2026-03-09": IssueState.WAITING}
    (tmp_path / "away").rename(tmp_path / "digest")
    await world.jobs.fetch()
    assert len(set(world.troubles[2:6])) == 1  # begun once, and not over between two questions
    assert "does not appear to be a git repository" in (world.troubles[2] or "")
    assert (world.troubles[1], world.troubles[6]) == (None, None)


async def test_a_start_without_repository_and_mirror_publishes_what_is_known(
    world: World, tmp_path: Path
) -> None:
    world.push(LATER)
    await world.jobs.fetch()
    (tmp_path / "digest").rename(tmp_path / "away")
    shutil.rmtree(tmp_path / "mirror")
    world.clock.advance(timedelta(days=8).total_seconds())
    other = world.process()
    await other.begin()
    assert (await world.states())["2026-03-09"] is IssueState.PUBLISHED
    assert world.troubles[-1]
    (tmp_path / "away").rename(tmp_path / "digest")
    await other.fetch()
    assert world.troubles[-1] is None


async def test_the_first_start_waits_for_the_repository_and_then_archives(
    database_url: str, tmp_path: Path
) -> None:
    async with Database(database_url) as database, made(tmp_path, database) as world:
        (tmp_path / "digest").rename(tmp_path / "away")
        await world.jobs.begin()
        assert world.troubles[-1]
        (tmp_path / "away").rename(tmp_path / "digest")
        world.push(OLD)
        await world.jobs.fetch()
        assert await world.states() == {"2026-03-01": IssueState.ARCHIVED}


async def test_a_rewritten_history_costs_a_line_and_no_issue(world: World) -> None:
    world.push(NEW)
    await world.jobs.fetch()
    await world.jobs.publish()
    commit = world.repository.commit({f"issues/{LATER}": TEXT.format(LATER)}, amend=True)
    with capture_logs() as logged:
        await world.jobs.fetch()
        await world.jobs.read()
        await world.jobs.publish()
    told = [one for one in logged if one["event"] == "history_rewritten"]
    assert told == [{"event": "history_rewritten", "log_level": "warning", "commit": commit}]
    assert [one["event"] for one in logged] == ["history_rewritten", "issue_added"]
    assert await world.states() == {
        "2026-03-01": IssueState.ARCHIVED,
        "2026-03-02": IssueState.PUBLISHED,
        "2026-03-09": IssueState.WAITING,
    }


async def away_since(world: World) -> datetime | None:
    record = await world.storage.issues.get(LATER.removesuffix(".md"))
    assert record is not None
    return record.file_away


async def test_a_file_that_comes_back_by_a_rewritten_history_comes_out(world: World) -> None:
    world.push(LATER)
    await world.jobs.fetch()
    world.repository.commit({f"issues/{LATER}": None})
    await world.jobs.fetch()
    assert await away_since(world) is not None
    world.repository.commit({f"issues/{LATER}": TEXT.format(LATER)}, amend=True)
    await world.jobs.fetch()
    assert await away_since(world) is None
    world.clock.advance(timedelta(days=8).total_seconds())
    await world.jobs.publish()
    assert (await world.states())["2026-03-09"] is IssueState.PUBLISHED


async def test_a_file_that_only_a_rewritten_history_lacks_is_not_away(world: World) -> None:
    world.push(LATER)
    await world.jobs.fetch()
    world.repository.commit({f"issues/{LATER}": None, "notes.md": "other"}, amend=True)
    for _ in range(5):
        await world.jobs.read()
    await world.jobs.fetch()
    assert await away_since(world) is None


async def test_a_problem_is_logged_once_though_commits_come(world: World) -> None:
    world.repository.commit({"issues/notes.md": "notes"})
    with capture_logs() as logged:
        await world.jobs.fetch()
        world.push(NEW)
        await world.jobs.fetch()
    (told,) = (one for one in logged if one["event"] == "file_skipped")
    assert told["file"] == "issues/notes.md"


def test_the_mirror_lies_beside_the_database() -> None:
    settings = load().settings.model_copy(update={"source": SourceSettings(git="/srv/digest")})
    assert mirror_of(settings) == Path("data/mirror").absolute()
    named = SourceSettings(git="/srv/digest", mirror=Path("/srv/mirror"))
    assert mirror_of(settings.model_copy(update={"source": named})) == Path("/srv/mirror")


async def test_an_answer_that_is_kept_counts_through_corrections_until_the_repository_decides(
    world: World,
) -> None:
    slug, title = "2026-03-02", "题目"
    world.push(NEW)
    await world.jobs.fetch()
    for yes in (True, False, True):
        kept = KeptAnswer(item=title, topic="pruning", yes=yes)
        await world.storage.topic_answers.keep(slug, kept, words="", now=world.clock.time)
        await world.jobs.read()
        assert ("pruning" in await world.topics(slug)) is yes
    world.repository.commit({f"issues/{NEW}": TEXT.format("corrected")})
    await world.jobs.fetch()
    assert "pruning" in await world.topics(slug)
    world.repository.commit({f"issues/{slug}.topics.yml": f"{title}: -pruning\n"})
    await world.jobs.fetch()
    assert "pruning" not in await world.topics(slug)


async def test_an_answer_goes_along_with_a_file_that_is_renamed_before_its_day(world: World) -> None:
    world.push(LATER)
    await world.jobs.fetch()
    kept = KeptAnswer(item="题目", topic="pruning", yes=True)
    await world.storage.topic_answers.keep("2026-03-09", kept, words="", now=world.clock.time)
    await world.jobs.read()
    moved = TEXT.format(LATER)
    world.repository.commit({f"issues/{LATER}": None, "issues/2026-03-10.md": moved})
    for _ in range(2):
        await world.jobs.fetch()
        await world.jobs.read()
    assert "pruning" in await world.topics("2026-03-10")
    assert "2026-03-09" not in await world.states()
