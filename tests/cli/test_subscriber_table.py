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
MISSING = "column chat_id is missing; the first row names the columns, such as chat_id, language, topics"
SHORTENED = (
    "was shortened by a spreadsheet, and digits are lost; format the column there as a number without"
    " decimals or as text, and save it again"
)
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
        parted("|"),
        parted("，"),
        lambda table: parted(";")(f"sep=;\r\n{table}"),
        lambda table: f"SEP=,\r\n{table}".encode(),
        lambda table: f"sep=;,,\r\n{table}".encode(),
        lambda table: BOM_UTF8 + b'"sep=;"\r\n' + parted(";")(table),
        lambda table: f"\r\nsep=\t\r\n{table}".replace(",", "\t").encode("utf-16"),
        lambda table: table.replace("13", "13.0").replace("14", '"=""14"""').encode(),
        lambda table: parted(";")(table.replace("13", "13@0")).replace(b"@", b","),
        lambda table: table.replace("chat_id", "Chat ID").replace("language", " LANGUAGE ").encode(),
        lambda table: table.replace("chat_id", "ｃｈａｔ－ｉｄ").encode(),
        lambda table: parted(";")(table.replace("chat_id", '"Chat\nID:"')),
        lambda table: table.replace("chat_id", "聊天ID").replace("language", "语言").encode(),
        lambda table: table.replace("14,en,", "chat_id,language,topics\r\n14,en,").encode(),
        lambda table: table.replace("14,en,", "Language;Chat-Id\r\nen;14".replace(";", ",")).encode(),
        lambda table: 2 * (b"sep=;\r\n" + parted(";")(table)),
        lambda table: table.replace("zh", "zh_CN").replace("en,", "en_GB,").encode(),
    ],
)
def test_a_table_comes_in_however_a_spreadsheet_saved_it(
    jianbao: Run, home: Path, saved: Callable[[str], bytes]
) -> None:
    (home / "readers.csv").write_bytes(saved(TABLE))
    result = jianbao("subscribers", "import", "readers.csv")
    assert result.out == "2 subscribers imported: 2 new, 0 changed\n"
    assert jianbao("subscribers", "export").out.endswith(TAKEN_IN)


@pytest.mark.parametrize(
    "ids",
    ["chat_id\n13\n14\n", "Chat ID\n13,0\n14,0\n", "13\n\n14", "\ufeff13;;\r\n14;;\r\n;;\r\n", ",13\n,14\n"],
)
def test_ids_alone_come_in_as_plain_subscribers_and_who_is_known_keeps_all(
    jianbao: Run, home: Path, ids: str
) -> None:
    write(home / "readers.csv", "chat_id,language,topics\n14,en,量化\n")
    jianbao("subscribers", "import", "readers.csv")
    write(home / "readers.csv", ids)
    assert jianbao("subscribers", "import", "readers.csv").out == "2 subscribers imported: 1 new, 0 changed\n"
    after = "\n13,zh,,active,full,,,\n14,en,quantization,active,full,,,\n"
    assert jianbao("subscribers", "export").out.endswith(after)


def test_a_chat_that_is_named_twice_is_taken_once_if_both_rows_say_the_same(jianbao: Run, home: Path) -> None:
    write(home / "readers.csv", "chat_id,language,topics\n13,zh,量化 剪枝\n14,en,\n13.0,zh_CN,pruning 量化\n")
    result = jianbao("subscribers", "import", "readers.csv")
    assert result.err == "jianbao: taken once, for all their rows say the same: 1 subscriber\n"
    assert result.out == "2 subscribers imported: 2 new, 0 changed\n"


def test_one_chat_in_two_topics_of_a_forum_is_not_named_twice(jianbao: Run, home: Path) -> None:
    write(home / "readers.csv", "chat_id,language,topics,thread\n-13,zh,,7.0\n-13,en,,8\n-13,en,,\n")
    result = jianbao("subscribers", "import", "readers.csv")
    assert (result.err, result.out) == ("", "3 subscribers imported: 3 new, 0 changed\n")


def test_a_column_that_no_one_knows_is_named(jianbao: Run, home: Path) -> None:
    write(home / "readers.csv", "chat_id,language,topics,stat,\n7,zh,,stopped,\n")
    result = jianbao("subscribers", "import", "readers.csv")
    assert (result.code, result.out) == (0, "1 subscriber imported: 1 new, 0 changed\n")
    assert result.err == "jianbao: passed over, for no column of ours is called so: stat\n"


def test_of_files_that_were_joined_each_has_its_own_columns(jianbao: Run, home: Path) -> None:
    write(home / "readers.csv", "name,chat_id,topics\nA,13,量化\nChat ID,language,city\n14,en,B\n")
    result = jianbao("subscribers", "import", "readers.csv")
    assert result.err == "jianbao: passed over, for no column of ours is called so: name, city\n"
    exported = jianbao("subscribers", "export").out
    assert exported.endswith("\n13,zh,quantization,active,full,,,\n14,en,,active,full,,,\n")


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
            f":2: chat_id: '-1,00123E+12' {SHORTENED}",
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
        ("\n\ncaht_id;topics\n1;\n", f":3: {MISSING}; is 'caht_id' meant?"),
        ("13,zh,\n", f":1: {MISSING}"),
        ("13,14\n", f":1: {MISSING}"),
        ("", f":1: {MISSING}"),
        ("chat_id,langauge\n13,en\n", ":1: column 'langauge' is unknown; is language meant?"),
        ("chat_id,topics,Topics\n13,,\n", ":1: column topics is there twice; leave one"),
        (
            "chat_id,language,topics\n13,zh,量化,剪枝\n",
            ":2: behind the last column: '剪枝' is in none; put in quotation marks what belongs together",
        ),
        ("13\n14,en\n", ":2: chat_id: '14,en' is not a number"),
        (
            "sep=;\nchat_id;language\n13;zh\n\n13;en\n",
            ":5: chat_id: line 3 says something else of 13; leave the one that counts",
        ),
        ("chat,name\n13,A\nname,Chat\n14,B\n", ":3: chat_id: 'name' is not a number"),
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
