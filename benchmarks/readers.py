"""How long a wide ledger of 100,000 rows takes to read, beside the fastest reader of workbooks, which gives plain values of it."""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook
from timing import child, machine, print_table

ROWS, UNITS, ROUNDS = 100_000, 2_000, 3
GOALS = {"workbook as tables": "≤ 2.0"}
HEADER = (
    "序号", "谈话类型", "谈话时间", "谈话地点", "谈话人姓名", "谈话人职务", "被谈话人姓名", "被谈话人单位及职务", "自查报告时间", "谈话提纲", "报告自查",
    "通报情况指出问题", "作出说明", "提出整改要求", "表态发言", "指出问题", "整改措施提出时间", "整改情况报告时间", "整改是否到位", "谈话记录归档时间", "密级", "备注",
)  # fmt: skip

PLAIN = """
import sys
from python_calamine import load_workbook
book = load_workbook(sys.argv[1])
print(sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names))
"""

TABLES = """
import gc, sys
gc.disable()
from pathlib import Path
from policy_excel import ExcelSource
print(sum(len(table.rows) for table in ExcelSource().read(Path(sys.argv[1]))))
"""

FACTS = """
import gc, sys
gc.disable()
from pathlib import Path
from policy_excel import ExcelSource
from policy.hooks.manager import load_plugins
from policy.load import load
from policy.load.ledger import read_ledgers
from policy.pipeline import all_mappings, find_pack, load_pack
plugins = load_plugins()
path = find_pack("supervision_talks", plugins)
pack = load_pack(path, plugins).pack
mappings, mistakes = all_mappings(pack, path, (), plugins)
ledgers = read_ledgers(list(ExcelSource().read(Path(sys.argv[1]))), mappings.known, pack.vocabulary)
facts = load(ledgers.tables, pack.vocabulary)
problems = [one.code for one in (*mistakes, *ledgers.problems, *facts.problems) if getattr(one, "error", True)]
assert not problems, problems[:5]
assert len(facts.tables["talk"]) == int(sys.argv[2]), len(facts.tables["talk"])
"""


def _write(file: Path, rows: int) -> None:
    """Write a ledger of so many talks, with the lists of the organizations and heads beside it."""
    chance = random.Random(1)
    book = Workbook(write_only=True)
    units = [(f"中共泠溪县第{number}镇委员会", f"0991{number:04}", f"赵{chr(0x4E00 + number)}") for number in range(UNITS)]
    organizations, heads, talks = (book.create_sheet(name) for name in ("党组织名单", "一把手名单", "台账"))
    organizations.append(("名称", "组织编码", "上级党组织", "层级", "类别"))
    organizations.append(("中共泠溪县委员会", "0990100", None, "县级", "地方党委"))
    heads.append(("单位", "姓名", "职务", "任职日期"))
    heads.append(("中共泠溪县委员会", "王伟", "县委书记", "2021.5.6"))
    for name, code, head in units:
        organizations.append((name, code, "中共泠溪县委员会", "乡级", "乡镇党委"))
        heads.append((name, head, "党委书记", "2021年1月5日"))
    talks.append(("监督谈话工作台账",))
    talks.append(("填报单位：中共泠溪县委员会",))
    talks.append(HEADER)
    for number in range(rows):
        name, _, head = units[chance.randrange(UNITS)]
        day = datetime.date(2022, 1, 1) + datetime.timedelta(chance.randrange(1500))
        said = [(day + datetime.timedelta(days)).strftime("%Y.%m.%d") for days in (-3, -2, 10, 80, 5)]
        talks.append((
            number + 1, "定期谈话", day, "县委小会议室", "王伟", "县委书记", head, f"{name}书记", *said[:2], *"√√√√√", "一是甲；二是乙", *said[2:4], "是",
            said[4], "内部", None,
        ))  # fmt: skip
    book.save(file)


def main() -> None:
    """Measure and print a table: whole processes in turns, the median of a few rounds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.xlsx"
        _write(file, ROWS)
        scripts = {"plain values, calamine": PLAIN, "workbook as tables": TABLES, "ledger as facts": FACTS}
        commands = {name: [sys.executable, "-c", script, str(file), str(ROWS)] for name, script in scripts.items()}
        runs = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                runs[name].append(child(command))
    middle = {name: sorted(several)[len(several) // 2] for name, several in runs.items()}
    base = middle["plain values, calamine"].seconds
    print(machine(ROUNDS))
    print_table(
        (f"{ROWS} rows of a ledger", "s", "× plain", "peak MiB", "goal"),
        [(name, f"{one.seconds:.1f}", f"{one.seconds / base:.1f}", f"{one.peak:.0f}", GOALS.get(name, "")) for name, one in middle.items()],
    )


if __name__ == "__main__":
    main()
