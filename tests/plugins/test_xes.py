"""Event logs: a real one judged by the fines pack, what the standard allows, and files that mean harm."""

from __future__ import annotations

import csv
import datetime
import gzip
import hashlib
import shutil
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError
from policy.lang.table import Opaque
from policy.messages import text
from policy_xes import XesSource

ROOT = Path(__file__).parents[2]
FINES = ROOT / "docs" / "examples" / "traffic_fines"
ENTRIES = ROOT / "tests" / "data" / "traffic_fines" / "traffic_fines_10000cases.csv.gz"
LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <classifier name="c" keys="concept:name"/>
  <string key="concept:name" value="the log"/>
  <trace>
    <string key="concept:name" value="A1"/>
    <float key="amount" value="35.0"/>
    <event>
      <string key="concept:name" value="创建 &amp; &#x53d1;"/>
      <date key="time:timestamp" value="2006-07-24T00:00:00.000+02:00"/>
      <int key="n" value="3"/>
      <boolean key="ok" value="true"/>
    </event>
    <event>
      <string key="concept:name" value="Send"><string key="meta" value="x"/></string>
      <date key="time:timestamp" value="2006-12-05T10:30:00Z"/>
      <list key="parts"><values><string key="part" value="1"/></values></list>
      <id key="ref" value="7a"/>
    </event>
  </trace>
  <trace><event><date key="time:timestamp" value="soon"/></event></trace>
  <event><string key="concept:name" value="alone"/><string key="trace" value="A1"/></event>
</log>
"""


def read(path, content=None):
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {table.name: table for table in XesSource().read(path)}


def test_traces_and_events(tmp_path):
    path = tmp_path / "log.xes"
    tables = read(path, LOG)
    trace, event = tables["trace"], tables["event"]
    assert (trace.columns, list(trace.rows)) == (("concept:name", "amount"), [(7, ("A1", Decimal("35.0"))), (23, ("2", None))])
    assert event.columns == ("id", "trace", "concept:name", "time:timestamp", "n", "ok", "parts", "ref")
    assert [(line, cells[:4]) for line, cells in event.rows] == [
        (10, ("A1-1", "A1", "创建 & 发", datetime.date(2006, 7, 24))),
        (16, ("A1-2", "A1", "Send", datetime.datetime(2006, 12, 5, 10, 30))),
        (23, ("2-1", "2", None, "soon")),
        (24, ("4", "A1", "alone", None)),
    ]
    assert [cells[4:] for _, cells in event.rows][:2] == [("3", True, None, None), (None, None, Opaque("list"), "7a")]
    assert (event.header, event.sheet, event.notes) == (None, None, ("nested_attributes 1",))
    assert event.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_packed_ones_and_other_namespaces(tmp_path):
    content = LOG.replace("<log ", '<x:log xmlns:x="u" ').replace("</log>", "</x:log>").encode("utf-16")
    content = content.decode("utf-16").replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    plain, packed = read(tmp_path / "a.xes", content), read(tmp_path / "a.xes.gz", gzip.compress(content))
    assert [table.rows for table in plain.values()] == [table.rows for table in packed.values()]
    assert len(plain["event"].rows) == 4


def test_an_empty_log(tmp_path):
    assert [(table.columns, list(table.rows)) for table in read(tmp_path / "a.xes", "<log/>").values()] == [((), []), ((), [])]


def test_what_stands_where_it_should_not_is_left_out(tmp_path):
    odd = "<log><event><event><string key='a' value='1'/></event><trace/></event><x><trace/><event/></x><trace><trace><event/></trace></trace></log>"
    tables = read(tmp_path / "a.xes", odd)
    assert [[cells for _, cells in table.rows] for table in tables.values()] == [[("1",)], [("1", None)]]


BOMB = '<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<log><trace><string key="concept:name" value="&b;"/></trace></log>'
FILE = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<log><trace><string key="concept:name" value="x"/>&a;</trace></log>'
REFUSED = [
    ("a.xes", BOMB, "D241", {}),
    ("a.xes", FILE, "D241", {}),
    ("a.xes", "", "D240", {"row": "1", "column": "1"}),
    ("a.xes", "<log>\n<trace></log>", "D240", {"row": "2", "column": "10"}),
    ("a.xes", '<log><string key="a" value="&#0;"/></log>', "D240", {"row": "1", "column": "29"}),
    ("a.xes", b"<log>\0</log>", "D240", {"row": "1", "column": "6"}),
    ("a.xes", "<pnml/>", "D242", {}),
    ("a.xes.gz", gzip.compress(b"<log>", mtime=0)[:-9], "D245", {}),
    ("a.xes.gz", gzip.compress(b"<log/>", mtime=0) + b"rubbish", "D245", {}),
    ("a.xes.gz", b"\x1f\x8b\x08\x00" + b"\xff" * 50, "D245", {}),
]


@pytest.mark.parametrize(("name", "content", "code", "arguments"), REFUSED, ids=range(len(REFUSED)))
def test_files_that_cannot_be_read(tmp_path, name, content, code, arguments):
    with pytest.raises(SourceError) as caught:
        read(tmp_path / name, content)
    assert (caught.value.code, caught.value.location, caught.value.arguments) == (code, str(tmp_path / name), arguments)
    assert text(code, "zh", **arguments) and text(code, "en", **arguments)


def test_a_bomb_of_blanks_is_not_unpacked_to_its_end(tmp_path):
    content = gzip.compress(b"<log>" + b" " * 2**28 + b"</log>", 9)
    start = time.perf_counter()
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "a.xes.gz", content)
    assert caught.value.code == "D244"
    assert time.perf_counter() - start < 10


def test_deep_nesting_takes_no_stack(tmp_path):
    depth = 100_000
    path = "<string key='a' value='1'>" * depth + "</string>" * depth
    tables = read(tmp_path / "a.xes", f"<log><trace><event>{path}</event></trace></log>")
    assert tables["event"].notes == (f"nested_attributes {depth - 1}",)


# --- the fines -------------------------------------------------------------------------------------------------------


def write_log(path: Path) -> None:
    """The real entries as a log in XES."""
    with gzip.open(ENTRIES, "rt", encoding="utf-8", newline="") as stream:
        entries = list(csv.DictReader(stream))
    traces: dict[str, list[dict[str, str]]] = {}
    for entry in entries:
        traces.setdefault(entry["case_id"], []).append(entry)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write('<log xes.version="1.0">\n')
        for name, own in traces.items():
            out.write(f'<trace>\n<string key="concept:name" value={quoteattr(name)}/>\n')
            for entry in own:
                out.write(f'<event>\n<string key="concept:name" value={quoteattr(entry["activity"])}/>\n')
                out.write(f'<date key="time:timestamp" value="{entry["timestamp"][:10]}T00:00:00.000+01:00"/>\n')
                if entry["amount"] not in ("", "NA"):
                    out.write(f'<float key="amount" value="{entry["amount"]}"/>\n')
                out.write("</event>\n")
            out.write("</trace>\n")
        out.write("</log>\n")


def test_a_real_log_gives_the_outcomes_of_its_tables(tmp_path, monkeypatch):
    """The figures of the log's own tables, which tests of the pack know from the description of the data."""
    monkeypatch.setenv("POLICY_CACHE_DIR", "")
    pack = Path(shutil.copytree(FINES, tmp_path / "pack"))
    vocabulary = (pack / "pack.policy").read_text("utf-8")
    for before, after in (
        ('entity case "fine"\n  case_id       : text key', 'entity case "trace"\n  case_id       : text key "concept:name"'),
        ("case     : ref case", 'case     : ref case "trace"'),
        ("activity : activity", 'activity : activity "concept:name"'),
        ("day      : date occurs", 'day      : date occurs "time:timestamp"'),
    ):
        assert before in vocabulary
        vocabulary = vocabulary.replace(before, after)
    (pack / "pack.policy").write_text(vocabulary, "utf-8")
    write_log(tmp_path / "fines.xes.gz")
    plugins = load_plugins()
    loaded = pipeline.load_pack(pack, plugins, cases=False)
    assert loaded.diagnostics == ()
    reading = pipeline.read([str(tmp_path / "fines.xes.gz")], plugins)
    request = pipeline.Request(as_of=datetime.date(2013, 12, 31), calendar=pipeline.find_calendar(loaded.pack, plugins), language="en", all_outcomes=True)
    report = pipeline.check(loaded.pack, reading, request, plugins)
    assert [(one.entity, one.rows) for one in report.inputs] == [("case", 10_000), ("event", 34_724)]
    found = Counter((outcome.rule, outcome.status) for outcome in report.outcomes)
    from tests.examples.test_traffic_fines import write_tables

    (tmp_path / "tables").mkdir()
    write_tables(ENTRIES, tmp_path / "tables")
    loaded = pipeline.load_pack(FINES, plugins, cases=False)
    tables = pipeline.check(loaded.pack, pipeline.read([str(tmp_path / "tables")], plugins), request, plugins)
    assert found == Counter((outcome.rule, outcome.status) for outcome in tables.outcomes) and len(found) > 5
