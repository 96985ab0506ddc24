"""ast → ir: names, types, citations, cycles."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from policy.check.cases import check_cases, find_parameter
from policy.check.definitions import check_definitions, declare_definitions
from policy.check.header import Header, check_header
from policy.check.known import Known
from policy.check.names import Names
from policy.check.page import Page
from policy.check.parameters import check_parameter, clauses, value_of
from policy.check.reads import Reads
from policy.check.rules import check_rule, signature
from policy.check.strata import rules_without_violations, stratified
from policy.check.vocabulary import declare, known_of
from policy.diagnostic import Diagnostic
from policy.lang import ast, ir
from policy.lang.ops import Function
from policy.lang.regulation import Regulation
from policy.lang.schema import ATTESTATION, WAIVER, Vocabulary
from policy.source import Source, Span

__all__ = ["check_pack", "parameter_value"]

Found = list[tuple[int, Diagnostic]]
Declared = Callable[[type], list]
"""The declarations of a kind, each with its page, in the order of the files."""


def check_pack(
    files: Sequence[tuple[Source, ast.File]],
    regulations: Mapping[str, Regulation],
    functions: Mapping[str, Function],
    sha256: str,
    *,
    rules_missing: bool = False,
) -> tuple[ir.Pack | None, tuple[Diagnostic, ...]]:
    """The pack that the files make, or None and all their mistakes, ordered by file and place.

    `regulations` are the regulations of the pack's folder by file name, `functions` those of plug-ins. With
    `rules_missing` some rules could not be read, so that nothing is said of a rule that is not there. Never raises.
    """
    found: Found = []
    pages = [Page(source, file.language, number, found) for number, (source, file) in enumerate(files)]

    def declared(kind: type) -> list:
        return [(page, one) for page, (_, file) in zip(pages, files) for one in file.declarations if isinstance(one, kind)]

    collecting = gc.isenabled()
    gc.disable()  # a check makes many objects that live on: collections in between cost a quarter of the time
    try:
        header = check_header(pages, declared(ast.PackHeader), regulations, found)
        pack = _pack(header, declared, functions, sha256, rules_missing)
    finally:
        if collecting:
            gc.enable()
    return (None, _in_order(found)) if found else (pack, ())


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
    return tuple(diagnostic for _, diagnostic in sorted(found, key=lambda one: (one[0], one[1].span)))


# --- the parts of a pack, each after those that it builds on ---------------------------------------------------------


def _pack(header: Header, declared: Declared, functions: Mapping[str, Function], sha256: str, rules_missing: bool) -> ir.Pack:
    known = known_of(Vocabulary({one.name: one for one in (ATTESTATION, WAIVER)}, {}), header.parameters)
    known.plugins = functions
    known.rules_missing = rules_missing
    vocabulary = declare(known, declared((ast.EntityDecl, ast.EnumDecl)))
    parameters = _parameters(known, header, declared)
    places = _declare_rules(known, declared)
    definitions = _definitions(known, header, declared)
    reads = Reads(definitions)
    checked = [(one, check_rule(known, header, reads, page, one)) for page, one in declared(ast.RuleDecl)]
    rules = stratified([rule for one, rule in checked if places[rule.id][1] is one], places)
    cases = check_cases(known, {rule.id: rule for rule in rules}, declared(ast.CaseDecl))
    return ir.Pack(
        id=header.id,
        version=header.version,
        title=header.title,
        language=header.language,
        effective=header.effective,
        calendar=header.calendar,
        basis=header.basis,
        vocabulary=vocabulary,
        parameters=parameters,
        definitions=definitions,
        rules=rules,
        cases=cases,
        regulation=header.library.regulation,
        sha256=sha256,
    )


def _parameters(known: Known, header: Header, declared: Declared) -> dict[str, ir.Parameter]:
    """The parameters of the engine and of the pack. The values of the pack's may not use one another."""
    parameters = {parameter.name: parameter for parameter in header.parameters}
    checked = [(page, one, check_parameter(known, header.library, page, one)) for page, one in declared(ast.ParamDecl)]
    for page, declaration, parameter in checked:
        if known.parameters.declare(parameter, page, declaration.name, declaration.label):
            parameters[parameter.name] = parameter
    return parameters


def _definitions(known: Known, header: Header, declared: Declared) -> dict[str, ir.Definition]:
    definitions = declared(ast.DefineDecl)
    for page, one in definitions:
        clauses(header.library, page, one.items)
    return check_definitions(known, declare_definitions(known, definitions))


def _declare_rules(known: Known, declared: Declared) -> dict[str, tuple[Page, ast.RuleDecl]]:
    """Enter the rules by their ids, which are unique; where each is declared."""
    rules = declared(ast.RuleDecl)
    ids: Names[ast.RuleDecl] = Names()
    places = {one.id.text: (page, one) for page, one in rules if ids.declare(one, page, one.id)}
    known.rules.update((id, signature(known, one)) for id, (_, one) in places.items())
    definitions = [one for _, one in declared(ast.DefineDecl)]
    known.all_rules = cache(lambda: rules_without_violations(known, definitions))
    return places
