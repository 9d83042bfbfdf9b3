"""What the editors' chat asks about topics, and where the answers go."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.digest.topics.classifier import Classifier
from bot.editors.topics.questions import Question
from bot.errors import BadInput
from bot.model import FilePattern, Issue
from bot.runtime.topic_questions import TopicQuestions
from bot.sources import FolderSource, SourceFile
from tests.builders import NOON
from tests.digest.shipped import read, topics

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
        self.questions = TopicQuestions(
            classifier=Classifier(topics()),
            read=self._read,
            file_of=self._file_of,
            proposals=self._proposals,
            now=lambda: NOON,
        )

    async def _proposals(self, asked: Sequence[Question]) -> tuple[Question, ...]:
        return tuple(replace(one, proposed=self.proposed) for one in asked)

    async def _read(self, _: str) -> Issue | None:
        return Classifier(topics()).classify(read(TEXT))

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


async def test_of_an_issue_from_a_repository_no_answer_is_written(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (first, *_), folder.commit = await folder.questions.of(SLUG), "0" * 40
    with pytest.raises(BadInput, match="repository"):
        await folder.questions.answer(SLUG, first, yes=True)
    assert names(tmp_path) == {f"{SLUG}.md"}


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
