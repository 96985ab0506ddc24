"""The cases of a pack: tables, settings and expectations, by the names of the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policy.check.known import Known, RuleSignature
from policy.check.names import Names, listed, suggestion
from policy.check.page import Page
from policy.check.parameters import value_of
from policy.check.rows import known_rule
from policy.check.vocabulary import find_entity
from policy.lang import ast, ir
from policy.lang.schema import Entity

__all__ = ["check_cases", "find_parameter"]

_LONGEST_YEAR = 4


def check_cases(
    known: Known, rules: Mapping[str, ir.Rule], declarations: Sequence[tuple[Page, ast.CaseDecl]]
) -> tuple[ir.Case, ...]:
    """The cases, in the order of the files. Their titles tell them apart."""
    titles: Names[ast.CaseDecl] = Names()
    cases = []
    for page, declaration in declarations:
        titles.declare(declaration, page, declaration.title)
        cases.append(_case(known, rules, page, declaration))
    return tuple(cases)


def _case(known: Known, rules: Mapping[str, ir.Rule], page: Page, declaration: ast.CaseDecl) -> ir.Case:
    items = declaration.items
    tables = [_table(known, page, item) for item in items if isinstance(item, ast.CaseTable)]
    if not any(isinstance(item, ast.Expectation) for item in items):
        page.refuse("C708", declaration.title.span, ("add_expectation", {}), title=declaration.title.text)
    expectations = [_expectation(known, rules, page, item) for item in items if isinstance(item, ast.Expectation)]
    return ir.Case(
        declaration.title.text,
        declaration.as_of,
        _settings(known, page, [item for item in items if isinstance(item, ast.CaseSetting)]),
        tuple(table for table in tables if table is not None),
        tuple(expectation for expectation in expectations if expectation is not None),
        page.source.name,
        declaration.span,
    )


# --- settings --------------------------------------------------------------------------------------------------------


def _settings(known: Known, page: Page, settings: Sequence[ast.CaseSetting]) -> tuple[tuple[str, ir.Value], ...]:
    values: dict[str, ir.Value] = {}
    first: dict[str, ast.CaseSetting] = {}
    for setting in settings:
        parameter = find_parameter(known, page, setting.name)
        if parameter is None:
            continue
        if first.setdefault(parameter.name, setting) is not setting:
            place = (page, first[parameter.name].name.span, "first")
            page.refuse("C707", setting.name.span, related=place, name=setting.name.text)
            continue
        value = value_of(known, page, parameter, setting.value)
        if value is not None:
            values[parameter.name] = value
    return tuple(values.items())


def find_parameter(known: Known, page: Page, name: ast.Name) -> ir.Parameter | None:
    """The parameter of that name; None, and a mistake, when there is none."""
    parameter = known.parameters.get(name.text)
    if parameter is None:
        page.refuse("C006", name.span, suggestion(name.text, known.parameters), name=name.text)
    return parameter


# --- tables ----------------------------------------------------------------------------------------------------------


def _table(known: Known, page: Page, table: ast.CaseTable) -> ir.CaseTable | None:
    entity = find_entity(known, page, table.entity)
    if entity is None:
        return None
    columns = _columns(known, page, entity, table)
    return ir.CaseTable(
        entity.name,
        columns,
        tuple(tuple(cell.text or None for cell in row) for row in table.rows),
        tuple(tuple(cell.span for cell in row) for row in table.rows),
    )


def _columns(known: Known, page: Page, entity: Entity, table: ast.CaseTable) -> tuple[str, ...]:
    fields = known.fields.get(entity.name) or Names((name, one) for one in entity.fields for name in (one.name, one.label))
    first: dict[str, ast.Cell] = {}
    for cell in table.columns:
        field = fields.get(cell.text)
        if field is None:
            page.refuse("C701", cell.span, suggestion(cell.text, fields), name=cell.text, entity=table.entity.text)
        elif first.setdefault(field.name, cell) is not cell:
            page.refuse("C702", cell.span, related=(page, first[field.name].span, "first"), name=cell.text)
    keys = [field.name for field in entity.fields if field.key]
    found = [fields.get(cell.text) for cell in table.columns]
    if keys and keys[0] not in first and None not in found:
        page.refuse("C703", table.entity.span, ("add_column", {}), entity=table.entity.text, key=_called(entity, table.columns))
    return tuple(field.name if field else cell.text for field, cell in zip(found, table.columns))


def _called(entity: Entity, columns: Sequence[ast.Cell]) -> str:
    """The key's name as the author would write it beside the columns given."""
    chinese = any(not cell.text.isascii() for cell in columns)
    return entity.key.label if chinese and entity.key.label else entity.key.name


# --- expectations ----------------------------------------------------------------------------------------------------


def _expectation(known: Known, rules: Mapping[str, ir.Rule], page: Page, item: ast.Expectation) -> ir.Expectation | None:
    if not known_rule(known, page, item.rule):
        return _of_idle_rule(known, page, item)
    binders = rules[item.rule.text].binders
    if len(item.subject) != len(binders):
        span = (item.subject[0].span[0], item.subject[-1].span[1])
        counted = {"given": str(len(item.subject)), "wanted": str(len(binders))}
        page.refuse("C704", span, rule=item.rule.text, binders=_binder_names(known.rules[item.rule.text]), **counted)
        return None
    subject = tuple(_key(known, page, binder, key) for binder, key in zip(binders, item.subject))
    return ir.Expectation(item.rule.text, subject, item.status, item.due, item.fulfilled, item.span, item.bearer and item.bearer.text, item.severity)


def _of_idle_rule(known: Known, page: Page, item: ast.Expectation) -> ir.Expectation | None:
    """What is expected of a rule that is disabled or not in force on the day: nothing."""
    if item.rule.text not in known.idle:
        return None
    if item.status != "absent":
        page.refuse("C817", item.rule.span, ("expect_absent", {}), rule=item.rule.text)
        return None
    return ir.Expectation(item.rule.text, tuple(key.text for key in item.subject), item.status, None, None, item.span)


def _binder_names(rule: RuleSignature) -> str:
    """The binders of a rule by the names that its author uses."""
    clauses = [clause for clause in rule.declaration.clauses if isinstance(clause, ast.ForEachClause)]
    names = [binder.alias or binder.source for clause in clauses[:1] for binder in clause.binders]
    return listed(name.text for name in names)


def _key(known: Known, page: Page, binder: ir.Each, key: ast.Name) -> str:
    """A part of a subject as outcomes write it: members by identifier, years by number."""
    if isinstance(binder, ir.EachMember):
        members = known.enum_members(binder.enum)
        member = members.get(key.text)
        if member is None:
            enum = known.called(binder.enum, page.language)
            page.refuse("C005", key.span, suggestion(key.text, members), name=key.text, enum=enum)
        return member.name if member else key.text
    if isinstance(binder, ir.EachYear):
        if not key.text.isdecimal() or len(key.text) > _LONGEST_YEAR:
            page.refuse("C705", key.span, ("write_year", {}), text=key.text)
            return key.text
        return str(int(key.text))
    return key.text
