"""Whatever becomes of an issue, there is an issue or one clear error, and every message of it is a good one.

`make test` tries more than a hundred mutations, `make nightly` thousands.
"""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.names import DigestNames
from bot.digest.reader import IssueReader
from bot.digest.topics.vocabulary import Topics
from bot.editors.export import as_values
from bot.messages import Message, Renderer
from bot.model import Cut, Issue, LineKind, Mode
from bot.settings import shipped
from bot.settings.files import read_model
from bot.settings.folder import find
from bot.settings.profiles import read_profile
from bot.sources import decode
from tests.corpus import CORPUS, SEEDS
from tests.digest.shipped import GOLDEN
from tests.effort import cpu_at_most
from tests.nightly import by_day, examples, nightly
from tests.telegram_judge import judge

LARGE = 4_900_000
MEMORY = 6_000_000_000
MINUTES = 15
#: Seconds of the CPU for reading and rendering one mutated issue; a hundred times what a whole one takes.
PATIENCE = 5.0
DEEPEST = 100  # lists inside lists
DIALECTS = sorted((Path(__file__).parent / "dialects").glob("*/*.md"))
#: The real issues where they lie beside this checkout; the invented ones always.
ISSUES = {
    f"{path.parent.name}/{path.name}": path.read_bytes() for path in (*GOLDEN, *DIALECTS, *SEEDS, *CORPUS)
}
PROFILES = ("embedded-ai", "numbered-paragraphs", "link-lists")
CUTS = (Cut(), Cut(language="en", mode=Mode.HEADLINES), Cut(topics=("quantization",)))

Mutation = Callable[[bytes, random.Random, bytes], bytes]


@cache
def digest(name: str) -> tuple[IssueReader, Renderer]:
    config = shipped("config")
    profile = read_profile(config, name)
    topics = read_model(Topics, find(config, profile.topics))
    return IssueReader(profile, topics), Renderer(DigestNames(profile, topics))


def rendered(issue: Issue, renderer: Renderer) -> Iterator[Message]:
    for cut in CUTS:
        yield from renderer.issue(issue, cut)


def holds(data: bytes, name: str) -> Issue | None:
    """The issue of a file, after a look at all that every issue promises; None where it is no text."""
    decoded = decode(data)
    if decoded is None:
        return None
    reader, renderer = digest(name)
    issue = reader.read(decoded[0], slug="2026-03-02")
    assert len({item.id for item in issue.items}) == len(issue.items)
    lines = decoded[0].count("\n") + decoded[0].count("\r") + 1
    assert all(1 <= warning.line <= lines for warning in issue.warnings)
    assert all(1 <= item.line <= lines for item in issue.items)
    for text in (issue.lead, *(item.summary for item in issue.items)):
        assert not text or (text[0].spans and text[-1].spans)
        assert all(0 <= line.depth < DEEPEST for line in text)
        assert all(
            span.text or span.url or line.kind is LineKind.CODE for line in text for span in line.spans
        )
    as_values(issue)
    for message in rendered(issue, renderer):
        judge(message)
    return issue


def cut_off(data: bytes, chance: random.Random, odd: bytes) -> bytes:
    return data[: chance.randint(0, len(data))] + odd


def lines_lost_doubled_and_swapped(data: bytes, chance: random.Random, odd: bytes) -> bytes:
    lines = data.split(b"\n")
    lines = [line for line in lines for _ in range(chance.choices((0, 1, 2), (1, 18, 1))[0])]
    for _ in range(min(3, len(lines))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join((*lines, odd))


def shuffled(data: bytes, chance: random.Random, odd: bytes) -> bytes:
    lines = [*data.split(b"\n"), odd]
    chance.shuffle(lines)
    return b"\n".join(lines)


def bytes_put_in(data: bytes, chance: random.Random, odd: bytes) -> bytes:
    for _ in range(8):
        place = chance.randint(0, len(data))
        data = data[:place] + odd + data[place:]
    return data


def characters_lost(data: bytes, chance: random.Random, odd: bytes) -> bytes:
    """What carries the structure goes: brackets, dashes, hashes, colons, line ends."""
    telling = [place for place, char in enumerate(data) if char in b"[]()-#:*`|\n"]
    lost = set(chance.sample(telling, min(len(telling), 12)))
    return bytes(char for place, char in enumerate(data) if place not in lost) + odd


def saved_otherwise(data: bytes, chance: random.Random, odd: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    text = text.replace("\n", chance.choice(("\n", "\r\n", "\r"))).replace("    ", "\t")
    return text.encode(chance.choice(("utf-8-sig", "gb18030", "utf-8"))) + odd


MUTATIONS: tuple[Mutation, ...] = (
    cut_off,
    lines_lost_doubled_and_swapped,
    shuffled,
    bytes_put_in,
    characters_lost,
    saved_otherwise,
)
ODD = st.one_of(
    st.binary(max_size=4),
    st.text(st.sampled_from("-*_#[](){}<>|`~:：（）【】\\\n\r\t \0\u200b\ufeff！>&1.a中🙂"), max_size=6).map(
        str.encode
    ),
    st.sampled_from(
        [
            b"```\n",
            b"<!--",
            b"<details>",
            b"![](",
            b"[^1]: x\n",
            b"| a |\n|---|\n",
            b"> ",
            b"\n1. ",
            "1、".encode(),
        ]
    ),
)


@nightly("texts made to hurt are tried by day")
@settings(max_examples=examples(125))
@given(
    st.sampled_from(sorted(ISSUES)),
    st.sampled_from(MUTATIONS),
    st.sampled_from(PROFILES),
    st.integers(0, 2**32),
    ODD,
)
def test_whatever_becomes_of_an_issue_its_messages_are_ones_that_telegram_takes(
    issue: str, mutation: Mutation, profile: str, seed: int, odd: bytes
) -> None:
    mutated = mutation(ISSUES[issue], random.Random(seed), odd)  # noqa: S311  # the seed makes it repeatable
    with cpu_at_most(PATIENCE):
        holds(mutated, profile)


#: What a text made to hurt repeats. In nightly runs to five megabytes, as much as a file may have.
UNITS = {
    "items": b"- [a | b](https://example.com/a)\nsummary: c\n\n",
    "one line": "长".encode(),
    "fences": b"```\n",
    "half-open comments": b"<!--\n",
    "brackets": b"[",
    "stars": b"**a ",
    "open pictures": b"![](",
    "table rows": b"|c|d|\n",
    "footnotes": b"[^1] ",
    "quotes": b"> ",
    "dashes": b"- ",
    "stars and blanks": b"*a ",
    "paragraphs": b"a line\n\n",
    "wide blanks": "\u3000".encode(),
    "open addresses": b"(http://x",
    "addresses": "https://example.com/a、".encode(),
    "pictures": b"![a](b) ",
    "badges": b"![a](https://example.com/badge/b) ",
    "nested fences": b"```a\n```b\n```\n",
    "tables in HTML": b"<table><tr><td>a</td><td>b</td></tr>\n",
    "wrapped titles": b"**a\nb** c\n",
    "glued headings": b"a.\nName\n-----\n",
    "labels on a line": "链接：https://example.com/a 摘要：b | ".encode(),
    "numbers in bullets": b"- 1. a\n",
    "undivided rows": b"\n|a|\n|b|c|\n|d|e|\n",
}
HEAD = b"# x (2026-03-02)\n\n## news\n\n|a|b|\n|-|-|\n|c|d|\n\n"
FLATTENED = "- 标题 | 来源\n摘要：一。 - 另一条 | 来源\n摘要：二\n".encode()


@pytest.mark.parametrize("name", by_day(6, [*UNITS], "six kinds are tried by day"))
def test_a_text_made_to_hurt_is_read_all_the_same(name: str) -> None:
    text, _ = decode(HEAD + UNITS[name] * (30_000 // len(UNITS[name]))) or ("", None)
    reader, _ = digest("embedded-ai")
    assert reader.read(text, slug="2026-03-02").slug == "2026-03-02"


def test_a_flattened_text_of_many_items_is_read_all_the_same() -> None:
    text, _ = decode(FLATTENED * 500) or ("", None)
    assert len(digest("embedded-ai")[0].read(text, slug="2026-03-02").items) == 1000


@nightly("five megabytes take minutes")
@pytest.mark.parametrize("name", UNITS)
def test_five_megabytes_are_read_in_bounded_memory_and_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / "2026-03-02.md"
    path.write_bytes(HEAD + UNITS[name] * (LARGE // len(UNITS[name])))
    limit = f"import resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); "
    command = limit + "from bot.__main__ import main; sys.exit(main())"
    ran = subprocess.run(  # noqa: S603  # the program under test, with arguments of ours
        [sys.executable, "-c", command, "parse", "--format", "json", str(path)],
        capture_output=True,
        timeout=MINUTES * 60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-500:]
