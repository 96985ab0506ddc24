"""The documents around the talks: yearly reports, oversight, who knew what, findings and waivers."""

from __future__ import annotations

from datetime import date

from policy_sample.aftermath import is_judged
from policy_sample.book import Book, Draft
from policy_sample.days import AS_OF, SPRING, after
from policy_sample.places import CONDUCTORS, COUNTY, PREFECTURE

__all__ = ["write_access", "write_annual_documents", "write_findings", "write_oversight"]

_DULL = ("县教育局", "县卫生健康局")  # whose paper work is not what it should be

_LAST_REVIEW = date(2026, 11, 6)
"""When the office last looked through the records of all talks held so far."""


def write_annual_documents(book: Book) -> None:
    """Responsibility lists and yearly arrangements of 2026, reports about 2025 and 2026, half-year reports of some."""
    for organization in (PREFECTURE, COUNTY, *CONDUCTORS.values()):
        head = book.head(organization, date(2026, 1, 20))
        for kind, year, day in (
            ("responsibility_list", 2026, date(2026, 2, 26)),
            ("annual_arrangement", 2026, date(2026, 3, 12)),
            ("responsibility_report", 2025, date(2026, 1, 15)),
            ("secretary_debrief", 2025, date(2026, 1, 22)),
        ):
            person = head if kind == "secretary_debrief" else None
            book.add("annual_document", organization=organization, person=person, kind=kind, year=year, date=day,
                     includes_talks=True)  # fmt: skip
    _omit_talks(book)
    _miscount(book)
    _report_on_the_year(book)


def _omit_talks(book: Book) -> None:
    """13-1-a: two documents of 2026 that say nothing of talks, and one of which nobody noted whether it does."""
    rows = [row for row in book.rows["annual_document"] if row["year"] == 2026]
    dull = [row for row in rows if row["organization"] in {CONDUCTORS[name] for name in _DULL}]
    for row in (dull[0], dull[3]):
        row["includes_talks"] = False
        book.plant("13-1-a", str(row["id"]))
    unsaid = next(row for row in rows if row["organization"] == CONDUCTORS["县水务局"])
    unsaid["includes_talks"] = None
    book.plant("13-1-a", str(unsaid["id"]), "unknown")


def _miscount(book: Book) -> None:
    for name, day in (("县教育局", date(2026, 7, 3)), ("县水务局", date(2026, 7, 10))):  # 13-2-c: half-year reports with other counts
        key = book.add("annual_document", organization=CONDUCTORS[name], kind="responsibility_report", year=2026, date=day,
                       includes_talks=True, regular_count=11, prompt_count=2)  # fmt: skip
        book.plant("13-2-c", key)


_SILENT = {
    ("responsibility_report", "县供销合作社"): "13-2-a", ("responsibility_report", "县卫生健康局"): "13-2-a",
    ("secretary_debrief", "县水务局"): "13-2-b", ("secretary_debrief", "县卫生健康局"): "13-2-b",
}  # fmt: skip
"""Documents about 2026 that say nothing of talks, and the rules that ask for it."""


def _report_on_the_year(book: Book) -> None:
    """What is reported about 2026 early in 2027, which nobody sees before."""
    silent = {(kind, CONDUCTORS[name]): rule for (kind, name), rule in _SILENT.items()}
    for kind, day in (("responsibility_report", date(2027, 1, 18)), ("secretary_debrief", date(2027, 2, 24))):
        for organization in (PREFECTURE, COUNTY, *CONDUCTORS.values()):
            rule = silent.get((kind, organization))
            person = book.head(organization, day) if kind == "secretary_debrief" else None
            book.add("annual_document", organization=organization, person=person, kind=kind, year=2026, date=day,
                     includes_talks=rule is None)  # fmt: skip
            if rule:
                book.plant(rule, f"{organization},2026", as_of=SPRING)


def write_oversight(book: Book) -> None:
    """Assessments, inspections and tours: two that left talks out, two that found problems and left it at that."""
    for inspector, organization, kind, day, covers, found, followed, status in (
        (PREFECTURE, COUNTY, "assessment", date(2026, 2, 11), True, 0, None, None),
        (COUNTY, CONDUCTORS["县教育局"], "assessment", date(2026, 3, 3), True, 1, True, None),
        (COUNTY, CONDUCTORS["县水务局"], "assessment", date(2026, 3, 5), False, 0, None, "violated"),  # 14-1-a
        (COUNTY, CONDUCTORS["县国资监管局"], "assessment", date(2026, 3, 6), False, 0, None, "violated"),  # 14-1-a
        (COUNTY, CONDUCTORS["县卫生健康局"], "assessment", date(2026, 3, 9), None, 0, None, "unknown"),
        (COUNTY, CONDUCTORS["县教育局"], "inspection", date(2026, 5, 12), True, 2, True, None),
        (COUNTY, CONDUCTORS["县卫生健康局"], "inspection", date(2026, 5, 13), True, 3, False, "violated"),  # 15-1-a
        (COUNTY, CONDUCTORS["县供销合作社"], "tour", date(2026, 6, 8), True, 4, False, "violated"),  # 15-1-a
        (PREFECTURE, COUNTY, "tour", date(2026, 9, 14), True, 2, True, None),
        (COUNTY, CONDUCTORS["县水务局"], "inspection", date(2026, 9, 22), True, 1, None, "unknown"),
        (PREFECTURE, COUNTY, "daily", date(2026, 10, 20), None, None, None, None),
    ):
        key = book.add("oversight", inspector=inspector, organization=organization, kind=kind, date=day, covers_talks=covers,
                       problems_found=found, followed_up=followed)  # fmt: skip
        if status:
            book.plant("14-1-a" if kind == "assessment" else "15-1-a", key, status)


def _judged(book: Book) -> list[Draft]:
    return [draft for draft in book.drafts if draft.talk["end"] and is_judged(draft)]


def write_access(book: Book) -> None:
    """Who came to know of a talk; two who should not have, one of whom nobody said whether, one long ago."""
    readers = book.teams[COUNTY]
    for number, draft in enumerate(_judged(book)[::6]):
        cleared = {4: False, 9: False, 13: None}.get(number, True)  # 16-1-b
        reader, day = readers[number % len(readers)], min(after(draft.end, 3), AS_OF)
        key = book.add("access", talk=draft.key, person=reader, date=day, cleared=cleared)
        if cleared is not True:
            book.plant("16-1-b", key, "violated" if cleared is False else "unknown")
    earlier = next(draft for draft in book.drafts if draft.talk["end"] and not is_judged(draft) and draft.end.month == 1)
    book.add("access", talk=earlier.key, person=readers[0], date=date(2026, 1, 20), cleared=False)  # before the regulation


def write_findings(book: Book) -> None:
    """What people found of talks that no data can judge, and what they decided not to pursue."""
    for number, draft in enumerate(_judged(book)):
        _write_finding(book, number, draft)
    _write_waivers(book)


def _write_finding(book: Book, number: int, draft: Draft) -> None:
    finding = {"rule": "JDTH-08-1-b", "by": "县委办公室", "subject": draft.key}
    if draft.end > _LAST_REVIEW:
        book.plant("08-1-b", draft.key, "attest")
    elif number == 60:  # this one was looked at early, for a time that is over
        book.add("attestation", **finding, conclusion=True, date=draft.end, valid_until=after(_LAST_REVIEW, -1))
        book.plant("08-1-b", draft.key, "attest")
    else:
        conclusion = number not in (11, 37)  # 08-1-b: found to be talk without a point
        book.add("attestation", **finding, conclusion=conclusion, date=_LAST_REVIEW, basis="逐次查看谈话记录")
        book.plant("08-1-b", draft.key, "satisfied" if conclusion else "violated")


def _broken(book: Book, rule: str, status: str = "violated") -> list[str]:
    return [planted.subject for planted in book.planted if planted.rule == rule and planted.status == status]


def _write_waivers(book: Book) -> None:
    waived = _broken(book, "JDTH-11-2-a")[-1]
    book.planted = [planted for planted in book.planted if (planted.rule, planted.subject) != ("JDTH-11-2-a", waived)]
    book.plant("11-2-a", waived, "excused")
    for rule, subject, reason, approver, day, until in (
        ("JDTH-11-2-a", waived, "被谈话人因病住院，经批准顺延", "县委办公室", date(2026, 8, 3), None),
        ("JDTH-09-1-b", _broken(book, "JDTH-09-1-b")[0], "当时在外地培训", "县委办公室", date(2026, 4, 1), date(2026, 6, 30)),  # lapsed
        ("JDTH-11-1-a", "T998", "谈话编号写错", "县委办公室", date(2026, 7, 6), None),  # matches nothing
        ("JDTH-11-1-a", _broken(book, "JDTH-11-1-a")[0], "工作忙", None, date(2026, 7, 6), None),  # refused: nobody approved it
    ):
        book.add("waiver", rule=rule, subject=subject, reason=reason, approver=approver, date=day, valid_until=until)
