"""What an expression comes to in SQL: one clause per operator of `ir.Expr`.

Three values of truth are those of SQL: unknown is NULL. A row is its key. What a quantifier says of the rows is one row of a
query that is joined to the rows around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlglot import exp

from policy.lang import ir
from policy.lang.types import COUNT, INT, NUMBER, WORKDAYS, Type
from policy.lang.walk import conjuncts, variables
from policy.relational import days, functions, sql
from policy.relational.frame import BY, Frame, Interval, Origin, Scope, Value
from policy.relational.sources import VIOLATION, known_of, order_of, relation_of, violation_column
from policy.relational.sql import Sql
from policy.relational.world import renumbered

__all__ = [
    "OPERATORS", "Rows", "any_row", "asked", "call_scope", "counter", "filled", "lower", "of_row", "over", "parts", "restricted",
    "scalar", "type_of", "up",
]  # fmt: skip


def lower(expr: ir.Expr, scope: Scope) -> Value:
    """The value of an expression in a scope."""
    return OPERATORS[type(expr)](expr, scope)


def scalar(expr: ir.Expr, scope: Scope) -> Sql:
    """The value of an expression that is no count."""
    value = lower(expr, scope)
    assert not isinstance(value, Interval), "counts are compared, nothing else"
    return value


_TRUTHS = (ir.Not, ir.And, ir.Or, ir.Compare, ir.Linked, ir.IsMissing, ir.In, ir.Exists, ir.Every, ir.Under)


def type_of(expr: ir.Expr) -> Type:
    """The type of an expression's value."""
    if isinstance(expr, ir.AsOf | ir.Shift | ir.Rolled):
        return Type("date")
    if isinstance(expr, ir.Count):
        return COUNT
    return Type("bool") if isinstance(expr, _TRUTHS) else expr.type


# --- values ----------------------------------------------------------------------------------------------------------


def _const(expr: ir.Const, scope: Scope) -> Sql:
    return sql.literal(expr.value)


def _param(expr: ir.Param, scope: Scope) -> Sql:
    return sql.literal(scope.world.parameters[expr.name])


def _as_of(expr: ir.AsOf, scope: Scope) -> Sql:
    return sql.literal(scope.world.as_of)


def _var(expr: ir.Var, scope: Scope) -> Value:
    return scope.variables[expr.name]


def _let(expr: ir.Let, scope: Scope) -> Value:
    if expr.name not in scope.values:
        scope.values[expr.name] = lower(scope.lets[expr.name], scope.top)
    return scope.values[expr.name]


def _field(expr: ir.Field, scope: Scope) -> Sql:
    key = scalar(expr.base, scope)
    if expr.index < 0:
        return known_of(scope, key, expr.field)
    entity = scope.world.pack.vocabulary.entities[expr.entity]
    if entity.fields[expr.index].key:
        return key
    return scope.frame.cell(scope.world.table(expr.entity), key, scope.world.column(entity.fields[expr.index]))


def _call(expr: ir.Call, scope: Scope) -> Value:
    body, inner = call_scope(expr, scope)
    return lower(body, inner)


def call_scope(expr: ir.Call, scope: Scope) -> tuple[ir.Expr, Scope]:
    """The body of the definition that is called, and the scope of its arguments."""
    definition = scope.world.pack.definitions[expr.name]
    names = [name for name, _ in definition.arguments]
    values = [lower(argument, scope) for argument in expr.arguments]
    values = [value if isinstance(value, Interval) else scope.frame.named(value) for value in values]
    sure = [name for name, argument in zip(names, expr.arguments, strict=True) if _is_sure(argument, scope)]
    return definition.body, scope.apart(dict(zip(names, values, strict=True)), sure)


def _is_sure(expr: ir.Expr, scope: Scope) -> bool:
    """Whether a value is never missing: that of a binder, or of an argument that is one."""
    return isinstance(expr, ir.Const | ir.Param | ir.AsOf) or (isinstance(expr, ir.Var) and expr.name in scope.sure)


def _apply(expr: ir.Apply, scope: Scope) -> Sql:
    if expr.plugin:
        return functions.plugin(scope, expr, [scalar(argument, scope) for argument in expr.arguments])
    value = _as_number if expr.type == NUMBER else scalar
    return functions.BUILT_IN[expr.name](expr, [value(argument, scope) for argument in expr.arguments])


def _as_number(expr: ir.Expr, scope: Scope) -> Sql:
    """A number with a decimal point, also where the value is a whole one."""
    value = scalar(expr, scope)
    return sql.cast(value, "DECIMAL(38, 0)") if type_of(expr) == INT else value


def _if(expr: ir.If, scope: Scope) -> Sql:
    condition = scope.frame.named(scalar(expr.condition, scope))
    value = _as_number if expr.type == NUMBER else scalar
    return sql.case((condition, value(expr.then, scope)), (sql.negate(condition), value(expr.otherwise, scope)))


# --- truth -----------------------------------------------------------------------------------------------------------


def _not(expr: ir.Not, scope: Scope) -> Sql:
    return sql.negate(scalar(expr.operand, scope))


def _and(expr: ir.And, scope: Scope) -> Sql:
    return sql.all_of([scalar(operand, scope) for operand in expr.operands])


def _or(expr: ir.Or, scope: Scope) -> Sql:
    return sql.any_of([scalar(operand, scope) for operand in expr.operands])


def _compare(expr: ir.Compare, scope: Scope) -> Sql:
    if COUNT in (type_of(expr.left), type_of(expr.right)):
        return _compare_counts(expr.operator, *(_interval(lower(side, scope), scope) for side in (expr.left, expr.right)))
    mixed = {type_of(expr.left), type_of(expr.right)} == {INT, NUMBER}
    left, right = [_as_number(side, scope) if mixed else scalar(side, scope) for side in (expr.left, expr.right)]
    if expr.operator in ("eq", "ne"):
        left, right = _rows_alike(left, right, type_of(expr.left), type_of(expr.right), scope)
    return sql.compare(expr.operator, left, right)


def _rows_alike(left: Sql, right: Sql, first: Type, second: Type, scope: Scope) -> tuple[Sql, Sql]:
    """Both sides of an equality as rows of whatever entity, if one of them is."""
    if (first.kind == "any_ref") == (second.kind == "any_ref"):
        return left, right
    return (left, any_row(right, second, scope)) if first.kind == "any_ref" else (any_row(left, first, scope), right)


def any_row(key: Sql, type: Type, scope: Scope) -> Sql:
    """A row as one of whatever entity: the number of its entity and its key."""
    if type.kind == "any_ref":
        return key
    prefix = sql.literal(scope.world.any_row(type.name or "", ""))
    return sql.binary(exp.DPipe, prefix, key)


def _interval(value: Value, scope: Scope) -> Interval:
    if isinstance(value, Interval):
        return Interval(scope.frame.named(value.low), scope.frame.named(value.high))
    value = scope.frame.named(value)
    return Interval(value, value)


def _compare_counts(operator: str, left: Interval, right: Interval) -> Sql:
    """Whether the comparison holds for all, none or some of the numbers in the intervals."""
    if operator in ("gt", "ge"):
        left, right, operator = right, left, {"gt": "lt", "ge": "le"}[operator]
    if operator in ("lt", "le"):
        surely, hardly = sql.compare(operator, left.high, right.low), sql.compare(operator, left.low, right.high)
        return sql.case((surely, sql.literal(True)), (sql.negate(hardly), sql.literal(False)))
    apart = sql.any_of([sql.compare("lt", left.high, right.low), sql.compare("lt", right.high, left.low)])
    equal = ((left.low, left.high), (right.low, right.high), (left.low, right.low))
    same = sql.all_of([sql.compare("eq", first, second) for first, second in equal])
    return sql.case((apart, sql.literal(operator == "ne")), (same, sql.literal(operator == "eq")))


def _linked(expr: ir.Linked, scope: Scope) -> Sql:
    path, row = scalar(expr.path, scope), scalar(expr.row, scope)
    path, row = _rows_alike(path, row, type_of(expr.path), type_of(expr.row), scope)
    same = sql.coalesce(sql.compare("eq", path, row), sql.literal(False))
    return same if _is_sure(expr.row, scope) else sql.case((sql.is_filled(row), same))


def _is_missing(expr: ir.IsMissing, scope: Scope) -> Sql:
    return sql.is_null(scalar(expr.operand, scope))


def _in(expr: ir.In, scope: Scope) -> Sql:
    operand = scope.frame.named(scalar(expr.operand, scope))
    mixed = NUMBER in (type_of(expr.operand), *map(type_of, expr.options))
    options = [_as_number(option, scope) if mixed else scalar(option, scope) for option in expr.options]
    if mixed and type_of(expr.operand) == INT:
        operand = sql.cast(operand, "DECIMAL(38, 0)")
    return sql.any_of([sql.compare("eq", operand, option) for option in options])


# --- days ------------------------------------------------------------------------------------------------------------


def _shift(expr: ir.Shift, scope: Scope) -> Sql:
    day, amount, unit = scalar(expr.base, scope), scalar(expr.period, scope), type_of(expr.period)
    day, amount = scope.frame.named(day), scope.frame.named(amount)
    if expr.sign < 0:
        amount = sql.minus(amount)
    if unit == WORKDAYS:
        return days.add_workdays(scope, day, amount)
    if unit.kind == "days":
        return days.add_days(day, amount)
    return days.add_months(day, amount, expr.months or str(scope.world.parameters["months"]))


def _rolled(expr: ir.Rolled, scope: Scope) -> Sql:
    day = scope.frame.named(scalar(expr.base, scope))
    return days.roll(scope, day, expr.nonworking or str(scope.world.parameters["nonworking"]))


# --- rows ------------------------------------------------------------------------------------------------------------


def filled(conditions: Iterable[ir.Expr]) -> list[ir.Expr]:
    """What is not missing where all of these conditions are true or unknown."""
    return [
        condition.operand.operand
        for condition in conditions
        if isinstance(condition, ir.Not) and isinstance(condition.operand, ir.IsMissing)
    ]


def restricted(
    source: ir.RowSource, var: str, conditions: Sequence[ir.Expr], scope: Scope, known: Sequence[ir.Expr] = (),
    later: Sequence[ir.Expr] = (),
) -> tuple[exp.Query | str, Origin]:  # fmt: skip
    """The rows of a source that an equality among the conditions leaves, those for which it is unknown included; and where their keys come from.

    `known` are expressions that are not missing; conditions that come `later`, and depend on what is not known here, may restrict the
    rows as well. Where no condition serves it is the whole source.
    """
    relation = relation_of(scope.world, source)
    equal = [_Equality(*sides) for condition in conditions if (sides := _sides(condition, var, scope)) is not None]
    if equal:
        return _matching(relation, [equal[0], *(one for one in equal[1:] if one.doubts(scope, known) == (False, False))], scope, known), None
    for condition in (*conditions, *later) if isinstance(source, ir.Rows) else ():
        linked = _linked_keys(condition, var, source.entity, scope)
        if linked is not None:
            return sql.rows_among(relation, "own", linked[0]), linked[1]
    return relation, None


def _linked_keys(condition: ir.Expr, var: str, entity: str, scope: Scope) -> tuple[exp.Query, Origin] | None:
    """Where a condition asks for a row that is linked to the one of the variable: the keys that such rows name, for which it is not false.

    What of it cannot be told yet is left out, so there may be more of them.
    """
    if isinstance(condition, ir.Call):
        return _linked_keys_of_call(condition, var, entity, scope)
    if not isinstance(condition, ir.Exists) or not isinstance(condition.source, ir.Rows):
        return None
    links, rest = [], []
    for part in conjuncts(condition.body):
        needed = variables(part, scope.lets) - {condition.var}
        if var in needed:
            links.append(part)
        elif needed <= scope.variables.keys():
            rest.append(part)
    paths = [link.path for link in links if isinstance(link, ir.Linked) and link.row == ir.Var(var, link.row.type)]
    plain = [path for path in paths if _is_plain(path, condition.var) and path.type.name == entity]
    if not plain:
        return None
    rows = over(condition.source, condition.var, ir.And(tuple(rest)), scope)
    path = scalar(plain[0], rows.scope)
    return rows.matched().select([("key", path)], [sql.is_filled(path)]), rows.scope.frame.origin(path)


def _linked_keys_of_call(call: ir.Call, var: str, entity: str, scope: Scope) -> tuple[exp.Query, Origin] | None:
    """The same for a condition that is defined elsewhere and takes the variable as it is, once."""
    definition = scope.world.pack.definitions[call.name]
    names = [name for name, _ in definition.arguments]
    own = [name for name, argument in zip(names, call.arguments, strict=True) if isinstance(argument, ir.Var) and argument.name == var]
    others = [(name, argument) for name, argument in zip(names, call.arguments, strict=True) if name not in own]
    if len(own) != 1:
        return None
    known = [(name, argument) for name, argument in others if variables(argument, scope.lets) <= scope.variables.keys() - {var}]
    sure = [name for name, argument in known if _is_sure(argument, scope)]
    inner = scope.apart({name: lower(argument, scope) for name, argument in known}, sure)
    return _linked_keys(definition.body, own[0], entity, inner)


def _is_plain(expr: ir.Expr, var: str) -> bool:
    """Whether an expression is a field of the variable's row."""
    return isinstance(expr, ir.Field) and expr.index >= 0 and isinstance(expr.base, ir.Var) and expr.base.name == var


def _sides(condition: ir.Expr, var: str, scope: Scope) -> tuple[ir.Field, ir.Expr, bool] | None:
    """The two sides of an equality of a column of the row and a value from around it; whether it is a link."""
    if isinstance(condition, ir.Linked):
        pairs, linked = [(condition.path, condition.row)], True
    elif isinstance(condition, ir.Compare) and condition.operator == "eq":
        pairs, linked = [(condition.left, condition.right), (condition.right, condition.left)], False
    else:
        return None
    for own, other in pairs:
        plain = isinstance(own, ir.Field) and isinstance(own.base, ir.Var) and own.base.name == var
        if plain and _alike(type_of(own), type_of(other)) and var not in variables(other, scope.lets):
            return own, other, linked
    return None


def _alike(own: Type, other: Type) -> bool:
    return own == other or (own.kind == "any_ref" and other.is_ref)


def _column(own: ir.Field, scope: Scope) -> str:
    """The column of a source that has a field of its rows."""
    if own.index < 0:
        return violation_column(scope.world, own.field)
    field = scope.world.pack.vocabulary.entities[own.entity].fields[own.index]
    return "key" if field.key else scope.world.column(field)


class _Equality(NamedTuple):
    """The two sides of an equality, as `_sides` has them."""

    own: ir.Field
    other: ir.Expr
    linked: bool

    def doubts(self, scope: Scope, known: Sequence[ir.Expr]) -> tuple[bool, bool]:
        """Whether it may be unknown as the column is missing, or as the value is."""
        return not (self.linked or self.own in known), not (_is_sure(self.other, scope) or self.other in known)

    def terms(self, scope: Scope) -> tuple[Sql, Sql]:
        """The column and the value."""
        value = scalar(self.other, scope)
        return sql.column("own", _column(self.own, scope)), any_row(value, type_of(self.other), scope) if self.own.type.kind == "any_ref" else value


def _matching(relation: str, equal: Sequence[_Equality], scope: Scope, known: Sequence[ir.Expr]) -> exp.Query:
    """The rows whose columns have the values, and those for which that is unknown of the first; of the others it never is."""
    (column, value), *others = [one.terms(scope) for one in equal]
    rest = [sql.compare("eq", *terms) for terms in others]
    of_column, of_value = equal[0].doubts(scope, known)
    branches = [[sql.compare("eq", column, value)]]
    if of_column:
        branches.append([sql.is_null(column)])
    if of_value:
        branches.append([sql.is_null(value), *([sql.is_filled(column)] if of_column else [])])
    return sql.union([sql.rows_where(relation, "own", [*conditions, *rest]) for conditions in branches])


class Link(NamedTuple):
    """An equality that ties rows to those around them: a column of theirs, and a value from around that is never missing.

    Where the column may be one of some `members` it is unknown of which rows it is if it is missing; else it is of none.
    """

    own: Sql
    value: Sql
    members: Sql | None = None

    def holds(self) -> Sql:
        """What is true of the rows that may be meant."""
        equal = sql.compare("eq", self.own, self.value)
        return equal if self.members is None else sql.coalesce(equal, sql.literal(True))

    def truth(self) -> Sql | None:
        """Whether such a row is meant; None where it is."""
        return None if self.members is None else sql.case((sql.is_filled(self.own), sql.literal(True)))

    def values(self) -> Sql:
        """The values with which a row may be meant, each in a row of its own."""
        if self.members is None:
            return self.own
        return sql.call("unnest", sql.case((sql.is_filled(self.own), sql.call("list_value", self.own)), otherwise=self.members))


class Rows(NamedTuple):
    """A frame over the rows of a source for which a condition is not false: the scope there, its truth, a row's key and place.

    The frame has yet to heed the `links`; `rest` is what the condition comes to for the rows that these tie.
    """

    scope: Scope
    rest: ir.Expr
    truth: Sql
    key: Sql
    order: Sql
    links: tuple[Link, ...] = ()

    def matched(self) -> Frame:
        """The frame with no other rows than those meant."""
        self.scope.frame.where += [link.holds() for link in self.links]
        return self.scope.frame

    def summary(self, frame: Frame, values: Mapping[str, Sql], aggregates: Mapping[str, Sql]) -> str:
        """Join one row of aggregates to a frame: over `truth`, `key`, `order` and these values, which are columns of the relation `row`.

        Where nothing but links tie the rows to those around them they are aggregated once for each of their values, for all rules alike.
        """
        columns = {"truth": self.truth, "key": self.key, "order": self.order, **values}
        if self.links:
            linking = [link.value for link in self.links]
            grouped = self._grouped(columns, aggregates)
            if not self.scope.frame.reads_outside(grouped):
                few = [part for link in self.links if link.members is None for part in frame.among_few(link.own, link.value)]
                if few and self.scope.world.kept(renumbered(grouped)) is None:
                    grouped = self._grouped(columns, aggregates, few)
                return frame.grouped(grouped, linking)
        rows = self.matched().select(columns.items())
        return frame.cross(sql.select(aggregates.items(), sql.derived(rows, "row")))

    def _grouped(self, columns: Mapping[str, Sql], aggregates: Mapping[str, Sql], where: Sequence[Sql] = ()) -> exp.Select:
        """The aggregates of the rows with the same values of the links."""
        by = {BY.format(number): link.values() for number, link in enumerate(self.links)}
        known = [sql.is_filled(link.own) for link in self.links if link.members is None]
        rows = self.scope.frame.select({**columns, **by}.items(), [*known, *where])
        names = [of_row(name) for name in by]
        grouped = sql.select({**dict(zip(by, names)), **aggregates}.items(), sql.derived(rows, "row"))
        grouped.set("group", exp.Group(expressions=[name.copy() for name in names]))
        return grouped


def of_row(name: str) -> Sql:
    """A column of the rows that `Rows.summary` is made of."""
    return sql.column("row", name)


def over(source: ir.RowSource, var: str, body: ir.Expr, scope: Scope) -> Rows:
    """The rows of a source for which the body is not false."""
    conditions = [condition for condition in conjuncts(body) if condition != _TRUE]
    frame = Frame(scope.world, scope.frame)
    linked = _linked_by(var, conditions, scope)
    if not linked:
        alias = frame.begin(*restricted(source, var, conditions, scope, filled(conditions)))
    else:
        alias = frame.begin(relation_of(scope.world, source))
    key = sql.column(alias, "key")
    frame.known(alias, relation_of(scope.world, source) if isinstance(source, ir.Rows) else VIOLATION, key)
    inner = scope.within(frame, var, key)
    links = tuple(_link(condition, alias, var, scope) for condition in linked)
    truths = [scalar(condition, inner) for condition in conditions if condition not in linked]
    frame.where += [sql.coalesce(truth, sql.literal(True)) for truth in truths]
    truths += [truth for link in links if (truth := link.truth()) is not None]
    if isinstance(source, ir.Violations):
        truths.append(sql.column(alias, "member"))
    tied = [condition for condition, link in zip(linked, links, strict=True) if link.members is None]
    rest = ir.And(tuple(condition for condition in conditions if condition not in tied))
    return Rows(inner, rest, sql.all_of(truths), key, order_of(source, alias), links)


def _linked_by(var: str, conditions: Sequence[ir.Expr], scope: Scope) -> list[ir.Expr]:
    """The conditions that link the rows of a source to what is around them: first to rows that are there, then to a member of an enum too."""
    sides = [(condition, found) for condition in conditions if (found := _sides(condition, var, scope)) is not None and _is_sure(found[1], scope)]
    rows = [condition for condition, (_, _, linked) in sides if linked]
    members = [condition for condition, (own, other, linked) in sides if not linked and own.type.is_enum and own.index >= 0 and isinstance(other, ir.Var)]
    return [*rows, *members] if rows else []


def _link(condition: ir.Expr, alias: str, var: str, scope: Scope) -> Link:
    own, other, linked = _sides(condition, var, scope)
    value = any_row(scalar(other, scope), type_of(other), scope) if own.type.kind == "any_ref" else scalar(other, scope)
    enum = scope.world.pack.vocabulary.enums[own.type.name or ""] if not linked else None
    return Link(sql.column(alias, _column(own, scope)), value, enum and sql.texts([member.name for member in enum.members]))


_TRUE = ir.Const(True, Type("bool"))


def asked(expr: ir.Expr, scope: Scope) -> Scope:
    """The scope whose frame is the outermost one that what an expression says can be joined to."""
    values = [part for name in variables(expr, scope.lets) if name in scope.variables for part in parts(scope.variables[name])]
    return scope.at(scope.frame.owner(*values))


def parts(value: Value) -> Sequence[Sql]:
    return value if isinstance(value, Interval) else (value,)


def _exists(expr: ir.Exists, scope: Scope) -> Sql:
    scope = asked(expr, scope)
    best = sql.call("max", sql.case((of_row("truth"), sql.number(2)), otherwise=sql.number(1)))
    joined = over(expr.source, expr.var, expr.body, scope).summary(scope.frame, {}, {"best": best})
    found = sql.coalesce(sql.column(joined, "best"), sql.number(0))
    return sql.case((sql.compare("ne", found, sql.number(1)), sql.compare("eq", found, sql.number(2))))


def _every(expr: ir.Every, scope: Scope) -> Sql:
    return sql.negate(_exists(ir.Exists(expr.source, expr.var, counter(expr.body)), scope))


def counter(expr: ir.Expr) -> ir.Expr:
    """The condition of a counter-example: the negation, moved inwards over `not` and `or`."""
    if isinstance(expr, ir.Not):
        return expr.operand
    if isinstance(expr, ir.Or):
        return ir.And(tuple(counter(operand) for operand in expr.operands))
    return ir.Not(expr)


def _count(expr: ir.Count, scope: Scope) -> Interval:
    scope = asked(expr, scope)
    counts = {"low": sql.count(of_row("truth")), "high": sql.count()}
    joined = over(expr.source, expr.var, expr.body, scope).summary(scope.frame, {}, counts)
    return Interval(*(sql.coalesce(sql.column(joined, name), sql.number(0)) for name in counts))


def _aggregate(expr: ir.Aggregate, scope: Scope) -> Sql:
    scope = asked(expr, scope)
    rows = over(expr.source, expr.var, expr.body, scope)
    value = scalar(expr.value, rows.scope)
    open_ = sql.any_of([sql.is_null(of_row("truth")), sql.is_null(of_row("value"))])
    joined = rows.summary(scope.frame, {"value": value}, {"value": sql.call(expr.kind, of_row("value")), "open": sql.count(open_)})
    found = sql.column(joined, "value")
    if expr.kind == "sum":
        found = sql.coalesce(found, sql.number(0))
    return sql.case((sql.is_none(sql.column(joined, "open")), found))


def _pick(expr: ir.Pick, scope: Scope) -> Sql:
    """The first row by day; nothing if an uncertain row could come before it or share its day."""
    scope = asked(expr, scope)
    rows = over(expr.source, expr.var, expr.body, scope)
    place = sql.subtract(scalar(expr.by, rows.scope), sql.literal(scope.world.as_of))
    if expr.kind == "latest":
        place = sql.minus(place)
    sure = sql.all_of([sql.is_true(of_row("truth")), sql.is_filled(of_row("day"))])
    aggregates = {
        "first": sql.least_struct(sure, day=of_row("day"), key=of_row("key")),
        "open": sql.count(sql.is_null(of_row("day"))),
        "rival": sql.filtered(sql.call("min", of_row("day")), sql.is_null(of_row("truth"))),
    }
    joined = rows.summary(scope.frame, {"day": place}, aggregates)
    first = sql.column(joined, "first")
    unrivalled = sql.coalesce(sql.compare("gt", sql.column(joined, "rival"), sql.part(first, "day")), sql.literal(True))
    known = sql.all_of([sql.is_none(sql.column(joined, "open")), unrivalled])
    picked = sql.case((known, sql.part(first, "key")))
    if isinstance(expr.source, ir.Rows) and _is_plain(expr.by, expr.var):  # the day of the row need not be looked up
        day = sql.part(first, "day") if expr.kind == "earliest" else sql.minus(sql.part(first, "day"))
        day = sql.cast(sql.add(sql.literal(scope.world.as_of), sql.cast(day, "INTEGER")), "DATE")
        scope.frame.has(scope.world.table(expr.source.entity), picked, _column(expr.by, scope), sql.case((known, day)))
    return picked


def up(expr: ir.Nearest, scope: Scope) -> Rows:
    """The row that a chain begins with and those above it, up to where it ends or comes back; in their order."""
    start = scalar(expr.start, scope)
    frame = Frame(scope.world, scope.frame)
    begun = sql.compare("eq", sql.column("own", "key"), start)
    chain = frame.begin(sql.rows_where(scope.world.chain(expr.entity, expr.index, scope.frame.origin(start)), "own", [begun]))
    above = sql.column(chain, "above")
    inner = scope.within(frame, expr.var, above)
    return Rows(inner, expr.body, scalar(expr.body, inner), above, sql.column(chain, "distance"))


def _nearest(expr: ir.Nearest, scope: Scope) -> Sql:
    scope = asked(expr, scope)
    open_ = sql.coalesce(of_row("truth"), sql.literal(True))
    first = sql.least_struct(open_, distance=of_row("order"), sure=sql.is_filled(of_row("truth")), key=of_row("key"))
    joined = up(expr, scope).summary(scope.frame, {}, {"first": first})
    found = sql.column(joined, "first")
    return sql.case((sql.part(found, "sure"), sql.part(found, "key")))


def _under(expr: ir.Under, scope: Scope) -> Sql:
    inner, outer = scope.frame.named(scalar(expr.inner, scope)), scope.frame.named(scalar(expr.outer, scope))
    chain = scope.frame.match(scope.world.chain(expr.entity, expr.index, scope.frame.origin(inner)), {"key": inner, "above": outer})
    above = sql.coalesce(sql.compare("gt", sql.column(chain, "distance"), sql.number(0)), sql.literal(False))
    return sql.case((sql.all_of([sql.is_filled(inner), sql.is_filled(outer)]), above))


OPERATORS: dict[type, Callable[..., Value]] = {
    ir.Const: _const,
    ir.Param: _param,
    ir.AsOf: _as_of,
    ir.Var: _var,
    ir.Let: _let,
    ir.Field: _field,
    ir.Call: _call,
    ir.Apply: _apply,
    ir.Not: _not,
    ir.And: _and,
    ir.Or: _or,
    ir.Compare: _compare,
    ir.Linked: _linked,
    ir.IsMissing: _is_missing,
    ir.In: _in,
    ir.If: _if,
    ir.Shift: _shift,
    ir.Rolled: _rolled,
    ir.Exists: _exists,
    ir.Every: _every,
    ir.Count: _count,
    ir.Aggregate: _aggregate,
    ir.Pick: _pick,
    ir.Nearest: _nearest,
    ir.Under: _under,
}
"""One clause per operator."""
