"""ast → ir: names, types, citations, cycles."""

from __future__ import annotations

import gc
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import attrs

from policy.check.cases import check_cases, find_parameter
from policy.check.definitions import check_definitions, declare_definitions
from policy.check.header import Header, check_header
from policy.check.known import Known
from policy.check.names import Names
from policy.check.page import Page
from policy.check.parameters import check_parameter, set_parameter, value_of
from policy.check.reads import Reads
from policy.check.rules import check_rule, signature
from policy.check.strata import rules_without_violations, stratified
from policy.check.unruled import check_unruled
from policy.check.variants import Changed, Declarations, alone, stretches, varied
from policy.check.vocabulary import declare, known_of
from policy.diagnostic import Diagnostic
from policy.lang import ast, ir
from policy.lang.ops import Function
from policy.lang.regulation import Regulation
from policy.lang.schema import ATTESTATION, WAIVER, Vocabulary
from policy.source import Source, Span

__all__ = ["Layer", "check_pack", "parameter_value"]

Found = list[tuple[int, Diagnostic]]


@attrs.frozen(eq=False)
class Layer:
    """The files of a pack, and the regulations in its folder by file name."""

    files: Sequence[tuple[Source, ast.File]]
    regulations: Mapping[str, Regulation]


def check_pack(
    layers: Sequence[Layer],
    functions: Mapping[str, Function],
    sha256: str,
    *,
    calendars: Collection[str] = (),
    rules_missing: bool = False,
    trusting: bool = False,
) -> tuple[ir.Pack | None, tuple[Diagnostic, ...]]:
    """The pack that the files make, or None and all their mistakes, ordered by file and place.

    `layers` are the pack and, before it, the one that it extends, and so on; `functions` are those of plug-ins, `calendars` the
    names of theirs. With `rules_missing` some rules could not be read, so that nothing is said of a rule that is not there. A variant may change
    a final rule in a way that may make it less strict if we are `trusting`. Never raises.
    """
    found: Found = []
    collecting = gc.isenabled()
    gc.disable()  # a check makes many objects that live on: collections in between cost a quarter of the time
    try:
        header, placed = _headed(layers, calendars, found)
        editions, rules = [], _Rules()
        for stretch in stretches(placed):
            declarations = varied(placed, stretch, trusting)
            pack = _pack(header, declarations, functions, sha256, rules_missing, rules)
            editions.append((declarations.changes, ir.Edition(stretch.first, stretch.last, _like(pack, editions))))
    finally:
        if collecting:
            gc.enable()
    return (None, _in_order(found)) if found else (_of_editions(editions), ())


def _headed(layers: Sequence[Layer], calendars: Collection[str], found: Found) -> tuple[Header, list[list[tuple[Page, ast.Declaration]]]]:
    """The header of the last layer, and the declarations of each with their pages."""
    header, placed, number = None, [], 0
    for depth, layer in enumerate(layers):
        pages = [Page(source, file.language, number + place, found, depth) for place, (source, file) in enumerate(layer.files)]
        number += len(pages)
        declared = [(page, one) for page, (_, file) in zip(pages, layer.files) for one in file.declarations]
        headers = [(page, one) for page, one in declared if isinstance(one, ast.PackHeader)]
        header = check_header(pages, headers, layer.regulations, calendars, found, header)
        placed.append(declared)
    assert header is not None, "a pack has a layer"
    return header, placed


def _like(pack: ir.Pack, editions: Sequence[tuple[int, ir.Edition]]) -> ir.Pack:
    """A pack that has its vocabulary and definitions in common with the first edition, if they are the same: it is kept with the others."""
    if not editions:
        return pack
    first = editions[0][1].pack
    common = [name for name in ("vocabulary", "definitions", "unruled") if getattr(pack, name) == getattr(first, name)]
    return attrs.evolve(pack, **{name: getattr(first, name) for name in common})


def _of_editions(editions: Sequence[tuple[int, ir.Edition]]) -> ir.Pack:
    """The pack with most changes in force, the earliest of equals, and what it is on all days."""
    most, pack = -1, None
    for changes, edition in editions:
        if changes > most:
            most, pack = changes, edition.pack
    return pack if len(editions) == 1 else attrs.evolve(pack, editions=tuple(edition for _, edition in editions))


def parameter_value(
    pack: ir.Pack, name: str, expr: ast.Expr, source: Source, span: Span | None = None
) -> tuple[ir.Value | None, tuple[Diagnostic, ...]]:
    """A value for the parameter of that name or label, or None and what is wrong with it.

    `source` is where `expr` was read, and `span` where the name stands there (None: everywhere).
    """
    found: Found = []
    page = Page(source, pack.language, 0, found)
    known = known_of(pack.vocabulary, pack.parameters.values())
    parameter = find_parameter(known, page, ast.Name(name, span=span or (0, len(source.text))))
    value = value_of(known, page, parameter, expr) if parameter is not None else None
    return value, _in_order(found)


def _in_order(found: Found) -> tuple[Diagnostic, ...]:
    """The mistakes by file and place; one that is made on many days is told once."""
    told = {(number, one.span, one.code, tuple(one.arguments.items())): one for number, one in found}
    return tuple(told[key] for key in sorted(told, key=lambda key: key[:2]))


# --- the parts of a pack, each after those that it builds on ---------------------------------------------------------


class _Rules:
    """Rules that were checked for some days. One that reads no violations means the same on all days on which it stands as it is."""

    def __init__(self) -> None:
        self._checked: dict[int, tuple[ast.RuleDecl, ir.Rule]] = {}  # with the declaration, so that its `id` stays its own

    def check(self, known: Known, reads: Reads, page: Page, declaration: ast.RuleDecl) -> ir.Rule:
        if id(declaration) not in self._checked:
            rule = check_rule(known, reads, page, declaration)
            if rule.depends:
                return rule
            self._checked[id(declaration)] = declaration, rule
        return self._checked[id(declaration)][1]


def _pack(
    header: Header, declared: Declarations, functions: Mapping[str, Function], sha256: str, rules_missing: bool, rules_before: _Rules
) -> ir.Pack:
    known = known_of(Vocabulary({one.name: one for one in (ATTESTATION, WAIVER)}, {}), header.parameters)
    known.plugins = functions
    known.rules_missing = rules_missing
    known.elsewhere, known.idle = declared.elsewhere, frozenset(declared.idle)
    vocabulary = declare(known, declared.of((ast.EntityDecl, ast.EnumDecl)))
    parameters = _parameters(known, header, declared)
    places = _declare_rules(known, declared)
    definitions = _definitions(known, declared)
    reads = Reads(definitions)
    checked = [(one, rules_before.check(known, reads, page, one)) for page, one in declared.of(ast.RuleDecl)]
    kept = [rule for one, rule in checked if places[rule.id][1] is one]
    rules = stratified([attrs.evolve(rule, changes=declared.overrides.get(rule.id, ())) for rule in kept], places)
    unruled = check_unruled(known, declared.of(ast.NoRuleDecl), declared.of(ast.RuleDecl))
    cases = check_cases(known, {rule.id: rule for rule in rules}, declared.of(ast.CaseDecl))
    basis, citations = header.basis
    return ir.Pack(
        id=header.id,
        version=header.version,
        title=header.title,
        language=header.language,
        effective=header.effective,
        calendar=header.calendar,
        basis=basis,
        vocabulary=vocabulary,
        parameters=parameters,
        definitions=definitions,
        rules=rules,
        cases=cases,
        regulation=header.library.regulation,
        sha256=sha256,
        extends=header.extends,
        citations=citations,
        note=header.note,
        unruled=unruled,
    )


def _parameters(known: Known, header: Header, declared: Declarations) -> dict[str, ir.Parameter]:
    """The parameters of the engine and of the pack, as variants set them. The values of the pack's may not use one another."""
    parameters = {parameter.name: parameter for parameter in header.parameters}
    checked = [(page, one, check_parameter(known, page, one)) for page, one in declared.of(ast.ParamDecl)]
    for page, declaration, parameter in checked:
        if known.parameters.declare(parameter, page, declaration.name, declaration.label):
            parameters[parameter.name] = parameter
    for changes in declared.sets:
        changed: Changed = {}
        for page, change in changes:
            parameter = find_parameter(known, page, change.name)
            if parameter is not None and alone(changed, parameter.name, page, change.name):
                parameters[parameter.name] = set_parameter(known, page, parameter, change)
    return parameters


def _definitions(known: Known, declared: Declarations) -> dict[str, ir.Definition]:
    return check_definitions(known, declare_definitions(known, declared.of(ast.DefineDecl)))


def _declare_rules(known: Known, declared: Declarations) -> dict[str, tuple[Page, ast.RuleDecl]]:
    """Enter the rules by their ids, which are unique; where each is declared."""
    rules = declared.of(ast.RuleDecl)
    ids: Names[ast.RuleDecl] = Names()
    places = {one.id.text: (page, one) for page, one in rules if ids.declare(one, page, one.id)}
    known.rules.update((id, signature(known, one)) for id, (_, one) in places.items())
    definitions = [one for _, one in declared.of(ast.DefineDecl)]
    known.all_rules = cache(lambda: rules_without_violations(known, definitions))
    return places
