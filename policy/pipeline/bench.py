"""The trees of a pack with its cases: what a mutant changes, and whether a case notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import attrs

from policy.lang import ast, ir
from policy.lang.uses import Used, deciding, used_by
from policy.lang.walk import walk
from policy.pipeline.cases import CaseJudge
from policy.pipeline.choices import find_calendar
from policy.pipeline.engines import find_engine
from policy.pipeline.faults import functions
from policy.pipeline.packs import parsed

if TYPE_CHECKING:
    from policy.check import Layer
    from policy.hooks.manager import Plugins
    from policy.lang.facts import Facts
    from policy.mutate import Mutant
    from policy.source import Source

__all__ = ["Bench", "Place"]


class Place(NamedTuple):
    """Where a declaration stands: the number of its file in the pack's last layer and its own number there."""

    file: int
    number: int


class Bench:
    """A pack as trees, with its cases, on which mutants are tried. `pack` is the pack itself, checked, with its cases."""

    def __init__(self, path: Path, pack: ir.Pack, plugins: Plugins) -> None:
        self.pack = pack
        self._plugins = plugins
        layers, _ = parsed(path, plugins)
        self._layers = [_without_cases(layer) for layer in layers]
        self._judge = CaseJudge(find_calendar(pack, plugins), functions(plugins), find_engine("reference"))
        self._first: dict[str, list[int]] = {}  # of each rule, the cases that noticed a mutant, the last one first

    @property
    def files(self) -> Sequence[tuple[Source, ast.File]]:
        """The files that are changed: those of the pack itself, not of what it extends; without cases."""
        return self._layers[-1].files

    def mutants(self) -> Iterator[tuple[Place, Mutant]]:
        """Every mutant of the pack, in the order of its files."""
        from policy.mutate import Words, mutants

        words = Words(self.pack.vocabulary)
        for number, (_, tree) in enumerate(self.files):
            for place, declaration in enumerate(tree.declarations):
                yield from ((Place(number, place), mutant) for mutant in mutants(declaration, words))

    def noticed(self, place: Place, mutant: Mutant) -> bool | None:
        """Whether a case notices a mutant; None where it is no pack, or means the same as the pack itself."""
        changed = self.checked(place, mutant)
        if changed is None:
            return None
        affected = self.affected(changed)
        return any(self._fails(changed, number, rules) for number, rules in self._cases_of(affected)) if affected else None

    def checked(self, place: Place, mutant: Mutant) -> ir.Pack | None:
        """The pack with a mutant in it; None where that is none."""
        from policy.check import Layer, check_pack

        files = list(self.files)
        source, tree = files[place.file]
        rest = () if mutant.changed is None else (mutant.changed,)
        declarations = (*tree.declarations[: place.number], *rest, *tree.declarations[place.number + 1 :])
        files[place.file] = source, attrs.evolve(tree, declarations=declarations)
        layers = [*self._layers[:-1], Layer(files, self._layers[-1].regulations)]
        pack, _ = check_pack(layers, self._plugins.functions, self.pack.sha256, calendars=self._plugins.calendars)
        return pack

    # --- which cases ---------------------------------------------------------------------------------------------------

    @cached_property
    def _cases(self) -> list[tuple[ir.Pack, ir.Case, Facts]]:
        """The cases with their facts, which no mutant changes."""
        from policy.load.cases import case_facts

        return [(pack, case, case_facts(case, pack.vocabulary)[0]) for pack in self.pack.all_days() for case in pack.cases]

    def affected(self, changed: ir.Pack) -> frozenset[str]:
        """The rules that mean something else in the changed pack on some day."""
        found: set[str] = set()
        for before, after in zip(self.pack.all_days(), changed.all_days(), strict=False):
            found |= _differing(before, after)
        if len(self.pack.all_days()) != len(changed.all_days()):
            found |= {rule.id for pack in (self.pack, changed) for rule in pack.rules}
        return frozenset(found)

    def _cases_of(self, rules: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
        """The numbers of the cases that expect something of the rules, with those rules; the likeliest to notice first."""
        numbers = dict.fromkeys(number for rule in sorted(rules) for number in (*self._first.get(rule, ()), *self._cases_by_rule.get(rule, ())))
        for number in numbers:
            _, case, _ = self._cases[number]
            yield number, rules & {expectation.rule for expectation in case.expectations}

    @cached_property
    def _cases_by_rule(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, (_, case, _) in enumerate(self._cases):
            for rule in {expectation.rule for expectation in case.expectations}:
                found.setdefault(rule, []).append(number)
        return found

    def _fails(self, changed: ir.Pack, number: int, rules: frozenset[str]) -> bool:
        _, case, facts = self._cases[number]
        pack = changed.edition(case.as_of)
        known = {rule.id for rule in pack.rules}
        fails = not rules <= known or next(self._judge.differences(pack, case, facts, rules), None) is not None
        if fails:
            for rule in rules:
                self._first.setdefault(rule, []).insert(0, number)
                del self._first[rule][8:]
        return fails


def _without_cases(layer: Layer) -> Layer:
    files = [
        (source, attrs.evolve(tree, declarations=tuple(one for one in tree.declarations if not isinstance(one, ast.CaseDecl))))
        for source, tree in layer.files
    ]
    return attrs.evolve(layer, files=files)


def _differing(before: ir.Pack, after: ir.Pack) -> set[str]:
    """The rules that one pack has and the other has not, or not with the same meaning."""
    old, new = ({rule.id: rule for rule in pack.rules} for pack in (before, after))
    found = {id for id in {**old, **new} if old.get(id) != new.get(id)}
    definitions = {name for name, one in after.definitions.items() if before.definitions.get(name) != one}
    parameters = {name for name, one in after.parameters.items() if before.parameters.get(name) != one}
    by_engine = parameters & {"months", "nonworking", "due_soon"}  # which no rule names
    for rule in before.rules:
        used = used_by(rule, before.definitions)
        if definitions & set(used.definitions) or parameters & set(used.parameters) or (by_engine and _reckons(rule, used, before)):
            found.add(rule.id)
    for rule in sorted(before.rules, key=lambda rule: rule.stratum):
        found |= {rule.id} if found & set(rule.depends) else set()
    return found


def _reckons(rule: ir.Rule, used: Used, pack: ir.Pack) -> bool:
    """Whether a rule has a due day or moves a day by a period."""
    bodies = (pack.definitions[name].body for name in used.definitions)
    return rule.due is not None or any(isinstance(part, ir.Shift) for one in (*deciding(rule), *bodies) for part in walk(one))
