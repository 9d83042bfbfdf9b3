"""What the editors' chat asks about topics, and where the answers go."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.digest.topics.classifier import Classifier
from bot.editors.topics.answers import read_answers
from bot.editors.topics.questions import Question
from bot.errors import BadInput
from bot.model import FilePattern, Issue, KeptAnswer, joined, with_answers
from bot.runtime.topic_questions import TopicQuestions
from bot.sources import FolderSource, SourceFile
from tests.builders import NOON
from tests.digest.shipped import read, reader, topics

SLUG = "2026-03-02"
TEXT = """# 简报 (2026-03-02)

## 论文

- [一种新的训练方法 | 某站](https://example.com/1)
摘要：在GPU上用int8训练。推理也快。
"""


class Folder:
    """A folder with an issue, and its questions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.proposed: bool | None = None
        (path / f"{SLUG}.md").write_text(TEXT, "utf-8")
        self.commit: str | None = None
        self.text = TEXT
        self.kept: list[tuple[str, KeptAnswer, str]] = []
        self.questions = TopicQuestions(
            classifier=Classifier(topics()),
            read=self.read,
            file_of=self._file_of,
            proposals=self._proposals,
            kept=self,
            now=lambda: NOON,
        )

    async def _proposals(self, asked: Sequence[Question]) -> tuple[Question, ...]:
        return tuple(replace(one, proposed=self.proposed) for one in asked)

    async def keep(self, slug: str, answer: KeptAnswer, *, words: str, now: datetime) -> None:
        assert now == NOON
        self.kept.append((slug, answer, words))

    async def read(self, slug: str) -> Issue | None:
        return reader().read(self.text, slug=slug)

    def _file_of(self, slug: str) -> SourceFile | None:
        source = FolderSource(path=self.path, pattern=FilePattern.of(r"[\d-]+\.md"), settle=0)
        files = source.read(NOON, unsettled_too=True).files
        return next((replace(one, commit=self.commit) for one in files if one.slug == slug), None)


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


async def test_an_answer_is_written_beside_the_issue_and_kept_to_learn_from(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    asked = await folder.questions.of(SLUG)
    assert len(asked) == folder.questions.count(Classifier(topics()).classify(read(TEXT))) > 0
    await folder.questions.answer(SLUG, asked[0], yes=True)
    assert f"+{asked[0].topic}" in (tmp_path / f"{SLUG}.topics.yml").read_text("utf-8")
    assert f'"topic":"{asked[0].topic}"' in (tmp_path / "topics.answers.jsonl").read_text("utf-8")


async def test_an_answer_about_an_issue_from_a_repository_is_kept_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path)
    (first, *_), folder.commit = await folder.questions.of(SLUG), "0" * 40
    await folder.questions.answer(SLUG, first, yes=True)
    ((slug, kept, words),) = folder.kept
    assert (slug, kept) == (SLUG, KeptAnswer(item=first.key, topic=first.topic, yes=True))
    assert read_answers(words, where="")[0].topic == first.topic
    assert names(tmp_path) == {f"{SLUG}.md"}


async def test_the_text_to_commit_has_what_is_kept_beside_what_is_there(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (first, *_), folder.commit = await folder.questions.of(SLUG), "0" * 40
    assert await folder.questions.sidecar(SLUG) is None
    await folder.questions.answer(SLUG, first, yes=False)
    folder.text = with_answers(TEXT, [answer for _, answer, _ in folder.kept])
    found = await folder.questions.sidecar(SLUG)
    assert found is not None
    assert found.name == f"{SLUG}.topics.yml"
    assert f": -{first.topic}\n" in found.text
    folder.text = joined(TEXT, found)
    issue = await folder.read(SLUG)
    assert issue is not None
    assert first.topic not in {match.slug for match in issue.items[0].topics}
    assert issue.warnings == Classifier(topics()).classify(read(TEXT)).warnings


async def test_an_answer_to_what_was_not_asked_is_refused(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    first, *_ = await folder.questions.of(SLUG)
    with pytest.raises(BadInput, match="begin with its questions again"):
        await folder.questions.answer(SLUG, replace(first, key="another"), yes=True)


async def test_what_the_second_reader_proposes_is_shown_and_the_editors_answer_counts(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.proposed = True
    asked = await folder.questions.of(SLUG)
    assert {one.proposed for one in asked} == {True}
    await folder.questions.answer(SLUG, asked[0], yes=False)
    assert f"-{asked[0].topic}" in (tmp_path / f"{SLUG}.topics.yml").read_text("utf-8")
