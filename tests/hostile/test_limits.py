"""Files that mean harm are refused with a message or read, within 512 MiB and ten seconds, with either library."""

from __future__ import annotations

import os
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.hostile.workbooks import CELL, parts, write

ROOT = Path(__file__).parents[2]
MEMORY, SECONDS = 512 * 2**20, 10
PACK = """
pack people version "1" regulation "regulation.md" end
entity person "人员"
  id : text key "人员编号"
  name : text confidential "姓名"
  born : date optional "出生日期"
  age : int optional "年龄"
end
rule P-1 "named" basis article 1 for each person must person.name is filled otherwise fail "x" end
"""
WITHOUT = "import sys; sys.modules['python_calamine'] = None; "
PROGRAM = "import sys; from policy.cli import main; sys.exit(main())"


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "people.policy").write_text(PACK, "utf-8")
    (folder / "regulation.md").write_text("### Article 1\n\nPeople have names.\n", "utf-8")
    return folder


@pytest.fixture
def check(pack, tmp_path):
    """Runs the command under limits, with a library or without; gives exit status, output and errors."""

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def run(path: Path, fast: bool = True, *words: str) -> tuple[int, str, str]:
        command = [sys.executable, "-c", ("" if fast else WITHOUT) + PROGRAM, "check", str(path), "--pack", str(pack), "--lang", "en", *words]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("POLICY_")}
        environment |= {"POLICY_CACHE_DIR": "", "MALLOC_ARENA_MAX": "2", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=3 * SECONDS, preexec_fn=limit, env=environment, cwd=tmp_path, check=False
        )
        assert "Traceback" not in done.stderr and "internal error" not in done.stderr, done.stderr[-2000:]
        return done.returncode, done.stdout, done.stderr

    def timed(path: Path, fast: bool = True, *words: str) -> tuple[int, str, str]:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = run(path, fast, *words)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        assert spent < SECONDS, f"{spent:.1f} s"  # of the processor, as other tests run beside it
        return result

    return timed


both = pytest.mark.parametrize("fast", [True, False], ids=["calamine", "openpyxl"])
ROW = f'<row r="2">{CELL.format("A2", "P1")}{CELL.format("B2", "甲")}</row>'


def refused(result, code_words: str) -> None:
    status, out, error = result
    assert (status, out) == (2, "") and code_words in error, (status, out[:300], error[:600])


@both
def test_a_workbook_without_harm_is_read(check, tmp_path, fast):
    status, out, error = check(write(tmp_path / "a.xlsx", parts(ROW)), fast)
    assert (status, error) == (0, "") and "satisfied 1" in out


@both
def test_a_bomb_in_an_archive(check, tmp_path, fast):
    blank = " " * (81 * 2**20)
    made = parts(ROW) | {f"xl/worksheets/sheet{number}.xml": blank for number in range(2, 6)}
    refused(check(write(tmp_path / "a.xlsx", made), fast), "unpacks to more than 320 MB")


@both
def test_a_bomb_that_says_it_is_small(check, tmp_path, fast):
    path = write(tmp_path / "a.xlsx", parts(ROW, before=" " * (150 * 2**20)))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    for place in range(len(content)):  # in the list at the end and in the part's own header
        place = content.find(struct.pack("<L", info.file_size), place)
        if place < 0:
            break
        content[place : place + 4] = struct.pack("<L", 1000)
    path.write_bytes(content)
    refused(check(path, fast), "not a valid workbook")


@both
def test_space_without_end_is_read(check, tmp_path, fast):
    assert check(write(tmp_path / "a.xlsx", parts(ROW, before=" " * (120 * 2**20))), fast)[0] == 0


LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'


@both
@pytest.mark.parametrize(("doctype", "name"), [(LAUGHS, "&a11;"), (OUTSIDE, "&secret;"), ("<!DOCTYPE x>", "人员")])
def test_entities(check, tmp_path, fast, doctype, name):
    refused(check(write(tmp_path / "a.xlsx", parts(ROW, doctype=doctype, sheet_name=name)), fast), "declares entities")


@both
def test_entities_in_a_sheet(check, tmp_path, fast):
    made = parts(f'<row r="2">{CELL.format("A2", "&a11;")}</row>')
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace("?>", "?>" + LAUGHS, 1)
    refused(check(write(tmp_path / "a.xlsx", made), fast), "declares entities")


@both
def test_a_sheet_in_another_encoding(check, tmp_path, fast):
    made = parts(ROW)
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].encode("utf-16")
    refused(check(write(tmp_path / "a.xlsx", made), fast), "declares entities")


FAR = [
    (f'{ROW}<row r="1048576">{CELL.format("XFD1048576", "x")}</row>', "XFD1048576"),
    (f'<row r="2">{CELL.format("ZZ2", "x")}</row><row r="999999">{CELL.format("A999999", "x")}</row>', "ZZ999999"),
    (f'{ROW}<row r="4000000000">{CELL.format("A4000000000", "x")}</row>', "4000000000"),
    (f'{ROW}<row r="3">{CELL.format("A1048577", "x")}</row>', "1048577"),
    ("".join(f'<row r="{row}"><c s="1" r="A{row}"><v>1</v></c><c s="1" r="XFD{row}"><v>1</v></c></row>' for row in range(2, 5000)), "XFD4999"),
    ("<row r='2'><c r='ZZZ2'><v>1</v></c></row><row r='900000'><c r='A900000'><v>1</v></c></row>", "900000"),
]


@both
@pytest.mark.parametrize(("rows", "cell"), FAR)
def test_cells_far_away(check, tmp_path, fast, rows, cell):
    status, out, error = check(write(tmp_path / "a.xlsx", parts(rows)), fast)
    assert (status, out) == (2, "") and "the sheet reaches as far as" in error and cell in error, error[:500]


@both
def test_a_cell_out_of_its_row(check, tmp_path, fast):
    rows = f'<row r="2">{CELL.format("A2", "P1")}{CELL.format("B999999", "甲")}{CELL.format("C2", "x")}</row>'
    assert check(write(tmp_path / "a.xlsx", parts(rows)), fast)[0] in (0, 1, 2)


@both
def test_formats_to_the_last_row_and_column_are_read(check, tmp_path, fast):
    rows = ROW + "".join(f'<row r="{row}" ht="20"/>' for row in range(3, 1_048_577, 7)) + '<row r="1048576" ht="20"><c r="XFD1048576" s="0"/></row>'
    status, out, error = check(write(tmp_path / "a.xlsx", parts(rows)), fast)
    assert (status, error) == (0, "") and "person, 1 row" in out


@both
def test_many_empty_columns(check, tmp_path, fast):
    """As many as a sheet can have; and more."""
    empty = "".join(f'<c r="{letters}1" s="0"/>' for letters in ("C", "AA", "XFD")) + '<c s="0"/>' * 1_000_000
    rows = ROW.replace("</row>", empty + "</row>")
    assert check(write(tmp_path / "a.xlsx", parts(rows)), fast)[0] in (0, 2)


@both
def test_a_header_of_all_columns(check, tmp_path, fast):
    from policy.lang.table import column_letters

    wide = "".join(CELL.format(f"{column_letters(place)}1", f"c{place}") for place in range(2, 16_384))
    made = parts(ROW)
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace("</row>", wide + "</row>", 1)
    status, _, error = check(write(tmp_path / "a.xlsx", made), fast)
    assert status == 2 and "16332 more columns that are not known" in error


@both
def test_formulas_that_call_out_and_links(check, tmp_path, fast):
    calls = ('WEBSERVICE("http://127.0.0.1:9/x")', "cmd|'/c calc'!A1", "[1]Sheet1!A1", 'HYPERLINK("file:///etc/passwd")')
    rows = "".join(f'<row r="{row}">{CELL.format(f"A{row}", f"P{row}")}<c r="B{row}" t="str"><f>{call}</f><v>甲</v></c></row>' for row, call in enumerate(calls, 2))
    status, out, error = check(write(tmp_path / "a.xlsx", parts(rows, external="x")), fast)
    assert (status, error) == (0, "") and "satisfied 4" in out
    assert "links to other files were not opened, stored results are read: 1" in out


@both
@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "xl\\..\\..\\evil.xml"])
def test_parts_outside_of_the_archive(check, tmp_path, fast, name):
    refused(check(write(tmp_path / "a.xlsx", parts(ROW) | {name: "x"}), fast), "not a valid workbook")


@both
def test_a_part_twice(check, tmp_path, fast):
    path = write(tmp_path / "a.xlsx", parts(ROW))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("xl/worksheets/sheet1.xml", "x")
    refused(check(path, fast), "not a valid workbook")


@both
def test_a_cell_of_ten_megabytes(check, tmp_path, fast):
    rows = "".join(f'<row r="{row}">{CELL.format(f"A{row}", "P" * (10 * 2**20) if row == 2 else f"P{row}")}{CELL.format(f"B{row}", "甲密" * (5 * 2**20) if row == 3 else "甲")}</row>' for row in (2, 3, 4))
    status, out, error = check(write(tmp_path / "a.xlsx", parts(rows)), fast)
    assert (status, out) == (2, "")
    assert "[人员] A2: the cell `PPPP" in error and "B3: the value of confidential `姓名` cannot be read" in error


@both
def test_a_long_text_in_many_cells(check, tmp_path, fast):
    shared = f"<si><t>{'长' * (2**20)}</t></si>"
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 30_000))
    refused(check(write(tmp_path / "a.xlsx", parts(rows, shared=shared)), fast), "unpacks to more than 64 MB")


@both
def test_control_characters(check, tmp_path, fast):
    rows = f'<row r="2">{CELL.format("A2", "P_x0000_1_x001B_[31m")}{CELL.format("B2", "甲")}</row>'
    status, out, error = check(write(tmp_path / "a.xlsx", parts(rows)), fast, "--all")
    assert status == 2 and "has a NUL character" in error and not {"\0", "\x1b"} & {*out, *error}
    status, out, error = check(write(tmp_path / "a.xlsx", parts(rows.replace("_x0000_", ""))), fast, "--all")
    assert (status, error) == (0, "") and not {"\0", "\x1b"} & {*out}


# --- texts -----------------------------------------------------------------------------------------------------------


def text_file(tmp_path, content: str | bytes, name: str = "人员.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_with_a_million_columns(check, tmp_path):
    status, out, error = check(text_file(tmp_path, "人员编号,姓名" + "," * 1_000_000 + "\nP1,甲" + "," * 1_000_000 + "\n"))
    assert (status, error) == (0, "") and "person, 1 row" in out


def test_a_text_with_names_for_very_many_columns(check, tmp_path):
    header = "人员编号,姓名," + ",".join(f"c{number}" for number in range(300_000))
    status, _, error = check(text_file(tmp_path, f"{header}\nP1,甲\n"))
    assert status == 2 and "299950 more columns that are not known" in error


def test_a_wide_header_over_many_short_rows(check, tmp_path):
    header = "人员编号,姓名," + ",".join(f"c{number}" for number in range(10_000))
    refused(check(text_file(tmp_path, header + "\n" + "P1,甲\n" * 100_000)), "the header has 10002 columns and most rows are much shorter")


def test_nul_bytes(check, tmp_path):
    refused(check(text_file(tmp_path, "人员编号,姓名\nP1,\0\n")), "contains NUL characters")


def test_a_text_cell_of_ten_megabytes(check, tmp_path):
    refused(check(text_file(tmp_path, "人员编号,姓名\nP1," + "甲" * (10 * 2**20) + "\n")), "a cell of row 2 is too long")


def test_a_toml_cell_of_ten_megabytes(check, tmp_path):
    status, _, error = check(text_file(tmp_path, '[[人员]]\n人员编号 = "P1"\n出生日期 = "' + "二" * (10 * 2**20) + '"\n', "a.toml"))
    assert status == 2 and "has more than 32767 characters" in error


@pytest.mark.parametrize("content", ["[[人员]]\na = " + "[" * 100_000, "a" + ".a" * 100_000 + " = 1", "[[人员]]\n" + "a = 1\n" * 2], ids=["nested", "dotted", "twice"])
def test_a_toml_that_is_none(check, tmp_path, content):
    status, out, _ = check(text_file(tmp_path, content, "a.toml"))
    assert (status, out) == (2, "")


def test_a_path_with_dots_is_a_path(check, tmp_path):
    (tmp_path / "x").mkdir()
    write(tmp_path / "a.xlsx", parts(ROW))
    assert check(tmp_path / "x" / ".." / "a.xlsx")[0] == 0
