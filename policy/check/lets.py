"""The `let`s of a rule: each is checked when it is first used, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy.check.names import listed
from policy.check.page import Page
from policy.check.typer import POISON, Typer, type_of
from policy.lang import ast, ir
from policy.lang.types import Type

__all__ = ["Lets"]


class Lets:
    """The `let`s by name. `values` has those that were checked, each after those that it uses."""

    def __init__(self, clauses: Iterable[tuple[Page, ast.LetClause]], typer: Typer) -> None:
        self.values: dict[str, ir.Expr] = {}
        self._typer = typer
        self._scope = typer.scope
        typer.lets = self
        self._clauses: dict[str, tuple[Page, ast.LetClause]] = {}
        self._heights: dict[str, int] = {}
        self._open: list[str] = []
        for page, clause in clauses:
            self._declare(page, clause)

    def _declare(self, page: Page, clause: ast.LetClause) -> None:
        name = clause.name
        if name.text in self._clauses:
            where, first = self._clauses[name.text]
            page.refuse("C012", name.span, ("another_name", {}), (where, first.name.span, "first"), name=name.text)
        elif name.text in self._scope:
            place = (self._typer.page, self._scope[name.text].span, "first")
            page.refuse("C012", name.span, ("another_name", {}), place, name=name.text)
        else:
            self._clauses[name.text] = page, clause

    def place(self, name: str) -> ast.Name:
        """The name where it is declared."""
        return self._clauses[name][1].name

    def use(self, name: str, user: Typer, node: ast.Expr) -> ir.Expr:
        """The `let` called `name`, checked if it has not been; `user` becomes as deep as it."""
        if name in self._open:
            circle = [*self._open[self._open.index(name) :], name]
            user.page.refuse("C502", node.span, names=listed(circle, "circle"))
            return ir.Let(name, POISON, span=node.span)
        if name not in self.values:
            self._check(name, user.level)
        user.reach(self._heights[name])
        return ir.Let(name, self.type(name), span=node.span)

    def _check(self, name: str, level: int) -> None:
        page, clause = self._clauses[name]
        typer = self._typer.beside(self._scope, level).on(page)
        self._open.append(name)
        value = typer.infer(clause.value)
        self._open.pop()
        self._heights[name] = typer.height - level
        self.values[name] = value

    def check_all(self) -> tuple[tuple[str, ir.Expr], ...]:
        """Every `let` with its value, each after those that it uses; those that nothing uses are checked now."""
        for name in self._clauses:
            if name not in self.values:
                self._check(name, 0)
                self._typer.reach(self._heights[name])
        return tuple(self.values.items())

    def type(self, name: str) -> Type:
        """The type of a `let` that was checked."""
        return type_of(self.values[name])

    def __contains__(self, name: str) -> bool:
        return name in self._clauses

    def __iter__(self) -> Iterator[str]:
        return iter(self._clauses)
