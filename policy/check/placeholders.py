"""The message of a rule: its text, and what its placeholders stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from policy.check.names import listed, suggestion
from policy.check.known import VIOLATION
from policy.check.page import Help, Page
from policy.check.typer import POISON, Typer, type_of
from policy.lang import ast, ir
from policy.lang.schema import Field
from policy.lang.walk import children
from policy.source import Span

__all__ = ["NAMES", "check_message", "check_shown"]

NAMES = {
    "due": "期限", "fulfilled": "完成日", "days": "天数", "as_of": "检查基准日", "bearer": "责任主体",
}  # fmt: skip
"""What the engine fills in, by identifier, with the Chinese name."""

_ENGINE = {spelling: name for name, chinese in NAMES.items() for spelling in (name, chinese)}
_OF_A_DUE_DAY = ("due", "fulfilled", "days")
_PARTS = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def check_message(typer: Typer, clause: ast.OtherwiseClause, due: bool, bearer: bool) -> tuple[str | ir.Placeholder, ...]:
    """The parts of a message: texts and placeholders."""
    page, message = typer.page, clause.message
    start = page.source.text.find(message, *clause.message_span)
    parts: list[str | ir.Placeholder] = []
    end = 0
    for match in _PARTS.finditer(message):
        parts.append(message[end : match.start()])
        end = match.end()
        span = (start + match.start(), start + end) if start >= 0 else clause.message_span
        if match[0] in ("{{", "}}"):
            parts.append(match[0][0])
        elif match[1] is None:
            page.refuse("C605", span, ("double_brace", {}), brace=match[0])
        else:
            parts.append(_placeholder(typer, match[1], span, due, bearer))
    return tuple(_joined([*parts, message[end:]]))


def _joined(parts: list[str | ir.Placeholder]) -> Iterator[str | ir.Placeholder]:
    """The parts with neighbouring texts joined and empty ones left out."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
        yield part
        text = ""
    if text:
        yield text


def _placeholder(typer: Typer, written: str, span: Span, due: bool, bearer: bool) -> ir.Placeholder:
    words = [unicodedata.normalize("NFKC", word).strip() for word in re.split("[.．]", written)]
    name = _ENGINE.get(words[0]) if len(words) == 1 else None
    if name is None:
        return ir.Placeholder(".".join(words), _path(typer, words, span))
    if name in _OF_A_DUE_DAY and not due:
        typer.page.refuse("C603", span, ("add_due", {}), name=written)
    elif name == "bearer" and not bearer:
        typer.page.refuse("C604", span, ("add_bearer", {}), name=written)
    return ir.Placeholder(name)


def _path(typer: Typer, words: list[str], span: Span) -> ir.Expr | None:
    """What a path in a message stands for; it must not be confidential."""
    if not all(re.fullmatch(r"[^\W\d]\w*|〔[^〕]+〕", word) for word in words):
        typer.page.refuse("C606", span, ("known_names", {"names": listed(_spelled(typer.page))}), text=f"{{{'.'.join(words)}}}")
        return None
    first, *rest = (word.strip("〔〕") for word in words)
    if not rest and not typer.knows(first):
        typer.page.refuse("C601", span, _nearest(typer, first), name=first)
        return None
    node: ast.Expr = ast.Name(first, span=(span[0] + 1, span[0] + 1 + len(first)))
    for word in rest:
        end = node.span[1] + 1 + len(word)
        node = ast.Member(node, word, span=(node.span[0], end), name_span=(end - len(word), end))
    expr = typer.infer(node)
    if type_of(expr) == VIOLATION:
        return typer.mistyped(node, VIOLATION, "@shown")
    check_shown(typer, expr, span, "C602", ("show_key", {}))
    return None if type_of(expr) == POISON else expr


def _spelled(page: Page) -> list[str]:
    return list(NAMES.values() if page.language == "zh" else NAMES)


def _nearest(typer: Typer, name: str) -> tuple[str, dict[str, str]] | None:
    known = [*_ENGINE, *typer.scope, *(typer.lets or ())]
    help = suggestion(name, known)
    return help if help and help[0] == "did_you_mean" else ("known_names", {"names": listed(_spelled(typer.page))})


def check_shown(typer: Typer, expr: ir.Expr, span: Span, code: str, help: Help | None = None) -> None:
    """Refuse what a report must not show: confidential fields, wherever the value comes from."""
    for field in _shown(typer, expr):
        entity = typer.known.entity(field.entity)
        if entity is not None and entity.fields[field.index].confidential:
            typer.page.refuse(
                code,
                span,
                help,
                text=typer.page.words(span),
                entity=typer.called(field.entity),
                name=_called(typer.page, entity.fields[field.index]),
            )
            return


def _called(page: Page, field: Field) -> str:
    return field.label if field.label and page.language == "zh" else field.name


_UNSHOWN: tuple[type, ...] = (
    ir.Not, ir.And, ir.Or, ir.Compare, ir.Linked, ir.IsMissing, ir.In, ir.Exists, ir.Every, ir.Count, ir.Under,
    ir.Pick, ir.Nearest,
)  # fmt: skip
"""What shows none of the values it reads: conditions, of which the truth is shown, and rows picked by values, of which the key is."""


def _shown(typer: Typer, expr: ir.Expr) -> Iterator[ir.Field]:
    """The fields whose values a value shows."""
    parts: Iterable[ir.Expr] = () if isinstance(expr, _UNSHOWN) else children(expr)
    if isinstance(expr, ir.Field):
        yield expr
        parts = ()  # the row that it is a field of shows nothing else
    elif isinstance(expr, ir.Let) and typer.lets is not None:
        parts = [typer.lets.values[expr.name]]
    elif isinstance(expr, ir.Call):
        parts = [typer.known.functions.get(expr.name).definition.body, *expr.arguments]
    elif isinstance(expr, ir.If):
        parts = [expr.then, expr.otherwise]
    elif isinstance(expr, ir.Aggregate):
        parts = [expr.value]
    for part in parts:
        yield from _shown(typer, part)
