"""The pieces of SQL that this engine is made of: few, and the same in all rules."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlglot import exp

from policy.lang.types import MonthDay, Period

__all__ = [
    "DIALECT", "Sql", "add", "all_of", "among", "any_of", "binary", "call", "canonical", "case", "cast", "coalesce", "column", "compare",
    "concat", "count", "derived", "filtered", "is_filled", "is_none", "is_null", "is_part", "is_true", "least_struct", "listed", "literal",
    "minus", "negate", "null", "number", "number_text", "part", "pruned", "rows_among", "rows_where", "select", "struct", "subtract", "table", "texts", "union",
]  # fmt: skip

DIALECT = "duckdb"
Sql = exp.Expression

_TIGHT = (exp.Column, exp.Literal, exp.Boolean, exp.Null, exp.Anonymous, exp.Cast, exp.Case, exp.Paren)
_OPERATORS = {"eq": exp.EQ, "ne": exp.NEQ, "lt": exp.LT, "le": exp.LTE, "gt": exp.GT, "ge": exp.GTE}


def _tight(sql: Sql) -> Sql:
    """An operand, in parentheses unless nothing can come between its parts."""
    return sql if isinstance(sql, _TIGHT) else exp.Paren(this=sql)


# --- values ----------------------------------------------------------------------------------------------------------


def literal(value: object) -> Sql:
    """A constant; a period is its amount, a day of any year `month * 100 + day`."""
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, Period):
        return number(value.amount)
    if isinstance(value, MonthDay):
        return number(value.month * 100 + value.day)
    if isinstance(value, int):
        return number(value)
    if isinstance(value, Decimal):
        text = format(value, "f")
        return cast(exp.Literal.string(text), f"DECIMAL(38, {len(text.partition('.')[2])})")
    if isinstance(value, datetime.date):
        return cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.Literal.string(str(value))


def number(value: int) -> Sql:
    return exp.Paren(this=exp.Neg(this=exp.Literal.number(-value))) if value < 0 else exp.Literal.number(value)


def null(kind: str | None = None) -> Sql:
    """The missing value, of a type where nothing else says which."""
    return cast(exp.Null(), kind) if kind else exp.Null()


def column(relation: str, name: str) -> Sql:
    return exp.column(name, table=relation, quoted=True)


def cast(sql: Sql, kind: str) -> Sql:
    return exp.Cast(this=sql, to=exp.DataType.build(kind, dialect=DIALECT))


def among(value: Sql, query: exp.Query) -> Sql:
    """Whether a value is one of those of a query."""
    return exp.In(this=value, query=exp.Subquery(this=query))


def is_part(key: Sql, part: int, parts: int) -> Sql:
    """Whether a key is one of a part, of so many parts into which all keys are divided."""
    return compare("eq", binary(exp.Mod, call("hash", key), number(parts)), number(part))


def call(name: str, *arguments: Sql) -> Sql:
    return exp.Anonymous(this=name, expressions=[argument for argument in arguments])


def coalesce(*values: Sql) -> Sql:
    return call("coalesce", *values)


def binary(operator: type[exp.Binary], first: Sql, second: Sql) -> Sql:
    return operator(this=_tight(first), expression=_tight(second))


def add(first: Sql, second: Sql) -> Sql:
    return binary(exp.Add, first, second)


def subtract(first: Sql, second: Sql) -> Sql:
    return binary(exp.Sub, first, second)


def minus(value: Sql) -> Sql:
    return exp.Neg(this=_tight(value))


def case(*branches: tuple[Sql, Sql], otherwise: Sql | None = None) -> Sql:
    """The value of the first branch whose condition is true."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)


# --- truth -----------------------------------------------------------------------------------------------------------


def compare(operator: str, left: Sql, right: Sql) -> Sql:
    """`operator` is one of those of `ir.Compare`."""
    return binary(_OPERATORS[operator], left, right)


def is_null(sql: Sql) -> Sql:
    return exp.Is(this=_tight(sql), expression=exp.Null())


def is_filled(sql: Sql) -> Sql:
    return negate(is_null(sql))


def is_true(sql: Sql) -> Sql:
    """Whether a truth is known to hold; never unknown."""
    return coalesce(sql, literal(False))


def is_none(sql: Sql) -> Sql:
    """Whether a number of rows is 0."""
    return compare("eq", coalesce(sql, number(0)), number(0))


def negate(sql: Sql) -> Sql:
    return exp.Not(this=_tight(sql))


def all_of(conditions: Iterable[Sql]) -> Sql:
    """Kleene's `and`, which SQL has."""
    return _joined(exp.And, list(conditions), True)


def any_of(conditions: Iterable[Sql]) -> Sql:
    """Kleene's `or`, which SQL has."""
    return _joined(exp.Or, list(conditions), False)


def _joined(kind: type, conditions: Sequence[Sql], neutral: bool) -> Sql:
    if not conditions:
        return literal(neutral)
    joined = conditions[0]
    for condition in conditions[1:]:
        joined = kind(this=_tight(joined), expression=_tight(condition))
    return joined


# --- texts -----------------------------------------------------------------------------------------------------------

_BLANK = r"[\t-\r\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
"""What `str.strip` takes away."""


def canonical(subject: Sql) -> Sql:
    """The one spelling of a subject's text, as `outcome.canonical_subject` has it."""
    for comma in "、，":
        subject = call("replace", subject, literal(comma), literal(","))
    for pattern, instead in ((f"{_BLANK}*,{_BLANK}*", ","), (f"^{_BLANK}+|{_BLANK}+$", "")):
        subject = call("regexp_replace", subject, literal(pattern), literal(instead), literal("g"))
    return subject


def number_text(value: str) -> str:
    """A number as `types.number_text` tells it, in SQL written out."""
    told = f"CAST({value} AS VARCHAR)"
    return f"CASE WHEN contains({told}, '.') THEN rtrim(rtrim({told}, '0'), '.') ELSE {told} END"


# --- aggregates, structs and lists -----------------------------------------------------------------------------------


def filtered(aggregate: Sql, condition: Sql) -> Sql:
    """An aggregate over the rows for which the condition is true."""
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition))


def count(condition: Sql | None = None) -> Sql:
    """How many rows there are, or for how many a condition is true."""
    rows = exp.Anonymous(this="count", expressions=[exp.Star()])
    return rows if condition is None else filtered(rows, condition)


def struct(**values: Sql) -> Sql:
    pairs = [exp.PropertyEQ(this=exp.to_identifier(name), expression=value) for name, value in values.items()]
    return exp.Struct(expressions=pairs)


def part(sql: Sql, name: str) -> Sql:
    """A part of a struct."""
    return call("struct_extract", sql, exp.Literal.string(name))


def least_struct(condition: Sql, **values: Sql) -> Sql:
    """Of the rows for which the condition is true, the least by these values, the first one first."""
    return filtered(call("min", struct(**values)), condition)


def listed(value: Sql, condition: Sql, *order: Sql) -> Sql:
    """The values of the rows for which a condition is true, in an order."""
    ordered = exp.Order(this=value, expressions=[exp.Ordered(this=one) for one in order])
    return filtered(exp.Anonymous(this="list", expressions=[ordered if order else value]), condition)


def concat(lists: Sequence[Sql], kind: str) -> Sql:
    """One list of several, any of which may be missing."""
    known = [coalesce(one, texts((), kind)) for one in lists]
    return known[0] if len(known) == 1 else call("list_concat", *known) if known else texts((), kind)


def texts(values: Sequence[str], kind: str = "VARCHAR[]") -> Sql:
    return cast(exp.Array(expressions=[exp.Literal.string(value) for value in values]), kind)


# --- relations -------------------------------------------------------------------------------------------------------


def table(name: str, alias: str | None = None) -> Sql:
    named = exp.TableAlias(this=exp.to_identifier(alias)) if alias else None
    return exp.Table(this=exp.to_identifier(name, quoted=True), alias=named)


def select(
    columns: Iterable[tuple[str, Sql]], source: Sql | None = None, joins: Iterable[Sql] = (), where: Sequence[Sql] = ()
) -> exp.Select:
    """A SELECT of named columns."""
    named = [exp.Alias(this=value, alias=exp.to_identifier(name, quoted=True)) for name, value in columns]
    chosen = exp.Select(expressions=named)
    if source is not None:
        chosen.set("from_", exp.From(this=source))
    for join in joins:
        chosen.append("joins", join)
    if where:
        chosen.set("where", exp.Where(this=all_of(where)))
    return chosen


def derived(query: exp.Query, alias: str) -> Sql:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))


def rows_where(relation: str, alias: str, conditions: Sequence[Sql]) -> exp.Select:
    """The rows of a table for which all conditions are true."""
    chosen = exp.Select(expressions=[exp.Star()])
    chosen.set("from_", exp.From(this=table(relation, alias)))
    chosen.set("where", exp.Where(this=all_of(conditions)))
    return chosen


def rows_among(relation: str, alias: str, keys: exp.Query) -> exp.Select:
    """The rows of a table whose `key` is among those of a query."""
    found = exp.Select(expressions=[column("found", "key")], distinct=exp.Distinct())
    found.set("from_", exp.From(this=derived(keys, "found")))
    chosen = exp.Select(expressions=[exp.Column(this=exp.Star(), table=exp.to_identifier(alias))])
    chosen.set("from_", exp.From(this=derived(found, "among")))
    chosen.append("joins", exp.Join(this=table(relation, alias), on=compare("eq", column(alias, "key"), column("among", "key"))))
    return chosen


def pruned(query: exp.Select) -> exp.Select:
    """The query, in which sources that would give all columns of a table give no others than those that are read.

    DuckDB does that by itself, save where a source reads the rows that it is joined to: there it carries all of them along.
    """
    read: defaultdict[str, dict[str, None]] = defaultdict(lambda: {"key": None})
    sources = []
    for part in query.find_all(exp.Column, exp.Subquery, exp.Lateral):
        if isinstance(part, exp.Column):
            read[part.table][part.name] = None
        elif part.alias:
            sources.append(part)
    for source in sources:
        inner = source.this.this if isinstance(source, exp.Lateral) else source.this
        for branch in inner.find_all(exp.Select) if isinstance(inner, exp.Union) else [inner]:
            if branch.expressions == [exp.Star()]:
                branch.set("expressions", [column(branch.args["from_"].alias_or_name, name) for name in read[source.alias]])
    return query


def union(selects: Sequence[exp.Query]) -> exp.Query:
    """All rows of several SELECTs of the same columns."""
    joined = selects[0]
    for other in selects[1:]:
        joined = exp.Union(this=joined, expression=other, distinct=False)
    return joined
