"""Files that were damaged, or made to do harm: whatever stands in them, they are read or refused with a message."""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError
from policy.lang.schema import Entity, Field, Vocabulary
from policy.lang.types import DATE, TEXT
from policy.load import find_marks, load
from policy.messages import text

JSON = b'{"talk": [{"id": "T1", "day": "2026-02-03"}, {"id": 5, "day": null}],\n "x": []}'
LINES = b'{"id": "T1", "day": "2026-02-03"}\n\n{"id": 2.5, "day": [1]}\n'
XES = b'<?xml version="1.0"?>\n<log><trace><string key="id" value="T1"/><event><date key="day" value="2026-02-03"/></event></trace></log>'
SCRIPT = "CREATE TABLE talk (id TEXT PRIMARY KEY, day DATE); INSERT INTO talk VALUES ('T1', '2026-02-03'), ('T2', x'00'); CREATE VIEW v AS SELECT * FROM talk"
VOCABULARY = Vocabulary({"talk": Entity("talk", "谈话", (Field("id", None, TEXT, 0, key=True), Field("day", None, DATE, 1)))}, {})


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript("PRAGMA page_size = 512; " + SCRIPT)
    return connection.serialize()


FILES = {"talk.json": JSON, "talk.jsonl": LINES, "talk.xes": XES, "talk.xes.gz": gzip.compress(XES, mtime=0), "talk.db": database()}
READERS = {suffix: source for source in load_plugins().sources for suffix in source.suffixes}
CHANGES = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["put", "cut", "double"]), st.binary(max_size=4) | st.sampled_from([b"\0", b'"', b"[", b"{", b"<!", b"\xff"])),
    min_size=1,
    max_size=6,
)


def changed(content: bytes, changes) -> bytes:
    for place, how, new in changes:
        place %= len(content) + 1
        if how == "put":
            content = content[:place] + new + content[place + len(new) :]
        elif how == "cut":
            content = content[:place] + content[place + 1 + len(new) * 7 :]
        else:
            content = content[:place] + content[place // 2 : place] + content[place:]
    return content


@pytest.mark.parametrize("name", FILES)
@given(changes=CHANGES)
@example(changes=[(449, "put", b"\x80")])  # the name of a table that is no text
def test_a_damaged_file_is_read_or_refused(name, changes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(changed(FILES[name], changes))
        try:
            tables = list(READERS[name[4:]].read(path))
        except SourceError as error:
            assert all(text(error.code, language, **error.arguments) for language in ("zh", "en"))
            return
        facts = load(tables, VOCABULARY)
        assert all(text(problem.code, "zh", **dict(problem.arguments)) for problem in facts.problems)
        find_marks(tables, VOCABULARY)


@pytest.mark.parametrize("name", FILES)
def test_as_they_are_they_are_read(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert list(READERS[name[4:]].read(path))[0].rows
