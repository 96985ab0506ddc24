"""Goes through the steps of expressions: one clause per operator."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from policy.lang import ir
from policy.lang.facts import Row
from policy.lang.outcome import Outcome
from policy.lang.proof import Cited, Found, Interval, Premises, Ref, Step, Value
from policy.prove.checker.rows import Groups
from policy.prove.checker.tables import (
    FUNCTIONS, ONE_DAY, all_of, any_of, compared, day_or_none, months_on, negated, rolled, same, workdays_on,
)  # fmt: skip

__all__ = ["LEFT_OUT", "Checking", "Refused", "Scope"]

Scope = Mapping[str, Value]
LEFT_OUT = Step(ir.AsOf(), None)
"""Stands for a step that was left out: its value is worked out from the facts."""


class Refused(Exception):
    """A step that does not hold; None where it is no step."""

    def __init__(self, step: Step | None = None) -> None:
        super().__init__()
        self.step = step


class Checking:
    """What can be seen as of the day, and what has been seen so far of one derivation of `rule`."""

    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self.rows = {name: dict(self._seen(name)) for name in premises.pack.vocabulary.entities}
        self.known: dict[tuple, Value] = {}
        self.groups = Groups(lambda row, field: _read(self, row, field))
        self._sources: dict[ir.RowSource, list[Ref]] = {}
        self.violations: dict[str, Outcome] = {}

    def begin(self, rule: ir.Rule) -> None:
        """Begin with another derivation."""
        self.lets = dict(rule.lets)
        self.lacking: set[str] = set()
        self._used: set[int] = set()

    def _seen(self, entity: str) -> Iterator[tuple[str, Row]]:
        occurs = self.premises.pack.vocabulary.entities[entity].occurs
        for row in self.premises.facts.tables.get(entity, ()):
            day = None if occurs is None else row.values[occurs.index]
            if day is None or day <= self.premises.as_of:
                yield row.key, row

    def want(self, step: Step, holds: bool) -> None:
        """Refuse a step, if it is one that was given, that does not hold."""
        if step is not LEFT_OUT and not holds:
            raise Refused(step)

    def value(self, expr: ir.Expr, scope: Scope, step: Step = LEFT_OUT) -> Any:
        """The value of an expression. A step that is given has to be of it, have its value, and rest on nothing but its parts."""
        value = _CLAUSES[type(expr)](self, expr, scope, step)
        self.want(step, (step.expr is expr or step.expr == expr) and same(value, step.value))
        self.want(step, all(id(one) in self._used for one in step.steps))
        self.want(step, not step.cells or isinstance(expr, (ir.Field, ir.Nearest, ir.Under)))
        self.want(step, not step.found or isinstance(expr, _RANGING))
        return value

    def parts(self, exprs: Iterable[ir.Expr], scope: Scope, step: Step) -> Iterator[Any]:
        """The values of the parts of an expression, one at a time; those that have a step are checked."""
        for expr in exprs:
            given = [one for one in step.steps if one.expr is expr or one.expr == expr]
            self._used.update(map(id, given))
            yield [self.value(expr, scope, one) for one in given or (LEFT_OUT,)][0]

    def cite(self, cited: Cited, ref: Ref, field: str) -> None:
        """Read a cell again: a citation has its row, field, value and place."""
        row = self.rows[ref.entity].get(ref.key)
        found = self.premises.pack.vocabulary.entities[ref.entity].field(field)
        if row is None or found is None:
            raise Refused
        origin, value = row.origin, row.values[found.index]
        read = Cited(ref, field, value, origin.file, origin.sheet, row.line, origin.columns.get(field, ""))
        if cited != read or not same(cited.value, value):
            raise Refused
        if value is None or (found.type.is_ref and value not in self.rows[found.type.name or ""]):
            self.lacking.add(f"{ref.entity}.{found.name}")

    def source(self, source: ir.RowSource) -> list[Ref]:
        """The rows of a source; the outcomes of rules that are or may be violations."""
        if source not in self._sources:
            self._sources[source] = self._of(source)
        return self._sources[source]

    def _of(self, source: ir.RowSource) -> list[Ref]:
        if isinstance(source, ir.Rows):
            return [Ref(source.entity, key) for key in self.rows[source.entity]]
        found = [one for rule in source.rules for one in self.premises.outcomes(rule) if one.status in ("violated", "late", "unknown")]
        self.violations.update((one.fingerprint, one) for one in found)
        return [Ref("violation", one.fingerprint) for one in found]

    def listed(self, var: str, step: Step, source: ir.RowSource, parts: int = 1) -> dict[Any, Found]:
        """The rows that a step names: each once, one of the source, with steps for no more than its parts."""
        given = {found.scope[0][1]: found for found in step.found}
        self.want(step, len(given) == len(step.found) and all(self._is_of(row, source) for row in given))
        self.want(step, all([name for name, _ in found.scope] == [var] and 1 <= len(found.steps) <= parts for found in step.found))
        return given

    def _is_of(self, row: Any, source: ir.RowSource) -> bool:
        if isinstance(source, ir.Rows):
            return isinstance(row, Ref) and row.entity == source.entity and row.key in self.rows[source.entity]
        return row in self.source(source)

    def left(self, expr: Any, scope: Scope, given: Mapping[Ref, Found]) -> list[Ref]:
        """The rows of a quantifier that a step names, then those that may count besides."""
        rows = self.groups.left(expr, self.source(expr.source), lambda part: self.value(part, scope))
        return [*given, *(row for row in rows if row not in given)]

    def body(self, expr: Any, row: Ref, scope: Scope, found: Found | None) -> bool | None:
        """Whether a row meets a condition; of an unknown outcome that would count nobody knows whether it is a violation."""
        truth = self.value(expr.body, {**scope, expr.var: row}, found.steps[0] if found else LEFT_OUT)
        if truth is not isinstance(expr, ir.Every) and row.entity == "violation" and self.violations[row.key].status == "unknown":
            self.lacking.update(self.violations[row.key].missing)
            return None
        return truth

    def through(self, expr: Any, scope: Scope, step: Step, extra: tuple[ir.Expr, ...] = ()) -> Iterator[tuple[Ref, bool | None, list]]:
        """The rows of a quantifier, but those that are ruled out, with their truth and, where they may count, the values of `extra`; the step names all that may."""
        given = self.listed(expr.var, step, expr.source, 1 + len(extra))
        for row in self.left(expr, scope, given):
            found = given.get(row)
            truth = self.body(expr, row, scope, found)
            self.want(step, truth is False or found is not None)
            steps = found.steps[1:] if found else ()
            self.want(step, truth is not False or not steps)
            inner = {**scope, expr.var: row}
            pairs = zip(extra, (*steps, *[LEFT_OUT] * (len(extra) - len(steps)))) if truth is not False else ()
            yield row, truth, [self.value(one, inner, given_step) for one, given_step in pairs]


Clause = Callable[[Checking, Any, Scope, Step], Any]


def _field(checker: Checking, expr: ir.Field, scope: Scope, step: Step) -> Value:
    (base,) = checker.parts((expr.base,), scope, step)
    cited = list(step.cells)
    if base is None:
        checker.want(step, not cited)
        return None
    if expr.index < 0:
        value = _of_violation(checker, checker.violations[base.key], expr.field)
        checker.want(step, cited == [Cited(base, expr.field, value)])
        return value
    checker.want(step, len(cited) == 1)
    if cited:
        checker.cite(cited[0], base, expr.field)
    return _read(checker, base, expr)


def _read(checker: Checking, row: Ref, expr: ir.Field) -> Value:
    """The value of a field of a row; of a reference the row that it names, if that can be seen."""
    value = checker.rows[row.entity][row.key].values[expr.index]
    return _named(checker, expr.type.name, value) if expr.type.is_ref else value


def _named(checker: Checking, entity: str | None, key: Any) -> Ref | None:
    return Ref(entity, key) if entity in checker.rows and key in checker.rows[entity] else None


def _of_violation(checker: Checking, outcome: Outcome, field: str) -> Value:
    checker.lacking.update(outcome.missing)
    if field == "status":
        return None if outcome.status == "unknown" else outcome.status
    if field in ("rule", "severity", "due"):
        return getattr(outcome, field)
    if field == "bearer":
        return outcome.bearer and _named(checker, *outcome.bearer)
    rule = checker.premises.pack.rule(outcome.rule)
    bound = {each.var: (each, key) for each, (_, key) in zip(rule.binders if rule else (), outcome.subject)}
    each, key = bound.get(field, (None, None))
    return _named(checker, each.entity, key) if isinstance(each, ir.EachRow) else key


def _call(checker: Checking, expr: ir.Call, scope: Scope, step: Step) -> Value:
    definition = checker.premises.pack.definitions[expr.name]
    values = tuple(checker.parts(expr.arguments, scope, step))
    inner = dict(zip((name for name, _ in definition.arguments), values))
    if step.found:
        checker.want(step, [(dict(found.scope), len(found.steps)) for found in step.found] == [(inner, 1)])
        return checker.value(definition.body, inner, step.found[0].steps[0])
    if (expr.name, values) not in checker.known:
        checker.known[expr.name, values] = checker.value(definition.body, inner)
    return checker.known[expr.name, values]


def _apply(checker: Checking, expr: ir.Apply, scope: Scope, step: Step) -> Value:
    values = list(checker.parts(expr.arguments, scope, step))
    call = checker.premises.functions[expr.name] if expr.plugin else FUNCTIONS[expr.name]
    return None if None in values else call(*values)


def _junction(checker: Checking, expr: ir.And | ir.Or, scope: Scope, step: Step) -> bool | None:
    """All operands that have a step, and of the others as many as it takes."""
    table, deciding = (all_of, False) if isinstance(expr, ir.And) else (any_of, True)
    truths = []
    for operand in sorted(expr.operands, key=lambda one: all(one is not part.expr for part in step.steps)):
        if deciding in truths and all(operand is not part.expr for part in step.steps):
            break
        truths += checker.parts((operand,), scope, step)
    return table(truths)


def _compare(checker: Checking, expr: ir.Compare, scope: Scope, step: Step) -> bool | None:
    left, right = checker.parts((expr.left, expr.right), scope, step)
    return None if left is None or right is None else compared(expr.operator, left, right)


def _linked(checker: Checking, expr: ir.Linked, scope: Scope, step: Step) -> bool | None:
    row, path = checker.parts((expr.row, expr.path), scope, step)
    return None if row is None else row == path


def _in(checker: Checking, expr: ir.In, scope: Scope, step: Step) -> bool | None:
    wanted, *options = checker.parts((expr.operand, *expr.options), scope, step)
    return any_of(None if None in (wanted, option) else wanted == option for option in options) if wanted is not None else None


def _if(checker: Checking, expr: ir.If, scope: Scope, step: Step) -> Value:
    (truth,) = checker.parts((expr.condition,), scope, step)
    return None if truth is None else next(checker.parts((expr.then if truth else expr.otherwise,), scope, step))


def _shift(checker: Checking, expr: ir.Shift, scope: Scope, step: Step) -> datetime.date | None:
    day, period = checker.parts((expr.base, expr.period), scope, step)
    if day is None or period is None:
        return None
    amount, premises = expr.sign * period.amount, checker.premises
    if period.unit == "months":
        return months_on(day, amount, expr.months or premises.parameters["months"])
    return workdays_on(day, amount, premises) if period.unit == "workdays" else day_or_none(lambda: day + amount * ONE_DAY)


def _roll(checker: Checking, expr: ir.Rolled, scope: Scope, step: Step) -> datetime.date | None:
    (day,) = checker.parts((expr.base,), scope, step)
    return None if day is None else rolled(day, expr.nonworking or checker.premises.parameters["nonworking"], checker.premises)


def _exists(checker: Checking, expr: ir.Exists, scope: Scope, step: Step) -> bool | None:
    """One row that is named will do; else all are gone through."""
    return _some(checker, expr, scope, step, True)


def _every(checker: Checking, expr: ir.Every, scope: Scope, step: Step) -> bool | None:
    return _some(checker, expr, scope, step, False)


def _some(checker: Checking, expr: Any, scope: Scope, step: Step, deciding: bool) -> bool | None:
    given = checker.listed(expr.var, step, expr.source)
    named = [checker.body(expr, row, scope, found) for row, found in given.items()]
    if deciding in named:
        return deciding
    others = (checker.body(expr, row, scope, None) for row in checker.left(expr, scope, given)[len(given) :])
    if step is LEFT_OUT:
        truths = []
        for truth in others:
            if truth is deciding:
                return deciding
            truths.append(truth)
        return None if None in truths else not deciding
    checker.want(step, all(truth is (not deciding) for truth in others))  # no row that counts has been left out
    return None if None in named else not deciding


def _count(checker: Checking, expr: ir.Count, scope: Scope, step: Step) -> Interval:
    truths = [truth for _, truth, _ in checker.through(expr, scope, step)]
    return Interval(truths.count(True), truths.count(True) + truths.count(None))


def _aggregate(checker: Checking, expr: ir.Aggregate, scope: Scope, step: Step) -> Any:
    values = [value[0] if truth else None for _, truth, value in checker.through(expr, scope, step, (expr.value,)) if truth is not False]
    if None in values:
        return None
    return sum(values) if expr.kind == "sum" else (min if expr.kind == "min" else max)(values, default=None)


def _pick(checker: Checking, expr: ir.Pick, scope: Scope, step: Step) -> Ref | None:
    """The row that comes before, or on the day of and with a lesser key than, every other that counts or may count."""
    counting = [one for one in checker.through(expr, scope, step, (expr.by,)) if one[1] is not False]
    rows = [(row, truth, day and (day.toordinal() if expr.kind == "earliest" else -day.toordinal())) for row, truth, (day,) in counting]
    sure = sorted((day, row) for row, truth, day in rows if truth and day is not None)
    for first, row in sure[:1]:
        unsure = (day for _, truth, day in rows if not truth or day is None)
        return row if all(day is not None and first < day for day in unsure) else None
    return None


def _climb(checker: Checking, expr: Any, row: Ref, cited: list[Cited], step: Step) -> Ref | None:
    """The row that a row's field names; the next of the step's cells says so."""
    checker.want(step, bool(cited))
    if cited:
        checker.cite(cited.pop(0), row, expr.via)
    return _named(checker, expr.entity, checker.rows[row.entity][row.key].values[expr.index])


def _nearest(checker: Checking, expr: ir.Nearest, scope: Scope, step: Step) -> Ref | None:
    (row,) = checker.parts((expr.start,), scope, step)
    cited, found, passed, answer = list(step.cells), list(step.found), [], None
    while row is not None and row not in passed:
        passed.append(row)
        inner = found.pop(0) if found else None
        checker.want(step, inner is not None and inner.scope == ((expr.var, row),))
        truth = checker.body(expr, row, scope, inner)
        if truth is not False:
            answer = row if truth else None
            break
        row = _climb(checker, expr, row, cited, step)
    checker.want(step, not cited and not found)
    return answer


def _under(checker: Checking, expr: ir.Under, scope: Scope, step: Step) -> bool | None:
    inner, outer = checker.parts((expr.inner, expr.outer), scope, step)
    if inner is None or outer is None:
        return None
    cited, passed, row = list(step.cells), [], inner
    while inner != outer and row is not None and row not in passed and row != outer:
        passed.append(row)
        row = _climb(checker, expr, row, cited, step)
    checker.want(step, not cited)
    return inner != outer and row == outer


def _only(of: Callable[[Any], ir.Expr], table: Callable[[Any], Any]) -> Clause:
    """A clause of one part."""
    return lambda checker, expr, scope, step: table(next(checker.parts((of(expr),), scope, step)))


_RANGING = (ir.Call, ir.Exists, ir.Every, ir.Count, ir.Aggregate, ir.Pick, ir.Nearest)
_CLAUSES: dict[type, Clause] = {
    ir.Const: lambda checker, expr, scope, step: expr.value,
    ir.Param: lambda checker, expr, scope, step: checker.premises.parameters[expr.name],
    ir.AsOf: lambda checker, expr, scope, step: checker.premises.as_of,
    ir.Var: lambda checker, expr, scope, step: scope[expr.name],
    ir.Let: lambda checker, expr, scope, step: next(checker.parts((checker.lets[expr.name],), scope, step)),
    ir.Field: _field,
    ir.Call: _call,
    ir.Apply: _apply,
    ir.Not: _only(lambda expr: expr.operand, negated),
    ir.And: _junction,
    ir.Or: _junction,
    ir.Compare: _compare,
    ir.Linked: _linked,
    ir.IsMissing: _only(lambda expr: expr.operand, lambda value: value is None),
    ir.In: _in,
    ir.If: _if,
    ir.Shift: _shift,
    ir.Rolled: _roll,
    ir.Exists: _exists,
    ir.Every: _every,
    ir.Count: _count,
    ir.Aggregate: _aggregate,
    ir.Pick: _pick,
    ir.Nearest: _nearest,
    ir.Under: _under,
}
