"""How long data take to read: a wide ledger of 100,000 rows and CSV files of 6 million, beside the fastest readers of plain values."""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from timing import Child, child, machine, policy_command, print_table

ROWS, UNITS, ROUNDS = 100_000, 2_000, 3
TALKS, STEPS = 1_000_000, ("self_report", "problems", "explanation", "demands", "statement")
MEMORY = "1GB"
"""What the engine may take for the CSV files."""
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


PACK = """
pack steps version "1" end
enum step self_report problems explanation demands statement end
entity talk id : text key day : date occurs end
entity talk_step id : text key talk : ref talk step : step position : int optional done : bool end
rule S-1 "every step done" basis "test" for each talk must every talk_step as one where one.talk is talk such that one.done otherwise fail "{talk}" end
"""

PLAIN_CSV = """
import csv, sys
from pathlib import Path
print(sum(1 for file in Path(sys.argv[1]).iterdir() for row in csv.reader(file.open(encoding="utf-8", newline=""))))
"""

HELD_BY_ARROW = """
import sys
from pathlib import Path
from pyarrow import csv
tables = [csv.read_csv(file) for file in Path(sys.argv[1]).iterdir()]
print(sum(table.num_rows for table in tables))
"""

CSV_AS_FACTS = """
import gc, sys
gc.disable()
from functools import partial
from pathlib import Path
from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.load import load
from policy.pipeline.engines import choose_engine
from policy.pipeline.judging import refuse_secrets
folder, pack, memory = sys.argv[1:]
plugins = load_plugins()
pack = pipeline.load_pack(Path(pack), plugins).pack
reading = pipeline.read([folder], plugins)
engine = choose_engine("duckdb", 0, memory)
with engine.at_work():
    refuse_secrets(pack, reading, "work_secret", engine.scans)
facts = engine.load(partial(load, reading.tables, pack.vocabulary))
assert not facts.problems, facts.problems[:5]
print(sum(len(rows) for rows in facts.tables.values()))
"""


def _write_steps(folder: Path) -> None:
    """Write talks with five steps each; every thousandth step is not done."""
    days = [str(datetime.date(2022, 1, 1) + datetime.timedelta(number)) for number in range(1500)]
    with (folder / "talk.csv").open("w", encoding="utf-8") as talks, (folder / "talk_step.csv").open("w", encoding="utf-8") as steps:
        talks.write("id,day\n")
        steps.write("id,talk,step,position,done\n")
        for number in range(TALKS):
            talks.write(f"T{number:07},{days[number % len(days)]}\n")
            for place, step in enumerate(STEPS, 1):
                steps.write(f"T{number:07}-S{place},T{number:07},{step},{place},{'是' if (number + place) % 1000 else '否'}\n")


def _middle(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Child]:
    """Whole processes in turns, the median of some rounds of each."""
    runs: dict[str, list[Child]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(child(command, (0, 1)))
    return {name: sorted(several)[len(several) // 2] for name, several in runs.items()}


def _print(title: str, middle: Mapping[str, Child]) -> None:
    """Print what was measured, beside the first of it."""
    base = next(iter(middle.values())).seconds
    print_table(
        (title, "s", "× plain", "peak MiB", "goal"),
        [(name, f"{one.seconds:.1f}", f"{one.seconds / base:.1f}", f"{one.peak:.0f}", GOALS.get(name, "")) for name, one in middle.items()],
    )


def _ledger(folder: Path) -> None:
    file = folder / "ledger.xlsx"
    _write(file, ROWS)
    scripts = {"plain values, calamine": PLAIN, "workbook as tables": TABLES, "ledger as facts": FACTS}
    commands = {name: [sys.executable, "-c", script, str(file), str(ROWS)] for name, script in scripts.items()}
    _print(f"{ROWS} rows of a ledger", _middle(commands, ROUNDS))


def _steps(folder: Path) -> None:
    data, pack = folder / "steps", folder / "steps.policy"
    data.mkdir()
    _write_steps(data)
    pack.write_text(PACK, "utf-8")
    check = [policy_command(), "check", str(data), "--pack", str(pack), "--as-of", "2027-01-01", "--memory", MEMORY, "--secrecy", "work_secret"]
    commands = {
        "rows not kept, Python's csv": [sys.executable, "-c", PLAIN_CSV, str(data)],
        "typed and held, Arrow": [sys.executable, "-c", HELD_BY_ARROW, str(data)],
        "as facts": [sys.executable, "-c", CSV_AS_FACTS, str(data), str(pack), MEMORY],
        "policy check": [*check, "-o", f"jsonl={folder / 'report.jsonl'}"],
    }
    _print(f"{TALKS * (1 + len(STEPS))} rows of CSV", _middle(commands, ROUNDS))


def main() -> None:
    """Measure and print the tables."""
    print(machine(ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        _ledger(Path(folder))
        _steps(Path(folder))


if __name__ == "__main__":
    main()
