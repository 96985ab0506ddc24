"""The tables of cases: what a row is, with line breaks and without."""

from __future__ import annotations

import pytest

from policy.parse import parse_file
from policy.source import Source

TABLE = """case "甲" as of 2026-07-15
  given 谈话
    | 谈话编号 | 状态   | 结束日期   |
    | T1      | 已完成 | 2026-04-08 |
    | T2      |        |            |
    |         | 已完成 | 2026-04-09 |
  given 报告
    | 报告编号 | 谈话 |
    | R1      | T1  |
  expect R-1 T1 satisfied
end
"""

CELLS = (
    ("谈话", ("谈话编号", "状态", "结束日期"), (("T1", "已完成", "2026-04-08"), ("T2", "", ""), ("", "已完成", "2026-04-09"))),
    ("报告", ("报告编号", "谈话"), (("R1", "T1"),)),
)


def parse(text: str):
    return parse_file(Source("t.policy", text))


def tables(text: str) -> tuple:
    """Entity, header and rows of the tables of the first declaration, which must have no mistake."""
    file, diagnostics = parse(text)
    assert not diagnostics, [(d.code, d.span, d.arguments) for d in diagnostics]
    given = [item for item in file.declarations[0].items if hasattr(item, "columns")]
    return tuple((t.entity.text, _texts(t.columns), tuple(map(_texts, t.rows))) for t in given)


def _texts(cells: tuple) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells)


def test_a_table_by_lines() -> None:
    assert tables(TABLE) == CELLS


@pytest.mark.parametrize("joint", [" ", "\u3000\u3000", "", "\r\n", "\n\n"])
def test_line_breaks_mean_nothing(joint: str) -> None:
    if joint == "":  # a row's bars then touch, the words around need their blanks
        text = TABLE.replace("|\n    |", "||").replace("|\n", "| ").replace("\n", " ")
    else:
        text = joint.join(TABLE.split("\n"))
    assert tables(text) == CELLS


def test_some_line_breaks_lost() -> None:
    assert tables(TABLE.replace("2026-04-08 |\n", "2026-04-08 |")) == CELLS


def test_full_width_bars() -> None:
    assert tables(TABLE.replace("|", "｜")) == CELLS


def test_comments_between_rows() -> None:
    text = TABLE.replace("    | T2", "    # 没有结束的谈话 | 一 |\n    注：未完成\n    | T2")
    assert tables(text) == CELLS
    (case,) = parse(text)[0].declarations
    assert case.items[0].comments.before == ("没有结束的谈话 | 一 |", "未完成")


def test_a_table_without_rows() -> None:
    assert tables("case “甲” as of 2026-07-15 given 谈话\n | 编号 | 状态 |\n expect R-1 T1 absent end") == (("谈话", ("编号", "状态"), ()),)


@pytest.mark.parametrize("cell", [r"a \| b", r"a\\", "# no comment", "“完", "end", "〔x〕", "Ｔ１", r"a \｜ b"])
def test_odd_text_in_a_cell(cell: str) -> None:
    ((_, _, rows),) = tables(f"case “甲” as of 2026-07-15\n given 谈话\n | 编号 | 状态 |\n | {cell} | x |\nend")
    assert rows == (((cell.replace("\\\\", "\\") if cell.endswith("\\\\") else cell.replace("\\", "")), "x"),)


def test_the_place_of_a_cell() -> None:
    (case,) = parse(TABLE)[0].declarations
    table = case.items[0]
    assert TABLE[slice(*table.columns[1].span)] == "状态"
    assert TABLE[slice(*table.rows[0][2].span)] == "2026-04-08"


@pytest.mark.parametrize(
    ("row", "found"),
    [("| T2 | |", "2"), ("| T2 | | | |", "4"), ("| T2 | x", "1")],
    ids=["few", "many", "unclosed"],
)
def test_a_row_of_the_wrong_length(row: str, found: str) -> None:
    text = TABLE.replace("| T2      |        |            |", row)
    (diagnostic,) = parse(text)[1]
    assert diagnostic.code == "S005"
    assert (diagnostic.arguments["found"], diagnostic.arguments["wanted"]) == (found, "3")
    assert text[slice(*diagnostic.span)].startswith("| T2")
    assert "\n" not in text[slice(*diagnostic.span)]


def test_a_row_without_its_last_bar() -> None:
    text = TABLE.replace("| T2      |        |            |", "| T2 | 已完成 | 2026-04-08")
    (diagnostic,) = parse(text)[1]
    assert (diagnostic.code, text[slice(*diagnostic.span)]) == ("S014", "| T2 | 已完成 | 2026-04-08")


def test_a_comment_behind_a_row() -> None:
    assert tables(TABLE.replace("2026-04-08 |", "2026-04-08 | # 甲 | 乙 |")) == CELLS


def test_a_header_cell_is_never_empty() -> None:
    text = "case “甲” as of 2026-07-15\n given 谈话\n | 编号 |  | 状态 |\n | T1 | x | y |\nend"
    assert parse(text)[1]
