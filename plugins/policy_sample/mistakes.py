"""The mistakes in the sample's talks: one story per talk, each flaw with the rule of the pack that it breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs

from policy_sample.aftermath import is_judged
from policy_sample.book import Book, Draft
from policy_sample.days import AS_OF, after
from policy_sample.places import BUREAUS, CONDUCTORS, COUNTIES, COUNTY, TOWNSHIPS, UNITS

__all__ = ["STORIES", "Flaw", "Story", "note_what_follows", "tell_stories"]

Change = Callable[[Draft, Book], None]


# --- changes


def _enter(**values: object) -> Change:
    """Other values in the talk itself."""
    return lambda draft, book: draft.talk.update(values)


def _lose(entity: str, **which: object) -> Change:
    """Children of the talk that were never entered."""

    def change(draft: Draft, book: Book) -> None:
        lost = draft.find(entity, **which)
        draft.rows[entity] = [row for row in draft.rows[entity] if row not in lost]

    return change


def _alter(entity: str, which: dict[str, object], **values: object) -> Change:
    """Other values in children of the talk."""

    def change(draft: Draft, book: Book) -> None:
        for row in draft.find(entity, **which):
            row.update(values)

    return change


def _move(entity: str, field: str, days: int, **which: object) -> Change:
    """A child's day becomes that many days after the talk."""
    return lambda draft, book: _alter(entity, which, **{field: after(draft.end, days)})(draft, book)


def _shift(field: str, days: int) -> Change:
    """A day of the talk itself becomes that many days after its start."""
    return lambda draft, book: draft.talk.update({field: after(draft.talk["start"], days)})


def _both(first: Change, second: Change) -> Change:
    """One change after the other."""

    def change(draft: Draft, book: Book) -> None:
        first(draft, book)
        second(draft, book)

    return change


def _keep_one_problem(draft: Draft, book: Book) -> None:
    """Every talk has a problem of this category, so that what becomes of its problems is one finding in every county."""
    draft.talk["covers_discipline"] = False
    for entity in ("problem", "measure"):
        _lose(entity, category="self_discipline")(draft, book)


def _name_no_problem(draft: Draft, book: Book) -> None:
    _lose("problem")(draft, book)
    _alter("measure", {}, problem=None)(draft, book)


def _swap_steps(draft: Draft, book: Book) -> None:
    first, second = draft.rows["talk_step"][1:3]
    first["position"], second["position"] = second["position"], first["position"]


def _give_to(who: Callable[[Draft, Book], object]) -> Change:
    """Another talker."""
    return lambda draft, book: draft.talk.update(talker=who(draft, book))


def _enter_twice(draft: Draft, book: Book) -> None:
    twin = book.draft(**{**draft.talk, "id": book.next_key("talk"), "record_number": None, "place": None})
    for entity, rows in draft.rows.items():
        for row in rows:
            twin.add(entity, **{name: value for name, value in row.items() if name not in ("id", "talk")})
    for measure, problem in zip(twin.rows["measure"], twin.rows["problem"], strict=False):
        measure["problem"] = problem["id"]


# --- flaws and stories


@attrs.frozen
class Flaw:
    """A change and what the rule then says; `subject` is written with the talk's key."""

    rule: str
    change: Change
    status: str = "violated"
    subject: str = "{talk}"


@attrs.frozen
class Story:
    """Flaws that came together in a talk; `tags` say what kind of talk it can be."""

    title: str
    tags: str
    flaws: tuple[Flaw, ...]


_REFLECTION = {"kind": "reflection_and_measures"}
_RESULT = {"kind": "rectification"}
_SUPERVISOR = {"recipient_kind": "discipline_body"}
_PERSONNEL = {"recipient_kind": "organization_department"}

_RECTIFICATION = ("JDTH-11-1-a", "JDTH-11-1-b", "JDTH-11-2-a")

STORIES = (
    # 17-1-a: three duties that the health bureau, as the one that holds the talk, has broken
    Story("卫生健康局的谈话走过场", "regular closed health", (
        Flaw("07-1-b", _enter(group_size=3)),
        Flaw("10-1-a", _lose("talk_step", step="statement"), subject="{talk},statement"),
        Flaw("12-1-d", _lose("copy", recipient_kind="resident_discipline_team")),
    )),
    # who talked to whom, and how
    Story("县委办工作人员代谈", "regular closed bureau", (
        Flaw("07-1-a", _give_to(lambda draft, book: book.head("0990131", draft.end))),
        Flaw("06-1-a", _enter(organizer=None)),
    )),
    Story("由镇党委书记谈局党组书记", "regular closed bureau", (
        Flaw("07-1-a", _give_to(lambda draft, book: book.head("0990102", draft.end))),
    )),
    Story("副书记代县委书记谈乡镇书记", "regular closed township", (
        Flaw("07-1-c", _give_to(lambda draft, book: book.teams[COUNTY][1])),
    )),
    Story("组织部长代县委书记谈街道书记", "regular closed township", (
        Flaw("07-1-c", _give_to(lambda draft, book: book.teams[COUNTY][3])),
        Flaw("09-1-a", _enter(outline_date=None)),
    )),
    Story("新届期仍由副书记代谈", "regular open township", (
        Flaw("07-1-c", _give_to(lambda draft, book: book.teams[COUNTY][1])),
    )),
    Story("两人一起谈", "regular closed bureau", (Flaw("07-1-b", _enter(group_size=2)),)),
    Story("座谈会代替个别谈话", "regular closed bureau", (
        Flaw("07-1-b", _enter(group_size=6)),
        Flaw("08-1-a", _name_no_problem),
        Flaw("02-1-c", _enter(covers_responsibility=False, covers_discipline=False)),
    )),
    Story("谈话人填成被谈话人", "prompt closed", (
        Flaw("DQ-2", _give_to(lambda draft, book: draft.talk["talkee"])),
        Flaw("07-1-a", _give_to(lambda draft, book: draft.talk["talkee"])),
    )),
    Story("谈话人填成被谈话人", "regular closed education", (
        Flaw("DQ-2", _give_to(lambda draft, book: draft.talk["talkee"])),
        Flaw("07-1-a", _give_to(lambda draft, book: draft.talk["talkee"])),
    )),
    Story("同一谈话录入两次", "regular closed bureau", (Flaw("DQ-4", _enter_twice, subject=""),)),
    Story("同一谈话录入两次", "prompt closed", (Flaw("DQ-4", _enter_twice, subject=""),)),
    # before the talk
    Story("没有自查", "regular closed township", (Flaw("09-1-b", _enter(self_check_date=None)),)),
    Story("没有自查，也没有提纲", "regular closed bureau", (
        Flaw("09-1-b", _enter(self_check_date=None)),
        Flaw("09-1-a", _enter(outline_date=None)),
    )),
    Story("谈后补自查", "regular closed bureau", (
        Flaw("09-1-b", _shift("self_check_date", 6)),
        Flaw("DQ-1", _shift("self_check_date", 6)),
    )),
    Story("及时谈话没有提纲", "prompt closed", (Flaw("09-2-a", _enter(outline_date=None)),)),
    Story("及时谈话提纲晚于谈话", "prompt open", (Flaw("09-2-a", _shift("outline_date", 2)),)),
    # the talk
    Story("少了说明环节", "regular closed bureau", (
        Flaw("10-1-a", _lose("talk_step", step="explanation"), subject="{talk},explanation"),
        Flaw("08-1-a", _name_no_problem),
    )),
    Story("没有表态发言", "regular closed township", (
        Flaw("10-1-a", _alter("talk_step", {"step": "statement"}, done=False), subject="{talk},statement"),
        Flaw("02-1-c", _enter(covers_responsibility=False, covers_discipline=False)),
    )),
    Story("次序颠倒", "regular closed bureau", (Flaw("10-1-b", _swap_steps),)),
    Story("次序颠倒，组织单位漏填", "regular open bureau", (Flaw("10-1-b", _swap_steps), Flaw("06-1-a", _enter(organizer=None)))),
    Story("及时谈话没有记录", "prompt closed", (
        Flaw("10-2-b", _enter(record_number=None)),
        Flaw("12-1-a", _lose("archive", material="record")),
    )),
    Story("及时谈话没有记录，也没提整改要求", "prompt open", (
        Flaw("10-2-b", _enter(record_number=None)),
        Flaw("12-1-a", _lose("archive", material="record")),
        Flaw("10-2-a", _lose("talk_step", step="demands"), subject="{talk},demands"),
    )),
    Story("及时谈话未作表态", "prompt closed", (
        Flaw("10-2-a", _alter("talk_step", {"step": "statement"}, done=False), subject="{talk},statement"),
    )),
    # the month after
    Story("一个月内没有报告", "regular closed township", (Flaw("11-1-a", _lose("report", **_REFLECTION)),)),
    Story("报告、措施都没有", "regular closed bureau", (
        Flaw("11-1-a", _lose("report", **_REFLECTION)),
        Flaw("11-1-b", _lose("measure")),
        Flaw("11-1-e", _keep_one_problem, subject="{talk}-P1"),
        Flaw("11-2-a", _lose("report", **_RESULT)),
    )),
    Story("报告晚了半个月", "regular closed bureau", (
        Flaw("11-1-a", _move("report", "date", 47, **_REFLECTION), "late"),
        Flaw("12-1-a", _move("archive", "date", 52, material="record"), "late"),
    )),
    Story("报告晚了几天，报给了上级", "prompt closed", (
        Flaw("11-1-a", _move("report", "date", 39, **_REFLECTION), "late"),
        Flaw("11-1-d", _alter("report", _REFLECTION, recipient="0990000"), subject="{talk}-R1"),
    )),
    Story("报给了本单位", "regular closed bureau", (
        Flaw("11-1-d", _alter("report", _RESULT, recipient="0990131"), subject="{talk}-R2"),
    )),
    Story("措施晚了", "regular closed township", (
        Flaw("11-1-b", _move("measure", "proposed", 45), "late"),
        Flaw("11-1-e", _keep_one_problem, "late", "{talk}-P1"),
    )),
    Story("措施一直没提", "prompt closed", (
        Flaw("11-1-b", _lose("measure")),
        Flaw("11-1-e", _keep_one_problem, subject="{talk}-P1"),
    )),
    Story("措施没有通报班子", "regular closed bureau", (
        Flaw("11-1-c", _lose("notification")),
        Flaw("11-1-f", _lose("notification")),
    )),
    Story("没有通报全", "regular closed township", (
        Flaw("11-1-c", _alter("notification", {}, expected=9, reached=5)),
        Flaw("11-1-f", _alter("notification", {}, expected=9, reached=5)),
    )),
    Story("通报晚了", "regular closed bureau", (Flaw("11-1-c", _move("notification", "date", 62), "late"),)),
    Story("有问题没有对应措施", "regular closed bureau", (
        Flaw("11-1-e", _alter("measure", {"category": "first_responsibility"}, problem=None), subject="{talk}-P1"),
    )),
    Story("有问题没有对应措施", "regular closed township", (
        Flaw("11-1-e", _alter("measure", {"category": "first_responsibility"}, problem="T999-P1"), subject="{talk}-P1"),
    )),
    # the three months after, and the files
    Story("整改情况没有报告", "regular closed township", (Flaw("11-2-a", _lose("report", **_RESULT)),)),
    Story("整改情况晚了两周", "regular closed bureau", (Flaw("11-2-a", _move("report", "date", 106, **_RESULT), "late"),)),
    Story("措施、整改情况没有归档", "regular closed township", (
        Flaw("12-1-b", _lose("archive", material="measures")),
        Flaw("12-1-c", _lose("archive", material="rectification")),
    )),
    Story("整改材料没有归档，密级漏填", "regular closed bureau", (
        Flaw("12-1-b", _lose("archive", material="measures")),
        Flaw("12-1-c", _lose("archive", material="rectification")),
        Flaw("16-1-a", _enter(classification=None)),
    )),
    Story("没有抄送", "regular closed bureau", (Flaw("12-1-d", _lose("copy", **_SUPERVISOR)), Flaw("12-1-e", _lose("copy")))),
    Story("只抄送了其他单位", "regular closed township", (
        Flaw("12-1-d", _alter("copy", _SUPERVISOR, recipient_kind="other")),
        Flaw("12-1-e", _lose("copy", **_PERSONNEL)),
    )),
    Story("局里的谈话抄给了县纪委", "regular closed water", (
        Flaw("12-1-d", _alter("copy", {"recipient_kind": "resident_discipline_team"}, **_SUPERVISOR)),
        Flaw("16-1-a", _enter(classification=None)),
    )),
    Story("归档早于谈话", "regular closed bureau", (Flaw("DQ-1", _move("archive", "date", -9, material="record")),)),
    Story("报告早于谈话", "prompt closed", (
        Flaw("DQ-1", _both(_move("report", "date", -3, **_REFLECTION), _move("archive", "date", 8, material="measures"))),
    )),
    # what was not entered, and what is under way
    Story("报告没有日期", "regular closed bureau", (
        Flaw("11-1-a", _alter("report", _REFLECTION, date=None), "unknown"),
        Flaw("11-1-d", _alter("report", _REFLECTION, date=None), "unknown", "{talk}-R1"),
    )),
    Story("整改报告没有日期", "prompt closed", (
        Flaw("11-2-a", _alter("report", _RESULT, date=None), "unknown"),
        Flaw("11-1-d", _alter("report", _RESULT, date=None), "unknown", "{talk}-R2"),
    )),
    Story("被谈话人数没填", "regular closed township", (Flaw("07-1-b", _enter(group_size=None), "unknown"),)),
    Story("步骤是否完成没填", "regular closed bureau", (
        Flaw("10-1-a", _alter("talk_step", {"step": "demands"}, done=None), "unknown", "{talk},demands"),
    )),
    Story("抄送没有日期", "regular closed bureau", (Flaw("12-1-d", _alter("copy", _SUPERVISOR, date=None), "unknown"),)),
    Story("谈话记录归档没有日期", "prompt closed", (Flaw("12-1-a", _alter("archive", {"material": "record"}, date=None), "unknown"),)),
    Story("没写谈了什么方面", "prompt closed", (Flaw("02-1-c", _enter(covers_responsibility=None, covers_discipline=None), "unknown"),)),
    Story("结束日期没填", "regular open bureau", (Flaw("11-1-a", _enter(end=None), "unknown"),)),
    Story("一个月将到，还没报告", "regular reporting", (
        Flaw("11-1-a", _lose("report", **_REFLECTION), "due_soon"),
        Flaw("11-1-b", _lose("measure"), "due_soon"),
        Flaw("11-1-e", _keep_one_problem, "due_soon", "{talk}-P1"),
    )),
    Story("三个月将到，还没报告", "regular rectifying", (Flaw("11-2-a", _lose("report", **_RESULT), "due_soon"),)),
    Story("刚谈完", "regular recent", (Flaw("11-1-a", _lose("report", **_REFLECTION), "pending"),)),
    Story("报告日期填到了将来", "regular reporting", (
        Flaw("11-1-a", _alter("report", _REFLECTION, date=date(2026, 12, 1)), "due_soon"),
    )),
)  # fmt: skip


def _units(bureau: str) -> set[str]:
    return {code for code, (owner, _) in UNITS.items() if owner == CONDUCTORS[bureau]}


# which bureau's units is told where 17-1-a counts what the bureau owes: by chance one would come to three
_PLACES = {
    "township": TOWNSHIPS, "bureau": BUREAUS, "county": COUNTIES,
    "health": _units("县卫生健康局"), "education": _units("县教育局"), "water": _units("县水务局"),
}  # fmt: skip

_WINDOWS = {
    # the last rectification report of a closed talk, 30 days for its copies, and some room, lie before the last day
    "closed": (date(2026, 1, 30), date(2026, 7, 8)),
    "open": (date(2026, 7, 20), date(2026, 8, 21)),
    "rectifying": (date(2026, 8, 24), date(2026, 8, 27)),
    "reporting": (date(2026, 10, 23), date(2026, 10, 28)),
    "recent": (date(2026, 11, 9), AS_OF),
}


def _tags(draft: Draft) -> set[str]:
    tags = {str(draft.talk["kind"])}
    tags |= {tag for tag, places in _PLACES.items() if draft.talk["organization"] in places}
    tags |= {tag for tag, (first, last) in _WINDOWS.items() if first <= draft.end <= last}
    return tags


def _candidates(book: Book) -> list[Draft]:
    """Judged talks without a mistake so far, in an order by chance."""
    flawed = {planted.subject for planted in book.planted}
    drafts = [draft for draft in book.drafts if is_judged(draft) and draft.key not in flawed]
    book.rng.shuffle(drafts)
    return drafts


def _tell(book: Book, story: Story, draft: Draft) -> None:
    for flaw in story.flaws:
        flaw.change(draft, book)
        subject = flaw.subject.format(talk=draft.key) or f"{draft.key},{book.drafts[-1].key}"
        book.plant(flaw.rule, subject, flaw.status)


def tell_stories(book: Book) -> None:
    """Give each story to a talk that fits it. StopIteration if the county had no such talk, which a test rules out."""
    candidates = _candidates(book)
    for story in STORIES:
        wanted = set(story.tags.split())
        draft = next(draft for draft in candidates if wanted <= _tags(draft))
        candidates.remove(draft)
        _tell(book, story, draft)


def note_what_follows(book: Book) -> None:
    """What article 17 says of those who broke several duties, or one that it names; waivers must have been written."""
    for conductor in (COUNTY, CONDUCTORS["县卫生健康局"]):
        book.plant("17-1-a", conductor)
    talkees = {draft.key: str(draft.talk["talkee"]) for draft in book.drafts}
    duties = [planted for planted in book.planted if planted.rule in _RECTIFICATION and planted.status in ("violated", "unknown")]
    broken = {talkees[planted.subject] for planted in duties if planted.status == "violated"}
    for planted in duties:
        person = talkees[planted.subject]
        book.plant("17-1-c", person, "violated" if person in broken else "unknown")
