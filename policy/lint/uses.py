"""What is declared and never used: a rule without a case, parameters, definitions, enums, tables, names of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy.lang import ast, ir
from policy.lang.reads import expressions, read_fields
from policy.lang.uses import deciding
from policy.lang.walk import walk
from policy.lint.found import Found, View, found

__all__ = ["USES"]


def _rule_without_case(view: View) -> Iterator[Found]:
    expected = {one.rule for pack in view.pack.all_days() for case in pack.cases for one in case.expectations}
    for where in view.of((ast.RuleDecl, ast.OverrideDecl)):
        names = [where[2].id] if isinstance(where[2], ast.RuleDecl) else where[2].rules
        for name in names:
            if name.text not in expected:
                yield found("L101", where, name.span, name.text, name=name.text)


def _used(view: View, kind: type) -> set[str]:
    return {part.name for pack in view.pack.all_days() for part in expressions(pack) if isinstance(part, kind)}


def _parameter_unused(view: View) -> Iterator[Found]:
    yield from _unused("L102", view, ast.ParamDecl, _used(view, ir.Param))


def _definition_unused(view: View) -> Iterator[Found]:
    yield from _unused("L103", view, ast.DefineDecl, _used(view, ir.Call))


def _enum_unused(view: View) -> Iterator[Found]:
    pack = view.pack
    types = [field.type for entity in pack.vocabulary.entities.values() for field in entity.fields]
    types += [one.type for one in pack.parameters.values()]
    types += [type for one in pack.definitions.values() for _, type in one.arguments]
    used = {type.name for type in types if type.is_enum} | {each.enum for rule in pack.rules for each in rule.binders if isinstance(each, ir.EachMember)}
    yield from _unused("L110", view, ast.EnumDecl, {name for name in used if name})


def _entity_unused(view: View) -> Iterator[Found]:
    """Tables that no rule looks at, nor a reference of a table that one does."""
    used = {name for pack in view.pack.all_days() for name in read_fields(pack)}
    for name in list(used):
        used |= {field.type.name for field in view.pack.vocabulary.entities[name].fields if field.type.is_ref and field.type.name}
    yield from _unused("L112", view, ast.EntityDecl, used)


def _unused(code: str, view: View, kind: type, used: Iterable[str]) -> Iterator[Found]:
    for where in view.of(kind):
        name = where[2].name
        if name.text not in used:
            yield found(code, where, name.span, name.text, name=where[2].label.text if where[2].label and where[1].language == "zh" else name.text)


def _let_unused(view: View) -> Iterator[Found]:
    for rule in view.pack.rules:
        if rule.id in view.rules:
            where = view.rules[rule.id]
            told = [part.expr for part in rule.message if isinstance(part, ir.Placeholder) and part.expr is not None]
            used = {part.name for expr in (*deciding(rule), *told) for part in walk(expr) if isinstance(part, ir.Let)}
            for clause in (clause for clause in where[2].clauses if isinstance(clause, ast.LetClause)):
                if clause.name.text not in used:
                    yield found("L111", where, clause.name.span, clause.name.text, clause, name=clause.name.text)


USES = (_rule_without_case, _parameter_unused, _definition_unused, _enum_unused, _let_unused, _entity_unused)
