"""Small reports made by hand, for tests of the reporters."""

from __future__ import annotations

import datetime

import attrs

from policy.lang import ir
from policy.lang.facts import Input, Problem
from policy.lang.outcome import Evidence, Notice, Outcome, Waiver
from policy.lang.past import Absent, Baseline, Change, Difference, PastFinding, key_of
from policy.lang.report import Report, ReportedParameter
from policy.lang.types import Period, ref_type

day = datetime.date.fromisoformat

_RULE = ir.Rule(
    id="A-1",
    title="一个月内报告",
    basis=("第十一条第一款",),
    citations=((11, None, 1, None),),
    bearer=ir.Var("talk", ref_type("talk")),
    binders=(ir.EachRow("talk", "talk"),),
    lets=(),
    where=(),
    when=None,
    exceptions=(),
    duty=ir.State(ir.Const(True, ir.Type("bool"))),
    due=None,
    effective=None,
    severity="fail",
    message=(),
    remedy="督促补报",
    note="",
    final=False,
    stratum=0,
    depends=(),
    reads=(),
    language="zh",
    file="a.policy",
    span=(0, 0),
    text="",
)
_STEP = attrs.evolve(
    _RULE, id="B-1", title="五个步骤", basis=("第十条第一款",), severity="warn", remedy="",
    binders=(ir.EachRow("talk", "talk"), ir.EachMember("s", "step"), ir.EachYear("y", ir.AsOf(), ir.AsOf())),
)  # fmt: skip
_ATTEST = attrs.evolve(
    _RULE, id="C-1", title="直面问题", basis=("第八条",), severity="advise", remedy="",
    duty=ir.Attestation("是否直奔主题？", "党委办公室", Period(12, "months")),
)  # fmt: skip
_IDLE = attrs.evolve(_RULE, id="D-1", title="年度计划")
RULES = {rule.id: rule for rule in (_RULE, _STEP, _ATTEST, _IDLE)}

_T1 = Evidence("talk", "T1", "谈话.csv", None, 12, (("end", "J"), ("talkee", "H")))
_T2 = Evidence("talk", "T2", "台账.xlsx", "谈话", 13, (("end", "J"), ("talkee", "H")))


def outcome(rule: str, status: str, **changes: object) -> Outcome:
    """An outcome of a rule about talk T1, owed by person P1."""
    fields: dict = {
        "rule": rule,
        "subject": (("talk", "T1"),),
        "status": status,
        "severity": RULES[rule].severity,
        "bearer": ("person", "P1"),
        "due": None,
        "due_unrolled": None,
        "fulfilled": None,
        "missing": (),
        "basis": RULES[rule].basis,
        "message": "",
        "evidence": (_T1,),
        "fingerprint": "0123456789abcdef",
    }
    return Outcome(**fields | changes)


OUTCOMES = (
    outcome("A-1", "violated", due=day("2026-05-08"), due_unrolled=day("2026-05-08"), message="应于2026-05-08前报告，实际尚未完成"),
    outcome("A-1", "unknown", subject=(("talk", "T2"),), bearer=None, missing=("talk.end",), evidence=(_T2,)),
    outcome("A-1", "due_soon", subject=(("talk", "T3"),), due=day("2026-05-13"), due_unrolled=day("2026-05-10"), evidence=()),
    outcome("A-1", "satisfied", subject=(("talk", "T4"),), due=day("2026-05-20"), fulfilled=day("2026-05-02")),
    outcome("B-1", "late", subject=(("talk", "T1"), ("s", "self_report"), ("y", 2026)), bearer=("organization", "O1"),
            due=day("2027-01-04"), due_unrolled=day("2027-01-04"), fulfilled=day("2027-01-05"), message="迟了", notes=("calendar_unknown",)),
    outcome("C-1", "attest", bearer=("organization", "O1")),
    outcome("C-1", "excused", subject=(("talk", "T2"),), excuse="waiver W1"),
)  # fmt: skip

EMPTY = Report(
    version="0.1.0",
    pack_id="small",
    pack_version="1.0",
    pack_sha256="a" * 64,
    pack_title="监督谈话办法",
    as_of=day("2026-05-11"),
    language="zh",
    parameters=(),
    inputs=(Input("谈话.csv", None, "talk", 2, "b" * 64),),
    absent=(),
    problems=(),
    rules=RULES,
    outcomes=(),
    notices=(),
    names={("organization", "O1"): "泠溪县委", ("person", "P1"): "张三"},
    labels={
        "organization": "党组织",
        "person": "人员",
        "talk": "谈话",
        "talk.end": "结束日期",
        "step": "步骤",
        "step.self_report": "报告自查",
        "nonworking.none": "不变",
    },
)

FULL = attrs.evolve(
    EMPTY,
    pack_extends=(("base", "2.1"), ("ground", "1.0")),
    outcomes=OUTCOMES,
    inputs=(*EMPTY.inputs, Input("台账.xlsx", "备查", None, 7, "c" * 64, ("hidden_rows 1",))),
    absent=("report",),
    parameters=(
        ReportedParameter("prompt_days", "及时谈话期限", "20 days", "30 days", "policy.toml", "县委会议纪要〔2026〕5号", "县委书记专题会"),
        ReportedParameter("nonworking", None, "none", "next_workday", "--set"),
    ),
    problems=(
        Problem("U21", (("reason", "坏盘"),), "谈话.csv", None, 12, "J"),
        Problem("U24", (("suffix", ".doc"), ("known", ".csv")), "说明.doc", error=False),
    ),
    notices=(
        Notice("waiver_lapsed", "W9", "A-1", "T9", "豁免.csv", None, 3, other="2026-04-30"),
        Notice("waiver_refused", "W8", "A-1", "T8", "台账.xlsx", "豁免", 4, missing=("waiver.reason", "waiver.date")),
        Notice("waiver_unknown_rule", "W7", "A-11", "T8", "waivers.toml", None, 9, other="A-1"),
        *(Notice("attestation_unmatched", f"R{number}", "C-1", f"T{number}", "人工认定.csv", None, number) for number in range(2, 7)),
    ),
    waivers=(
        Waiver("W1", "C-1", "T2", "材料在途", "县委办公室", day("2026-03-01"), day("2026-12-31"), "办发〔2026〕3号", "waivers.toml", None, 12),
    ),
    secrecy="work_secret",
    unit="policy.toml",
    labels=EMPTY.labels | {"report": "报告", "waiver": "豁免", "attestation": "人工认定", "waiver.reason": "理由", "waiver.date": "批准日期"},
)

_CHANGES = (Change("new", "due_soon"), Change("unchanged", "unknown"), Change("new", None), None, Change("updated", "violated"), Change("unchanged", "attest"), None)

COMPARED = attrs.evolve(
    FULL,
    baseline=Baseline(
        name="四月.json",
        as_of=day("2026-04-11"),
        changes={key_of(one.rule, one.subject): change for one, change in zip(OUTCOMES, _CHANGES) if change},
        absent=(
            Absent(PastFinding(("A-1", ("T4",)), "violated", "fail", ("person", "P1"), None, None, "f" * 16), "resolved", "satisfied"),
            Absent(PastFinding(("A-1", ("T9",)), "late", "fail", None, None, None, "e" * 16), "gone"),
            Absent(PastFinding(("Z-1", ("T1", "self_report", "2026")), "attest", "advise", None, None, None, "d" * 16), "not_run"),
        ),
        differences=(
            Difference("pack", "0.9", "1.0"),
            Difference("parameter", "30 days", "20 days", "prompt_days"),
            Difference("rules_left", before="Z-1\nZ-2"),
        ),
    ),
)
"""The full report beside an earlier run."""
