"""Which values the conditions of a rule have, and with which of them they decide: what cases reach.

A decision is evaluated whole, without stopping at the first condition that settles it. A condition decides with its value if the decision
would come out differently with another one in its place (true or false), the others as they are, and if that would change what the
decision is part of: the `exists` or `every` whose rows it tries, the definition, the clause. Inside of counts, of picked rows and of
days it is enough that a row would count or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from policy.interpret.expressions import called, evaluate
from policy.interpret.subjects import values
from policy.interpret.world import Env, Violation, World
from policy.lang import ir
from policy.lang.coverage import atoms_of, is_truth
from policy.lang.walk import children

__all__ = ["Watch"]

Truth = bool | None
Matters = Callable[[Truth], bool]
"""Whether another value of a decision would change what it is part of."""

_NAMES = {True: "true", False: "false", None: "unknown"}


def _always(truth: Truth) -> bool:
    return True


class Watch:
    """Watches rules while cases are judged. `seen` and `decided` are the values of each condition by its `id`; the pack keeps them alive."""

    def __init__(self) -> None:
        self.seen: dict[int, set[str]] = {}
        self.decided: dict[int, set[str]] = {}
        self._calls: set[tuple] = set()

    def __call__(self, rule: ir.Rule, world: World) -> None:
        """Watch a rule for all bindings of its binders, before it is judged."""
        self._calls.clear()
        for env in _bindings(rule, Env(world, {}, dict(rule.lets))):
            where = self._decision(ir.And(rule.where), env, _always) if rule.where else True
            if where is not False:
                self._apply(rule, env)

    def _apply(self, rule: ir.Rule, env: Env) -> None:
        """What comes after `where`, as far as it is asked."""
        if rule.bearer is not None:
            self._inside(rule.bearer, env)
        if rule.when is not None and self._decision(rule.when, env, _always) is False:
            return
        for exception in rule.exceptions:
            if self._decision(exception.condition, env, _always):
                return
        if rule.due is not None:
            self._inside(rule.due.rolled, env)
        duty = rule.duty
        if isinstance(duty, ir.State | ir.Permission):
            self._decision(duty.condition, env, _always)
        elif isinstance(duty, ir.Existence):
            for row in env.world.of(duty.source):
                self._decision(duty.body, env.bind(duty.var, row), _always)

    def _decision(self, expr: ir.Expr, env: Env, matters: Matters) -> Truth:
        """Note every condition of a decision; its value."""
        atoms = list(atoms_of(expr))
        truths = {id(atom): evaluate(atom, env) for atom in atoms}
        result = _combined(expr, truths)
        for atom in atoms:
            def changes(other: Truth, atom: ir.Expr = atom) -> bool:
                new = _combined(expr, {**truths, id(atom): other})
                return new is not result and matters(new)

            truth = truths[id(atom)]
            self.seen.setdefault(id(atom), set()).add(_NAMES[truth])
            if any(changes(other) for other in (True, False) if other is not truth):
                self.decided.setdefault(id(atom), set()).add(_NAMES[truth])
            self._within(atom, env, changes)
        return result

    def _within(self, atom: ir.Expr, env: Env, matters: Matters) -> None:
        """Go on inside of a condition, which would change something with a value that matters."""
        if isinstance(atom, ir.Let):
            self._part(env.lets[atom.name], env.apart(), matters)
        elif isinstance(atom, ir.Call):
            self._call(atom, env, matters)
        elif isinstance(atom, ir.Exists | ir.Every):
            self._rows(atom, env, matters)
        elif isinstance(atom, ir.If):
            self._branches(atom, env, matters)
        else:
            self._inside(atom, env)

    def _part(self, expr: ir.Expr, env: Env, matters: Matters) -> None:
        if is_truth(expr):
            self._decision(expr, env, matters)
        else:
            self._inside(expr, env)

    def _call(self, call: ir.Call, env: Env, matters: Matters) -> None:
        """A definition, once for the same arguments where the same would matter."""
        for argument in call.arguments:
            self._inside(argument, env)
        body, inner = called(call, env)
        key = (call.name, *(id(value) if hasattr(value, "key") else value for value in inner.vars.values()), *map(matters, (True, False, None)))
        if key not in self._calls:
            self._calls.add(key)
            self._part(body, inner, matters)

    def _rows(self, expr: ir.Exists | ir.Every, env: Env, matters: Matters) -> None:
        rows = list(env.world.of(expr.source))
        truths = [_member(row, evaluate(expr.body, env.bind(expr.var, row))) for row in rows]
        combine = _any if isinstance(expr, ir.Exists) else _all
        current = combine(truths)
        for place, row in enumerate(rows):
            def changes(other: Truth, place: int = place, row: object = row) -> bool:
                new = combine([*truths[:place], _member(row, other), *truths[place + 1 :]])
                return new is not current and matters(new)

            self._decision(expr.body, env.bind(expr.var, row), changes)

    def _branches(self, expr: ir.If, env: Env, matters: Matters) -> None:
        results = {True: evaluate(expr.then, env), False: evaluate(expr.otherwise, env), None: None}
        current = evaluate(expr, env)
        condition = self._decision(expr.condition, env, lambda new: results[new] is not current and matters(results[new]))
        if condition is not None:
            self._part(expr.then if condition else expr.otherwise, env, matters)

    def _inside(self, expr: ir.Expr, env: Env) -> None:
        """The decisions inside of a value, where it is enough that a row would count or a branch be taken."""
        if isinstance(expr, ir.Let):
            self._part(env.lets[expr.name], env.apart(), _always)
        elif isinstance(expr, ir.Call):
            self._call(expr, env, _always)
        elif isinstance(expr, ir.If):
            self._branches(expr, env, _always)
        elif hasattr(expr, "var"):
            rows = env.world.of(expr.source) if hasattr(expr, "source") else env.world.rows[expr.entity]
            for row in rows:
                self._decision(expr.body, env.bind(expr.var, row), _always)
                for part in (getattr(expr, "value", None), getattr(expr, "by", None)):
                    if part is not None:
                        self._inside(part, env.bind(expr.var, row))
            if isinstance(expr, ir.Nearest):
                self._inside(expr.start, env)
        else:
            for part in children(expr):
                self._part(part, env, _always)


def _bindings(rule: ir.Rule, env: Env) -> Iterator[Env]:
    """Every binding of the binders, whatever `where` says."""
    for found in product(*(list(values(each, env)) for each in rule.binders)):
        yield Env(env.world, dict(zip((each.var for each in rule.binders), found)), env.lets)


def _member(row: object, truth: Truth) -> Truth:
    return row.member if truth and isinstance(row, Violation) else truth


def _combined(expr: ir.Expr, truths: dict[int, Truth]) -> Truth:
    """The Kleene value of a decision whose conditions have these values."""
    if isinstance(expr, ir.Not):
        truth = _combined(expr.operand, truths)
        return None if truth is None else not truth
    if isinstance(expr, ir.And | ir.Or):
        combine = _all if isinstance(expr, ir.And) else _any
        return combine([_combined(part, truths) for part in expr.operands])
    return expr.value if isinstance(expr, ir.Const) else truths[id(expr)]


def _all(truths: list[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def _any(truths: list[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False
