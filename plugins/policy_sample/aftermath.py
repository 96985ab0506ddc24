"""What follows a talk in the sample: problems, measures, reports, notifications, archives and copies, all in time."""

from __future__ import annotations

from datetime import date

from policy_sample.book import Book, Draft
from policy_sample.days import EFFECTIVE, after
from policy_sample.places import CONDUCTORS

__all__ = ["follow_up", "is_judged"]

_PROBLEMS = {
    "first_responsibility": ("对班子成员“一岗双责”督促不够", "谈心谈话开展不经常", "巡察反馈问题整改督办不紧"),
    "self_discipline": ("听取不同意见不够主动", "下基层调研偏少", "对身边工作人员提醒不够"),
}


def is_judged(draft: Draft) -> bool:
    """Whether the talk is a completed supervision talk since the regulation."""
    supervision = draft.talk["nature"] == "supervision" and draft.talk["status"] == "completed"
    return supervision and draft.end >= EFFECTIVE


def follow_up(book: Book, draft: Draft) -> None:
    """Add to a talk what its people have done by the last day of the sample."""
    categories = ["first_responsibility"] + ["self_discipline"] * bool(draft.talk["covers_discipline"])
    reported = after(draft.end, book.rng.randint(14, 26))
    for category in categories:
        _problem(book, draft, category, reported)
    draft.add_by(reported, "report", kind="reflection_and_measures", reporter=draft.talk["talkee"],
                 recipient=draft.talk["conductor"], date=reported, includes_reflection=True)  # fmt: skip
    expected = book.rng.randint(4, 9)
    draft.add_by(after(reported, 1), "notification", audience="team_members", date=after(reported, 1), expected=expected,
                 reached=expected)  # fmt: skip
    rectified = after(draft.end, book.rng.randint(62, 86))
    draft.add_by(rectified, "report", kind="rectification", reporter=draft.talk["talkee"], recipient=draft.talk["conductor"],
                 date=rectified)  # fmt: skip
    _file(book, draft, reported, rectified)


def _problem(book: Book, draft: Draft, category: str, reported: date) -> None:
    problem = draft.add("problem", category=category, content=book.rng.choice(_PROBLEMS[category]))
    proposed = after(reported, -book.rng.randint(1, 6))
    draft.add_by(proposed, "measure", problem=problem, category=category, proposed=proposed, due=after(draft.end, 75),
                 progress=book.rng.choice(("in_progress", "done")), content="列入整改清单，明确责任人和时限")  # fmt: skip


def _file(book: Book, draft: Draft, reported: date, rectified: date) -> None:
    first = after(draft.end, book.rng.randint(2, 15))
    draft.add_by(first, "archive", material="record", date=first)
    measures, rectification = after(reported, book.rng.randint(2, 15)), after(rectified, book.rng.randint(2, 15))
    draft.add_by(measures, "archive", material="measures", date=measures)
    draft.add_by(rectification, "archive", material="rectification", date=rectification)
    supervisor = "resident_discipline_team" if draft.talk["conductor"] in CONDUCTORS.values() else "discipline_body"
    for recipient in (supervisor, "organization_department"):
        day = after(rectified, book.rng.randint(3, 18))
        draft.add_by(day, "copy", recipient_kind=recipient, date=day)
