"""A file on its way through the rules: the drafts of the issues in it, and its lines as one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.digest.division import IssueText, placed
from bot.digest.parsing.plain_text import with_line_feeds
from bot.editors.linter.draft import Draft, Saved
from bot.editors.linter.finding import Finding
from bot.editors.linter.linter import Linter
from bot.editors.linter.mending import Mended
from bot.editors.linter.seen_before import SeenIndex
from bot.model import Beside, Issue


def _nothing(_: IssueText) -> None:
    """For whom nothing lies beside the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file, ``path`` as findings call it, ``name`` its path below the folder of issues."""

    path: str
    name: str
    saved: Saved
    parts: tuple[tuple[IssueText, Draft], ...]

    @classmethod
    def of(  # all but the first are passed by name
        cls,
        linter: Linter,
        saved: Saved,
        texts: Sequence[IssueText],
        *,
        path: str,
        name: str,
        beside: Callable[[IssueText], Beside | None] = _nothing,
    ) -> "Sheet":
        """The file with a draft of each issue; how its bytes were is the first one's to tell.

        ``beside`` finds the file of topics of an issue.
        """
        first = texts[0]
        alone = len(texts) == 1 and not first.before
        kept = saved if alone else replace(saved, text=first.whole)
        parts = tuple(
            (
                one,
                linter.draft(
                    kept if one is first else Saved(text=one.whole),
                    path=path,
                    name=name,
                    slug=one.slug,
                    beside=beside(one),
                ),
            )
            for one in texts
        )
        return cls(path=path, name=name, saved=saved, parts=parts)

    @property
    def issues(self) -> list[Issue]:
        """The issues, their lines those of the file."""
        return [placed(draft.issue, text) for text, draft in self.parts]

    def findings(self, linter: Linter, seen: SeenIndex) -> tuple[Finding, ...]:
        """What is wrong in it, in the order of its lines."""
        return tuple(
            replace(finding, line=finding.line + text.line - 1)
            for text, draft in self.parts
            for finding in linter.check(draft, seen)
        )

    def mended(self, linter: Linter, seen: SeenIndex) -> Mended:
        """The file with each issue mended; what stands above the first stays."""
        done = [(text, linter.mend(draft, seen)) for text, draft in self.parts]
        above = with_line_feeds(self.saved.text).split("\n")[: self.parts[0][0].line - 1]
        texts = (mended.text.removesuffix(text.borrowed) for text, mended in done)
        return Mended(
            text="".join((*(f"{line}\n" for line in above), *texts)),
            count=sum(mended.count for _, mended in done),
        )
