"""Files that an operator is given to take in, and those that he opens elsewhere."""

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest

from bot.cli.subscriber_table import written
from bot.errors import BadInput
from bot.model import Cut, Interests, Subscriber, SubscriberState
from bot.storage import HEAD
from bot.storage.backup import contents_of
from tests.builders import NOON
from tests.cli.conftest import Run, database, home, jianbao, log

__all__ = ["database", "home", "jianbao", "log"]

FORMULAS = (
    '=HYPERLINK("http://x.example";"y")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|x",
    "-2+3+cmd|x",
    "\t=1+1",
)
START = json.dumps({"jianbao backup": 1, "revision": HEAD}).encode() + b"\n"


@pytest.mark.parametrize("keyword", FORMULAS)
def test_no_field_of_an_export_is_a_formula_whatever_a_reader_follows(keyword: str) -> None:
    for cut in (
        Cut(language="zh", keywords=(keyword,)),
        Cut(language="zh", excluded=Interests(keywords=(keyword,))),
    ):
        one = Subscriber(chat_id=-1, cut=cut, state=SubscriberState.ACTIVE, joined_at=NOON)
        fields = list(map(str, written(one)))
        assert not any(field.strip().startswith(("=", "+", "@")) for field in fields), fields
        assert not any(field.startswith("-") and field[1:2] in "0123456789=+@" for field in fields[1:])


@pytest.mark.parametrize(
    "table",
    [
        b"chat_id,language,topics\n" + b"1" * 5000 + b",zh,\n",
        b"chat_id,language,topics\n1,zh," + b"x" * 200_000 + b"\n",
        b"chat_id,language,topics\n" + b'"' * 99_999,
        b"chat_id,language,topics\n../../etc/passwd,zh,\n",
        b"chat_id,language,topics\n=1+1,zh,\n",
        b"chat_id,language,topics\n1,zh,\x00\n",
        b"chat_id,language,topics\n9223372036854775808,zh,\n",
        b"," * 100_000,
        b"\xff\xfe" + b"\x00\xd8" * 99,
    ],
)
def test_a_hostile_table_is_one_line_and_changes_nothing(
    jianbao: Run, home: Path, database: Path, table: bytes
) -> None:
    (home / "given.csv").write_bytes(table)
    before = database.read_bytes()
    found = jianbao("subscribers", "import", "given.csv")
    assert found.code == 2, found
    assert (found.err.count("\n"), "internal" in found.err) == (1, False)
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "lines",
    [
        bytes(1_000_000),
        START + bytes(1_000_000),
        START + b'{"table": {}, "columns": []}\n',
        START + b'{"table": "../../x", "columns": {}}\n[1]\n{"rows": {}, "sha256": "", "made_at": ""}\n',
        START + b"[" * 100_000 + b"\n",
        START + b"[1]\n" * 9,
        START + b'{"rows": 1}\n',
        b'{"jianbao backup": {}}\n',
    ],
)
def test_a_hostile_backup_is_refused(tmp_path: Path, lines: bytes) -> None:
    (tmp_path / "backup").write_bytes(gzip.compress(lines))
    with pytest.raises(BadInput):
        contents_of(tmp_path / "backup")


def test_a_line_longer_than_any_row_is_not_even_read(tmp_path: Path) -> None:
    """Else some kilobytes that say they are gigabytes would fill the memory."""
    table = b'{"table": "updates", "columns": {"a": "text"}}\n'
    for size, is_one in ((1000, True), (1 << 26, False)):
        lines = START + table + b'["' + b"x" * size + b'"]\n'
        end = {"rows": {"updates": 1}, "made_at": NOON.isoformat(), "sha256": sha256(lines).hexdigest()}
        with gzip.open(tmp_path / "backup", "wb", 1) as file:
            file.write(lines + json.dumps(end).encode() + b"\n")
        assert is_backup(tmp_path / "backup") is is_one


def is_backup(path: Path) -> bool:
    try:
        return bool(contents_of(path))
    except BadInput:
        return False
