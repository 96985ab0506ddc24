"""Rule files in their canonical layout, packs as documents for readers, and their tables as workbooks to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from policy.hooks.spec import SourceError
from policy.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy.diagnostic import Diagnostic
    from policy.lang import ast, ir
    from policy.lang.document import Written
    from policy.pipeline.ledgers import Mappings

__all__ = ["document", "explained", "format_text", "ledger_template", "template", "written"]


def document(pack: ir.Pack, form: str, language: str) -> str:
    """A pack, loaded with its cases, as a document for readers: `form` is html or md."""
    from policy.document import as_html, as_markdown, build_document

    told = build_document(pack, *written(pack, language), language)
    return as_html(told) if form == "html" else as_markdown(told)


def explained(pack: ir.Pack, rule: ir.Rule, values: Mapping[str, ir.Value], language: str) -> tuple[str, dict[str, Any]]:
    """A rule of a pack, loaded with its cases, as text and for machines; `values` are those of the parameters that were set."""
    from policy.document import narrowed, rule_as_object, rule_as_text, tell_rule

    own = narrowed(pack, rule)
    told = tell_rule(own, *written(own, language), values, language)
    return rule_as_text(told), rule_as_object(told)


def template(pack: ir.Pack, language: str, examples: Mapping[str, str]) -> bytes:
    """The workbook in which the tables of a pack can be filled in, with examples of values by field (`talk.end`).

    Raises SourceError where an entity cannot be a sheet.
    """
    from policy.template import FormError, as_workbook, build_form

    try:
        form = build_form(pack.vocabulary, pack.title or pack.id, language, examples)
    except FormError as error:
        raise SourceError("U274", pack.id, name=error.name) from None
    return as_workbook(form)


def ledger_template(pack: ir.Pack, mappings: Mappings, language: str, examples: Mapping[str, str]) -> bytes:
    """The workbook in which the ledgers of a pack can be filled in, as its mappings have them. Raises SourceError where they have none."""
    from policy.template import as_workbook, build_ledger_form

    form = build_ledger_form(mappings.known, pack.vocabulary, pack.title or pack.id, language, examples)
    if form is None:
        raise SourceError("U501", pack.id)
    return as_workbook(form)


def written(pack: ir.Pack, language: str) -> tuple[dict[str, Written], dict[str, str]]:
    """The rules of a pack by id, and its definitions by name, as the formatter prints them in a language."""
    from policy.format import format_file

    rules = {rule.id: _written(rule, language) for rule in pack.rules}
    definitions = {name: format_file(_declared(one.text), language) for name, one in pack.definitions.items()}
    return rules, {name: text.rstrip("\n") for name, text in definitions.items()}


def _written(rule: ir.Rule, language: str) -> Written:
    from policy.format import format_expression, format_file
    from policy.lang import ast
    from policy.lang.document import Written

    files = [_declared(rule.text), *(_of_rule(_declared(change), rule.id) for change in rule.changes)]
    clauses = [clause for file in files for clause in file.declarations[0].clauses]
    clauses = [clause.clause if isinstance(clause, ast.AlsoClause) else clause for clause in clauses]
    lets = {clause.name.text: clause.value for clause in clauses if isinstance(clause, ast.LetClause)}

    def said(kind: type) -> str:
        """The value of the last clause of a kind, which counts; where it is a `let` what that stands for."""
        values = [clause.value for clause in clauses if isinstance(clause, kind)][-1:]
        resolved = (lets.get(value.text, value) if isinstance(value, ast.Name) else value for value in values)
        return "".join(format_expression(value, language) for value in resolved)

    text, *changes = (format_file(file, language).rstrip("\n") for file in files)
    return Written(text, tuple(changes), said(ast.BearerClause), said(ast.DueClause))


def _declared(text: str) -> ast.File:
    """The declaration that a text is; it has been read before, without a mistake."""
    from policy.parse import parse_file

    file, diagnostics = parse_file(Source("", text))
    assert not diagnostics and len(file.declarations) == 1, "the text of a declaration is one"
    return file


def _of_rule(file: ast.File, id: str) -> ast.File:
    """An override of several rules as that of one of them."""
    (override,) = file.declarations
    rules = tuple(name for name in override.rules if name.text == id)
    return attrs.evolve(file, declarations=(attrs.evolve(override, rules=rules),))


def format_text(source: Source, language: str | None) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The canonical layout of a rule file, its keywords in `language` (None: in its own); or None and its mistakes."""
    from policy.format import format_file
    from policy.parse import parse_file

    tree, diagnostics = parse_file(source)
    if diagnostics:
        return None, tuple(diagnostics)
    text = format_file(tree, language)
    if parse_file(Source(source.name, text)) != (tree, ()):  # a defect of the formatter must not reach an author's file
        raise AssertionError("the formatted text says something else")
    return text, ()
