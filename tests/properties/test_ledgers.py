"""A county written as a wide ledger, in whatever layout and whatever form of value, and read back gives the facts that a ledger can carry."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from policy.lang.table import table_of_grid
from policy.load import load
from policy.load.ledger import read_ledgers
from policy.messages import text
from tests.ledgers import COLUMNS, GROUPS, UNIT, lists, mappings, vocabulary

WORDS = vocabulary()
KNOWN = mappings(WORDS)
LEDGER = next(mapping for mapping in KNOWN if mapping.name == "监督谈话工作台账")

PEOPLE = {"张三": ("0990101", "霁湖镇党委书记"), "李四": ("0990137", "县教育局党组书记、局长")}
STEPS = {"报告自查": "self_report", "通报情况指出问题": "problems", "作出说明": "explanation", "提出整改要求": "demands", "表态发言": "statement"}
EVENTS = {
    "谈话后｜向党委(党组)报告时间": ("report", "reflection_and_measures"), "谈话后｜整改情况报告时间": ("report", "rectification"),
    "谈话后｜第一责任人措施通报班子时间": ("notification", "team_members"), "材料归档｜谈话记录": ("archive", "record"),
    "材料归档｜整改措施": ("archive", "measures"), "材料归档｜整改情况": ("archive", "rectification"), "抄送｜纪检机关": ("copy", "discipline_body"),
    "抄送｜组织部门": ("copy", "organization_department"), "抄送｜其他": ("copy", "other"),
}  # fmt: skip
CIRCUMSTANCES = {"信访举报": "petitions", "负面舆情": "criticised", "考核": "assessment", "重大案件": "major_case"}
YES, NO = st.sampled_from("√ ✓ 是 有 Y ☑ ■".split()), st.sampled_from("× 否 无 □".split())
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
FORMS = (
    lambda day: day, lambda day: day.isoformat(), lambda day: f"{day.year}年{day.month}月{day.day}日", lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%y}.{day.month}.{day.day}", lambda day: f"{day:%Y%m%d}", lambda day: f"{day.month}月{day.day}日", lambda day: f" {day.year}/{day.month}/{day.day} ",
    lambda day: f"{day.year}．{day.month}．{day.day}上午", lambda day: (day - datetime.date(1899, 12, 30)).days,
)  # fmt: skip


@st.composite
def talks(draw):
    """The facts of a talk."""
    return {
        "kind": draw(st.sampled_from(("regular", "prompt"))),
        "day": draw(DAYS),
        "talkee": draw(st.sampled_from(sorted(PEOPLE))),
        "steps": {step: draw(st.one_of(st.none(), st.booleans())) for step in STEPS},
        "events": {column: draw(st.one_of(st.none(), DAYS)) for column in EVENTS},
        "problems": draw(st.lists(st.sampled_from(("学习不深入", "履责不到位", "作风不实")), unique=True)),
        "circumstances": draw(st.lists(st.sampled_from(sorted(CIRCUMSTANCES)), unique=True)),
        "proposed": draw(st.one_of(st.none(), DAYS)),
        "outline": draw(st.one_of(st.none(), DAYS)),
        "place": draw(st.one_of(st.none(), st.sampled_from(("会议室", "县委201室")))),
    }


@st.composite
def ledgers(draw):
    """Talks, and the grid of a ledger that tells of them."""
    facts = draw(st.lists(talks(), min_size=1, max_size=5, unique_by=lambda one: (one["day"], one["talkee"], one["kind"])))

    def day(value):
        return None if value is None else draw(st.sampled_from(FORMS))(value)

    def cells(talk):
        return {
            "谈话基本情况｜谈话类型": draw(st.sampled_from({"regular": ("定期", "定期谈话"), "prompt": ("及时", "及时谈话")}[talk["kind"]])),
            "谈话基本情况｜谈话时间": day(talk["day"]), "谈话基本情况｜谈话地点": talk["place"],
            "谈话基本情况｜谈话人姓名": draw(st.sampled_from(("王伟", "王 伟", "王　伟"))), "谈话基本情况｜谈话人职务": "县委书记",
            "谈话基本情况｜被谈话人姓名": draw(st.sampled_from((talk["talkee"], " ".join(talk["talkee"]), talk["talkee"] + "（女）"))),
            "谈话基本情况｜被谈话人单位及职务": PEOPLE[talk["talkee"]][1],
            "谈话前｜及时谈话情形": draw(st.sampled_from("、；\n")).join(talk["circumstances"]) or draw(st.sampled_from((None, "/", "无"))),
            "谈话前｜谈话提纲": day(talk["outline"]),
            **{f"谈话程序｜{step}": None if done is None else draw(YES if done else NO) for step, done in talk["steps"].items()},
            "指出问题": draw(st.sampled_from("；\n")).join(talk["problems"]) or None,
            "谈话后｜整改措施提出时间": day(talk["proposed"]),
            **{column: draw(st.sampled_from((None, "无", "×"))) if value is None else day(value) for column, value in talk["events"].items()},
        }  # fmt: skip

    rows = [cells(talk) for talk in facts]
    groups = draw(st.permutations([(group, draw(st.permutations(columns or ("",)))) for group, columns in GROUPS]))
    columns = [f"{group}｜{column}" if column else group for group, inner in groups for column in inner]
    called = {name: draw(st.sampled_from(_synonyms(name))) for name in columns}
    upper = [group if place == 0 else None for group, inner in groups for place in range(len(inner))]
    lower = [called[name] if "｜" in name else None for name in columns]
    upper = [called[name] if "｜" not in name else group for name, group in zip(columns, upper)]
    body = []
    for row in rows:
        body += draw(st.sampled_from(((), ([None],), (["小计", 3],))))
        body.append([row.get(name) for name in columns])
    above = draw(st.sampled_from(([["2026年监督谈话工作台账"]], [["监督谈话工作台账（2026年）"], [None]], [[None], ["2026年度台账"]])))
    grid = [*above, [None, "填报单位：", UNIT], upper, lower, *body, ["合计", len(rows)], ["审核人："]]
    return facts, grid


def _synonyms(name: str) -> list[str]:
    """What a column may be called where its group is told."""
    known = next((column for column in LEDGER.columns.values() if tuple(name.split("｜")) in column.headers), None)
    return [path[-1] for path in known.headers if path[0] == name.split("｜")[0]] if known and "｜" in name else [name.split("｜")[-1]]


@given(ledgers())
def test_what_a_ledger_can_carry_comes_back(drawn):
    facts, grid = drawn
    assert len(COLUMNS) == max(map(len, grid))
    read = read_ledgers([table_of_grid("台账", "台账.xlsx", "台账", grid), *lists()], KNOWN, WORDS)
    loaded = load(read.tables, WORDS)
    assert [one for one in (*read.problems, *loaded.problems) if one.error] == []
    people = {row.key: row.values[1].replace(" ", "").removesuffix("（女）") for row in loaded.tables["person"]}
    found = [_found(row, loaded, people) for row in loaded.tables["talk"]]
    assert found == [_expected(talk) for talk in facts]


def _expected(talk: dict) -> dict:
    measures = max(1, len(talk["problems"])) if talk["proposed"] else 0
    return {
        "talk": (talk["kind"], "supervision", "completed", "0990100", "王伟", talk["talkee"], PEOPLE[talk["talkee"]][0], talk["day"], talk["day"]),
        "place": talk["place"],
        "outline": talk["outline"],
        "steps": [(STEPS[step], done) for step, done in talk["steps"].items() if done is not None],
        "events": sorted((*EVENTS[column], day) for column, day in talk["events"].items() if day),
        "problems": talk["problems"],
        "measures": [(talk["problems"][number] if talk["problems"] else None, talk["proposed"]) for number in range(measures)],
        "circumstances": [CIRCUMSTANCES[one] for one in talk["circumstances"]],
    }


def _found(row, loaded, people: dict) -> dict:
    def of(entity: str) -> list:
        return [one for one in loaded.tables[entity] if one.values[1] == row.key]

    contents = {one.key: one.values[3] for one in of("problem")}
    codes = {one.key: one.values[3] for one in loaded.tables["circumstance"]}
    kind, nature, status, conductor, talker, talkee, organization, start, end = row.values[1:10]
    events = [
        *(("report", one.values[2], one.values[5]) for one in of("report")),
        *((entity, one.values[2], one.values[3]) for entity in ("notification", "archive", "copy") for one in of(entity)),
    ]
    return {
        "talk": (kind, nature, status, conductor, people[talker], people[talkee], organization, start, end),
        "place": row.values[10],
        "outline": row.values[14],
        "steps": [(one.values[2], one.values[4]) for one in of("talk_step")],
        "events": sorted(events),
        "problems": list(contents.values()),
        "measures": [(contents.get(one.values[2]), one.values[4]) for one in of("measure")],
        "circumstances": [codes[one.values[2]] for one in of("talk_circumstance")],
    }


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text(max_size=12), st.sampled_from(COLUMNS).map(lambda name: name.split("｜")[-1]),
    st.sampled_from(("合计", "小计", "同上", "〃", "填报单位：", "张三、李四", "霁湖镇党委书记", "（一）", "=A1", "2026年2月3日-4日", "城关镇", "待定", "×", "√")),
)  # fmt: skip


@given(ledgers(), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40), CELLS), max_size=12), st.data())
def test_whatever_stands_in_a_ledger_nothing_raises(drawn, changes, data):
    _, grid = drawn
    for line, place, cell in changes:
        row = grid[line % len(grid)]
        row.extend([None] * (place + 1 - len(row)))
        row[place] = cell
    spans = st.tuples(st.integers(1, 20), st.integers(0, 40), st.integers(0, 3), st.integers(0, 3))
    merged = tuple((top, left, top + down, left + right) for top, left, down, right in data.draw(st.lists(spans, max_size=3)))
    table = table_of_grid("台账", "台账.xlsx", "台账", grid, merged=merged)
    read = read_ledgers([table, *lists()], KNOWN, WORDS)
    loaded = load(read.tables, WORDS, extra=read.left)
    for problem in (*read.problems, *loaded.problems):
        for language in ("zh", "en"):
            text(problem.code, language, **dict(problem.arguments))
