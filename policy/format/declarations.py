"""Declarations → text: one function for each kind of declaration and of clause, and the comments at their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policy.format import words
from policy.format.document import LINE, SOFT, Document, Group, Nest, render, separated
from policy.format.expressions import before_comma, before_months, binder, condition, document, duty, listed
from policy.lang import ast
from policy.lang.keywords import spelling
from policy.width import pad, width

__all__ = ["clause_document", "comment", "declaration"]

_INDENT = 2
_TYPES = {"int": "INT", "number": "NUMBER_TYPE", "date": "DATE_TYPE", "duration": "DURATION_TYPE", "month_day": "MONTH_DAY_TYPE"}
_TYPE_WORDS = ("TEXT", "BOOL", "REF", *_TYPES.values())
_STATUSES = {"due_soon": "DUE_SOON_STATUS", "attest": "ATTEST_STATUS"}


def _phrase(terminal: str, content: Document, language: str) -> Document:
    """A keyword and what belongs to it."""
    return f"{spelling(terminal, language)} ", content


def _quoted(terminal: str, text: str, language: str) -> str:
    return f"{spelling(terminal, language)} {words.string(text, language)}"


def _cited(citations: tuple[ast.Citation, ...], language: str) -> str:
    return f"{spelling('BASIS', language)} {words.citations(citations, language)}"


def _phrases(first: Document, rest: Sequence[Document]) -> Document:
    """Parts of a clause, each on a line of its own where they do not fit on one."""
    return Group((first, Nest(tuple((LINE, part) for part in rest))))


def _named(terminal: str, name: str, label: ast.Label | None, language: str) -> str:
    """The opening of a declaration: `rule ID "title"`."""
    opening = f"{spelling(terminal, language)} {name}"
    return opening if label is None else f"{opening} {words.string(label.text, language)}"


def _type(type_: ast.TypeName, language: str) -> str:
    if type_.kind == "name":
        return words.name(type_.name or "", *_TYPE_WORDS)
    word = spelling(_TYPES.get(type_.kind, type_.kind.upper()), language)
    return word if type_.name is None else f"{word} {words.name(type_.name)}"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells, the columns aligned by display width; nothing is added behind the last cell of a row that is not empty."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [" ".join(map(pad, row, widths)).rstrip(" ") for row in rows]


def _commented(comments: ast.Comments, item: str, indent: int) -> str:
    """An item with the comments before and after it."""
    margin = " " * indent
    before = "".join(f"{margin}{comment(text)}\n" for text in comments.before)
    return f"{before}{margin}{item}" + (f"  {comment(comments.after)}" if comments.after else "")


def comment(text: str) -> str:
    """A comment with its mark."""
    return f"# {text}".rstrip()


# --- clauses and other items, each one function of the item and the language


def _setting(item: ast.Setting, language: str) -> Document:
    match item.kind:
        case "title" | "regulation":
            return _quoted(item.kind.upper(), item.value, language)
        case "effective":
            return _phrase("EFFECTIVE", words.day(item.value), language)
        case "calendar":
            return _phrase("CALENDAR", words.name(item.value), language)
        case "due_soon":
            return _phrase("DUE_SOON", words.duration(item.value, language), language)
        case _:
            return _phrase(item.kind.upper(), spelling(item.value.upper(), language), language)


def _for_each(item: ast.ForEachClause, language: str) -> Document:
    last = len(item.binders) - 1
    ranges = [_range(one, index < last, language) for index, one in enumerate(item.binders)]
    return _phrase("FOR_EACH", Group(Nest(listed(ranges, language))), language)


def _range(item: ast.Binder | ast.YearBinder, followed: bool, language: str) -> Document:
    if isinstance(item, ast.Binder):
        return binder(item, language)
    year = f"{spelling('YEAR', language)} {spelling('AS', language)} {words.name(item.alias.text)}"
    last = before_comma(item.last, language) if followed else document(item.last, language)
    return year, f" {spelling('FROM', language)} ", document(item.first, language), f" {spelling('TO', language)} ", last


def _except(item: ast.ExceptClause, language: str) -> Document:
    basis = [_cited(item.citations, language)] if item.citations else []
    return _phrases(_phrase("EXCEPT", condition(item.condition, language), language), basis)


def _attest(item: ast.AttestClause, language: str) -> Document:
    office = [] if item.office is None else [_quoted("BY", item.office, language)]
    valid = [] if item.valid is None else [_phrase("VALID", words.duration(item.valid, language), language)]
    return _phrases(_quoted("ATTEST", item.question, language), office + valid)


def _due(item: ast.DueClause, language: str) -> Document:
    modes = [("MONTHS", item.months), ("NONWORKING", item.nonworking)]
    parts = [_phrase(terminal, spelling(mode.upper(), language), language) for terminal, mode in modes if mode is not None]
    basis = [_cited(item.citations, language)] if item.citations else []
    value = condition(item.value, language) if item.months is None else before_months(item.value, language)
    return _phrases(_phrase("DUE", value, language), parts + basis)


def _let(item: ast.LetClause, language: str) -> Document:
    value = _phrase("BE", condition(item.value, language), language)
    return _phrase("LET", (words.name(item.name.text), " ", value), language)


def _otherwise(item: ast.OtherwiseClause, language: str) -> Document:
    return _phrase("OTHERWISE", _quoted(item.severity.upper(), item.message, language), language)


def _case_setting(item: ast.CaseSetting | ast.SetDecl, language: str) -> Document:
    return _phrase("SET", (f"{words.name(item.name.text)} = ", condition(item.value, language)), language)


def _table(item: ast.CaseTable, language: str) -> Document:
    rows = [[words.cell(cell.text) for cell in row] for row in (item.columns, *item.rows)]
    barred = [[text for cell in row for text in ("|", cell)] + ["|"] for row in rows]
    lines = tuple((LINE, line) for line in _columns(barred))
    return _phrase("GIVEN", (words.name(item.entity.text), Nest(lines)), language)


def _expectation(item: ast.Expectation, language: str) -> Document:
    subject = words.comma(language).join(key.text for key in item.subject)
    status = spelling(_STATUSES.get(item.status, item.status.upper()), language)
    days = (("DUE", item.due), ("FULFILLED", item.fulfilled))
    told = "".join(f" {spelling(terminal, language)} {words.day(day)}" for terminal, day in days if day is not None)
    bearer = "" if item.bearer is None else f" {spelling('BEARER', language)} {item.bearer.text}"
    severity = "" if item.severity is None else f" {spelling('OTHERWISE', language)} {spelling(item.severity.upper(), language)}"
    return _phrase("EXPECT", f"{item.rule.text} {subject} {status}{told}{bearer}{severity}", language)


def _extends(item: ast.ExtendsClause, language: str) -> Document:
    return _phrase("EXTENDS", f"{words.name(item.name.text)} {_quoted('VERSION', item.versions, language)}", language)


def _in_force(item: ast.InForceClause, language: str) -> Document:
    ends = (("FROM", item.first), ("TO", item.last))
    days = [f"{spelling(terminal, language)} {words.day(day)}" for terminal, day in ends if day is not None]
    return _phrase("IN_FORCE", " ".join(days), language)


def _severity(item: ast.SeverityClause, language: str) -> Document:
    return _phrase("OTHERWISE", spelling(item.severity.upper(), language), language)


def _also(item: ast.AlsoClause, language: str) -> Document:
    return _phrase("ALSO", _ITEMS[type(item.clause)](item.clause, language), language)


_ITEMS: dict[type, Callable[..., Document]] = {
    ast.Setting: _setting,
    ast.ExtendsClause: _extends,
    ast.BasisClause: lambda item, language: _cited(item.citations, language),
    ast.NoteClause: lambda item, language: _quoted("NOTE", item.text, language),
    ast.BearerClause: lambda item, language: _phrase("BEARER", condition(item.value, language), language),
    ast.ForEachClause: _for_each,
    ast.WhereClause: lambda item, language: _phrase("WHERE", condition(item.condition, language), language),
    ast.LetClause: _let,
    ast.WhenClause: lambda item, language: _phrase("WHEN", condition(item.condition, language), language),
    ast.ExceptClause: _except,
    ast.DutyClause: lambda item, language: duty(item.kind, item.condition, language),
    ast.AttestClause: _attest,
    ast.DueClause: _due,
    ast.EffectiveClause: lambda item, language: _phrase("EFFECTIVE", words.day(item.day), language),
    ast.OtherwiseClause: _otherwise,
    ast.RemedyClause: lambda item, language: _quoted("REMEDY", item.text, language),
    ast.FinalClause: lambda item, language: spelling("FINAL", language),
    ast.InForceClause: _in_force,
    ast.SeverityClause: _severity,
    ast.AlsoClause: _also,
    ast.BecauseClause: lambda item, language: _quoted("BECAUSE", item.text, language),
    ast.CaseTable: _table,
    ast.CaseSetting: _case_setting,
    ast.Expectation: _expectation,
}


def clause_document(node: object, language: str) -> Document:
    """The document of a clause or another item, without its comments."""
    return _ITEMS[type(node)](node, language)


def _items(items: Sequence, language: str) -> list[str]:
    """Items on lines of their own, with their comments."""
    return [_commented(item.comments, render(_ITEMS[type(item)](item, language), _INDENT), _INDENT) for item in items]


# --- declarations: each the lines from its opening to the one before its `end`


def _pack(header: ast.PackHeader, language: str) -> list[str]:
    opening = f"{_named('PACK', words.name(header.name.text), None, language)} {_quoted('VERSION', header.version, language)}"
    return [opening, *_items(header.items, language)]


def _entity(entity: ast.EntityDecl, language: str) -> list[str]:
    rows = [_field(field, language) for field in entity.fields]
    lines = [_commented(field.comments, line, _INDENT) for field, line in zip(entity.fields, _columns(rows), strict=True)]
    return [_named("ENTITY", words.name(entity.name.text), entity.label, language), *lines]


def _field(field: ast.FieldDecl, language: str, *keywords: str) -> list[str]:
    """The cells of a field's line; `keywords` could stand where its name does."""
    type_ = " ".join([_type(field.type, language), *(spelling(flag.upper(), language) for flag in field.flags)])
    return [words.name(field.name.text, *keywords), words.colon(language) + type_, _label(field.label, language)]


def _label(label: ast.Label | None, language: str) -> str:
    return "" if label is None else words.string(label.text, language)


def _enum(enum: ast.EnumDecl, language: str) -> list[str]:
    rows = [_member(member, language, "END") for member in enum.members]
    lines = [_commented(member.comments, line, _INDENT) for member, line in zip(enum.members, _columns(rows), strict=True)]
    return [_named("ENUM", words.name(enum.name.text), enum.label, language), *lines]


def _member(member: ast.MemberDecl, language: str, *keywords: str) -> list[str]:
    """The cells of a member's line; `keywords` could stand where its name does."""
    return [words.name(member.name.text, *keywords), _label(member.label, language)]


def _param(param: ast.ParamDecl, language: str) -> list[str]:
    opening = _named("PARAM", words.name(param.name.text), param.label, language)
    type_ = words.colon(language) + _type(param.type, language)
    lines = [render((opening, type_, " = ", condition(param.value, language)))]
    if param.low is not None and param.high is not None:
        bounds = ("FROM", condition(param.low, language)), ("TO", condition(param.high, language))
        phrases = separated([_phrase(terminal, bound, language) for terminal, bound in bounds], " ")
        lines.append(" " * _INDENT + render(phrases, _INDENT))
    return lines + _items(param.items, language)


def _define(define: ast.DefineDecl, language: str) -> list[str]:
    opening: Document = f"{spelling('DEFINE', language)} {words.name(define.name.text)}"
    if define.arguments:
        opening = opening, _arguments(define.arguments, language)
    if define.label is not None:
        opening = opening, f" {words.string(define.label.text, language)}"
    means = _phrase("MEANS", condition(define.body, language), language)
    return [render(opening), " " * _INDENT + render(means, _INDENT), *_items(define.items, language)]


def _arguments(arguments: Sequence[ast.Argument], language: str) -> Document:
    opening, closing = words.parentheses(language)
    told = listed([_argument(argument, language) for argument in arguments], language)
    return Group((opening, Nest(Nest((SOFT, told))), closing))  # deeper than what follows the opening line


def _argument(argument: ast.Argument, language: str) -> str:
    name = words.name(argument.name.text)
    named = name if argument.label is None else f"{name} {words.string(argument.label.text, language)}"
    return named + words.colon(language) + _type(argument.type, language)


def _rule(rule: ast.RuleDecl, language: str) -> list[str]:
    return [_named("RULE", rule.id.text, rule.title, language), *_items(rule.clauses, language)]


def _no_rule(declared: ast.NoRuleDecl, language: str) -> list[str]:
    opening = f"{spelling('NO_RULE', language)} {words.citations(declared.citations, language)}"
    return [opening, *_items(declared.items, language)]


def _case(case: ast.CaseDecl, language: str) -> list[str]:
    title = words.string(case.title.text, language)
    opening = f"{spelling('CASE', language)} {title} {spelling('AS_OF_DAY', language)} {words.day(case.as_of)}"
    return [opening, *_items(case.items, language)]


def _set(change: ast.SetDecl, language: str) -> list[str]:
    return [render(_case_setting(change, language)), *_items(change.items, language)]


def _listed_rules(terminal: str, rules: Sequence[ast.Name], language: str) -> str:
    return f"{spelling(terminal, language)} {words.comma(language).join(rule.text for rule in rules)}"


def _disable(change: ast.DisableDecl, language: str) -> list[str]:
    return [_listed_rules("DISABLE", change.rules, language), *_items(change.items, language)]


def _override(change: ast.OverrideDecl, language: str) -> list[str]:
    opening = _listed_rules("OVERRIDE", change.rules, language)
    title = "" if change.title is None else f" {words.string(change.title.text, language)}"
    return [opening + title, *_items(change.clauses, language)]


def _extend_entity(change: ast.ExtendEntityDecl, language: str) -> list[str]:
    opening = _named("EXTEND_ENTITY", words.name(change.entity.text), None, language)
    return [opening, *_added(change.items, ast.FieldDecl, _field, language)]


def _extend_enum(change: ast.ExtendEnumDecl, language: str) -> list[str]:
    opening = _named("EXTEND_ENUM", words.name(change.enum.text), None, language)
    return [opening, *_added(change.items, ast.MemberDecl, _member, language)]


def _added(items: Sequence, kind: type, cells: Callable[..., list[str]], language: str) -> list[str]:
    """Items among which those of a kind are aligned like a table."""
    parts = [item for item in items if isinstance(item, kind)]
    rows = iter(_columns([cells(part, language, "BASIS", "NOTE", "END") for part in parts]) if parts else ())
    lines: list[str] = []
    for item in items:
        lines += [_commented(item.comments, next(rows), _INDENT)] if isinstance(item, kind) else _items([item], language)
    return lines


_DECLARATIONS: dict[type, Callable[..., list[str]]] = {
    ast.PackHeader: _pack,
    ast.EntityDecl: _entity,
    ast.EnumDecl: _enum,
    ast.ParamDecl: _param,
    ast.DefineDecl: _define,
    ast.RuleDecl: _rule,
    ast.NoRuleDecl: _no_rule,
    ast.CaseDecl: _case,
    ast.SetDecl: _set,
    ast.DisableDecl: _disable,
    ast.OverrideDecl: _override,
    ast.ExtendEntityDecl: _extend_entity,
    ast.ExtendEnumDecl: _extend_enum,
}


def declaration(node: ast.Declaration, language: str) -> str:
    """A declaration, from the comments before it to the one behind its `end`."""
    opening, *inside = _DECLARATIONS[type(node)](node, language)
    last = [" " * _INDENT + comment(text) for text in node.comments.last]
    return _commented(node.comments, "\n".join([opening, *inside, *last, spelling("END", language)]), 0)
