"""The organizations of the sample: an invented prefecture and county, their townships, bureaus and units.

No place of these names existed in the division tables of 2025; the division codes begin with 99, which no province has.
"""

from __future__ import annotations

from datetime import date

import attrs

from policy_sample.book import Book
from policy_sample.days import EFFECTIVE, NEW_TERM

__all__ = [
    "BUREAUS", "CONDUCTORS", "COUNTIES", "COUNTY", "PREFECTURE", "TOWNSHIPS", "UNITS", "found", "write_rosters", "write_terms",
]  # fmt: skip

PREFECTURE = "0990000"
COUNTY = "0990100"
COUNTIES = {COUNTY: "泠溪县", "0990200": "霁原县", "0990300": "岫岭县", "0990400": "汐山县"}

TOWNSHIPS = {
    f"09901{n:02}": name
    for n, name in enumerate(
        ("霁湖镇", "汀鹭镇", "鹤笛镇", "栖梧镇", "砚泉镇", "听涧镇", "墨泉镇", "绛霞镇", "苇笛镇", "荻雪镇",
         "薇原乡", "萤溪乡", "岚屏乡", "漱玉街道", "枕河街道", "揽月街道"), 1,
    )
}  # fmt: skip

BUREAUS = {
    f"09901{n:02}": name
    for n, name in enumerate(
        ("县人大常委会", "县政府", "县政协", "县人民法院", "县人民检察院", "县发展改革局", "县教育局", "县科技局", "县工业信息化局",
         "县公安局", "县民政局", "县司法局", "县财政局", "县人力资源社会保障局", "县自然资源局", "县住房城乡建设局", "县交通运输局",
         "县水务局", "县农业农村局", "县商务局", "县文化旅游局", "县卫生健康局", "县退役军人事务局", "县应急管理局", "县审计局",
         "县国资监管局", "县市场监管局", "县统计局", "县医疗保障局", "县林业局", "县城市管理局", "县行政审批服务局", "县信访局",
         "县供销合作社", "县机关事务服务中心"), 31,
    )
}  # fmt: skip

_CODES = {name: code for code, name in BUREAUS.items()}
_COMMITTEES = ("县公安局", "县国资监管局")  # 党组性质党委

UNITS: dict[str, tuple[str, str]] = {
    f"09901{n}": (_CODES[bureau], name)
    for n, (bureau, name) in enumerate(
        (("县教育局", "第一中学党总支"), ("县教育局", "职业教育中心党总支"), ("县教育局", "特殊教育学校党支部"),
         ("县卫生健康局", "人民医院党委"), ("县卫生健康局", "中医医院党委"), ("县卫生健康局", "疾病预防控制中心党支部"),
         ("县水务局", "引水灌区管理所党支部"), ("县水务局", "河道管理所党支部"), ("县行政审批服务局", "政务服务大厅党支部"),
         ("县供销合作社", "农资公司党支部"), ("县国资监管局", "城建投资公司党支部")), 71,
    )
}  # fmt: skip
"""Units by code: the bureau that they belong to, and their name."""

CONDUCTORS = {name: _CODES[name] for name in ("县教育局", "县卫生健康局", "县水务局", "县行政审批服务局", "县供销合作社", "县国资监管局")}
"""The bureaus that hold talks with the heads of their own units."""

# organizations that are not approved by the county committee: the two below the government are two hops away from a term
_APPROVERS = {"县行政审批服务局": _CODES["县政府"], "县机关事务服务中心": _CODES["县政府"]}

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _credit_code(division: str, number: int) -> str:
    body = f"11{division}{number:09}"
    check = (31 - sum(_CREDIT_ALPHABET.index(char) * 3**place % 31 for place, char in enumerate(body)) % 31) % 31
    return body + _CREDIT_ALPHABET[check]


def _committees(book: Book) -> None:
    book.add("organization", code=PREFECTURE, name="中共泠川市委员会", level="prefecture", kind="local_committee",
             office="市委办公室", division_code="990100", status="active")  # fmt: skip
    for n, (code, name) in enumerate(COUNTIES.items(), 1):
        book.add("organization", code=code, name=f"中共{name}委员会", level="county", kind="local_committee", parent=PREFECTURE,
                 office="县委办公室", division_code=f"9901{20 + n}", status="active")  # fmt: skip


def _townships(book: Book) -> None:
    for n, (code, name) in enumerate(TOWNSHIPS.items(), 1):
        street = name.endswith("街道")
        title = f"中共泠溪县{name}工作委员会" if street else f"中共泠溪县{name}委员会"
        kind = "working_committee" if street else "township_committee"
        book.add("organization", code=code, name=title, level="township", kind=kind, parent=COUNTY, office="党政办公室",
                 division_code=f"990121{n:03}", credit_code=_credit_code("990121", n), status="active")  # fmt: skip


def _bureaus(book: Book) -> None:
    for n, (code, name) in enumerate(BUREAUS.items(), 101):
        body = "党委" if name in _COMMITTEES else "党组"
        kind = "group_nature_committee" if name in _COMMITTEES else "party_group"
        book.add("organization", code=code, name=f"中共泠溪{name}{body}", level="county", kind=kind, parent=COUNTY,
                 approver=_APPROVERS.get(name, COUNTY), office="办公室", credit_code=_credit_code("990121", n),
                 status="active")  # fmt: skip


def _others(book: Book) -> None:
    for code, name, kind in (
        ("0990191", "泠溪县纪委监委", "discipline_body"),
        ("0990192", "泠溪县纪委监委派驻第二纪检监察组", "resident_discipline_team"),
        ("0990193", "中共泠溪县委组织部", "working_organ"),
    ):
        book.add("organization", code=code, name=name, level="county", kind=kind, parent=COUNTY, status="active")
    for code, (bureau, name) in UNITS.items():
        book.add("organization", code=code, name=f"泠溪县{name}", level="other", kind="grassroots", parent=bureau, status="active")


def _slips(book: Book) -> None:
    rows = {row["code"]: row for row in book.rows["organization"]}
    # DQ-5: the letter I typed for a digit, and two digits swapped
    first, second = (str(rows[code]["credit_code"]) for code in ("0990108", "0990145"))
    rows["0990108"]["credit_code"] = first[:-1] + "I"
    rows["0990145"]["credit_code"] = second[:15] + second[16] + second[15] + second[17]
    for code in ("0990108", "0990145"):
        book.plant("DQ-5", code)
    # DQ-6: nobody entered who approved the first, the second is entered as its own approver: neither has a term
    rows[CONDUCTORS["县供销合作社"]]["approver"] = None
    rows[CONDUCTORS["县国资监管局"]]["approver"] = CONDUCTORS["县国资监管局"]
    for name in ("县供销合作社", "县国资监管局"):
        book.plant("DQ-6", CONDUCTORS[name])


def found(book: Book) -> None:
    """Enter all organizations."""
    _committees(book)
    _townships(book)
    _bureaus(book)
    _others(book)
    _slips(book)


def write_terms(book: Book) -> None:
    """The old and the new term of the county's and the prefecture's committee."""
    for organization, number, start, planned, actual in (
        (PREFECTURE, "第六届", date(2021, 9, 18), date(2026, 9, 18), date(2026, 9, 17)),
        (PREFECTURE, "第七届", date(2026, 9, 18), date(2031, 9, 18), None),
        (COUNTY, "第十三届", date(2021, 6, 20), date(2026, 6, 20), date(2026, 6, 18)),
        (COUNTY, "第十四届", NEW_TERM, date(2031, 6, 19), None),
    ):
        book.add("term", organization=organization, number=number, start=start, planned_end=planned, actual_end=actual)


@attrs.frozen
class _Entry:
    start: date = EFFECTIVE
    end: date | None = None


_UNUSUAL_ENTRIES = {
    _CODES["县机关事务服务中心"]: _Entry(end=date(2026, 5, 29)),  # merged into another office
    _CODES["县信访局"]: _Entry(start=date(2026, 7, 1)),  # its party group was set up in the new term
}


def write_rosters(book: Book) -> None:
    """Whose heads each conductor has to talk to."""
    below = [(PREFECTURE, code) for code in COUNTIES]
    below += [(COUNTY, code) for code in (*TOWNSHIPS, *BUREAUS)]
    below += [(bureau, code) for code, (bureau, _) in UNITS.items()]
    for conductor, organization in below:
        entry = _UNUSUAL_ENTRIES.get(organization, _Entry())
        book.add("roster_entry", conductor=conductor, organization=organization, start=entry.start, end=entry.end)
