"""What is confidential reaches no output: a canary stands in every confidential cell, and no command ever shows it."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from policy.cli import main
from tests.tables import write_tables

PACK = """
pack aviary version "1"
  regulation "regulation.md"
  nonworking next_workday
end
enum mood "心情"
  canarycheer "CANARYCHEER"
  plain "平常"
end
entity person "人员"
  id   : text key "编号"
  name : text confidential "姓名"
end
entity talk "谈话"
  id     : text key "谈话编号"
  talkee : ref person optional "被谈话人"
  end    : date optional occurs "结束日期"
  size   : int optional "人数"
  note   : text optional confidential "备注"
  heard  : date optional confidential "听取日期"
  count  : int optional confidential "次数"
  rate   : number optional confidential "比例"
  told   : bool optional confidential "告知"
  mood   : mood optional confidential "心情"
end

define merry(t: talk) means t.mood is canarycheer or t.note is "CANARY-7" end
define heard_first(p: person) means earliest talk by talk.heard such that talk.talkee is p end

rule A-1 "conditions" basis article 1 bearer talk.talkee for each talk where talk.mood is filled
  when not merry(talk) except talk.told basis "x"
  must talk.note is filled and talk.heard no later than talk.end and talk.count > 3
  otherwise fail "{talk} {talk.talkee} {bearer} {talk.size}"
end
rule A-2 "a due day" basis article 1 bearer talk.talkee for each talk
  must exist talk as other such that other.talkee is talk.talkee and other.note is talk.note and other.heard after talk.heard
  due if talk.told then 3 days after talk.end else 1 month after talk.end
  otherwise warn "{due} {fulfilled} {days}"
end
rule A-3 "rows" basis article 1 bearer person for each person
  let first be heard_first(person)
  let many be count talk such that talk.talkee is person and talk.rate > 0.5
  must many >= 2 and (sum of talk.count over talk such that talk.talkee is person) > 5 and first.size is filled
  otherwise fail "{many} {first} {first.size} {person}"
end
rule A-4 "attested" basis article 1 for each talk where talk.note is filled attest "is it so" otherwise advise "x" end
rule A-5 "by a function" basis article 1 for each talk must odd(talk.note) otherwise fail "x" end
rule A-6 "of rules" basis article 1 for each person
  must no violations of A-1 as v such that v.bearer is person otherwise advise "x"
end
"""
PLUGIN = """
from policy.hooks.spec import Function, hookimpl
from policy.lang.types import BOOL, TEXT

def odd(text):
    raise ValueError(text)

class Writer:
    name = "talkative"
    def write(self, report, stream, *, colour):
        raise KeyError(report.outcomes, report.names)

class Reader:
    name, suffixes = "talkative", (".odd",)
    def read(self, path):
        import warnings
        warnings.warn(path.read_text("utf-8"))
        raise LookupError(path.read_text("utf-8")) from ValueError(path.read_text("utf-8"))

@hookimpl
def policy_functions():
    return [Function("odd", None, (TEXT,), BOOL, odd)]

@hookimpl
def policy_reporters():
    return [Writer()]

@hookimpl
def policy_sources():
    return [Reader()]
"""
SIGNS = ("CANARY", "canary", "ＣＡＮ", "金丝雀", "2033-", "2033年", "33.11", "918273")
"""In every canary there is one of these, and nowhere else."""

CANARIES = st.sampled_from(
    [
        "CANARY-7", "CANARY 2026-02-30", "=CANARY()", "ＣＡＮＡＲＹ", "金丝雀", "金丝雀" * 30, "canarychee", "canarycheer", "CANARYCHEER", "2033-11-17", "2033年11月", "2033-02-30",
        "33.11.17", "918273", "918273.5", "918273人", "918273645546372819", "2033年11月17日（拟）", "金丝雀\n第二行", '金丝雀"引号', "待定 CANARY", "9182731e9", "#CANARY!",
    ]
)  # fmt: skip
KEYS = st.sampled_from(["T1", "T2", "T1", "T3", "", "=A1", "同上"])
PLAIN = st.sampled_from(["P1", "P2", "P9", "", "同上", "2026-03-05", "2026-02-30", "无", "5", "甲", "2026年3月"])
TALK = ("谈话编号", "被谈话人", "结束日期", "人数", "备注", "听取日期", "次数", "比例", "告知", "心情")
ROWS = st.lists(st.tuples(KEYS, PLAIN, PLAIN, PLAIN, CANARIES, CANARIES, CANARIES, CANARIES, CANARIES | st.sampled_from(["是", ""]), CANARIES), max_size=5)
PEOPLE = st.lists(st.tuples(st.sampled_from(["P1", "P2", "P1", ""]), CANARIES), max_size=3)
HEADERS = st.sampled_from(["whole", "whole", "whole", "none", "title", "extra", "short"])
FLAGS = st.lists(st.sampled_from(["--all", "--keep-going", "--lang=zh", "--lang=en", "--secrecy=绝密", "--set=due_soon=9 days"]), unique=True)
OUTPUTS = st.sampled_from([
    ("-o", "text"), ("-o", "json"), ("-o", "jsonl"), ("-o", "text=r.txt", "-o", "json=r.json", "-o", "jsonl=r.jsonl"), ("-o", "talkative"),
    ("--data-report", "html=r.html", "--data-report", "json=d.json"),
])  # fmt: skip
WITHOUT_HEADER = ("json", "jsonl", "db", "duckdb")
"""Forms whose columns have names in any case: what stands in a cell cannot come to stand in the header."""

FORMATS = st.sampled_from(["csv", "xlsx", "toml", "json", "jsonl", "db", "duckdb", "odd"])


def grids(talks, people, header):
    """The tables, their headers made worse: left out, under a title, with more columns, or with fewer than the rows have cells."""
    own, shift = list(TALK), ()
    if header == "extra":
        own, shift = [*own, "附注"], ("CANARY-X",)
    if header == "short":
        own = own[:5]
    rows = [[*row, *shift] for row in talks]
    tables = {"谈话": [own, *rows], "人员": [["编号", "姓名"], *map(list, people)]}
    if header == "none":
        return {name: grid[1:] for name, grid in tables.items()}
    return {name: [["台账"], *grid] for name, grid in tables.items()} if header == "title" else tables


def write(folder: Path, form: str, tables: dict) -> None:
    if form == "xlsx":
        book = Workbook()
        book.remove(book.active)
        for name, grid in tables.items():
            sheet = book.create_sheet(name)
            for row in grid:
                sheet.append(row)
        book.save(folder / "台账.xlsx")
        return
    if form in WITHOUT_HEADER:
        write_tables(folder / f"台账.{form}", tables)
        return
    for name, grid in tables.items():
        cells = [[str(cell).replace('"', '""') for cell in row] for row in grid]
        text = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in cells)
        if form == "toml":
            columns = grid[0] if grid else []
            records = [{column: cell for column, cell in zip(columns, row) if column} for row in grid[1:]]
            text = "".join(f"[[{name}]]\n" + "".join(f"{_toml(column)} = {_toml(cell)}\n" for column, cell in one.items()) for one in records)
        (folder / f"{name}.{form}").write_text(text, "utf-8")


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    """Installs the talkative plug-in and the pack; gives their folder."""
    folder = tmp_path_factory.mktemp("plugin")
    info = folder / "my_plugin-2.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-plugin\nVersion: 2.1\n", "utf-8")
    (info / "entry_points.txt").write_text("[policy]\ntalkative = talkative\n", "utf-8")
    (folder / "talkative.py").write_text(PLUGIN, "utf-8")
    (folder / "pack").mkdir()
    (folder / "pack" / "aviary.policy").write_text(PACK, "utf-8")
    (folder / "pack" / "regulation.md").write_text("### Article 1\n\nBirds.\n", "utf-8")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    sys.modules.pop("talkative", None)


def run(folder: Path, *words: str, **variables: str) -> tuple[int, str]:
    """Exit status and all that was said and written, in a folder of its own, by a command that keeps nothing but what it is told to."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        streams = [open(stream.fileno(), "w", encoding="utf-8", closefd=False) for stream in (out, error)]
        environment = {"POLICY_CACHE_DIR": str(folder / "cache"), "LC_ALL": "C.UTF-8", **variables}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("POLICY_")}
        with mock.patch.dict(os.environ, inherited | environment, clear=True), contextlib.chdir(folder):
            with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]), warnings.catch_warnings():
                warnings.simplefilter("always")
                warnings.showwarning = lambda message, *_: print(message, file=sys.stderr)  # as it is outside of a test
                status = main(words)
        for stream in streams:
            stream.close()
        said = []
        for stream in (out, error):
            stream.seek(0)
            said.append(stream.read().decode("utf-8", "replace"))
    written = [file.read_bytes().decode("utf-8", "replace") for file in folder.rglob("*") if file.is_file() and "data" not in file.parts and file.suffix != ".pickle"]
    return status, "\n".join([*said, *written])


def shown(text: str) -> list[str]:
    """The signs of canaries in an output; hashes, which are random, aside."""
    text = re.sub("[0-9a-f]{16,}", "", text)
    return [sign for sign in SIGNS if sign in text]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(talks=ROWS, people=PEOPLE, header=HEADERS, flags=FLAGS, outputs=OUTPUTS, form=FORMATS, debug=st.booleans())
def test_no_command_shows_a_canary(plugin, talks, people, header, flags, outputs, form, debug):
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent)
        (folder / "data").mkdir()
        if form in WITHOUT_HEADER and header in ("none", "title"):
            header = "whole"
        write(folder / "data", form, grids(talks, people, header))
        more = ("--extra", "谈话.附注") if header == "extra" and debug else ()
        words = ("check", "data", "--pack", str(plugin / "pack"), "--as-of", "2026-07-15", *outputs, *flags, *more)
        status, said = run(folder, *words, **({"POLICY_DEBUG": "1"} if debug else {}))
        assert status in (0, 1, 2)
        assert shown(said) == []


def everything(folder: Path, plugin: Path, *words: str) -> str:
    return run(folder, "check", "data", "--pack", str(plugin / "pack"), "--as-of", "2026-07-15", *words)[1]


GOOD = ("T1", "P1", "2026-03-05", "5", "CANARY-1", "2033-11-17", "918273", "918273.5", "否", "canarycheer")


def test_the_rules_do_say_something(plugin, tmp_path):
    """So that the silence above is none of data that were never judged."""
    (tmp_path / "data").mkdir()
    other = ("T2", "P1", "2026-04-05", "5", "金丝雀", "2033-11-17", "918273", "918273.5", "否", "平常")
    write(tmp_path / "data", "csv", grids([GOOD, other], [("P1", "金丝雀")], "whole"))
    said = everything(tmp_path, plugin, "--all", "--lang", "zh")
    assert shown(said) == []
    for rule in ("A-1", "A-2", "A-3", "A-4", "A-5", "A-6"):
        assert f"（{rule}）" in said
    assert "■ 人员 P1" in said and "不合规" in said


def test_a_copy_for_repair_says_no_more_than_the_workbook(plugin, tmp_path):
    """What it holds besides the cells themselves: the list, the comments, the names of its parts."""
    (tmp_path / "data").mkdir()
    bad = ("T1", "金丝雀", "2026-02-30", "x", "=CANARY", "2033-02-30", "CANARY", "金丝雀", "CANARY", "canarychee")
    write(tmp_path / "data", "xlsx", grids([GOOD, bad], [("P1", "金丝雀")], "whole"))
    everything(tmp_path, plugin, "--data-report", "xlsx=copy.xlsx")
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive, zipfile.ZipFile(tmp_path / "data" / "台账.xlsx") as original:
        kept = {name: original.read(name) for name in original.namelist()}
        new = {name: archive.read(name) for name in archive.namelist() if kept.get(name) != archive.read(name)}
    sheets = {name: re.sub(rb"<sheetData>.*</sheetData>", b"", content, flags=re.DOTALL) if name in kept else content for name, content in new.items()}
    assert "xl/policyComments1.xml" in sheets and b"conditionalFormatting" in sheets["xl/worksheets/sheet1.xml"]
    assert [(name, shown(content.decode())) for name, content in sheets.items() if shown(content.decode())] == []


@pytest.mark.parametrize(("place", "value"), [(4, "CANARY-2"), (5, "2033-11-18"), (6, "918274"), (7, "918274.5"), (9, "平常")])
def test_a_fingerprint_knows_nothing_of_it(plugin, tmp_path, place, value):
    """A hash of a value can be guessed: two data sets that differ in nothing else, and give the same outcomes, have the same."""
    found = []
    for folder, row in (("a", GOOD), ("b", (*GOOD[:place], value, *GOOD[place + 1 :]))):
        (tmp_path / folder / "data").mkdir(parents=True)
        write(tmp_path / folder / "data", "csv", grids([row], [("P1", "x")], "whole"))
        words = ("--all", "-o", "jsonl", "--ignore", "A-1", "--ignore", "A-6")  # these are about such values, and so may turn out otherwise
        found.append(everything(tmp_path / folder, plugin, *words).split("\nplug-in")[0])
    assert found[0] == found[1] and '"fingerprint"' in found[0]
