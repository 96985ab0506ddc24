"""The header of a pack: what it is called, which regulation it holds, and how its days are counted."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

import attrs

from policy.check.citations import Basis, Library
from policy.check.described import described
from policy.check.names import suggestion
from policy.check.once import once
from policy.check.page import Page
from policy.check.values import period
from policy.check.versions import check_version
from policy.lang import ast, ir
from policy.lang.regulation import Regulation
from policy.lang.types import DAYS, TEXT, Period
from policy.source import Source

__all__ = ["Header", "check_header"]

_MONTHS = ("down", "up", "error")
_NONWORKING = ("next_workday", "previous_workday", "none")
_DEFAULTS = {"months": "down", "nonworking": "none", "due_soon": Period(5, "days")}
_SET_WITH_BASIS = ("months", "nonworking", "due_soon")
_SHORTEST, _LONGEST = Period(0, "days"), Period(366, "days")


@attrs.frozen
class Header:
    """What the header says; `parameters` are the engine's own, with the pack's defaults."""

    id: str
    version: str
    title: str
    language: str
    effective: datetime.date | None
    calendar: str | None
    basis: Basis
    note: str
    parameters: tuple[ir.Parameter, ...]
    library: Library
    extends: tuple[tuple[str, str], ...] = ()


def check_header(
    pages: Sequence[Page],
    headers: Sequence[tuple[Page, ast.PackHeader]],
    regulations: Mapping[str, Regulation],
    calendars: Collection[str],
    found: list,
    base: Header | None = None,
) -> Header:
    """The header of a pack, of which there must be exactly one; `base` is that of the pack it extends, `calendars` are those that there are.

    Every page learns from it where its citations are looked up and from which day on facts count.
    """
    header = _only(pages, headers, regulations, calendars, found, base)
    for page in pages:
        page.pack, page.library, page.effective = header.id, header.library, header.effective
    return header


def _only(
    pages: Sequence[Page],
    headers: Sequence[tuple[Page, ast.PackHeader]],
    regulations: Mapping[str, Regulation],
    calendars: Collection[str],
    found: list,
    base: Header | None,
) -> Header:
    if not headers:
        page = pages[0] if pages else Page(Source("", ""), "zh", 0, found)
        page.refuse("C014", (0, 0), ("write_header", {}))
        return Header("", "", "", page.language, None, None, ((), ()), "", _parameters(_DEFAULTS, ((), ())), Library(None, silent=True))
    (page, header), *others = headers
    for other, second in others:
        other.refuse("C015", second.name.span, ("one_pack", {}), (page, header.name.span, "first"), name=second.name.text)
    own = _own(page, header, regulations, calendars, base)
    return own if base is None else _laid_over(page, header, own, base)


def _own(
    page: Page, header: ast.PackHeader, regulations: Mapping[str, Regulation], calendars: Collection[str], base: Header | None
) -> Header:
    """What a header says itself."""
    given = [item for item in header.items if isinstance(item, ast.Setting)]
    settings = {item.kind: item for item in once(page, given, lambda item: item.kind.upper())}
    values = {kind: setting.value for kind, setting in settings.items()}
    page.library = _library(page, settings.get("regulation"), regulations, base)
    basis, note = described(page, header.items)
    calendar = settings.get("calendar")
    if calendar is not None and calendar.value not in calendars:
        page.refuse("C030", calendar.span, suggestion(calendar.value, calendars), name=calendar.value)
    return Header(
        header.name.text,
        header.version,
        values.get("title", header.name.text),
        page.language,
        values.get("effective"),
        values.get("calendar"),
        basis,
        note,
        _parameters({**_DEFAULTS, **values, "due_soon": _due_soon(page, settings.get("due_soon"))}, basis),
        page.library,
    )


def _laid_over(page: Page, header: ast.PackHeader, own: Header, base: Header) -> Header:
    """The header of a variant with what it has of its base."""
    for item in header.items:
        if isinstance(item, ast.Setting) and item.kind in _SET_WITH_BASIS:
            page.refuse("C816", item.span, ("set_with_basis", {}), clause=f"@keyword:{item.kind.upper()}")
    clauses = [item for item in header.items if isinstance(item, ast.ExtendsClause)]
    for extends in once(page, clauses, lambda item: "EXTENDS"):
        check_version(page, extends, base.version)
    return attrs.evolve(
        own,
        effective=own.effective or base.effective,
        calendar=own.calendar or base.calendar,
        parameters=base.parameters,
        extends=((base.id, base.version), *base.extends),
    )


def _library(page: Page, setting: ast.Setting | None, regulations: Mapping[str, Regulation], base: Header | None) -> Library:
    """Where citations are looked up: a variant without a regulation of its own cites that of its base."""
    if setting is None:
        return base.library if base is not None else Library(None)
    if base is not None and base.library.regulation is not None:
        base.library.document = base.library.regulation.title
    if setting.value not in regulations:
        page.refuse("C024", setting.span, suggestion(setting.value, regulations) or ("add_regulation", {}), name=setting.value)
    return Library(regulations.get(setting.value), silent=setting.value not in regulations)


def _due_soon(page: Page, setting: ast.Setting | None) -> Period:
    if setting is None:
        return _DEFAULTS["due_soon"]
    value = period(setting.value)
    if value.unit != "days" or not _SHORTEST <= value <= _LONGEST:
        page.refuse("C307", setting.span, text=page.words(setting.value.span))
        return _DEFAULTS["due_soon"]
    return value


def _parameters(values: Mapping[str, ir.Value], basis: Basis) -> tuple[ir.Parameter, ...]:
    texts, places = basis
    return (
        ir.Parameter("months", "月末", TEXT, values["months"], basis=texts, choices=_MONTHS, citations=places),
        ir.Parameter("nonworking", "节假日", TEXT, values["nonworking"], basis=texts, choices=_NONWORKING, citations=places),
        ir.Parameter("due_soon", "临期天数", DAYS, values["due_soon"], _SHORTEST, _LONGEST, basis=texts, citations=places),
    )
