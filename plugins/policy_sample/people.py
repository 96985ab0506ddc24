"""The people of the sample and the posts they hold. All names are drawn by chance; two persons share one."""

from __future__ import annotations

from datetime import date

from policy_sample.book import Book, Tenure
from policy_sample.days import EFFECTIVE
from policy_sample.places import BUREAUS, CONDUCTORS, COUNTIES, COUNTY, PREFECTURE, TOWNSHIPS, UNITS

__all__ = ["fill_posts"]

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
_COMPOUND = ("欧阳", "上官", "诸葛", "司徒")
_GIVEN = (
    "伟", "静", "志远", "文博", "晓燕", "建平", "海峰", "雨桐", "国栋", "丽华", "子涵", "明哲", "春梅", "思源", "振华", "佳宁",
    "永康", "秀兰", "俊杰", "雪莹", "德胜", "婉清", "立新", "嘉树", "向东", "若溪", "云飞", "慧敏", "长青", "一鸣",
)  # fmt: skip

_TEAM = (
    ("县委副书记、县长", "deputy_secretary"), ("县委副书记", "deputy_secretary"), ("县委常委、县纪委书记", "discipline_secretary"),
    ("县委常委、组织部部长", "standing_member"), ("县委常委、宣传部部长", "standing_member"), ("县委常委、政法委书记", "standing_member"),
    ("县委常委、统战部部长", "standing_member"), ("县委常委、常务副县长", "standing_member"), ("县委常委、县委办公室主任", "standing_member"),
)  # fmt: skip

_REPLACED = {"0990103": date(2026, 8, 1), "0990136": date(2026, 4, 1), "0990149": date(2026, 9, 7)}
"""Organizations whose head changed, with the new head's first day."""

_OVERLAPS = {"0990107": date(2026, 3, 16), "0990141": date(2026, 5, 11)}
"""DQ-3: organizations whose former secretary was entered as leaving some days after the new one had come."""

_ACTING = {"0990112": ("acting_secretary", "代书记"), "0990138": ("presiding_deputy", "副书记（主持工作）")}


def _new_person(book: Book) -> str:
    names = {row["name"] for row in book.rows["person"]}
    if len(book.rows["person"]) == 60:  # one name for two persons
        return book.add("person", name=book.rows["person"][7]["name"])
    while True:
        surname = book.rng.choice(_COMPOUND) if book.rng.random() < 0.03 else book.rng.choice(_SURNAMES)
        name = surname + book.rng.choice(_GIVEN)
        if name not in names:
            return book.add("person", name=name)


def _appoint(book: Book, person: str, organization: str, title: str, post: str, start: date, end: date | None = None) -> None:
    head = post in ("secretary", "acting_secretary", "presiding_deputy")
    book.add("appointment", person=person, organization=organization, title=title, post=post, is_head=head, is_team_member=True,
             start=start, end=end)  # fmt: skip
    if head:
        book.heads[organization].append(Tenure(person, start, end))


def _some_day(book: Book, first: int = 2021, last: int = 2024) -> date:
    return date(book.rng.randint(first, last), book.rng.randint(1, 12), book.rng.randint(1, 28))


def _fill_prefecture(book: Book) -> None:
    _appoint(book, _new_person(book), PREFECTURE, "市委书记", "secretary", date(2022, 3, 8))
    for code, name in list(COUNTIES.items())[1:]:
        _appoint(book, _new_person(book), code, f"{name[:-1]}县委书记", "secretary", _some_day(book))


def _replace_neighbours(book: Book) -> None:
    # 05-2-e: the former secretaries of two counties were talked to in time, the new ones, in post for seven months, never
    for code in list(COUNTIES)[2:]:
        former = book.heads[code].pop()
        leaving = date(2026, 2, 12)
        book.heads[code].append(Tenure(former.person, former.start, leaving))
        next(row for row in book.rows["appointment"] if row["organization"] == code)["end"] = leaving
        _appoint(book, _new_person(book), code, "县委书记", "secretary", date(2026, 2, 13))
        term = next(row["id"] for row in book.rows["term"] if row["organization"] == PREFECTURE)
        entry = next(row["id"] for row in book.rows["roster_entry"] if row["organization"] == code)
        book.plant("05-2-e", f"{term},{entry}")


def _fill_county(book: Book) -> None:
    _appoint(book, _new_person(book), COUNTY, "县委书记", "secretary", date(2023, 4, 11))
    for title, post in _TEAM:
        person = _new_person(book)
        _appoint(book, person, COUNTY, title, post, _some_day(book))
        book.teams[COUNTY].append(person)


def _title(organization: str) -> str:
    if organization in TOWNSHIPS:
        return "党工委书记" if TOWNSHIPS[organization].endswith("街道") else "党委书记"
    if organization in UNITS:
        return "书记"
    return "党组书记"


def _fill_head(book: Book, organization: str) -> None:
    start = _some_day(book)
    post, title = _ACTING.get(organization, ("secretary", _title(organization)))
    change = _REPLACED.get(organization) or _OVERLAPS.get(organization)
    if change is None:
        person = book.teams[COUNTY][0] if BUREAUS.get(organization) == "县政府" else _new_person(book)
        _appoint(book, person, organization, title, post, start)
        return
    overlapping = organization in _OVERLAPS
    _appoint(book, _new_person(book), organization, title, post, start, change.replace(day=change.day + 9) if overlapping
             else date.fromordinal(change.toordinal() - 1))  # fmt: skip
    _appoint(book, _new_person(book), organization, title, post, change)
    if overlapping:
        former, new = (row["id"] for row in book.rows["appointment"] if row["organization"] == organization)
        book.plant("DQ-3", f"{former},{new}")


def _fill_deputies(book: Book) -> None:
    for organization in CONDUCTORS.values():
        for title in ("党组成员、副局长", "党组成员、办公室主任"):
            person = _new_person(book)
            _appoint(book, person, organization, title, "group_member", _some_day(book))
            book.teams[organization].append(person)
    for organization in ("0990104", "0990109"):
        _appoint(book, _new_person(book), organization, "党委副书记", "deputy_secretary", _some_day(book))


def _leave_gaps(book: Book) -> None:
    # nobody entered since when this group member is in post: whether he could be a talker is unknown
    person = book.teams[CONDUCTORS["县卫生健康局"]][1]
    next(row for row in book.rows["appointment"] if row["person"] == person)["start"] = None
    # a person that the list of persons has not: a dangling reference
    book.add("appointment", person="P999", organization="0990193", title="干部", post="other", is_head=False, is_team_member=False,
             start=EFFECTIVE)  # fmt: skip


def fill_posts(book: Book) -> None:
    """Appoint heads, teams and deputies; rosters and terms must have been written."""
    _fill_prefecture(book)
    _fill_county(book)
    for organization in (*TOWNSHIPS, *BUREAUS, *UNITS):
        _fill_head(book, organization)
    _replace_neighbours(book)
    _fill_deputies(book)
    _leave_gaps(book)
