"""A rule as SQL: whom it is about, binder by binder, and what it says of each of them; then why, of the outcomes kept in a table.

The table of a rule's outcomes has `var N` (the N-th binder's value), `let N`, `subject`, `place` (in the order of outcomes),
`status`, `applies`, `excused` (the number of the exception), `unclear` (whether an exception is), `finding` (what the duty came
to, exceptions aside; nothing where nobody asked), `fulfilled`, `due`, `unrolled` and `bearer`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR
from functools import cached_property

from sqlglot import exp

from policy.lang import ir
from policy.lang.outcome import WAIVABLE
from policy.lang.reads import read_fields
from policy.lang.types import COUNT
from policy.lang.walk import conjuncts, variables
from policy.relational import sql
from policy.relational.duties import duty_missing, duty_rows, judge_duty
from policy.relational.expressions import any_row, filled, lower, restricted, scalar, type_of
from policy.relational.frame import Frame, Interval, Origin, Scope, columns_of, value_of
from policy.relational.missing import NAMES, missing, together
from policy.relational.sql import Sql
from policy.relational.witnesses import WITNESSES
from policy.relational.world import World

__all__ = ["RuleQueries"]


_CARRIED = ("subject", "unclear", "due", "unrolled", "bearer")


class RuleQueries:
    """The queries of one rule. `name` is that of the table of its outcomes."""

    def __init__(self, rule: ir.Rule, world: World, name: str) -> None:
        self.rule = rule
        self.world = world
        self.name = name
        self.lets = dict(rule.lets)
        # by number: names may differ in upper and lower case only
        self._columns = {name: f"let {number}" for number, name in enumerate(self.lets)}
        self._intervals = {name for name, value in rule.lets if type_of(value) == COUNT}
        self._part: tuple[int, int] | None = None
        self._origins: dict[str, Origin] = {}

    def whole(self) -> str | None:
        """The table that the first binder goes through; None where it goes through none."""
        each = self.rule.binders[0]
        return self.world.table(each.entity) if isinstance(each, ir.EachRow) else None

    # --- whom the rule is about --------------------------------------------------------------------------------------

    def outcomes(self, part: tuple[int, int] | None = None) -> exp.Query:
        """The outcomes of all subjects, waivers aside; or of one part of them, by its number and how many there are.

        Parts are those of the rows that the first binder goes through: see `whole`.
        """
        self._part = part
        steps, known = self._stages()
        judged = self._judged(steps[-1][0], known)
        query = self._decided("judged")
        for name, step in (*steps, ("judged", judged)):
            query = query.with_(exp.to_identifier(name, quoted=True), as_=step, copy=False)
        return query

    def _stages(self) -> tuple[list[tuple[str, exp.Select]], list[str]]:
        """The subjects, with one binder more at each step, and the `let`s that are known by then."""
        steps: list[tuple[str, exp.Select]] = []
        waiting, passed, known = list(self.rule.where), [], []
        for place, each in enumerate(self.rule.binders):
            bound = {binder.var for binder in self.rule.binders[: place + 1]}
            ready = [condition for condition in waiting if variables(condition, self.lets) <= bound]
            waiting = [condition for condition in waiting if condition not in ready]
            parts = [part for condition in ready for part in conjuncts(condition)]
            step, known = self._stage(place, each, steps[-1][0] if steps else None, known, parts, passed, waiting)
            steps.append((f"bound {place}", step))
            passed += parts
        return steps, known

    def _stage(
        self, place: int, each: ir.Each, before: str | None, known: list[str], ready: list[ir.Expr], passed: list[ir.Expr],
        waiting: list[ir.Expr],
    ) -> tuple[exp.Select, list[str]]:  # fmt: skip
        frame = Frame(self.world, few=self._part is not None)
        scope, columns = self._scope(frame, before, place, known)
        columns += self._cells(scope, place)
        truths = [sql.column(alias, "where") for alias in ([frame.first] if before else [])]
        source, origin = self._source(each, scope, ready, passed, waiting)
        if before is None and frame.joined:  # the rows are looked up by what a `let` that rests on no binder comes to
            frame.begin(sql.select([("one", sql.number(1))]))
        alias = frame.cross(source, origin) if frame.first else frame.begin(source, origin)
        key = sql.column(alias, "key")
        self._origins[each.var] = frame.origin(key)
        if isinstance(each, ir.EachRow):
            frame.known(alias, self.world.table(each.entity), key)
        if before is None and self._part is not None:
            frame.where.append(sql.is_part(key, *self._part))
        scope = scope.bound(each.var, key)
        conditions = [scalar(condition, scope) for condition in ready]
        frame.where += [sql.coalesce(condition, sql.literal(True)) for condition in conditions]
        columns.append((f"var {place}", key))
        columns += [(_cell(place, name), sql.column(alias, name)) for name in self._read(each)]
        known = [name for name in self.lets if name in scope.values]
        columns += [column for name in known for column in columns_of(self._columns[name], scope.values[name])]
        columns.append(("where", sql.all_of([*truths, *conditions])))
        return frame.select(columns), known

    def _scope(self, frame: Frame, before: str | None, places: int, known: Sequence[str]) -> tuple[Scope, list[tuple[str, Sql]]]:
        """The scope of the binders that a table or an earlier step has, and the columns that keep them."""
        if before is None:
            return Scope(frame, {}, self.lets), []
        alias = frame.begin(before)
        names = [binder.var for binder in self.rule.binders[:places]]
        bound = {name: sql.column(alias, f"var {place}") for place, name in enumerate(names)}
        for name, column in bound.items():
            frame.comes_from(column, self._origins.get(name))
        values = {name: value_of(alias, self._columns[name], name in self._intervals) for name in known}
        return Scope(frame, bound, self.lets, values, names), [(f"var {place}", bound[name]) for place, name in enumerate(names)]

    def _cells(self, scope: Scope, places: int) -> list[tuple[str, Sql]]:
        """Let the scope know the cells that an earlier step has of its rows; the columns that keep them."""
        columns = []
        for place, each in enumerate(self.rule.binders[:places]):
            for name in self._read(each):
                cell = sql.column(scope.frame.first, _cell(place, name))
                scope.frame.has(self.world.table(each.entity), _key(scope, each.var), name, cell)
                columns.append((cell.name, cell))
        return columns

    def _read(self, each: ir.Each) -> list[str]:
        """The columns of a binder's rows that the rule may read."""
        if not isinstance(each, ir.EachRow):
            return []
        fields = self.world.pack.vocabulary.entities[each.entity].fields
        return [self.world.column(field) for field in fields if field.name in self._fields[each.entity] and not field.key]

    @cached_property
    def _fields(self) -> Mapping[str, Collection[str]]:
        return read_fields(self.world.pack, {self.rule.id})

    def _source(
        self, each: ir.Each, scope: Scope, ready: list[ir.Expr], passed: list[ir.Expr], waiting: list[ir.Expr]
    ) -> tuple[exp.Query | str, Origin]:
        if isinstance(each, ir.EachRow):
            later = [part for condition in waiting for part in conjuncts(condition)]
            return restricted(ir.Rows(each.entity), each.var, ready, scope, filled([*ready, *passed]), later)
        if isinstance(each, ir.EachMember):
            members = [member.name for member in self.world.pack.vocabulary.enums[each.enum].members]
            return sql.select([("key", sql.call("unnest", sql.texts(members)))]), None
        first, last = scalar(each.first, scope), scalar(each.last, scope)
        start, stop = sql.call("greatest", first, sql.number(MINYEAR)), sql.call("least", last, sql.number(MAXYEAR))
        years = sql.call("range", sql.cast(start, "BIGINT"), sql.cast(sql.add(stop, sql.number(1)), "BIGINT"))
        known = sql.case((sql.all_of([sql.is_filled(first), sql.is_filled(last)]), years))
        return sql.select([("key", sql.call("unnest", known))]), None

    # --- what it says of them ----------------------------------------------------------------------------------------

    def _judged(self, before: str, known: Sequence[str]) -> exp.Select:
        """The subjects with everything that decides their outcome."""
        rule, frame = self.rule, Frame(self.world, few=self._part is not None)
        scope, columns = self._scope(frame, before, len(rule.binders), known)
        self._cells(scope, len(rule.binders))
        for name in self.lets:
            columns += columns_of(self._columns[name], lower(ir.Let(name, type_of(self.lets[name])), scope))
        subject = sql.call("concat_ws", sql.literal(","), *scope.variables.values())
        due = frame.named(scalar(rule.due.rolled, scope)) if rule.due else None
        unrolled = scalar(rule.due.unrolled, scope) if rule.due else None
        finding = judge_duty(rule, subject, due, scope)
        exceptions = [scalar(exception.condition, scope) for exception in rule.exceptions]
        excuse = [(truth, sql.number(place)) for place, truth in enumerate(exceptions)]
        columns += [
            ("subject", subject),
            ("applies", self._applies(scope)),
            ("excused", sql.case(*excuse) if excuse else sql.null("INTEGER")),
            ("unclear", sql.any_of([sql.is_null(truth) for truth in exceptions])),
            ("finding", finding.status),
            ("done", finding.fulfilled),
            ("due", due or sql.null("DATE")),
            ("unrolled", unrolled or sql.null("DATE")),
            ("bearer", any_row(scalar(rule.bearer, scope), type_of(rule.bearer), scope) if rule.bearer else sql.null("VARCHAR")),
        ]
        return frame.select(columns)

    def _days(self, scope: Scope) -> Iterator[tuple[str, Sql]]:
        """The `occurs` days of the subject's rows, with their names, where the rule has an effective day."""
        for each in self.rule.binders if self.rule.effective is not None else ():
            entity = self.world.pack.vocabulary.entities[each.entity] if isinstance(each, ir.EachRow) else None
            if entity is not None and entity.occurs is not None:
                day = scope.frame.cell(self.world.table(entity.name), _key(scope, each.var), self.world.column(entity.occurs))
                yield f"{entity.name}.{entity.occurs.name}", day

    def _applies(self, scope: Scope) -> Sql:
        """False if a fact lies before the effective day or `when` is false, else unknown if one of the conditions is."""
        days = [day for _, day in self._days(scope)]
        early = [sql.compare("lt", day, sql.literal(self.rule.effective)) for day in days]
        when = [] if self.rule.when is None else [scope.frame.named(scalar(self.rule.when, scope))]
        never = sql.any_of([sql.is_true(truth) for truth in (*early, *(sql.negate(one) for one in when))])
        open_ = sql.any_of([sql.is_null(one) for one in (sql.column(scope.frame.first, "where"), *when, *days)])
        return sql.case((never, sql.literal(False)), (sql.negate(open_), sql.literal(True)))

    def _decided(self, judged: str) -> exp.Select:
        """The outcomes, of what decides them."""
        frame = Frame(self.world)
        alias = frame.begin(judged)
        applies, excused, finding = (sql.column(alias, name) for name in ("applies", "excused", "finding"))
        reached = sql.all_of([sql.is_true(applies), sql.is_null(excused)])
        doubtful = sql.any_of([sql.compare("eq", finding, sql.literal(status)) for status in ("violated", "late")])
        status = sql.case(
            (sql.is_null(applies), sql.literal("unknown")), (sql.negate(applies), sql.literal("not_applicable")),
            (sql.is_filled(excused), sql.literal("excused")),
            (sql.all_of([sql.column(alias, "unclear"), doubtful]), sql.literal("unknown")), otherwise=finding,
        )  # fmt: skip
        columns = [(name, sql.column(alias, name)) for name in (*self._values(), *_CARRIED)]
        columns += [
            ("status", status),
            ("finding", sql.case((reached, finding))),
            ("fulfilled", sql.case((reached, sql.column(alias, "done")))),
            ("excused", sql.case((sql.is_true(applies), excused))),
            ("applies", applies),
        ]
        return frame.select(columns)

    def _values(self) -> list[str]:
        """The columns of the binders' values and of the `let`s."""
        names = [f"var {place}" for place in range(len(self.rule.binders))]
        for let, column in self._columns.items():
            names += [name for name, _ in columns_of(column, value_of("", column, let in self._intervals))]
        return names

    def columns(self) -> list[str]:
        """The columns of `outcomes`."""
        return [*self._values(), *_CARRIED, "status", "finding", "fulfilled", "excused", "applies"]

    def place(self) -> str:
        """The number of an outcome in the order of its binders' keys, the first binder first."""
        order = []
        for place, each in enumerate(self.rule.binders):
            value = exp.column(f"var {place}", quoted=True)
            if isinstance(each, ir.EachMember):
                members = [member.name for member in self.world.pack.vocabulary.enums[each.enum].members]
                value = sql.call("list_position", sql.texts(members), value)
            order.append(exp.Ordered(this=value))
        return exp.Window(this=sql.call("row_number"), order=exp.Order(expressions=order)).sql(sql.DIALECT)

    # --- of outcomes that are kept -----------------------------------------------------------------------------------

    def let(self, name: str) -> str:
        """The column of a `let` that is no count."""
        return self._columns[name]

    def missing(self) -> exp.Select:
        """The fields that made unknown outcomes so, by `place`."""
        frame, scope = self._kept("unknown")
        column = self._column(frame)
        days = [sql.case((sql.is_null(day), sql.texts([name]))) for name, day in self._days(scope)]
        before = together(*days, *self._of_conditions(scope)) or sql.null(NAMES)
        of_finding = duty_missing(self.rule, column("due") if self.rule.due else None, scope)
        exceptions = together(*(missing(exception.condition, scope) for exception in self.rule.exceptions))
        unknown = sql.compare("eq", column("finding"), sql.literal("unknown"))
        branches = ((unknown, of_finding), (column("unclear"), exceptions))
        after = together(*(sql.case((on, names)) for on, names in branches if names is not None)) or sql.null(NAMES)
        names = sql.case((sql.is_null(column("applies")), before), otherwise=after)
        return frame.select([("place", column("place")), ("names", names)])

    def _of_conditions(self, scope: Scope) -> list[Sql | None]:
        conditions = self.rule.where if self.rule.when is None else (*self.rule.where, self.rule.when)
        return [missing(condition, scope) for condition in conditions]

    def witnesses(self, statuses: Sequence[str]) -> exp.Select:
        """The rows that decided the outcomes of these statuses, by `place`."""
        frame, scope = self._kept(*statuses)
        column = self._column(frame)
        frame.where.append(sql.is_filled(column("finding")))
        due = column("due") if self.rule.due else None
        other = WAIVABLE if {"unknown", "excused"} & {*statuses} else ()  # an exception that is open, a waiver
        rows = duty_rows(self.rule, column("subject"), due, column("finding"), {*statuses, *other}, scope)
        return frame.select([("place", column("place")), ("rows", rows or sql.null(WITNESSES))])

    def has_witnesses(self) -> bool:
        """Whether rows besides the subject's can decide an outcome."""
        return not isinstance(self.rule.duty, ir.Filled | ir.Permission)

    def words(self, statuses: Sequence[str]) -> exp.Select:
        """The values in the messages of the outcomes of these statuses, in their order, by `place`."""
        frame, scope = self._kept(*statuses)
        columns = [("place", self._column(frame)("place"))]
        for number, part in enumerate(self.expressions()):
            columns += columns_of(f"word {number}", lower(part, scope))
        return frame.select(columns)

    def expressions(self) -> list[ir.Expr]:
        """The expressions in the rule's message."""
        return [part.expr for part in self.rule.message if isinstance(part, ir.Placeholder) and part.expr is not None]

    def _kept(self, *statuses: str) -> tuple[Frame, Scope]:
        frame = Frame(self.world, few=True)
        scope, _ = self._scope(frame, self.name, len(self.rule.binders), list(self.lets))
        status = sql.column(frame.first, "status")
        frame.where.append(sql.any_of([sql.compare("eq", status, sql.literal(one)) for one in statuses]))
        return frame, scope

    def _column(self, frame: Frame) -> Callable[[str], Sql]:
        return lambda name: sql.column(frame.first, name)


def _cell(place: int, name: str) -> str:
    """What a step calls a cell of the row of a binder."""
    return f"var {place} {name}"


def _key(scope: Scope, name: str) -> Sql:
    value = scope.variables[name]
    assert not isinstance(value, Interval), "a binder is no count"
    return value
