"""Tables of subscribers as spreadsheets save them; what is in no column stays as it is."""

import os
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write

pytestmark = pytest.mark.usefixtures("database")

TABLE = "chat_id,language,topics\r\n13,zh,“KV cache” 量化\r\n14,en,\r\n"
SECTIONS = "news, papers, open-source, blog, applications, other, flash"
TAKEN_IN = "\n13,zh,quantization “KV cache”,active,full,,,\n14,en,,active,full,,,\n"


def parted(by: str) -> Callable[[str], bytes]:
    return lambda table: table.replace(",", by).encode()


def quoted(table: str) -> bytes:
    rows = (";".join(f'"{cell}"' for cell in row.split(",")) for row in table.splitlines())
    return BOM_UTF8 + "\r\n".join(rows).encode()


def with_blank_rows(table: str) -> bytes:
    header, *rows = table.splitlines()
    return BOM_UTF8 + "\r\n".join(["", ",,", header, "  , ,", *rows, ",,", ",,,,", ""]).encode()


@pytest.mark.parametrize(
    "saved",
    [
        parted(";"),
        parted("\t"),
        parted("; "),
        quoted,
        with_blank_rows,
        lambda table: BOM_UTF8 + table.replace(",", ";").encode(),
        lambda table: table.replace(",", "\t").encode("utf-16"),
        lambda table: b"\xfe\xff" + table.replace(",", ";").encode("utf-16-be"),
        lambda table: table.encode("gb18030"),
        lambda table: table.replace("\r\n", "\n").encode(),
        lambda table: table.replace("\r\n", "\r").encode(),
        lambda table: table.rstrip().rstrip(",").encode(),
        lambda table: table.replace("\r\n", ",\r\n").encode(),
    ],
)
def test_a_table_comes_in_however_a_spreadsheet_saved_it(
    jianbao: Run, home: Path, saved: Callable[[str], bytes]
) -> None:
    (home / "readers.csv").write_bytes(saved(TABLE))
    result = jianbao("subscribers", "import", "readers.csv")
    assert (result.err, result.out) == ("", "2 subscribers imported: 2 new, 0 changed\n")
    assert jianbao("subscribers", "export").out.endswith(TAKEN_IN)


def test_a_column_that_no_one_knows_is_named(jianbao: Run, home: Path) -> None:
    write(home / "readers.csv", "chat_id,language,topics,stat,\n7,zh,,stopped,\n")
    result = jianbao("subscribers", "import", "readers.csv")
    assert (result.code, result.out) == (0, "1 subscriber imported: 1 new, 0 changed\n")
    assert result.err == "jianbao: passed over, for no column of ours is called so: stat\n"


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_one_clears(jianbao: Run, home: Path) -> None:
    columns = "chat_id,language,topics,state,mode,sections,hours,thread\n"
    write(home / "readers.csv", f"{columns}7,zh,,stopped,headlines,papers;flash,UTC|0830|||,\n8,zh,,,,,,\n")
    jianbao("subscribers", "import", "readers.csv")
    write(home / "readers.csv", "chat_id,language,topics\n7,en,\n")
    jianbao("subscribers", "import", "readers.csv")
    exported = jianbao("subscribers", "export").out
    assert exported == f"{columns}7,en,,stopped,headlines,flash papers,UTC|0830|||,\n8,zh,,active,full,,,\n"
    write(home / "readers.csv", f"{columns}7,en,,,,,,\n")
    jianbao("subscribers", "import", "readers.csv")
    assert (
        jianbao("subscribers", "export").out == f"{columns}7,en,,stopped,headlines,,,\n8,zh,,active,full,,,\n"
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("chat_id;language;topics\n1;zh;\n;;\nx;zh;\n", ":4: chat_id: 'x' is not a number"),
        (
            "chat_id;language;topics\n-1,00123E+12;zh;\n",
            ":2: chat_id: '-1,00123E+12' was shortened by a spreadsheet; show it there in full",
        ),
        (
            "chat_id,language,topics,mode\n1,zh,,short\n",
            ":2: mode: 'short' is not one of full, headlines, one, rich",
        ),
        (
            "chat_id,language,topics,sections\n1,zh,,papers sport\n",
            f":2: sections: no section is called 'sport'; there are {SECTIONS}",
        ),
        (
            "chat_id,language,topics,hours\n1,zh,,8:30\n",
            ":2: hours: '8:30' is not of the form Asia/Shanghai|0830|4|2200-0700|s",
        ),
        (
            "chat_id,language,topics,hours\n1,zh,,Mars/Olympus|0830|||\n",
            ":2: hours: unknown time zone 'Mars/Olympus'",
        ),
        ("\n\nchat_id;topics\n1;\n", ":3: column language is missing; needed are chat_id, language, topics"),
    ],
)
def test_a_mistake_is_told_by_line_and_column(jianbao: Run, home: Path, table: str, told: str) -> None:
    write(home / "readers.csv", table)
    result = jianbao("subscribers", "import", "readers.csv")
    assert (result.code, result.out, result.err) == (2, "", f"jianbao: readers.csv{told}\n")


def test_a_file_that_is_no_text_is_told(jianbao: Run, home: Path) -> None:
    (home / "readers.csv").write_bytes(bytes(range(256)))
    result = jianbao("subscribers", "import", "readers.csv")
    assert (result.code, result.err) == (2, "jianbao: readers.csv: is not a text file\n")


def test_a_table_may_come_through_a_pipe(jianbao: Run) -> None:
    reading, writing = os.pipe()
    os.write(writing, TABLE.encode())
    os.close(writing)
    assert jianbao("subscribers", "import", f"/dev/fd/{reading}").out.startswith("2 subscribers imported")
    os.close(reading)


@pytest.mark.parametrize("bad", [2, 10, 13])
def test_all_rows_with_a_mistake_are_told_or_the_first_ten_and_how_many(
    jianbao: Run, home: Path, bad: int
) -> None:
    rows = "".join(f"x{number},zh,\n{number + 1},zh,\n" for number in range(bad))
    write(home / "readers.csv", f"chat_id,language,topics\n{rows}")
    result = jianbao("subscribers", "import", "readers.csv")
    *told, last = result.err.splitlines()
    assert (result.code, result.out) == (2, "")
    assert told == [
        f"jianbao: readers.csv:{2 * number + 2}: chat_id: 'x{number}' is not a number"
        for number in range(min(bad, 10))
    ]
    of_which = ", of which the first 10 are above" if bad > 10 else ""
    assert last == f"jianbao: readers.csv: {bad} rows have mistakes{of_which}; nothing was imported"
    assert jianbao("subscribers", "export").out.count("\n") == 1


def test_whoever_gets_nothing_stays_so_until_they_are_brought_back_and_that_is_told(
    jianbao: Run, home: Path
) -> None:
    columns = "chat_id,language,topics,state\n"
    write(
        home / "readers.csv", f"{columns}1,zh,,active\n2,zh,,deactivated\n3,zh,,stopped\n4,zh,,deactivated\n"
    )
    assert "nothing" not in jianbao("subscribers", "import", "readers.csv").out
    still = (
        "stay as they are and get nothing: 2 deactivated, 1 stopped; who wants issues again sends /start."
        " jianbao subscribers import FILE --bring-back takes back in whom the column state calls active\n"
    )
    write(home / "readers.csv", "chat_id,language,topics\n1,en,\n2,en,\n3,en,\n4,en,\n5,en,\n")
    told = jianbao("subscribers", "import", "readers.csv").out
    assert told == "5 subscribers imported: 1 new, 4 changed\n" + still
    write(home / "readers.csv", f"{columns}2,en,,active\n3,en,,active\n4,en,,active\n")
    told = jianbao("subscribers", "import", "readers.csv").out
    assert told == "3 subscribers imported: 0 new, 0 changed\n" + still
    told = jianbao("subscribers", "import", "readers.csv", "--bring-back").out
    assert told == "3 subscribers imported: 0 new, 3 changed\n"
