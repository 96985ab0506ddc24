"""The page: what stands on it, that it asks for nothing, and that data stay data. What its script does is tried in a browser."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import zlib
from html.parser import HTMLParser

import attrs
import pytest
from policy_html import Html
from policy_html.figures import ages, coverage, days_past
from policy_html.findings import FEW

from policy.cli import main
from policy.lang.facts import Input
from policy.lang.masker import Masker
from policy.lang.outcome import Evidence
from policy.lang.proof import Cell, Line, Proof
from policy.lang.report import Identities, Period, Window
from policy.report.masking import mask_report
from tests.reports import EMPTY, FULL, OUTCOMES, RULES, day, outcome


def written(report):
    stream = io.BytesIO()
    Html().write(report, stream, colour=False)
    return stream.getvalue().decode()


def data(page, name="index"):
    """The data of a block, unpacked."""
    kind, content = re.search(rf'<script type="([^"]+)" id="{name}">(.*?)</script>', page, re.S).groups()
    return json.loads(content if kind == "application/json" else zlib.decompress(base64.b64decode(content)))


class Seen(HTMLParser):
    """What a browser sees of a page: elements with their attributes, and the text outside of scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.texts, self._in = [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._in = tag

    def handle_endtag(self, tag):
        self._in = None

    def handle_data(self, text):
        if self._in not in ("script", "style"):
            self.texts.append(text.strip())

    @property
    def text(self):
        return "\n".join(filter(None, self.texts))


# --- one file that asks for nothing ----------------------------------------------------------------------------------


def test_the_page_asks_for_nothing():
    page = written(FULL)
    seen = Seen(page)
    assert not re.search(r"https?:|url\(|@import|@font-face", page)
    assert {tag for tag, _ in seen.elements}.isdisjoint({"link", "img", "iframe", "object", "embed", "base", "audio", "video"})
    assert not [given for _, given in seen.elements if {"src", "href", "style", "action"} & given.keys() or any(name.startswith("on") for name in given)]


def test_only_its_own_style_and_script_may_run():
    page = written(FULL)
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])
    style, script = re.search("<style>(.*?)</style>", page, re.S)[1], re.search("<script>(.*?)</script>", page, re.S)[1]
    hashes = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in (style, script)]
    assert policy == f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"


def test_two_runs_write_the_same():
    assert written(FULL) == written(FULL)


# --- what stands on it -----------------------------------------------------------------------------------------------

HEAD = """\
工作秘密
监督谈话办法：检查报告
规则包
small 1.0
在 base 2.1、ground 1.0 之上作了变更
检查基准日
2026-05-11
单位文件
policy.toml
与默认值不同的参数
参数 及时谈话期限（prompt_days）：20日（默认 30日；来自 policy.toml，依据：县委会议纪要〔2026〕5号，县委书记专题会决定）
参数 nonworking：不变（默认 next_workday；来自 --set）
读取的数据
数据 谈话.csv：谈话 2 行
数据 台账.xlsx「备查」：按额外表处理，未读取（7 行）
台账.xlsx「备查」：含隐藏行 1 行，一并读取
有关说明
数据问题
数据问题 2 处：错误 1、提醒 1
谈话.csv 第12行J列：无法读取（坏盘）
说明.doc：未读取：不能读取 `.doc` 类型的文件（可读取：.csv）
"""


def test_the_head_says_what_was_checked_and_what_was_not():
    text = Seen(written(attrs.evolve(FULL, baseline=None))).text
    assert HEAD in text
    for part in ("未计入或需留意", "没有提供的表，按没有记录处理：报告", "在用的豁免", "豁免 W1（C-1 T2）：材料在途", "需处理事项 5 项，涉及责任主体 2 个"):
        assert part in text
    assert text.index("检查基准日") < text.index("总体情况") < text.index("事项清单") < text.index("供研判")


def test_in_english():
    page = written(attrs.evolve(FULL, language="en"))
    assert '<html lang="en">' in page and "work_secret" in page and "to chase: 5, owed by 2 bearers" in page
    assert not re.search("[\u4e00-\u9fff]", "".join(re.findall(r'"words":(\{.*?\}),"', page)))


def test_the_list_is_there_without_a_script():
    seen = Seen(re.search('<div id="plain">(.*?)</div>', written(FULL), re.S)[1])
    assert [text for text in seen.texts if "（党组织 O1）" in text or "（人员 P1）" in text or "不明" in text] == ["泠溪县委（党组织 O1）", "张三（人员 P1）", "责任主体不明"]
    assert "应于2026-05-08前报告，实际尚未完成" in seen.text and "台账.xlsx「谈话」J13" in seen.text
    assert [given for tag, given in seen.elements if tag == "tr" and not given and True][1:] == [{}] * 5


def test_a_page_without_findings_says_so_and_has_no_list():
    page = written(EMPTY)
    assert "没有需要处理的事项" in page and 'id="list"' not in page


def test_what_falls_due_is_told_as_such():
    due = [one for one in OUTCOMES if one.status in ("violated", "due_soon")]
    period = Period("A-1", 0, "T1", None, day("2026-05-08"))
    report = attrs.evolve(FULL, outcomes=due, all_outcomes=True, window=Window(day("2026-06-10"), "day", undated=2), periods=lambda: (period,))
    text = Seen(written(report)).text
    assert "监督谈话办法：到期清单" in text and "已逾期 1 项；2026-06-10 前（含当日）到期 1 项" in text and "另有 2 项缺少数据，算不出期限" in text
    assert "完成进度" not in text and "问题最多的规则" not in text and "逾期未完成的时间" in text  # what is done is not in the report
    assert data(written(report))["sort"] == "due" and data(written(FULL))["sort"] == "bearer"


def test_what_is_masked_is_said():
    assert "掩码：人员姓名和编号已隐去" in Seen(written(attrs.evolve(FULL, mask="names"))).text and "掩码" not in Seen(written(FULL)).text


def test_the_mark_of_secrecy_stands_on_every_page_of_paper():
    assert '@top-left { content: "工作秘密"; }' in written(FULL)
    assert "@top-left { content" not in written(attrs.evolve(FULL, secrecy=None)) and 'class="mark"' not in written(EMPTY)


# --- the data for the script -----------------------------------------------------------------------------------------


def test_findings_are_columns_in_the_order_of_the_list():
    index, part = data(written(FULL)), data(written(FULL), "part-0")
    columns = index["columns"]
    assert index["bearers"] == [["泠溪县委（党组织 O1）", 2], ["张三（人员 P1）", 2], ["责任主体不明", 1]]
    assert [index["rules"][number][0] for number in columns["rule"]] == ["B-1", "C-1", "A-1", "A-1", "A-1"]
    assert [index["states"][number][2:] for number in columns["state"]] == [
        ["逾期完成·警告", "yellow"], ["需人工认定", "attest"], ["不合规", "red"], ["临期", "yellow"], ["待核实", "unknown"],
    ]  # fmt: skip
    assert index["subjects"] == ["谈话 T1、步骤 报告自查、2026 年度", "谈话 T1", "谈话 T3", "谈话 T2"] and columns["subject"] == [0, 0, 1, 0, 0]
    assert columns["due"] == [20822, None, 20581, 20586, None] and columns["fulfilled"] == [20823, None, None, None, None] and index["as_of"] == 20584
    assert part["due"][2] == "\x02，已过 \x03 天" and part["remedy"] == [0, 0, 1, 1, 0]
    assert part["evidence"][2] == [["\x01", "谈话.csv 第12行H、J列"]] and part["name"] == "0123456789abcdef" * 5
    assert part["notes"][0] == "期限所在年份尚无节假日安排，暂按双休日推算"


def test_all_outcomes_are_listed_where_they_are_asked_for():
    assert len(data(written(attrs.evolve(FULL, all_outcomes=True)))["columns"]["rule"]) == len(OUTCOMES)


def test_many_findings_are_packed_and_say_the_same():
    many = [outcome("A-1", "violated", subject=(("talk", f"T{number}"),), due=day("2026-05-08")) for number in range(FEW + 1)]
    page = written(attrs.evolve(FULL, outcomes=many))
    assert 'type="text/plain" id="index"' in page and "<table" not in re.search('<div id="plain">(.*?)</div>', page, re.S)[1]
    assert f"列不出 {FEW + 1} 项" in page
    part = data(page, "part-0")
    assert len(part["due"]) == FEW + 1 and set(part["due"]) == {"\x02，已过 \x03 天"}


def test_a_finding_has_its_proof(monkeypatch):
    cell = Cell("talk", "T1", "end", "谈话“结束日期”", "谈话.csv 第12行J列", "谈话.csv", None, 12, "J", "2026-04-08")
    lines = (Line("verdict", "不合规"), Line("duty", "应当", "false", (cell, attrs.evolve(cell, value="", confidential=True)), (Line("note", "一行"),)))
    report = attrs.evolve(FULL, proof=lambda one: Proof(one.rule, one.subject_text, one.status, "zh", lines))
    cells = [["谈话“结束日期”", "2026-04-08", "谈话.csv 第12行J列"], ["谈话“结束日期”", "（保密，不予显示）", "谈话.csv 第12行J列"]]
    assert data(written(report), "part-0")["proof"] == [[["duty", "应当", "false", cells, [["note", "一行", "", [], []]]]]] * 5
    assert data(written(FULL))["proved"] == 0
    monkeypatch.setattr("policy_html.proofs.PROVED", 1)
    assert [bool(one) for one in data(written(report), "part-0")["proof"]] == [False, False, True, False, False]  # the most urgent


# --- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("due", "place"), [("2026-05-11", None), ("2026-05-10", 0), ("2026-05-04", 0), ("2026-05-03", 1), ("2025-05-11", 4), ("2025-05-10", 5)])
def test_overdue_duties_by_the_days_since(due, place):
    report = attrs.evolve(EMPTY, outcomes=[outcome("A-1", "violated", due=day(due)), outcome("A-1", "late", due=day(due), fulfilled=day("2026-05-11"))])
    assert [at for at, one in enumerate(ages(report)) if one] == ([] if place is None else [place])


def test_days_are_counted_to_the_day_of_fulfilment_or_else_of_the_report():
    assert days_past(outcome("A-1", "late", due=day("2026-05-01"), fulfilled=day("2026-05-03")), EMPTY.as_of) == 2
    assert days_past(outcome("A-1", "violated", due=day("2026-05-01")), EMPTY.as_of) == 10
    assert days_past(outcome("A-1", "violated"), EMPTY.as_of) is None


def steps(*statuses, bearer=("organization", "O1"), year=2026):
    subjects = [(("talk", f"T{number}"), ("s", "self_report"), ("y", year)) for number in range(len(statuses))]
    return [outcome("B-1", status, subject=subject, bearer=bearer) for status, subject in zip(statuses, subjects)]


@pytest.mark.parametrize(("first", "last", "passed"), [
    ("2026-05-02", "2026-05-21", 0.5), ("2026-05-11", "2026-05-30", 0.05), ("2026-05-12", "2026-05-30", 0.0),
    ("2026-01-01", "2026-05-11", 1.0), (None, "2026-05-10", 1.0), (None, "2026-05-12", None),
])  # fmt: skip
def test_coverage_is_what_is_met_of_what_is_owed_beside_the_time(first, last, passed):
    period = Period("B-1", 2, 2026, first and day(first), day(last))
    outcomes = steps("satisfied", "late", "violated", "unknown", "pending", "not_applicable", "excused")
    (one,) = coverage(attrs.evolve(EMPTY, outcomes=outcomes, periods=lambda: (period,)))
    assert (one.met, one.owed, one.bearer) == (2, 5, ("organization", "O1"))
    assert one.passed == pytest.approx(passed)


def test_both_engines_know_what_is_met(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["sample", "-o", ".", "--format", "csv"]) == 0
    pages = []
    for engine in ("reference", "duckdb"):
        asked = ["--select", "JDTH-05-2", "--as-of", "2026-11-23", "--lang", "zh", "--engine", engine, "-o", f"html={engine}.html"]
        assert main(["check", "csv", *asked]) == 1
        pages.append((tmp_path / f"{engine}.html").read_text("utf-8"))
    assert pages[0] == pages[1] and "55 / 59（93%），时间已过 100%" in pages[0]


def test_those_furthest_behind_come_first_and_all_are_told_of():
    periods = tuple(Period("B-1", 2, year, day("2026-01-01"), day("2026-12-31")) for year in range(2000, 2010))
    met = {year: steps(*["satisfied"] * (year - 2000), *["pending"] * (2010 - year), year=year) for year in range(2000, 2010)}
    report = attrs.evolve(EMPTY, outcomes=[one for outcomes in met.values() for one in outcomes], periods=lambda: periods)
    assert [one.met for one in coverage(report)] == list(range(10))
    page = Seen(written(report)).text
    assert "五个步骤 · 泠溪县委（党组织 O1）\n0 / 10（0%），时间已过 36%" in page and "其余 2 段进度较好，未画出。" in page


def test_periods_of_a_masked_report_are_those_of_its_outcomes():
    period = Period("A-1", 0, "T1", None, day("2026-05-08"))
    masker = Masker(Identities(frozenset(("talk",)), frozenset(), {("talk", "T1"): ()}, frozenset()), "names", b"k" * 32)
    report = attrs.evolve(EMPTY, outcomes=[outcome("A-1", "violated"), outcome("A-1", "satisfied", subject=(("talk", "T2"),))], periods=lambda: (period,))
    (one,) = coverage(mask_report(report, masker))
    assert one.owed == 1 and one.period.key == masker.key("talk", "T1") != "T1"


# --- data are data ---------------------------------------------------------------------------------------------------

HOSTILE = [
    "</script><img src=x onerror=alert(1)>", "<!--<script>", "]]>", "\u2028alert(1)", "\u202etxt.exe", "javascript:alert(1)", "\x1b[2J\x00",
    "'\"`&lt;", "</noscript><script>alert(1)</script>", "</title><svg onload=alert(1)>", "{n}", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("many", [False, True])
def test_data_are_data(text, many):
    rules = {id: attrs.evolve(rule, title=text, remedy=text, basis=(text,)) for id, rule in RULES.items()}
    outcomes = [
        attrs.evolve(one, message=text, evidence=(Evidence("talk", text, text, text, 1, (("end", text),)),), excuse=text, missing=(text,), bearer=("person", text))
        for one in OUTCOMES * (FEW // 4 if many else 1)
    ]
    lines = (Line("duty", text, "true", (Cell("talk", text, "end", text, text, text, text, 1, text, text),)),)
    report = attrs.evolve(
        FULL, rules=rules, outcomes=outcomes, names={("person", text): text, ("talk", "T1"): text}, pack_title=text, pack_id=text, unit=text,
        inputs=(Input(text, text, "talk", 1, "0" * 64), Input(text, text, None, 1, "0" * 64)), proof=lambda one: Proof("A-1", "T1", "late", "zh", lines),
    )  # fmt: skip
    page = written(report)
    plain = Seen(written(FULL))
    assert {tag for tag, _ in Seen(page).elements} <= {tag for tag, _ in plain.elements} | {"details", "summary"}
    assert page.count("</script>") == page.count('<script type="') + page.count("<script>") == sum(tag == "script" for tag, _ in Seen(page).elements)
    assert not [given for _, given in Seen(page).elements if any(name.startswith("on") for name in given)]
    assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u2029\u202a-\u202e]", page)
    assert [json.dumps(data(page, name)) for name in ("index", "part-0")]
