"""The talks of the sample: regular ones by plan, prompt ones for a circumstance, and what offices enter beside them."""

from __future__ import annotations

from datetime import date

import attrs

from policy_sample.book import Book, Draft
from policy_sample.days import AS_OF, NEW_TERM, after, month_end, spread, workday
from policy_sample.places import BUREAUS, CONDUCTORS, COUNTIES, COUNTY, PREFECTURE, TOWNSHIPS, UNITS

__all__ = ["hold_other_talks", "hold_prompt_talks", "hold_regular_talks", "write_plans"]

STEPS = ("self_report", "problems", "explanation", "demands", "statement")

_UNTALKED_OLD = ("0990114", "0990152", "0990160")
"""05-2-c: on the roster for the whole old term since the regulation, and not talked to."""

_UNTALKED_NEW = ("0990101", "0990139", "0990146", "0990155", "0990158")
"""Still to be talked to in the new term, which has years to run: pending."""


# --- plans


def write_plans(book: Book) -> None:
    """The plans of 2026: most conductors have one in time."""
    for organization, issued, number in (
        (COUNTY, date(2026, 4, 10), "泠委办〔2026〕12号"),
        (PREFECTURE, date(2026, 3, 30), "泠市办〔2026〕9号"),
        (CONDUCTORS["县教育局"], date(2026, 4, 28), "泠教党〔2026〕6号"),
        (CONDUCTORS["县行政审批服务局"], date(2026, 4, 29), "泠审党〔2026〕3号"),
        (CONDUCTORS["县国资监管局"], date(2026, 4, 30), "泠国资党〔2026〕5号"),
        (CONDUCTORS["县水务局"], date(2026, 5, 20), "泠水党〔2026〕4号"),  # 05-2-a: after the last of April
    ):
        considered = "结合县委巡察、审计监督和年度考核情况"
        book.plans[organization] = book.add("plan", conductor=organization, year=2026, issued=issued, document_number=number,
                                            considered=considered)  # fmt: skip
    book.plant("05-2-a", f"{CONDUCTORS['县水务局']},2026", "late")
    for name in ("县卫生健康局", "县供销合作社"):  # 05-2-a: no plan at all
        book.plant("05-2-a", f"{CONDUCTORS[name]},2026")


def _plan_item(book: Book, draft: Draft) -> str | None:
    plan = book.plans.get(str(draft.talk["conductor"]))
    if plan is None:
        return None
    return book.add("plan_item", plan=plan, organization=draft.talk["organization"], talkee=draft.talk["talkee"],
                    talker=draft.talk["talker"], assignee="办公室牵头，组织部门配合", due=month_end(draft.end))  # fmt: skip


# --- a talk in order


def _begin(book: Book, kind: str, conductor: str, organization: str, talker: str, end: date) -> Draft:
    """A talk as it should be, with its steps."""
    two_days = kind == "regular" and conductor == COUNTY and end.toordinal() % 11 == 0
    draft = book.draft(
        kind=kind, nature="supervision", status="completed", conductor=conductor, talker=talker,
        talkee=book.head(organization, end), organization=organization,
        start=workday(after(end, -1), -1) if two_days else end, end=end,
        place="办公楼小会议室" if kind == "regular" else "谈话人办公室", group_size=1,
        organizer="县委办公室" if conductor == COUNTY else "办公室", covers_responsibility=True,
        covers_discipline=book.rng.random() < 0.8,
        classification="work_secret" if book.rng.random() < 0.3 else "internal",
    )  # fmt: skip
    draft.talk["outline_date"] = after(draft.talk["start"], -book.rng.randint(2, 6))
    draft.talk["record_number"] = f"谈〔2026〕{draft.key[1:]}号"
    for position, step in enumerate(STEPS, 1):
        draft.add("talk_step", step=step, position=position, done=True)
    return draft


def _regular(book: Book, conductor: str, organization: str, talker: str, end: date) -> Draft:
    draft = _begin(book, "regular", conductor, organization, talker, end)
    draft.talk["self_check_date"] = after(draft.talk["start"], -book.rng.randint(1, 4))
    draft.talk["plan_item"] = _plan_item(book, draft)
    return draft


def _team_member(book: Book, conductor: str, day: date) -> str:
    """The member whose turn it is on that day; the head takes no turn."""
    team = book.teams[conductor]
    return team[day.toordinal() % len(team)]


# --- regular talks


def _round(book: Book, organizations: list[str], days: list[date], talker: str | None) -> None:
    book.rng.shuffle(organizations)
    for organization, end in zip(organizations, days, strict=True):
        _regular(book, COUNTY, organization, talker or _team_member(book, COUNTY, end), end)


def _county_round(book: Book, first: date, last: date, left_out: tuple[str, ...]) -> None:
    due = [code for code in book.roster(COUNTY, first) if code not in left_out]
    townships = [code for code in due if code in TOWNSHIPS]
    bureaus = [code for code in due if code in BUREAUS]
    _round(book, townships, spread(first, last, len(townships)), book.head(COUNTY, first))
    days = spread(first, last, len(bureaus))
    days[4] = days[3]  # 07-1-d: two heads in one sitting, with one talker in one place
    for draft_number in (3, 4):
        book.plant("07-1-d", f"T{len(book.drafts) + draft_number + 1:03}")
    _round(book, bureaus, days, None)


def _unit_talks(book: Book) -> None:
    for number, (unit, (bureau, _)) in enumerate(UNITS.items()):
        if number == 5:  # 05-2-c: a unit that its bureau never talked to in the old term
            continue
        end = workday(date(2026, 2, 25 - number) if number % 2 else after(date(2026, 3, 2), 9 * number))
        _regular(book, bureau, unit, book.head(bureau, end), end)
    for number, unit in enumerate(list(UNITS)[:4]):
        bureau = UNITS[unit][0]
        end = workday(after(date(2026, 7, 6), 21 * number))
        draft = _regular(book, bureau, unit, book.teams[bureau][-1], end)
        if bureau == CONDUCTORS["县卫生健康局"]:  # the talker's first day in post is not entered
            book.plant("07-1-a", draft.key, "unknown")


def _plant_untalked(book: Book) -> None:
    term = next(str(row["id"]) for row in book.rows["term"] if row["organization"] == COUNTY)
    entries = {row["organization"]: row["id"] for row in book.rows["roster_entry"]}
    for organization in (*_UNTALKED_OLD, list(UNITS)[5]):
        book.plant("05-2-c", f"{term},{entries[organization]}")


def hold_regular_talks(book: Book) -> None:
    """The rounds of the old and the new term; then items that are planned and not yet, or never, carried out."""
    for code, day in zip(COUNTIES, (date(2026, 3, 24), date(2026, 4, 14), date(2026, 2, 5), date(2026, 2, 10)), strict=True):
        _regular(book, PREFECTURE, code, book.head(PREFECTURE, day), day)
    _county_round(book, date(2026, 2, 3), date(2026, 6, 12), _UNTALKED_OLD)
    _unit_talks(book)
    _county_round(book, date(2026, 7, 2), date(2026, 11, 20), _UNTALKED_NEW)
    _plant_untalked(book)
    _unfinished_items(book)


def _unfinished_items(book: Book) -> None:
    item = {"plan": book.plans[COUNTY], "assignee": "办公室牵头，组织部门配合"}
    for organization, due, status in (
        ("0990114", date(2026, 5, 29), "violated"),  # 05-2-d: never held
        ("0990152", date(2026, 6, 12), "violated"),  # 05-2-d
        ("0990101", date(2026, 11, 27), "due_soon"),
        ("0990139", date(2026, 12, 18), "pending"),
        ("0990146", date(2026, 12, 25), "pending"),
    ):
        key = book.add("plan_item", **item, organization=organization, talkee=book.head(organization, AS_OF), due=due)
        book.plant("05-2-d", key, status)
    for organization, assignee, due in (
        ("0990155", None, date(2026, 12, 11)),  # 05-2-b: nobody is to do it
        ("0990158", "办公室", None),  # 05-2-b: no day
        ("0990160", "办公室", date(2027, 1, 15)),  # 05-2-b: a day of another year
    ):
        key = book.add("plan_item", plan=book.plans[COUNTY], organization=organization, assignee=assignee, due=due)
        book.plant("05-2-b", key)


# --- prompt talks


@attrs.frozen
class _Trigger:
    """A circumstance known on a day; the talk followed after `delay` days (None: it has not)."""

    day: date | None
    code: str
    delay: int | None
    decision: str = "talk_required"
    explanation: str | None = None
    status: str | None = None
    """What 05-3-a says of it where that is no plain `satisfied`."""


_TRIGGERS = (
    _Trigger(date(2026, 1, 12), "assessment", 29),  # before the regulation: no duty
    _Trigger(date(2026, 2, 6), "petitions", 18),
    _Trigger(date(2026, 2, 27), "criticised", 12),
    _Trigger(date(2026, 3, 4), "major_case", 9),
    _Trigger(date(2026, 3, 11), "petitions", 51, status="late"),  # 05-3-a: after 51 days
    _Trigger(date(2026, 3, 18), "personal", 7),
    _Trigger(date(2026, 3, 30), "assessment", 16),
    _Trigger(date(2026, 4, 8), "other", 14, explanation="群众评议反映集中"),
    _Trigger(date(2026, 4, 15), "criticised", None, status="violated"),  # 05-3-a, 05-3-c: never
    _Trigger(date(2026, 4, 22), "petitions", None, decision="not_required"),
    _Trigger(date(2026, 5, 7), "other", 20),  # 05-3-d: what it was is not said
    _Trigger(date(2026, 5, 14), "assessment", 11),
    _Trigger(date(2026, 5, 25), "personal", 44, status="late"),  # 05-3-a
    _Trigger(date(2026, 6, 3), "petitions", 15),
    _Trigger(date(2026, 6, 10), "criticised", 22),
    _Trigger(date(2026, 6, 24), "major_case", 7),
    _Trigger(date(2026, 7, 1), "petitions", None, status="violated"),  # 05-3-a, 05-3-c: never
    _Trigger(date(2026, 7, 9), "assessment", 19),
    _Trigger(date(2026, 7, 22), "other", 13),  # 05-3-d
    _Trigger(date(2026, 8, 5), "personal", 10),
    _Trigger(date(2026, 8, 19), "petitions", None, decision="undecided"),
    _Trigger(date(2026, 9, 2), "criticised", 23),
    _Trigger(date(2026, 9, 16), "petitions", 14),
    _Trigger(date(2026, 9, 29), "assessment", 20),
    _Trigger(None, "petitions", 12, status="unknown"),  # no day is entered
    _Trigger(date(2026, 10, 14), "personal", 9),
    _Trigger(date(2026, 10, 26), "petitions", None, status="due_soon"),
    _Trigger(date(2026, 11, 9), "criticised", None, status="pending"),
    _Trigger(date(2026, 11, 16), "assessment", None, status="pending"),
)


def _circumstance(book: Book, trigger: _Trigger, organization: str) -> str:
    key = book.add("circumstance", organization=organization, code=trigger.code, decision=trigger.decision,
                   person=book.head(organization, trigger.day or AS_OF) if trigger.code == "personal" else None,
                   known=trigger.day, confirmed=trigger.day if book.rng.random() < 0.5 else None,
                   explanation=trigger.explanation)  # fmt: skip
    if trigger.status:
        book.plant("05-3-a", key, trigger.status)
    if trigger.status in ("violated", "unknown"):
        book.plant("05-3-c", key, trigger.status)
    if trigger.code == "other" and trigger.explanation is None:
        book.plant("05-3-d", key)
    return key


def _prompt(book: Book, organization: str, end: date) -> Draft:
    return _begin(book, "prompt", COUNTY, organization, _team_member(book, COUNTY, end), end)


def hold_prompt_talks(book: Book) -> None:
    """The circumstances of the year, most of them with a talk in time."""
    everyone = book.roster(COUNTY, NEW_TERM)
    book.rng.shuffle(everyone)
    for trigger, organization in zip(_TRIGGERS, everyone, strict=False):
        circumstance = _circumstance(book, trigger, organization)
        end = workday(after(trigger.day or date(2026, 9, 30), trigger.delay or 0))
        if trigger.delay is not None and end <= AS_OF:
            _prompt(book, organization, end).add("talk_circumstance", circumstance=circumstance)
    for day in (date(2026, 4, 27), date(2026, 8, 12)):  # 05-3-b: nobody wrote for which circumstance
        book.plant("05-3-b", _prompt(book, everyone.pop(), day).key)
    stray = _prompt(book, everyone.pop(), date(2026, 10, 21))  # a circumstance that the list has not: a dangling reference
    stray.add("talk_circumstance", circumstance="QX999")


# --- talks that are none, or not yet


def _copy(book: Book, draft: Draft, **changes: object) -> Draft:
    """A talk like another, without what followed."""
    return book.draft(**{**draft.talk, "id": book.next_key("talk"), "plan_item": None, **changes})


def _other_natures(book: Book, like: list[Draft]) -> None:
    for draft, nature in zip(like, ("appointment", "admonition", "clue", "appointment", "other", "admonition"), strict=False):
        end = workday(after(draft.end, 15))
        _copy(book, draft, nature=nature, start=end, end=end)
    for draft in like[-2:]:  # 02-3-a: talks under other rules, booked as if they were supervision
        end = workday(after(draft.end, 20))
        booked = _copy(book, draft, nature="admonition", start=end, end=end, plan_item=draft.talk["plan_item"])
        book.plant("02-3-a", booked.key)


def _not_held(book: Book, like: list[Draft]) -> None:
    blank = {"start": None, "end": None, "outline_date": None, "self_check_date": None, "record_number": None, "group_size": None}
    for draft, status in zip(like, ("planned", "planned", "cancelled", "planned"), strict=False):
        _copy(book, draft, status=status, **blank)


def _before_the_regulation(book: Book, like: list[Draft]) -> None:
    for draft, day in zip(like, (date(2026, 1, 8), date(2026, 1, 14), date(2026, 1, 22)), strict=False):
        talkee = book.head(str(draft.talk["organization"]), day)
        _copy(book, draft, start=day, end=day, outline_date=None, self_check_date=None, talkee=talkee)


def _wrong_talkees(book: Book) -> None:
    deputies = [row for row in book.rows["appointment"] if row["organization"] in TOWNSHIPS and row["post"] == "deputy_secretary"]
    for row, day in zip(deputies, (date(2026, 3, 26), date(2026, 5, 22)), strict=True):  # 02-1-b: the deputy came instead
        draft = _regular(book, COUNTY, str(row["organization"]), book.head(COUNTY, day), day)
        draft.talk["talkee"] = row["person"]
        book.plant("02-1-b", draft.key)


def hold_other_talks(book: Book) -> None:
    """Talks of other natures, planned and cancelled ones, some before the regulation, and two with the wrong person."""
    regular = [draft for draft in book.drafts if draft.talk["conductor"] == COUNTY and draft.talk["kind"] == "regular"]
    _wrong_talkees(book)
    _other_natures(book, regular[20:26])
    _not_held(book, regular[30:34])
    _before_the_regulation(book, regular[40:43])
