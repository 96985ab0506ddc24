"""Wide ledgers as offices keep them, as grids and as workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

from policy.hooks.manager import load_plugins
from policy.lang.mapping import Mapping as Ledger
from policy.lang.schema import Vocabulary
from policy.lang.table import RawTable, table_of_grid
from policy.load.ledger import Ledgers, read_ledgers, read_mapping
from policy.pipeline import load_pack

ROOT = Path(__file__).parents[1]
PACK = ROOT / "rules" / "supervision_talks"

GROUPS = (
    ("序号", ()),
    ("谈话基本情况", ("谈话类型", "谈话时间", "谈话地点", "谈话人姓名", "谈话人职务", "被谈话人姓名", "被谈话人单位及职务")),
    ("谈话前", ("是否列入年度计划", "及时谈话情形", "自查报告时间", "谈话提纲")),
    ("谈话程序", ("报告自查", "通报情况指出问题", "作出说明", "提出整改要求", "表态发言")),
    ("指出问题", ()),
    ("谈话后", ("整改措施提出时间", "向党委(党组)报告时间", "第一责任人措施通报班子时间", "整改情况报告时间", "整改是否到位")),
    ("材料归档", ("谈话记录", "整改措施", "整改情况")),
    ("抄送", ("纪检机关", "组织部门", "其他")),
    ("密级", ()),
    ("备注", ()),
)
"""The columns of the wide ledger, group by group; a group without columns is one."""

COLUMNS = tuple(f"{group}｜{column}" if columns else group for group, columns in GROUPS for column in columns or ("",))

ORDINARY = {
    "谈话基本情况｜谈话类型": "定期谈话",
    "谈话基本情况｜谈话时间": "2026年3月5日",
    "谈话基本情况｜谈话地点": "县委小会议室",
    "谈话基本情况｜谈话人姓名": "王伟",
    "谈话基本情况｜谈话人职务": "县委书记",
    "谈话基本情况｜被谈话人姓名": "张三",
    "谈话基本情况｜被谈话人单位及职务": "霁湖镇党委书记",
    "谈话前｜自查报告时间": "2026.3.1",
    "谈话前｜谈话提纲": "2026.3.2",
    **{f"谈话程序｜{step}": "√" for step in GROUPS[3][1]},
    "指出问题": "班子成员履职不到位",
    "谈话后｜整改措施提出时间": "2026.3.20",
    "谈话后｜向党委(党组)报告时间": "2026.4.3",
    "谈话后｜整改情况报告时间": "2026.6.2",
    "谈话后｜整改是否到位": "是",
    "材料归档｜谈话记录": "2026.3.10",
    "密级": "内部",
}
"""A row in which everything is in order."""

ORGANIZATIONS = (
    ("序号", "名称", "组织编码", "上级党组织", "级别", "类别"),
    (1, "中共泠川市委员会", "0990000", None, "市级", "地方党委"),
    (2, "中共泠溪县委员会", "0990100", "中共泠川市委员会", "县级", "地方党委"),
    (3, "中共泠溪县霁湖镇委员会", "0990101", "中共泠溪县委员会", "乡镇", "乡镇党委"),
    (4, "中共泠溪县教育局党组", "0990137", "中共泠溪县委员会", "县级", "党组"),
)
HEADS = (
    ("序号", "单位", "姓名", "职务", "任职时间"),
    (1, "泠溪县委", "王伟", "县委书记", "2023.5.6"),
    (2, "霁湖镇党委", "张 三", "党委书记", "2024年1月5日"),
    (3, "县教育局", "李四（女）", "党组书记、局长", "2022.3.4"),
)
UNIT = "中共泠溪县委员会"

Cells = Mapping[str, object]


def row(**changes: object) -> dict[str, object]:
    """The ordinary row with other cells, by the last part of the column's name."""
    names = {name.split("｜")[-1]: name for name in reversed(COLUMNS)}
    return {**ORDINARY, **{name if name in COLUMNS else names[name]: value for name, value in changes.items()}}


def grid(rows: Iterable[Cells], *, title: str = "2026年监督谈话工作台账", unit: str = UNIT, tail: Sequence[Sequence] = ()) -> list[list]:
    """The cells of a ledger: title, unit, two rows of headers, the rows, a total and signatures."""
    width = len(COLUMNS)
    groups = [name if place == 0 or COLUMNS[place - 1].split("｜")[0] != name else None for place, name in enumerate(_first())]
    columns = [(name.split("｜") + [None])[1] if "｜" in name else None for name in COLUMNS]
    above = [[title] + [None] * (width - 1), [f"填报单位：{unit}", None, None, "填报人：李某", None, "填报日期：2026年7月15日"], groups, columns]
    body = [[number, *(cells.get(name) for name in COLUMNS[1:])] for number, cells in enumerate(rows, 1)]
    return [*above, *body, ["合 计", len(body)], ["填报人签字：", None, None, "审核人："], *tail]


def _first() -> list[str]:
    return [name.split("｜")[0] for name in COLUMNS]


def table(rows: Iterable[Cells], *, name: str = "2026年", file: str = "台账.xlsx", **more) -> RawTable:
    """The ledger as a reader gives it, with its headers merged."""
    merged = [(1, 0, 1, len(COLUMNS) - 1), *_merged_headers()]
    return table_of_grid(name, file, name, grid(rows, **more), merged=tuple(merged))


def _merged_headers() -> list[tuple[int, int, int, int]]:
    found, start = [], 0
    for _, columns in GROUPS:
        end = start + max(1, len(columns)) - 1
        found.append((3, start, 3 if columns else 4, end))
        start = end + 1
    return found


def lists(organizations=ORGANIZATIONS, heads=HEADS) -> list[RawTable]:
    """The sheets beside the ledger."""
    sheets = (("党组织名单", organizations), ("一把手名单", heads))
    return [table_of_grid(name, "台账.xlsx", name, rows) for name, rows in sheets]


def workbook(path: Path, rows: Iterable[Cells], *, beside: bool = True, **more) -> Path:
    """The ledger as a workbook, with the lists beside it if they are wanted."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2026年"
    for cells in grid(rows, **more):
        sheet.append(cells)
    for top, left, bottom, right in [(1, 0, 1, len(COLUMNS) - 1), *_merged_headers()]:
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1)
    for name, content in (("党组织名单", ORGANIZATIONS), ("一把手名单", HEADS)) if beside else ():
        other = book.create_sheet(name)
        for cells in content:
            other.append(cells)
    book.save(path)
    return path


def vocabulary() -> Vocabulary:
    """That of the pack `supervision_talks`."""
    loaded = load_pack(PACK, load_plugins(), cases=False)
    assert loaded.pack is not None
    return loaded.pack.vocabulary


def mappings(words: Vocabulary) -> list[Ledger]:
    """Those of the pack `supervision_talks`."""
    read = [read_mapping(file.name, file.read_bytes(), words, {}) for file in sorted((PACK / "mappings").glob("*.toml"))]
    assert not any(mistakes for _, mistakes in read), [mistakes for _, mistakes in read]
    return [mapping for mapping, _ in read if mapping is not None]


def by_entity(ledgers: Ledgers, words: Vocabulary) -> dict[str, list[dict[str, object]]]:
    """The rows that ledgers gave, by entity, as mappings of fields to raw cells."""
    rows: dict[str, list[dict[str, object]]] = {}
    for one in ledgers.tables:
        entity = words.entity(one.name)
        if entity is not None:
            rows.setdefault(entity.name, []).extend(dict(zip(one.columns, cells)) for _, cells in one.rows)
    return rows


__all__ = [
    "COLUMNS", "GROUPS", "HEADS", "ORDINARY", "ORGANIZATIONS", "UNIT", "by_entity", "grid", "lists", "mappings", "read_ledgers", "row", "table",
    "vocabulary", "workbook",
]  # fmt: skip
