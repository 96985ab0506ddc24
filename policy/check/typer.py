"""The state of checking an expression: its scope, its types, and what is said when a type is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from policy.check.known import Known
from policy.check.page import Help, Page
from policy.lang import ast, ir
from policy.lang.types import BOOL, COUNT, DATE, INT, NUMBER, PERIODS, Type

if TYPE_CHECKING:
    from policy.check.lets import Lets
    from policy.source import Span

__all__ = ["POISON", "Clause", "Typer", "accepts", "type_of", "wrong"]

POISON = Type("poison")
"""The type of an expression that has been refused: it goes with everything, so that one mistake is reported once."""

_DEEPEST = 120
"""Levels of nesting, through `let`s and definitions too: what an interpreter can follow without running out of stack."""

_TYPES: dict[type, Type] = {
    ir.AsOf: DATE, ir.Shift: DATE, ir.Rolled: DATE, ir.Count: COUNT,
    **dict.fromkeys((ir.Not, ir.And, ir.Or, ir.Compare, ir.Linked, ir.IsMissing, ir.In, ir.Exists, ir.Every, ir.Under), BOOL),
}  # fmt: skip

Clause = Callable[["Typer", ast.Expr, "Type | None"], ir.Expr]
"""Checks one kind of node: the typer, the node, and the type that is wanted if it is known."""


def type_of(expr: ir.Expr) -> Type:
    """The type of an expression's value."""
    return _TYPES.get(type(expr)) or expr.type


def wrong(node: ast.Expr) -> ir.Expr:
    """What stands for an expression that was refused."""
    return ir.Const("", POISON, span=node.span)


def accepts(wanted: Type, actual: Type) -> bool:
    """Whether a value of type `actual` may stand where `wanted` is."""
    return wanted == actual or POISON in (wanted, actual) or (wanted == NUMBER and actual == INT)


class Typer:
    """Checks the expressions of one declaration.

    `scope` has the variables by every name they may be called; `hidden` are names of the rule that mean nothing here.
    `depends` collects the rules whose violations are read, `violations` are the rules behind each variable that stands for one,
    `height` is the depth of the deepest expression so far.
    """

    def __init__(
        self, clauses: Mapping[type, Clause], known: Known, page: Page, scope: dict[str, ir.Var], level: int = 0
    ) -> None:
        self.known = known
        self.page = page
        self.scope = scope
        self.lets: Lets | None = None
        self.hidden: frozenset[str] = frozenset()
        self.depends: dict[str, None] = {}
        self.violations: dict[str, tuple[str, ...]] = {}
        self.level = level
        self.height = level
        self._clauses = clauses

    def beside(self, scope: dict[str, ir.Var], level: int) -> Typer:
        """A typer for another expression of the same declaration, which is reached from `level`."""
        other = Typer(self._clauses, self.known, self.page, scope, level)
        other.lets, other.depends = self.lets, self.depends
        return other

    def on(self, page: Page) -> Typer:
        """The same typer, which from here on notes mistakes on another page."""
        self.page = page
        return self

    def infer(self, node: ast.Expr, hint: Type | None = None) -> ir.Expr:
        """The meaning of an expression; `hint` is the type wanted of it, by which a bare name may be a member of an enum."""
        if self.level >= _DEEPEST:
            return wrong(node)
        self.level += 1
        if self.level > self.height:
            self.height = self.level
        expr = self._clauses[type(node)](self, node, hint)
        self.level -= 1
        return expr

    def reach(self, levels: int) -> None:
        """Note that the expression goes so many levels deeper."""
        self.height = max(self.height, self.level + levels)

    def too_deep(self, span: Span) -> bool:
        """Whether what was checked is nested too deeply, which is refused at `span`."""
        if self.height < _DEEPEST:
            return False
        self.page.refuse("C115", span, ("fewer_levels", {}))
        return True

    def want(self, node: ast.Expr, wanted: Type) -> ir.Expr:
        """The meaning of an expression that must have a type."""
        expr = self.infer(node, wanted)
        if accepts(wanted, type_of(expr)):
            return expr
        return self.mistyped(node, type_of(expr), self.described(wanted), self._advice(node, type_of(expr), wanted))

    def mistyped(self, node: ast.Expr, actual: Type, wanted: str, help: Help | None = None) -> ir.Expr:
        """Refuse an expression of type `actual` where `wanted` (as an argument of a message) is needed."""
        if actual == COUNT:
            words = {"text": self.page.words(node.span)}
            self.page.refuse("C105", node.span, ("compare_count", words), **words)
        elif actual != POISON:
            words = self.page.words(node.span)
            self.page.refuse("C101", node.span, help, text=words, actual=self.described(actual), wanted=wanted)
        return wrong(node)

    def called(self, name: str) -> str:
        """What an author who writes in the language of the file calls an entity or enum."""
        return self.known.called(name, self.page.language)

    def described(self, type: Type) -> str:
        """A type as an argument of a message, which says it in its own language."""
        return f"@{type.kind}:{self.called(type.name)}" if type.name else f"@{type.kind}"

    def _advice(self, node: ast.Expr, actual: Type, wanted: Type) -> Help | None:
        if wanted.is_enum and isinstance(node, ast.Literal) and node.value in self.known.enum_members(wanted.name):
            return "no_quotes", {"name": str(node.value)}
        if wanted == DATE and actual in PERIODS:
            return "day_and_period", {"text": self.page.words(node.span)}
        if wanted == BOOL and actual not in (POISON, COUNT):
            return "say_condition", {"text": self.page.words(node.span)}
        return None

    def pair(self, left: ast.Expr, right: ast.Expr, hint: Type | None = None) -> tuple[ir.Expr, ir.Expr]:
        """The meaning of two expressions that should have one type: a member of an enum is understood by the other side."""
        if hint is None and self._foreign(left) and not self._foreign(right):
            second = self.infer(right)
            return self.infer(left, type_of(second)), second
        first = self.infer(left, hint)
        return first, self.infer(right, hint or type_of(first))

    def _foreign(self, node: ast.Expr) -> bool:
        return isinstance(node, ast.Name) and not self.knows(node.text)

    def knows(self, name: str) -> bool:
        """Whether a name means a variable or a parameter here."""
        return name in self.scope or (self.lets is not None and name in self.lets) or name in self.known.parameters
