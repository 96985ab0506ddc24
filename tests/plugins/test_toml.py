"""Tables in TOML: rows stand on the lines of their headings; what is no row is refused with its place."""

from __future__ import annotations

import datetime

import pytest
from policy_toml import TomlSource

from policy.hooks.spec import SourceError
from policy.messages import text


@pytest.fixture
def read(tmp_path):
    def read(content: str | bytes):
        file = tmp_path / "waivers.toml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return TomlSource().read(file)

    return read


def refused(read, content, language="en"):
    with pytest.raises(SourceError) as caught:
        read(content)
    return text(caught.value.code, language, **caught.value.arguments)


def test_rows_and_their_lines(read):
    waiver, talk = read("# 豁免\n[[豁免]]\n理由 = '''\n[[x]]\n'''\n批准日期 = 2026-03-01\n\n[[豁免]]\n规则 = “R”\n\n[[talk]]\nid = 'T1'\nsize = 1\ndone = true\nat = 07:30:00\n")
    assert (waiver.name, waiver.sheet, waiver.header, waiver.columns, waiver.labels) == ("豁免", None, 2, ("理由", "批准日期", "规则"), ("理由", "批准日期", "规则"))
    assert waiver.rows == ((2, ("[[x]]\n", datetime.date(2026, 3, 1), None)), (8, (None, None, "R")))
    assert talk.rows == ((11, ("T1", 1, True, "07:30:00")),)
    assert waiver.notes == () and len(waiver.sha256) == 64


def test_one_record_and_records_in_brackets(read):
    (one,) = read("[waiver]\nrule = 'R'\n")
    assert one.rows == ((1, ("R",)),)
    (two,) = read("\nwaiver = [\n  {rule = 'R'},\n  {rule = 'S'},\n]\n")
    assert two.rows == ((3, ("R",)), (4, ("S",)))


def test_an_old_encoding_is_noted(read):
    (table,) = read("[[豁免]]\n规则 = 'R'\n".encode("gbk"))
    assert (table.columns, table.notes) == (("规则",), ("encoding GB18030",))


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        ("[[豁免]]\n规则 = \n", "row 2, column 6 is no TOML, write `name = \"value\"`, one on a line", "第 2 行第 6 列不合 TOML 的写法，应写作 `名称 = \"值\"`，一行一项"),
        ("[[豁免]]\na = 1\na = 2\n", "what row 3 says stands in the file already, it may stand once", "第 3 行写的项或标题前面已经有了，只能写一次"),
        ("[[豁免]]\n日期 = 2026-02-30\n", "row 2: there is no day `2026-02-30`", "第 2 行：没有 `2026-02-30` 这一天"),
        ("x = 1\n", "`x` in row 1 is no record, begin each record with a line `[[x]]`", "第 1 行 `x` 不是记录，每条记录以 `[[x]]` 一行开头"),
        ("x = []\n", "`x` in row 1 is no record, begin each record with a line `[[x]]`", "第 1 行 `x` 不是记录，每条记录以 `[[x]]` 一行开头"),
        ("[[w]]\n[[w]]\na = [1]\n", "`a` of the record in row 2 is not a single value", "第 2 行起的记录中 `a` 不是单个的值"),
        (b"\xff\xff", "not a text in UTF-8 or GB18030, save it as UTF-8", "不是 UTF-8 或 GB18030 编码的文本，请另存为 UTF-8"),
    ],
)
def test_what_is_refused(read, content, english, chinese):
    assert refused(read, content) == english
    assert refused(read, content, "zh") == chinese
