"""Expressions and values in words, as rules write them: the pack's own labels in Chinese, its identifiers in English."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from policy.lang import ir
from policy.lang.keywords import period_text, spelling
from policy.lang.ops import FUNCTIONS
from policy.lang.proof import Interval, Ref, Value
from policy.lang.schema import Entity
from policy.lang.types import DATE, MonthDay, Period, Type
from policy.messages import text

__all__ = ["Words"]

_DATES = {"lt": "BEFORE", "le": "NO_LATER_THAN", "gt": "AFTER", "ge": "NO_EARLIER_THAN"}
_NUMBERS = {"lt": "LT", "le": "LE", "gt": "GT", "ge": "GE"}
_SIGNS = {"add": "ADD", "sub": "SUB", "mul": "MUL", "days_between": "SUB"}
_VIOLATION = {"rule": "规则", "status": "状态", "severity": "严重程度", "bearer": "责任主体", "due": "期限"}
_OUTCOME_ENUMS = ("violation.status", "violation.severity")


class Words:
    """Says what a pack's expressions mean in a language (zh or en)."""

    def __init__(self, pack: ir.Pack, language: str) -> None:
        self.pack = pack
        self.language = language
        self.chinese = language == "zh"

    def say(self, code: str, **arguments: object) -> str:
        return text(code, self.language, **{name: str(value) for name, value in arguments.items()})

    def key(self, terminal: str) -> str:
        """A keyword."""
        return spelling(terminal, self.language)

    def listed(self, words: Iterable[str]) -> str:
        return ("、" if self.chinese else ", ").join(words)

    def grouped(self, inside: str) -> str:
        """A text in parentheses."""
        return f"（{inside}）" if self.chinese else f"({inside})"

    def label(self, thing: Any) -> str:
        """What a named thing of the pack is called."""
        return (thing.label if self.chinese else None) or thing.name

    # --- values and names

    def entity(self, name: str) -> str:
        found = self.pack.vocabulary.entities.get(name)
        return self.label(found) if found else self.say("X80") if name == "violation" else name

    def field(self, entity: str, name: str) -> str:
        """A field by itself: 结束日期, end."""
        found = self.pack.vocabulary.entities.get(entity)
        if found is None:
            return _VIOLATION.get(name, name) if self.chinese else name
        field = found.field(name)
        return self.label(field) if field else name

    def cell(self, entity: str, name: str) -> str:
        """A field with its entity: 谈话“结束日期”, talk.end."""
        own = f"{self.entity(entity)}“{self.field(entity, name)}”"
        return own if self.chinese else f"{entity}.{name}"

    def row(self, row: Ref) -> str:
        return f"{self.entity(row.entity)} {row.key}"

    def value(self, value: Value, type: Type | None = None) -> str:
        """A value in words; a row by its key."""
        if value is None:
            return self.say("X81")
        if isinstance(value, Ref):
            return self.row(value)
        if isinstance(value, Interval):
            return str(value.low) if value.low == value.high else self.say("X82", low=value.low, high=value.high)
        if isinstance(value, bool):
            return self.key("TRUE" if value else "FALSE")
        if isinstance(value, Period):
            return period_text(value.amount, value.unit, self.language)
        if isinstance(value, MonthDay):
            return f"{value.month:02}-{value.day:02}"
        if type is not None and type.is_enum:
            return self._member(str(value), type.name or "")
        return value.isoformat() if isinstance(value, datetime.date) else str(value)

    def _member(self, value: str, enum: str) -> str:
        if enum in _OUTCOME_ENUMS:
            return self.key({"late": "LATE", "violated": "VIOLATED"}.get(value, value.upper()))
        found = self.pack.vocabulary.enums[enum].member(value)
        return self.label(found) if found else value

    # --- expressions

    def expr(self, expr: ir.Expr) -> str:
        """An expression on one line."""
        return _CLAUSES[type(expr)](self, expr)

    def operand(self, expr: ir.Expr) -> str:
        """An expression inside of another, in parentheses where it has several parts."""
        return self.grouped(self.expr(expr)) if isinstance(expr, (*_LOOSE, ir.Compare, ir.In, ir.IsMissing)) else self.expr(expr)

    def condition(self, expr: ir.Expr) -> str:
        """An operand of `and`, `or` or `not`."""
        return self.grouped(self.expr(expr)) if isinstance(expr, _LOOSE) else self.expr(expr)

    def names(self, name: str) -> str:
        """A variable: one that is called like its entity by the entity's label."""
        plain = name.split(" of ", 1)[0]  # a definition that was written out marks its variables
        found = self.pack.vocabulary.entities.get(plain)
        return self.label(found) if isinstance(found, Entity) else plain

    def source(self, expr: Any, terminal: str) -> str:
        """What a quantifier ranges over, and as what."""
        if isinstance(expr.source, ir.Violations):
            which = self.key("ALL_RULES") if len(expr.source.rules) > 3 else self.listed(expr.source.rules)
            entity, named = f"{self.key('VIOLATIONS_OF')} {which}", True
        else:
            entity, named = self.entity(expr.source.entity), expr.var.split(" of ", 1)[0] != expr.source.entity
        alias = f" {self.key('AS')} {self.names(expr.var)}" if named else ""
        return f"{self.key(terminal)} {entity}{alias}"

    def such_that(self, body: ir.Expr) -> str:
        """What is asked of the rows; nothing where all will do."""
        return "" if isinstance(body, ir.Const) else f" {self.key('SUCH_THAT')} {self.expr(body)}"

    def comparison(self, left: ir.Expr, terminal: str, right: ir.Expr) -> str:
        return f"{self.operand(left)} {self.key(terminal)} {self.operand(right)}"


def _junction(terminal: str) -> Callable[[Words, Any], str]:
    return lambda words, expr: f" {words.key(terminal)} ".join(map(words.condition, expr.operands))


def _not(words: Words, expr: ir.Not) -> str:
    if isinstance(expr.operand, ir.IsMissing):
        return f"{words.operand(expr.operand.operand)} {words.key('IS_FILLED')}"
    if isinstance(expr.operand, ir.Exists):
        return words.source(expr.operand, "NO") + words.such_that(expr.operand.body)
    return f"{words.key('NOT')} {words.condition(expr.operand)}"


def _compare(words: Words, expr: ir.Compare) -> str:
    if expr.operator in ("eq", "ne"):
        return words.comparison(expr.left, "IS" if expr.operator == "eq" else "IS_NOT", expr.right)
    dates = DATE in (getattr(expr.left, "type", None), getattr(expr.right, "type", None))
    dated = dates or any(isinstance(side, ir.AsOf | ir.Shift) for side in (expr.left, expr.right))
    return words.comparison(expr.left, (_DATES if dated else _NUMBERS)[expr.operator], expr.right)


def _apply(words: Words, expr: ir.Apply) -> str:
    arguments = [words.operand(argument) for argument in expr.arguments]
    if expr.name in _SIGNS:
        return f" {words.key(_SIGNS[expr.name])} ".join(arguments)
    if expr.name == "negate":
        return words.key("SUB") + arguments[0]
    return (words.label(FUNCTIONS[expr.name]) if expr.name in FUNCTIONS else expr.name) + words.grouped(words.listed(arguments))


def _call(words: Words, expr: ir.Call) -> str:
    arguments = words.listed(words.expr(argument) for argument in expr.arguments)
    return words.label(words.pack.definitions[expr.name]) + words.grouped(arguments)


def _in(words: Words, expr: ir.In) -> str:
    return f"{words.operand(expr.operand)} {words.key('IN')} {words.grouped(words.listed(map(words.expr, expr.options)))}"


def _if(words: Words, expr: ir.If) -> str:
    parts = (("IF", expr.condition), ("THEN", expr.then), ("ELSE", expr.otherwise))
    return " ".join(f"{words.key(terminal)} {words.operand(part)}" for terminal, part in parts)


def _shift(words: Words, expr: ir.Shift) -> str:
    base, period = words.operand(expr.base), words.operand(expr.period)
    if isinstance(expr.period, ir.Const) and not words.chinese:
        return f"{period} {words.key('AFTER' if expr.sign > 0 else 'BEFORE')} {base}"
    return f"{base} {words.key('PLUS' if expr.sign > 0 else 'MINUS')} {period}"


def _every(words: Words, expr: ir.Every) -> str:
    where, body = "", expr.body
    if isinstance(body, ir.Or) and isinstance(body.operands[0], ir.Not):
        where, body = f" {words.key('WHERE')} {words.operand(body.operands[0].operand)}", body.operands[-1]
    return words.source(expr, "EVERY") + where + words.such_that(body)


def _aggregate(words: Words, expr: ir.Aggregate) -> str:
    source = words.source(expr, "OVER") + words.such_that(expr.body)
    return f"{words.key(expr.kind.upper())} {words.operand(expr.value)} {source}"


def _pick(words: Words, expr: ir.Pick) -> str:
    return f"{words.source(expr, expr.kind.upper())} {words.key('ORDER_BY')} {words.operand(expr.by)}{words.such_that(expr.body)}"


def _nearest(words: Words, expr: ir.Nearest) -> str:
    via = words.field(expr.entity, expr.via)
    named = f" {words.key('AS')} {words.names(expr.var)}" if expr.var != expr.entity else ""
    path = f" {words.key('FROM')} {words.operand(expr.start)} {words.key('VIA')} {via}"
    return f"{words.key('NEAREST')} {words.entity(expr.entity)}{named}{path}{words.such_that(expr.body)}"


def _under(words: Words, expr: ir.Under) -> str:
    return words.say("X83") + words.grouped(words.listed((words.expr(expr.inner), words.expr(expr.outer))))


def _const(words: Words, expr: ir.Const) -> str:
    said = words.value(expr.value, expr.type)
    quotes = "“{}”" if words.chinese else '"{}"'
    return quotes.format(said) if expr.type.kind == "text" else said


_LOOSE = (ir.And, ir.Or, ir.If, ir.Exists, ir.Every, ir.Count, ir.Aggregate, ir.Pick, ir.Nearest)
_CLAUSES: dict[type, Callable[[Words, Any], str]] = {
    ir.Const: _const,
    ir.Param: lambda words, expr: words.label(words.pack.parameters[expr.name]),
    ir.AsOf: lambda words, expr: words.key("AS_OF"),
    ir.Var: lambda words, expr: words.names(expr.name),
    ir.Let: lambda words, expr: expr.name,
    ir.Field: lambda words, expr: f"{words.operand(expr.base)}.{words.field(expr.entity, expr.field)}",
    ir.Call: _call,
    ir.Apply: _apply,
    ir.Not: _not,
    ir.And: _junction("AND"),
    ir.Or: _junction("OR"),
    ir.Compare: _compare,
    ir.Linked: lambda words, expr: words.comparison(expr.path, "IS", expr.row),
    ir.IsMissing: lambda words, expr: f"{words.operand(expr.operand)} {words.key('IS_MISSING')}",
    ir.In: _in,
    ir.If: _if,
    ir.Shift: _shift,
    ir.Rolled: lambda words, expr: words.expr(expr.base),
    ir.Exists: lambda words, expr: words.source(expr, "EXISTS") + words.such_that(expr.body),
    ir.Every: _every,
    ir.Count: lambda words, expr: words.source(expr, "COUNT") + words.such_that(expr.body),
    ir.Aggregate: _aggregate,
    ir.Pick: _pick,
    ir.Nearest: _nearest,
    ir.Under: _under,
}
