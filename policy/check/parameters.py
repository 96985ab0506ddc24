"""The choices of a unit: their types, values and bounds."""

from __future__ import annotations

from decimal import Decimal

import attrs

from policy.check.definitions import nodes
from policy.check.described import described
from policy.check.expressions import typer
from policy.check.known import Known
from policy.check.names import listed
from policy.check.page import Page
from policy.check.typer import POISON, type_of
from policy.check.vocabulary import PLAIN, argument_type
from policy.lang import ast, ir
from policy.lang.keywords import KEYWORDS
from policy.lang.ops import OPERATORS
from policy.lang.types import DATE, INT, MONTH_DAY, NUMBER, PERIODS, TEXT, Period, Type

__all__ = ["check_parameter", "set_parameter", "value_of"]

_BOUNDED = (INT, NUMBER, DATE, MONTH_DAY, *PERIODS)
_FOLDED = {"negate": OPERATORS["negate"][0].call}


def check_parameter(known: Known, page: Page, declaration: ast.ParamDecl) -> ir.Parameter:
    """A parameter as declared; with a mistake in its type it goes with every use."""
    (basis, citations), note = described(page, declaration.items)
    if not basis:
        page.refuse("C304", declaration.name.span, ("write_basis", {}), name=declaration.name.text)
    type, default = _typed(known, page, declaration)
    low, high = _bounds(known, page, declaration, type)
    name, label = declaration.name.text, declaration.label and declaration.label.text
    text = page.source.text[slice(*declaration.span)]
    parameter = ir.Parameter(name, label, type, default, low, high, basis, note, citations=citations, text=text)
    if default is not None and not _within(parameter, default):
        words = {"value": page.words(declaration.value.span), **_limits(page, declaration)}
        page.refuse("C301", declaration.value.span, name=name, **words)
    return parameter


def _limits(page: Page, declaration: ast.ParamDecl) -> dict[str, str]:
    return {"low": page.words(declaration.low.span), "high": page.words(declaration.high.span)}


def _typed(known: Known, page: Page, declaration: ast.ParamDecl) -> tuple[Type, ir.Value | None]:
    """The type of a parameter and its default; the unit of a period is its default's."""
    type = declaration.type
    if type.kind == "duration":
        value = _constant(known, page, declaration.value, None)
        return (Type(value.unit), value) if isinstance(value, Period) else (POISON, None)
    found = PLAIN.get(type.kind) or argument_type(known, page, type)
    if found.is_ref:
        page.refuse("C026", type.span, name=type.name)
        return POISON, None
    return found, None if found == POISON else _constant(known, page, declaration.value, found)


def _constant(known: Known, page: Page, node: ast.Expr, wanted: Type | None) -> ir.Value | None:
    """A value written out, of the type that is wanted (None: a period of any unit); None, and a mistake, for anything else."""
    if (wanted is None or not wanted.is_enum) and any(isinstance(part, (ast.Name, ast.AsOf)) for part in nodes(node)):
        help = ("quotes", {"text": page.words(node.span)}) if wanted == TEXT and isinstance(node, ast.Name) else None
        page.refuse("C305", node.span, help, text=page.words(node.span))
        return None
    checker = typer(known, page)
    expr = checker.infer(node) if wanted is None else checker.want(node, wanted)
    if wanted is None and type_of(expr) not in PERIODS:
        checker.mistyped(node, type_of(expr), "@duration")
        return None
    if type_of(expr) == POISON:
        return None
    sign = 1
    while isinstance(expr, ir.Apply) and expr.name in _FOLDED:
        expr, sign = expr.arguments[0], -sign
    if not isinstance(expr, ir.Const):
        page.refuse("C305", node.span, text=page.words(node.span))
        return None
    value = expr.value if sign == 1 else -expr.value
    return Decimal(value) if wanted == NUMBER else value


def _bounds(known: Known, page: Page, declaration: ast.ParamDecl, type: Type) -> tuple[ir.Value | None, ir.Value | None]:
    if declaration.low is None or type == POISON:
        return None, None
    if type not in _BOUNDED:
        page.refuse("C303", declaration.low.span, type=typer(known, page).described(type), name=declaration.name.text)
        return None, None
    low = _constant(known, page, declaration.low, type)
    high = _constant(known, page, declaration.high, type)
    if low is None or high is None:
        return None, None
    if low > high:
        page.refuse("C302", declaration.low.span, name=declaration.name.text, **_limits(page, declaration))
        return None, None
    return low, high


def _within(parameter: ir.Parameter, value: ir.Value) -> bool:
    return (parameter.low is None or parameter.low <= value) and (parameter.high is None or value <= parameter.high)


# --- values set for a case or a run ----------------------------------------------------------------------------------


def set_parameter(known: Known, page: Page, parameter: ir.Parameter, change: ast.SetDecl) -> ir.Parameter:
    """A parameter with the default that a variant sets; the parameter itself when there is a mistake in it."""
    (basis, citations), _ = described(page, change.items)
    value = value_of(known, page, parameter, change.value)
    if value is None:
        return parameter
    standard = parameter.default if parameter.standard is None else parameter.standard
    changed = attrs.evolve(
        parameter, default=value, standard=standard, decided_in=page.pack, decided_on=basis, citations=parameter.citations + citations
    )
    known.parameters.replace(parameter, changed, (parameter.name, parameter.label))
    return changed


def value_of(known: Known, page: Page, parameter: ir.Parameter, node: ast.Expr) -> ir.Value | None:
    """A value for a parameter, or None, and a mistake: of another type, outside the bounds, not among the choices."""
    if parameter.choices:
        return _choice(page, parameter, node)
    if parameter.type == POISON:
        return None
    value = _constant(known, page, node, parameter.type)
    if value is not None and not _within(parameter, value):
        words = {"value": page.words(node.span), "low": _shown(parameter.low), "high": _shown(parameter.high)}
        page.refuse("C308", node.span, name=_called(parameter, page), **words)
        return None
    return value


def _called(parameter: ir.Parameter, page: Page) -> str:
    return parameter.label if parameter.label and page.language == "zh" else parameter.name


def _shown(value: ir.Value) -> str:
    """A bound as an argument of a message."""
    if isinstance(value, Period):
        return f"@period:{value.amount} {value.unit}"
    return str(value) if not hasattr(value, "month") or hasattr(value, "year") else f"{value.month:02}-{value.day:02}"


def _choice(page: Page, parameter: ir.Parameter, node: ast.Expr) -> str | None:
    """A choice by its identifier or by a spelling of its keyword."""
    word = node.text if isinstance(node, ast.Name) else node.value if isinstance(node, ast.Literal) else None
    for choice in parameter.choices:
        if word == choice or any(word in spellings for spellings in KEYWORDS[choice.upper()].values()):
            return choice
    spelled = {"zh": [KEYWORDS[choice.upper()]["zh"][0] for choice in parameter.choices], "en": list(parameter.choices)}
    help = ("known_names", {"names": listed(spelled[page.language])})
    page.refuse("C306", node.span, help, value=page.words(node.span), name=_called(parameter, page))
    return None
