"""Damaged workbooks and texts end in a report or a clear error, and so does what is written back about them; never in a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import sys
import tempfile
import zipfile
from pathlib import Path
from unittest import mock

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from policy.cli import main
from tests.hostile.test_limits import PACK

FAULTS = ("Traceback", "internal error", "failed (", "plug-in")
SNIPPETS = (
    b"<", b">", b"/>", b'"', b"&", b"&amp;", b"&#0;", b"&#xD800;", b"\0", b"\xff", b"</row>", b'<row r="0">', b'<c r="A0"/>', b'<c r="XFE1"><v>1</v></c>', b'r="-1"', b't="s"',
    b't="e"', b't="d"', b't="b"', b"<v>99999999999999999999</v>", b"<v>NaN</v>", b"<v>-1</v>", b"<f>1/0</f>", b'<f t="shared" si="9"/>', b's="999"', b"<is><t/></is>",
    b"<mergeCells><mergeCell ref=\"A1:Z99\"/></mergeCells>", b"<!DOCTYPE x>", b"<!-- -->", b"<?x?>", b"]]>", b"<![CDATA[", b'xmlns="x"', b'Target="../../x"', b'Type="x"', "人".encode(),
)  # fmt: skip
BITS = (b'"', b",", b"\n", b"\r", b"\t", b";", b"\0", b"\xff", b"\xef\xbb\xbf", b"=", b"2026-02-30", b"9" * 30, "同上".encode(), "“".encode(), b"sep=;\n", "机密".encode())


@st.composite
def mutations(draw, snippets, most):
    """Places, as parts of the whole, with what happens there: something is put in, taken out, doubled or changed."""
    one = st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(["insert", "delete", "double", "flip"]), st.sampled_from(snippets), st.integers(1, 40))
    return draw(st.lists(one, min_size=1, max_size=most))


def mutated(content: bytes, changes) -> bytes:
    for where, what, snippet, length in changes:
        place = int(where * len(content))
        piece = content[place : place + length]
        new = {"insert": snippet + piece, "delete": b"", "double": piece * 2, "flip": bytes(255 - byte for byte in piece[:1]) + piece[1:]}[what]
        content = content[:place] + new + content[place + length :]
    return content


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "pack").mkdir()
    (folder / "pack" / "people.policy").write_text(PACK, "utf-8")
    (folder / "pack" / "regulation.md").write_text("### Article 1\n\nPeople have names.\n", "utf-8")
    return folder


def workbook() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "人员"
    for row in (["人员编号", "姓名", "出生日期", "年龄"], ["P1", "张三", "1980-01-01", 46], ["P2", "李四", "2026-02-30", "=1+1"], ["P2", None, 30000.5, "五"]):
        page.append(row)
    page["B2"].comment = Comment("批示", "张")
    page["A9"] = True
    book.create_sheet("备忘")["A1"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WORKBOOK = workbook()
with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
    PARTS = {name: archive.read(name) for name in archive.namelist()}
TEXT = "人员编号,姓名,出生日期,年龄\nP1,张三,1980-01-01,46\nP2,“李四”,2026-02-30,五\nP2,,待定,\n".encode()


def check(folder: Path, content: bytes, name: str, fast: bool = True) -> None:
    """Check a file, with a report of each kind on it, and hold what is said to be no fault."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / name
        file.write_bytes(content)
        reports = [word for kind in ("html", "json", "xlsx") for word in ("--data-report", f"{kind}={place}/out.{kind}")]
        out, error = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("POLICY_")} | {"POLICY_CACHE_DIR": str(folder / "cache")}
        library = contextlib.nullcontext() if fast else mock.patch.dict(sys.modules, python_calamine=None)
        with mock.patch.dict(os.environ, environment, clear=True), contextlib.redirect_stdout(out), contextlib.redirect_stderr(error), library:
            status = main(["check", str(file), "--pack", str(folder / "pack"), "--lang", "en", "--as-of", "2026-07-15", "--extra", "备忘", *reports])
        error.flush()
        said = error.buffer.getvalue().decode()
        assert status in (0, 1, 2, 3), said
        assert not any(fault in said for fault in FAULTS), said
        marked = Path(place) / "out.xlsx"
        if marked.exists():
            with zipfile.ZipFile(marked) as copy:
                assert copy.testzip() is None
                assert any(re.fullmatch(r"xl/worksheets/policySheet\d+\.xml", part) for part in copy.namelist())


BOUNDED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
XML = mutations(SNIPPETS, 3)
WHOLE = mutations(BITS, 4)
PART = st.sampled_from(sorted(PARTS))


def damaged_part(part: str, changes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, mutated(content, changes) if name == part else content)
    return stream.getvalue()


def test_the_workbook_and_the_text_are_read_undamaged(folder):
    check(folder, WORKBOOK, "a.xlsx")
    check(folder, WORKBOOK, "a.xlsx", fast=False)
    check(folder, TEXT, "人员.csv")


@BOUNDED
@given(part=PART, changes=XML, fast=st.booleans())
def test_a_damaged_part_of_a_workbook(folder, part, changes, fast):
    check(folder, damaged_part(part, changes), "a.xlsx", fast)


@BOUNDED
@given(changes=WHOLE)
def test_a_damaged_archive(folder, changes):
    check(folder, mutated(WORKBOOK, changes), "a.xlsx")


@BOUNDED
@given(changes=WHOLE, name=st.sampled_from(["人员.csv", "人员.tsv", "a.toml"]))
def test_a_damaged_text(folder, changes, name):
    check(folder, mutated(TEXT, changes), name)


@pytest.mark.deep
@settings(parent=BOUNDED)
@given(part=st.sampled_from([name for name in sorted(PARTS) if "sheet" in name or "workbook" in name]), changes=mutations(SNIPPETS, 12), fast=st.booleans())
def test_a_workbook_damaged_in_many_places(folder, part, changes, fast):
    check(folder, damaged_part(part, changes), "a.xlsx", fast)


@pytest.mark.deep
@settings(parent=BOUNDED)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 3000), name=st.sampled_from(["人员.csv", "a.xlsx", "a.toml", "a.xlsm"]))
def test_noise(folder, seed, length, name):
    start = WORKBOOK[:200] if seed % 2 else b""
    check(folder, start + random.Random(seed).randbytes(length), name)
