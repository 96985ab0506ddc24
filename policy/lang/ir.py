"""What a pack means: every name resolved, every expression typed. The only thing that engines read of a pack.

An expression is missing (None) where data are; a truth value that is missing is unknown. Unless its docstring says otherwise
an operator is missing when an operand is. No expression raises, whatever the data: a day outside the calendar is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from attrs import field

from policy.lang.noun import noun
from policy.lang.places import Place
from policy.lang.regulation import Regulation
from policy.lang.schema import Vocabulary
from policy.lang.types import MonthDay, Period, Type
from policy.source import Span

Value = str | int | Decimal | datetime.date | bool | Period | MonthDay


def _span() -> Span:
    """Where the expression stands in its rule's or definition's file; no part of its meaning."""
    return field(default=(0, 0), eq=False, repr=False, kw_only=True)


@noun
class Const:
    """A value. A member of an enum is its identifier (str)."""

    value: Value
    type: Type
    span: Span = _span()


@noun
class Param:
    """The value in force of a pack's parameter."""

    name: str
    type: Type
    span: Span = _span()


@noun
class AsOf:
    """The day as of which the data are judged (a date)."""

    span: Span = _span()


@noun
class Var:
    """A binder's row (or enum member, or year), or the argument of a definition. A binder is never missing."""

    name: str
    type: Type
    span: Span = _span()


@noun
class Let:
    """The value of the rule's `let` of this name."""

    name: str
    type: Type
    span: Span = _span()


@noun
class Field:
    """`base.field` of a row of `entity`: `index` is the field's place in the row's values.

    A reference gives the visible row that it names; a dangling one is missing. For `entity` `violation` the fields are
    rule, status, severity, bearer, due and the subjects' binders, and `index` is -1.
    """

    base: Expr
    entity: str
    field: str
    index: int
    type: Type
    span: Span = _span()


@noun
class Call:
    """A definition applied to its arguments, by value: an argument that is missing is a missing variable."""

    name: str
    arguments: tuple[Expr, ...]
    type: Type
    span: Span = _span()


@noun
class Apply:
    """A strict function of `ops.FUNCTIONS`, or one from a plug-in (`plugin` true), applied to its arguments."""

    name: str
    arguments: tuple[Expr, ...]
    type: Type
    plugin: bool = False
    span: Span = _span()


@noun
class Not:
    operand: Expr
    span: Span = _span()


@noun
class And:
    """Kleene: false if an operand is false, else unknown if one is unknown, else true."""

    operands: tuple[Expr, ...]
    span: Span = _span()


@noun
class Or:
    """Kleene: true if an operand is true, else unknown if one is unknown, else false."""

    operands: tuple[Expr, ...]
    span: Span = _span()


@noun
class Compare:
    """`operator`: eq, ne, lt, le, gt, ge. Rows are equal when their entity and key are.

    A count is an interval (low, high); a comparison with one is true or false when it is so for every number in the interval,
    and unknown otherwise.
    """

    operator: str
    left: Expr
    right: Expr
    span: Span = _span()


@noun
class Linked:
    """`path is row`, where `row` is a bare variable: false when the path is missing, unknown when the row is."""

    path: Expr
    row: Expr
    span: Span = _span()


@noun
class IsMissing:
    """True when the operand is missing, else false; never unknown."""

    operand: Expr
    span: Span = _span()


@noun
class In:
    """Whether the operand equals one of the options (Kleene, as an Or of equalities)."""

    operand: Expr
    options: tuple[Expr, ...]
    span: Span = _span()


@noun
class If:
    """`then` or `otherwise`; missing when the condition is unknown."""

    condition: Expr
    then: Expr
    otherwise: Expr
    type: Type
    span: Span = _span()


@noun
class Shift:
    """`base` plus (or minus, `sign` -1) a period. `months` (down, up, error) decides where the target month is too short;
    None is the pack's setting. With `error` a day that does not exist is missing. Workdays count by the calendar."""

    base: Expr
    period: Expr
    sign: int
    months: str | None = None
    span: Span = _span()


@noun
class Rolled:
    """A due day moved off a day that is no workday: `nonworking` (none, next_workday, previous_workday); None is the pack's setting."""

    base: Expr
    nonworking: str | None = None
    span: Span = _span()


@noun
class Rows:
    """The visible rows of an entity."""

    entity: str


@noun
class Violations:
    """The late and violated outcomes of these rules, and as rows of unknown membership their unknown ones."""

    rules: tuple[str, ...]


RowSource = Rows | Violations


@noun
class Exists:
    """True if the body is true for some row, else unknown if it is unknown for some row, else false."""

    source: RowSource
    var: str
    body: Expr
    span: Span = _span()


@noun
class Every:
    """False if the body is false for some row, else unknown if it is unknown for some row, else true."""

    source: RowSource
    var: str
    body: Expr
    span: Span = _span()


@noun
class Count:
    """The interval (rows for which the body is true, those plus the rows for which it is unknown)."""

    source: RowSource
    var: str
    body: Expr
    span: Span = _span()


@noun
class Aggregate:
    """`kind` sum, min or max of `value` over the rows for which the body is true.

    Missing when the body is unknown for some row or the value is missing for a row for which it is true; of no rows a sum is 0,
    a min or max is missing.
    """

    kind: str
    source: RowSource
    var: str
    body: Expr
    value: Expr
    type: Type
    span: Span = _span()


@noun
class Pick:
    """`kind` earliest or latest: the row with the least (greatest) day `by` among those for which the body is true; of equal days,
    the row with the least key.

    Missing when there is none, and when a row whose body is unknown, or is true with a missing day, might come before it or
    on the same day.
    """

    kind: str
    source: RowSource
    var: str
    body: Expr
    by: Expr
    type: Type
    span: Span = _span()


@noun
class Nearest:
    """The first row for which the body is true among `start`, the row its field `via` (number `index`) names, and so on.

    Missing when the chain ends or returns to a row it has passed, and when the body is unknown for a row before.
    """

    start: Expr
    entity: str
    via: str
    index: int
    var: str
    body: Expr
    type: Type
    span: Span = _span()


@noun
class Under:
    """Whether row `inner` lies strictly below row `outer` along the tree field `via` (number `index`) of their entity."""

    inner: Expr
    outer: Expr
    entity: str
    via: str
    index: int
    span: Span = _span()


Expr = (
    Const | Param | AsOf | Var | Let | Field | Call | Apply | Not | And | Or | Compare | Linked | IsMissing | In | If | Shift | Rolled
    | Exists | Every | Count | Aggregate | Pick | Nearest | Under
)  # fmt: skip


# --- declarations ----------------------------------------------------------------------------------------------------

# What has a `basis` keeps its texts, and as `citations` those of them that are places in the pack's own regulation; what has a
# `text` keeps its declaration as it was written.


@noun
class Parameter:
    """A choice of the unit with its default and the bounds it must keep (None: no bound). Periods have one unit throughout.

    `choices` lists the values of a setting of the engine (`months`, `nonworking`); empty for every other parameter.
    Where a variant has set the default, `standard` is that of the base (None: the same), `decided_in` the variant and `decided_on` its basis.
    """

    name: str
    label: str | None
    type: Type
    default: Value
    low: Value | None = None
    high: Value | None = None
    basis: tuple[str, ...] = ()
    note: str = ""
    choices: tuple[str, ...] = ()
    standard: Value | None = None
    decided_in: str = ""
    decided_on: tuple[str, ...] = ()
    citations: tuple[Place, ...] = ()
    text: str = ""


@noun
class Definition:
    """A named expression with typed arguments. Definitions do not call each other in a circle."""

    name: str
    label: str | None
    arguments: tuple[tuple[str, Type], ...]
    body: Expr
    type: Type
    basis: tuple[str, ...] = ()
    note: str = ""
    citations: tuple[Place, ...] = ()
    text: str = ""


@noun
class EachRow:
    """A binder over the visible rows of an entity."""

    var: str
    entity: str


@noun
class EachMember:
    """A binder over the members of an enum, in their order."""

    var: str
    enum: str


@noun
class EachYear:
    """A binder over the years from `first` to `last` (ints), both included."""

    var: str
    first: Expr
    last: Expr


Each = EachRow | EachMember | EachYear


@noun
class Exception_:
    """An exception from a duty, with the basis that allows it."""

    condition: Expr
    basis: tuple[str, ...]


@noun
class Existence:
    """`must exist`: fulfilled by a row for which the body is true; with a due day, on the earliest `day` among such rows.

    `day` is the entity's `occurs` field of that row, None where the entity has none (then the rule has no due day).
    """

    source: RowSource
    var: str
    body: Expr
    day: Expr | None


@noun
class Filled:
    """`must … is filled` of a date with a due day: fulfilled on that date, if it is not after as-of."""

    day: Expr


@noun
class State:
    """A condition that has to hold (for `must not`: its negation; the checker has put the `Not` there)."""

    condition: Expr


@noun
class Permission:
    """`may`: satisfied where the condition holds, not applicable where it does not; nobody can break it."""

    condition: Expr


@noun
class Attestation:
    """Decided by people: a question to an office. A finding holds for `valid` from its day on (None: until its own end)."""

    question: str
    office: str | None
    valid: Period | None


Duty = Existence | Filled | State | Permission | Attestation


@noun
class Due:
    """The day by which a duty is to be fulfilled: before and after rolling over days that are no workdays."""

    unrolled: Expr
    rolled: Expr


@noun
class Placeholder:
    """A part of a message: `{due}`, `{fulfilled}`, `{as_of}`, `{days}` (days past due), `{bearer}` by name, or any expression."""

    name: str
    expr: Expr | None = None


@noun
class Rule:
    """A rule. `where` is a list of conditions all of which select the cases; `depends` are the rules whose violations it reads.

    `effective`: a subject with a row whose `occurs` day is earlier owes nothing. `reads` lists per variable (binders, then the
    duty's own) the fields that the rule reads of its row: the cells of the evidence. `changes` are the overrides that variants have laid
    over its text, the last one last.
    """

    id: str
    title: str
    basis: tuple[str, ...]
    citations: tuple[Place, ...]
    bearer: Expr | None
    binders: tuple[Each, ...]
    lets: tuple[tuple[str, Expr], ...]
    where: tuple[Expr, ...]
    when: Expr | None
    exceptions: tuple[Exception_, ...]
    duty: Duty
    due: Due | None
    effective: datetime.date | None
    severity: str
    message: tuple[str | Placeholder, ...]
    remedy: str
    note: str
    final: bool
    stratum: int
    depends: tuple[str, ...]
    reads: tuple[tuple[str, tuple[str, ...]], ...]
    language: str
    file: str
    span: Span
    text: str
    changes: tuple[str, ...] = ()


@noun
class Unruled:
    """Places of the pack's own regulation that have no rule, and the reason."""

    basis: tuple[str, ...]
    citations: tuple[Place, ...]
    reason: str
    file: str
    span: Span


@noun
class CaseTable:
    """Rows given for an entity: `cells[row][column]` is a text (None: missing) and `spans` its place."""

    entity: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str | None, ...], ...]
    spans: tuple[tuple[Span, ...], ...]


@noun
class Expectation:
    """What a rule should say of a subject; `status` is one of `outcome.STATUSES` or `absent`, `bearer` the key of who owes it.

    None where nothing is said of it.
    """

    rule: str
    subject: tuple[str, ...]
    status: str
    due: datetime.date | None
    fulfilled: datetime.date | None
    span: Span
    bearer: str | None = None
    severity: str | None = None


@noun
class Case:
    title: str
    as_of: datetime.date
    parameters: tuple[tuple[str, Value], ...]
    tables: tuple[CaseTable, ...]
    expectations: tuple[Expectation, ...]
    file: str
    span: Span


@noun
class Edition:
    """A pack as it is judged as of the days from `first` to `last` (None: no end on that side); the editions of a pack follow each other."""

    first: datetime.date | None
    last: datetime.date | None
    pack: Pack


@noun
class Pack:
    """A checked pack. Its parameters include the engine's own: `months`, `nonworking` and `due_soon` (days).

    `rules` are in the order of the files; `sha256` is over the names and bytes of the files. A variant has the rules of its base as it
    changes them; `extends` are the packs it is laid over, id and version, the nearest first. Where something is in force for a time
    only, `editions` has the pack for every day, and the pack itself is the one of them that has most in force.
    """

    id: str
    version: str
    title: str
    language: str
    effective: datetime.date | None
    calendar: str | None
    basis: tuple[str, ...]
    vocabulary: Vocabulary
    parameters: dict[str, Parameter]
    definitions: dict[str, Definition]
    rules: tuple[Rule, ...]
    cases: tuple[Case, ...]
    regulation: Regulation | None
    sha256: str
    citations: tuple[Place, ...] = ()
    note: str = ""
    unruled: tuple[Unruled, ...] = ()
    extends: tuple[tuple[str, str], ...] = ()
    editions: tuple[Edition, ...] = ()

    def edition(self, as_of: datetime.date) -> Pack:
        """The pack as of a day."""
        for one in self.editions:
            if one.last is None or as_of <= one.last:
                return one.pack
        return self

    def all_days(self) -> tuple[Pack, ...]:
        """The pack as it is on all days: its editions, or itself."""
        return tuple(one.pack for one in self.editions) or (self,)

    def rule(self, id: str) -> Rule | None:
        """The rule with this id, or None."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def values(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """The values of all parameters by name: those that are given, and the defaults of the others."""
        return {name: given.get(name, parameter.default) for name, parameter in self.parameters.items()}

    def needed(self, wanted: set[str]) -> list[Rule]:
        """The rules with these ids and those whose violations they read, each after the ones it reads."""
        needed = set(wanted)
        ordered = sorted(self.rules, key=lambda rule: rule.stratum)
        for rule in reversed(ordered):
            if rule.id in needed:
                needed.update(rule.depends)
        return [rule for rule in ordered if rule.id in needed]
