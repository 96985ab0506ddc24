"""Why an outcome is what it is: as a proof in words, which reporters show, and as a derivation, which the checker checks.

A reporter needs `Proof`, `Line` and `Cell` alone: `Report.proof(outcome)` gives the proof of any outcome of the report. It is made, and
checked, when it is asked for, so that a report of many findings asks only for those that somebody opens.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import NamedTuple

from policy.lang import ir
from policy.lang.dates import Calendar
from policy.lang.facts import Facts
from policy.lang.noun import noun, thing
from policy.lang.outcome import Outcome

__all__ = [
    "KINDS", "Cell", "Cited", "Decision", "Derivation", "Found", "Interval", "Line", "Premises", "Proof", "Ref", "Step", "Value",
]  # fmt: skip

KINDS = (
    "verdict", "basis", "rule", "applies", "condition", "exception", "waiver", "due", "duty", "row", "missing", "remedy", "note",
)  # fmt: skip
"""What a line is: the top of a proof has `verdict` (one), `basis`, `rule`, `applies`, `exception`, `waiver`, `due`, `duty`, `missing` (what
would decide), `remedy` (what would make it comply) in this order, as far as there is something to say; below them are `condition` (a part
of a condition), `row` (a row that was looked at) and `note`."""


# --- in words, for reporters -----------------------------------------------------------------------------------------


@noun
class Cell:
    """A cell that a line rests on, ready to be shown.

    `name` is what its field is called (谈话“结束日期”, talk.end), `place` where it stands in words (谈话.csv 第12行J列); `file`, `sheet`,
    `row` and `column` are the same in parts (no column: the table has none for the field, so that the value is missing). `value` is what
    stands there, in words; it is empty where the cell is, and where it is `confidential`: such a value is told nowhere in a proof.
    """

    entity: str
    key: str
    field: str
    name: str
    place: str
    file: str
    sheet: str | None
    row: int
    column: str
    value: str
    confidential: bool = False


@noun
class Line:
    """A line of a proof. `kind` is one of `KINDS`; `text` is a sentence in the language of the report, one line, neither escaped nor masked.

    `truth` is `true`, `false` or `unknown` for what can hold or not, else empty; the text does not say it again. `cells` are those that
    the line rests on, `lines` what it unfolds to. Texts hold the rule's own words, days, numbers and keys of rows; whatever else the
    data say (names of people among it) stands in the values of cells.
    """

    kind: str
    text: str
    truth: str = ""
    cells: tuple[Cell, ...] = ()
    lines: tuple[Line, ...] = ()


@noun
class Proof:
    """A proof in words, of the outcome of `rule` for `subject` (its text); the checker has accepted it.

    `language` is that of its texts (zh or en).
    """

    rule: str
    subject: str
    status: str
    language: str
    lines: tuple[Line, ...]


# --- in steps, for the checker ---------------------------------------------------------------------------------------


class Ref(NamedTuple):
    """A row as a value. A violation is the row of entity `violation` whose key is the outcome's fingerprint."""

    entity: str
    key: str


class Interval(NamedTuple):
    """A count as a value: at least `low`, at most `high`."""

    low: int
    high: int


Value = ir.Value | Ref | Interval | None
"""What an expression comes to; None is missing, of a condition unknown."""


@noun
class Cited:
    """A cell, and what was read there. Of a violation the field is one of its own, and there is no place."""

    row: Ref
    field: str
    value: ir.Value | Ref | None
    file: str = ""
    sheet: str | None = None
    line: int = 0
    column: str = ""


@noun
class Step:
    """An expression and its value in the scope at hand, with what it rests on: cells, the steps of its parts, and rows.

    Parts that make no difference may be left out: the operands after one that is false, say. In `found` a definition that is called has one
    entry, the scope of its arguments; a quantifier one for each row that counts, and for some that do not.
    """

    expr: ir.Expr
    value: Value
    cells: tuple[Cited, ...] = ()
    steps: tuple[Step, ...] = ()
    found: tuple[Found, ...] = ()


@noun
class Found:
    """Steps in a scope of their own: variables with their values, beside those around (of a definition: instead of them)."""

    scope: tuple[tuple[str, Value], ...]
    steps: tuple[Step, ...]


@noun
class Decision:
    """A waiver or attestation that decides the subject; `standing` is used, lapsed (an attestation that holds no longer) or double."""

    row: Ref
    standing: str
    cells: tuple[Cited, ...]


@noun
class Derivation:
    """An outcome in steps. What a status does not depend on is left out: the duty of a rule that does not apply, say.

    `occurs` are the days of the subject's rows, where the rule has an effective day; `where` and `exceptions` have a step for each of the
    rule's own, as far as they were tried; `due` are the steps of the due day before and after it is moved. `duty` is the step of the
    duty's condition; of `must exist` an `ir.Exists`, whose rows have their day as a second step. `decisions` are the waivers and
    attestations of the subject.
    """

    rule: str
    subject: tuple[tuple[str, str | int], ...]
    status: str
    due_day: datetime.date | None
    due_unrolled: datetime.date | None
    fulfilled: datetime.date | None
    excuse: str | None
    missing: tuple[str, ...]
    where: tuple[Step, ...] = ()
    occurs: tuple[Cited, ...] = ()
    when: Step | None = None
    exceptions: tuple[Step, ...] = ()
    due: tuple[Step, ...] = ()
    duty: Step | None = None
    decisions: tuple[Decision, ...] = ()


@thing
class Premises:
    """What proofs are about and may cite: `parameters` are all of those in force, `functions` those of plug-ins.

    `outcomes` gives the outcomes of the rules that other rules read the violations of, by rule. They are premises of a rule about rules,
    as rows are; each has a proof of its own.
    """

    pack: ir.Pack
    facts: Facts
    as_of: datetime.date
    parameters: Mapping[str, ir.Value]
    calendar: Calendar
    functions: Mapping[str, Callable]
    outcomes: Callable[[str], tuple[Outcome, ...]]
