"""The county's books while they are written: tables, people in their posts, talks, and which mistakes were put where."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random

import attrs

from policy_sample.days import AS_OF

__all__ = ["HEADERS", "Book", "Draft", "Planted", "Tenure"]

Row = dict[str, object]

HEADERS: dict[str, tuple[str, ...]] = {
    entity: tuple(fields.split())
    for entity, fields in {
        "organization": "code name level kind parent approver office division_code credit_code status",
        "term": "id organization number start planned_end actual_end",
        "person": "id name",
        "appointment": "id person organization title post is_head is_team_member start end",
        "roster_entry": "id conductor organization start end",
        "plan": "id conductor year issued document_number considered",
        "plan_item": "id plan organization talkee talker assignee due",
        "circumstance": "id organization person code occurred known confirmed decision explanation",
        "talk": "id kind nature status conductor talker talkee organization start end place group_size organizer plan_item"
        " outline_date self_check_date covers_responsibility covers_discipline record_number classification",
        "talk_circumstance": "id talk circumstance",
        "talk_step": "id talk step position done",
        "problem": "id talk category content",
        "measure": "id talk problem category proposed due progress content",
        "report": "id talk kind reporter recipient date includes_reflection",
        "notification": "id talk audience date expected reached",
        "archive": "id talk material date",
        "copy": "id talk recipient_kind date",
        "annual_document": "id organization person kind year date includes_talks regular_count prompt_count",
        "oversight": "id organization inspector kind date covers_talks problems_found followed_up",
        "access": "id talk person date cleared",
        "attestation": "id rule subject conclusion by date valid_until basis",
        "waiver": "id rule subject reason approver date valid_until document",
    }.items()
}
"""The fields of each entity, as in the data dictionary; the first is the key."""

_PREFIXES = {
    "term": "JQ", "person": "P", "appointment": "RZ", "roster_entry": "MC", "plan": "JH", "plan_item": "MX",
    "circumstance": "QX", "talk": "T", "annual_document": "WS", "oversight": "JC", "access": "ZX",
    "attestation": "RD", "waiver": "HM",
}  # fmt: skip

_CHILD_MARKS = {
    "talk_circumstance": "L", "talk_step": "S", "problem": "P", "measure": "M", "report": "R", "notification": "N",
    "archive": "A", "copy": "C",
}  # fmt: skip
"""The key of a talk's child is the talk's, this letter and a number, so that taking one away renames no other."""


@attrs.frozen
class Planted:
    """A mistake or gap put there on purpose: which rule says what of which subject (keys joined by commas), as of a day."""

    rule: str
    subject: str
    status: str
    as_of: date = AS_OF


@attrs.frozen
class Tenure:
    """A head's time in an organization."""

    person: str
    start: date
    end: date | None


class Draft:
    """A talk and all that follows from it, until it is entered in the book."""

    def __init__(self, talk: Row) -> None:
        self.talk = talk
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self._numbers: dict[str, int] = defaultdict(int)

    @property
    def key(self) -> str:
        return str(self.talk["id"])

    @property
    def end(self) -> date:
        return self.talk["end"]  # drafts are made with an end

    def add(self, entity: str, **values: object) -> str:
        """Add a child of the talk; gives its key."""
        self._numbers[entity] += 1
        key = f"{self.key}-{_CHILD_MARKS[entity]}{self._numbers[entity]}"
        self.rows[entity].append({"id": key, "talk": self.key, **values})
        return key

    def add_by(self, day: date, entity: str, **values: object) -> None:
        """Add a child that came to be on `day`, if that day has come."""
        if day <= AS_OF:
            self.add(entity, **values)

    def find(self, entity: str, **values: object) -> list[Row]:
        """The children that have these values."""
        return [row for row in self.rows[entity] if all(row.get(name) == value for name, value in values.items())]


class Book:
    """Everything that is told of the county so far."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.rows: dict[str, list[Row]] = {entity: [] for entity in HEADERS}
        self.heads: dict[str, list[Tenure]] = defaultdict(list)
        self.teams: dict[str, list[str]] = defaultdict(list)
        """The members of a conductor's leadership team besides its head."""
        self.plans: dict[str, str] = {}
        """The plan of 2026 by its conductor."""
        self.drafts: list[Draft] = []
        self.planted: list[Planted] = []

    def add(self, entity: str, **values: object) -> str:
        """Enter a row; gives its key, the next number where none is told. KeyError for a field that the entity has not."""
        header = HEADERS[entity]
        if unknown := values.keys() - set(header):
            raise KeyError(f"{entity} has no {sorted(unknown)}")
        if header[0] not in values:
            values[header[0]] = self.next_key(entity)
        self.rows[entity].append(values)
        return str(values[header[0]])

    def next_key(self, entity: str) -> str:
        """The key that the entity's next row gets."""
        entered = len(self.drafts) if entity == "talk" else len(self.rows[entity])
        return f"{_PREFIXES[entity]}{entered + 1:03}"

    def plant(self, rule: str, subject: str, status: str = "violated", as_of: date = AS_OF) -> None:
        """Note that what was just told makes `rule` (without its prefix) say `status` of `subject`."""
        self.planted.append(Planted(f"JDTH-{rule}" if rule[0].isdigit() else rule, subject, status, as_of))

    def draft(self, **talk: object) -> Draft:
        """Begin a talk."""
        draft = Draft({"id": self.next_key("talk"), **talk})
        self.drafts.append(draft)
        return draft

    def head(self, organization: str, day: date) -> str:
        """Who heads the organization on that day. LookupError if nobody does."""
        for tenure in reversed(self.heads[organization]):
            if tenure.start <= day and (tenure.end is None or day <= tenure.end):
                return tenure.person
        raise LookupError(f"{organization} has no head on {day}")

    def roster(self, conductor: str, day: date) -> list[str]:
        """The organizations on the conductor's roster on that day."""
        return [
            str(row["organization"])
            for row in self.rows["roster_entry"]
            if row["conductor"] == conductor and (row.get("end") or AS_OF) >= day >= row["start"]
        ]

    def enter_drafts(self) -> None:
        """Put the talks and their children into the tables."""
        for draft in self.drafts:
            self.add("talk", **draft.talk)
            for entity, rows in draft.rows.items():
                for row in rows:
                    self.add(entity, **row)

    def tables(self) -> dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]:
        """Header and rows of every entity."""
        return {
            entity: (header, [tuple(row.get(name) for name in header) for row in self.rows[entity]])
            for entity, header in HEADERS.items()
        }
