"""No name gets through a mask, whatever the format; and what may be known stays."""

from __future__ import annotations

import datetime
import io
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.lang.masker import Masker
from policy.lang.outcome import Mention
from policy.lang.past import PastFinding, PastRun
from policy.lang.report import Identities
from policy.lang.table import table_of_grid
from policy.pipeline import DataErrors, Masking, Reading, Request

PACK = """
规则包 registry 版本 “1”
  标题 “名册”
  法规 “regulation.md”
  节假日 顺延
完
实体 organization “党组织”
  code   ：文本 主键                   “组织编码”
  name   ：文本                        “名称”
  parent ：引用 organization 可空 树   “上级党组织”
完
实体 person “人员”
  id     ：文本 主键      “人员编号”
  name   ：文本 保密      “姓名”
  former ：文本 可空 保密 “曾用名”
完
实体 clerk “经办人”
  id   ：文本 主键 “工号”
  name ：文本      “姓名”
完
实体 talk “谈话”
  id     ：文本 主键              “谈话编号”
  talkee ：引用 person 可空       “被谈话人”
  clerk  ：引用 clerk 可空        “经办人”
  host   ：引用 organization 可空 “开展组织”
  place  ：文本 可空              “地点”
  end    ：日期 可空 发生日       “结束日期”
  size   ：整数 可空              “人数”
完
规则 A-1 “被谈话人负责”
  依据 第一条
  责任主体 谈话.被谈话人
  对象 每个 谈话
  应当 谈话.人数 > 5
  违反时 不合规 “{谈话}：{谈话.被谈话人}、{bearer}、{谈话.经办人}在{谈话.地点}由{谈话.开展组织}（{谈话.开展组织.组织编码}）{谈话.人数}人，{谈话.被谈话人.人员编号}”
  整改建议 “补记”
完
规则 A-2 “组织负责”
  依据 第一条
  责任主体 谈话.开展组织
  对象 每个 谈话
  应当 存在 谈话 作 他 使得 他 为 谈话 且 他.人数 > 5
  期限 谈话.结束日期 后 3日
  违反时 警告 “{谈话.经办人.姓名}应于{due}前办结，实际{fulfilled}”
完
规则 A-3 “人员”
  依据 第一条
  责任主体 人员
  对象 每个 人员
  应当 不存在 谈话 使得 谈话.被谈话人 为 人员
  违反时 提示 “{人员}”
完
规则 A-4 “认定”
  依据 第一条
  责任主体 经办人
  对象 每个 经办人
  需人工认定 “是否属实？”
  违反时 提示 “{经办人}”
完
规则 A-5 “其他规则”
  依据 第一条
  对象 每个 人员
  应当 不存在 违反记录 出自 A-1 作 甲 使得 甲.责任主体 为 人员
  违反时 提示 “供研判”
完
"""
STRANGE = "龘靐齉爩鱻麤灪籱龗厵虪"
"""Characters that stand nowhere but in the names of these tests."""

NAMES = st.lists(st.text(STRANGE, min_size=2, max_size=4), min_size=8, max_size=8, unique=True) | st.just(
    ["龘靐", "龘靐齉", "龘 靐", "靐龘·齉爩鱻", "Zyxwvut Qponm", "龘靐齉爩", "麤灪籱龗厵虪", "靐龘"]
)
PLUGINS = load_plugins()


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registry")
    (folder / "registry.policy").write_text(PACK, "utf-8")
    (folder / "regulation.md").write_text("### 第一条\n\n名册。\n", "utf-8")
    loaded = pipeline.load_pack(folder, PLUGINS)
    assert loaded.pack is not None, [(one.code, one.arguments) for one in loaded.diagnostics]
    return loaded.pack


def tables(names: list[str]) -> tuple:
    """Tables in which each name stands wherever a name can stand: of persons, in keys, texts, names of files and sheets, and what people decided."""
    one, two, clerk, key, dangling, former, office, town = names
    file = f"/数据/{one}/{clerk}的台账.xlsx"
    grids = {
        "党组织": [["组织编码", "名称", "上级党组织"], ["O1", office, ""], [town, f"{town}支部", "O1"]],
        "人员": [["人员编号", "姓名", "曾用名"], ["P1", one, former], [key, two, ""]],
        "经办人": [["工号", "姓名"], ["C1", clerk], ["C2", f"{clerk}之弟"]],
        "谈话": [
            ["谈话编号", "被谈话人", "经办人", "开展组织", "地点", "结束日期", "人数"],
            ["T1", "P1", "C1", "O1", f"{one}家中", "2026-03-02", "2"],
            [f"T-{two}", key, "C2", town, f"{office}会议室", "2026-03-03", ""],
            [f"{former}谈话", dangling, "C1", town, dangling, f"{one}补", "3"],
            ["T4", "P1", "C9", "O1", "", "2026-03-02", "1"],
            ["T5", "P1", "C1", "O1", "", "2026-03-02", "1"],
        ],
        "豁免": [
            ["豁免编号", "规则", "对象", "理由", "批准人", "批准日期", "文件"],
            [f"HM-{one}", "A-1", "T5", f"{one}住院", clerk, "2026-03-01", f"关于{two}同志的批复"],
            ["HM2", "A-3", key, "", clerk, "2026-03-01", ""],
            ["HM3", "A-9", f"{key}，P1", "无", office, "2026-03-01", ""],
            ["HM4", clerk, "T1", "无", "无", "2026-03-01", ""],
            ["HM5", "A-2", f"T-{two}", "无", "无", "2027-03-01", ""],
        ],
        "人工认定": [["认定编号", "规则", "对象", "结论", "认定人", "日期"], [f"{one}1", "A-4", dangling, "是", clerk, "2026-03-01"]],
    }
    return tuple(table_of_grid(name, file, f"{name}" if name != "谈话" else f"谈话{one}", grid) for name, grid in grids.items())


def judged(pack, names: list[str], language: str):
    calendar = pipeline.find_calendar(pack, PLUGINS)
    request = Request(
        datetime.date(2026, 6, 1), calendar, language, keep_going=True, all_outcomes=True, identify=True, unit=f"{names[6]}/policy.toml"
    )
    report = pipeline.check(pack, Reading(tables(names), ()), request, PLUGINS)
    return pipeline.against(report, before(names), f"{names[0]}/上月.json")


def before(names: list[str]) -> PastRun:
    """A run whose findings are about people too, one of them nowhere in the data now and of a rule that is no more."""
    persons = [("A-3", "P1"), ("A-3", names[3]), ("A-3", names[1]), ("Z-9", names[4])]
    findings = [PastFinding((rule, (key,)), "violated", "fail", ("person", key), None, None, "0" * 16) for rule, key in persons]
    return PastRun(tuple(findings), {one.key: one.status for one in findings}, pack_id="registry", as_of=datetime.date(2026, 5, 1))


def made(report, reporter) -> bytes:
    stream = io.BytesIO()
    pipeline.write(report, reporter, PLUGINS, stream, colour=False)
    return stream.getvalue()


def readable(content: bytes) -> str:
    """What a file says to whoever opens it, without the blanks and dots that stand between the parts of names."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(readable(archive.read(name)) for name in archive.namelist())
    if content[:4] == b"PAR1":
        import duckdb

        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
            (Path(folder) / "r.parquet").write_bytes(content)
            return str(connection.execute("select * from read_parquet(?)", [f"{folder}/r.parquet"]).fetchall())
    return content.decode("utf-8", "replace")


def left(text: str, names: list[str]) -> list[str]:
    return [name for name in names if name in text or "".join(name.split()) in text]


@settings(max_examples=15)
@given(names=NAMES, language=st.sampled_from(["zh", "en"]), level=st.sampled_from(["names", "all"]))
def test_no_name_gets_through_in_any_format(pack, names, language, level):
    report = judged(pack, names, language)
    masked = pipeline.masked(report, Masking(level, b"k" * 32))
    organizations = names[6:]
    for reporter in PLUGINS.reporters:
        full = readable(made(report, reporter))
        text = readable(made(masked, reporter))
        assert left(text, names if level == "all" else names[:6]) == [], reporter.name
        assert left(full, names), f"{reporter.name} names nobody, so that this test says nothing of it"
        assert not re.search(r"\bP1\b", text), f"{reporter.name} has the key of a person"
        if level == "names" and not left("".join(organizations), names[:6]):
            assert left(text, organizations), reporter.name


@settings(max_examples=15)
@given(names=NAMES)
def test_no_name_is_said_of_data_that_cannot_be_judged(pack, names):
    request = Request(datetime.date(2026, 6, 1), pipeline.find_calendar(pack, PLUGINS), "zh", masking=Masking("all", b"k" * 32))
    with pytest.raises(DataErrors) as caught:
        pipeline.check(pack, Reading(tables(names), ()), request, PLUGINS)
    assert caught.value.problems and left(str(caught.value.problems), names) == []


NAMED = ["张小三", "李四", "王五六", "赵七甲乙", "孙八", "周九九", "清河县委", "柳林镇"]


def test_reporters_get_no_identities(pack):
    report = judged(pack, NAMED, "zh")
    assert report.identities is not None and "张小三" in str(report.identities.names)
    seen = []

    class Curious:
        name = "curious"

        def write(self, report, stream, *, colour):
            seen.append(report.identities)

    made(report, Curious())
    assert seen == [None]
    assert pipeline.masked(report, Masking("names", b"k" * 32)).identities is None


def messages(pack, level: str, secret: bytes = b"k" * 32) -> list[str]:
    report = pipeline.masked(judged(pack, NAMED, "zh"), Masking(level, secret))
    return [one.message for one in report.outcomes if one.message]


def test_what_is_left_of_messages(pack):
    told = messages(pack, "names")
    person, clerk = re.search("人（(p-.{10})）", told[0] + "人（p-0123456789）"), re.search(r"王\*六（(p-\w{10})）", told[0])
    assert clerk and person
    assert re.fullmatch(r"T1：p-\w{10}、p-\w{10}、王\*六（p-\w{10}）在\*\*\*由清河县委（O1）（\*\*\*）2人，\*\*\*", told[0])
    assert "应于2026-03-05前办结，实际尚未完成" in "".join(told)
    told = messages(pack, "all")
    assert re.fullmatch(r"T1：p-\w{10}、p-\w{10}、p-\w{10}在\*\*\*由p-\w{10}（\*\*\*）2人，\*\*\*", told[0])


def test_the_same_secret_gives_the_same_pseudonyms(pack):
    assert messages(pack, "names") == messages(pack, "names")
    assert messages(pack, "names") != messages(pack, "names", b"l" * 32)
    one, other = (pipeline.masked(judged(pack, NAMED, "zh"), Masking("names", secret)) for secret in (b"k" * 32, b"l" * 32))
    assert {outcome.fingerprint for outcome in one.outcomes}.isdisjoint(outcome.fingerprint for outcome in other.outcomes)


def test_a_masked_report_holds_together(pack):
    """Bearers have names under their pseudonyms, findings of findings their fingerprints, waivers the keys by which they are named."""
    report = pipeline.masked(judged(pack, NAMED, "zh"), Masking("names", b"k" * 32))
    assert {row for row in report.names if row[0] == "clerk"} >= {one.bearer for one in report.outcomes if one.rule == "A-4"}
    found = {one.fingerprint for one in report.outcomes}
    about = [row.key for one in report.outcomes for row in one.evidence if row.entity == "violation"]
    assert about and set(about) <= found
    excused = [one.excuse for one in report.outcomes if one.excuse]
    assert excused == [f"waiver {one.key}" for one in report.waivers]
    assert report.mask == "names"


def test_the_order_of_outcomes_and_their_days_stay(pack):
    report = judged(pack, NAMED, "zh")
    masked = pipeline.masked(report, Masking("all", b"k" * 32))
    assert [(one.rule, one.status, one.due) for one in masked.outcomes] == [(one.rule, one.status, one.due) for one in report.outcomes]


IDENTITIES = Identities(frozenset({"person"}), frozenset({"organization"}), {("person", "P1"): ("欧阳",), ("person", "P2"): ("欧阳修文",)}, frozenset({"谈话"}))


def test_what_is_left_of_a_name_is_never_the_name_of_somebody_else():
    masker = Masker(IDENTITIES, "names", b"k" * 32)
    assert masker.name("person", "欧阳修文") == "***"
    assert masker.text("欧阳修文") == "欧**文"
    assert masker.signed("欧阳修武") == "***"


def test_mentions_without_a_name():
    masker = Masker(IDENTITIES, "names", b"k" * 32)
    key = masker.key("person", "P1")
    assert masker.message("甲P1乙", [Mention(1, 3, "person", "P1")]) == f"甲{key}乙"
    assert masker.message("甲P1 (P1)乙", [Mention(1, 8, "person", "P1")]) == f"甲P*** ({key})乙"


def test_files_and_sheets():
    masker = Masker(IDENTITIES, "all", b"k" * 32)
    assert masker.file("清河县委/谈话.csv") == "谈话.csv"
    assert re.fullmatch(r"p-\w{10}\.xlsx", masker.file("清河县委.xlsx"))
    assert masker.sheet("谈话") == "谈话" and masker.sheet(None) is None
    assert re.fullmatch(r"p-\w{10}", masker.sheet("清河县委") or "")
    names = Masker(IDENTITIES, "names", b"k" * 32)
    assert names.file("欧阳/谈话.csv") == "欧*/谈话.csv" and names.sheet("欧阳的谈话") == "欧*的谈话"
