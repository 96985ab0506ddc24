"""How long a large pack takes to load: 1,000 rules like JDTH-11-1-a, cold and from the cache, beside Python's own compiler."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from timing import in_turns, machine, print_table, process

RULES = 1000
GOALS = {"load, cold": "≤ 2.0 s", "load, cached": "≤ 0.3 s"}

VOCABULARY = """
规则包 large 版本 “1.0”
  标题 “大规则包”
  法规 “regulation.md”
  月末 取前
完
实体 talk “谈话”
  id     : 文本 主键     “谈话编号”
  talkee : 文本          “被谈话人”
  nature : talk_nature   “谈话性质”
  end    : 日期 发生日   “结束日期”
完
实体 report “报告”
  id   : 文本 主键          “报告编号”
  talk : 引用 talk          “谈话”
  kind : report_kind        “报告类型”
  date : 日期 可空 发生日   “报告日期”
完
枚举 talk_nature “谈话性质” supervision “监督谈话” other “其他” 完
枚举 report_kind “报告类型” reflection_and_measures “思想认识及整改措施” rectification “整改情况” 完
"""

RULE = """
规则 R-{number} “一个月内报告思想认识和整改措施”
  依据 第一条
  对象 每个 谈话
  满足 谈话.谈话性质 为 监督谈话
  应当 存在 报告 使得 报告.谈话 为 谈话 且 报告.报告类型 为 思想认识及整改措施
  期限 谈话.结束日期 后 {months}个月
  违反时 不合规 “不符合第一条要求：应于{{due}}前（含当日）报告思想认识和整改措施，报告情况：{{fulfilled}}”
  整改建议 “督促被谈话人补报，并说明逾期原因”
  说明 “谈话结束当日不计，至次月相应日；当月没有相应日的，为月末日；末日为节假日的顺延。”
完
"""

REGULATION = "# 大规则包\n\n### 第一条\n\n被谈话人应当在谈话结束后报告。\n"

# what an equal number of lines says in Python; it checks no name, no type and no citation
RIVAL = '''
def rule_{number}(talks, reports, as_of):
    """一个月内报告思想认识和整改措施"""
    basis = "第一条"
    for talk in talks:
        if talk.nature == "监督谈话":
            due = add_months(talk.end, {months})
            days = [report.date for report in reports if report.talk == talk.id and report.kind == "思想认识及整改措施"]
            fulfilled = min(days, default=None)
            if fulfilled is None and as_of > due or fulfilled is not None and fulfilled > due:
                yield "不合规", basis, f"不符合第一条要求：应于{{due}}前报告，报告情况：{{fulfilled}}", "督促被谈话人补报，并说明逾期原因"
'''

LOAD = """
import sys, time
from pathlib import Path
from policy.hooks.manager import load_plugins
from policy.pipeline import load_pack
plugins = load_plugins()
start = time.perf_counter()
loaded = load_pack(Path(sys.argv[1]), plugins)
seconds = time.perf_counter() - start
assert loaded.pack is not None and len(loaded.pack.rules) == int(sys.argv[2]), loaded.diagnostics[:3]
print(seconds)
"""

COMPILE = """
import sys, time
from pathlib import Path
text = Path(sys.argv[1]).read_text("utf-8")
start = time.perf_counter()
compile(text, "rival", "exec")
print(time.perf_counter() - start)
"""


def _write(folder: Path) -> tuple[Path, Path]:
    """Write the pack and its rival; gives their paths."""
    pack, rival = folder / "pack", folder / "rival.py"
    pack.mkdir()
    (pack / "regulation.md").write_text(REGULATION, "utf-8")
    (pack / "vocabulary.policy").write_text(VOCABULARY, "utf-8")
    for part in range(10):
        numbers = range(part * RULES // 10, (part + 1) * RULES // 10)
        rules = (RULE.format(number=number, months=number % 11 + 1) for number in numbers)
        (pack / f"rules-{part}.policy").write_text("".join(rules), "utf-8")
    rival.write_text("".join(RIVAL.format(number=number, months=number % 11 + 1) for number in range(RULES)), "utf-8")
    return pack, rival


def _own_seconds(script: str, arguments: list[str], cache: str) -> float:
    return float(process([sys.executable, "-c", script, *arguments], {**os.environ, "POLICY_CACHE_DIR": cache}))


def main() -> None:
    """Measure and print a table; each load is timed inside a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        pack, rival = _write(Path(folder))
        arguments = [str(pack), str(RULES)]
        taken = in_turns({
            "load, cold": partial(_own_seconds, LOAD, arguments, ""),
            "load, cached": partial(_own_seconds, LOAD, arguments, str(Path(folder) / "cache")),
            "compile() of as many Python lines": partial(_own_seconds, COMPILE, [str(rival)], ""),
        })  # fmt: skip
    base = taken["compile() of as many Python lines"]
    print(machine())
    rows = [(name, f"{seconds * 1000:.0f}", f"{seconds / base:.1f}", GOALS.get(name, "")) for name, seconds in taken.items()]
    print_table((f"{RULES} rules", "ms", "× compile()", "goal"), rows)


if __name__ == "__main__":
    main()
