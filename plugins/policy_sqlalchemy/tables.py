"""The tables of a schema, read with SELECT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256

import sqlalchemy
from sqlalchemy import Connection, Inspector
from sqlalchemy.exc import SQLAlchemyError

from policy.hooks.spec import RawTable, SourceError
from policy.lang.table import RawCell, cell_of, table_of_rows
from policy.lang.url import Url
from policy.near import nearest
from policy_sqlalchemy.connections import connected, said, target_of

__all__ = ["read_tables"]

_AT_ONCE = 5_000
_SHOWN = 20
_LOCKED = ("55P03", "1205")
_ACCIDENTS = (SQLAlchemyError, ValueError, LookupError, ArithmeticError, RecursionError)
"""What drivers raise at values that Python has no form for, beside their own errors."""

_Cells = tuple[RawCell, ...]


def read_tables(url: Url) -> list[RawTable]:
    """The tables and views at a URL, by name. Raises SourceError when one cannot be read, or there are none."""
    target = target_of(url)
    with connected(target) as connection:
        try:
            inspector = sqlalchemy.inspect(connection)
            schema = target.schema and _named(target.schema, inspector.get_schema_names(), "D236", url)
            names = sorted(_names(inspector, schema))
        except SQLAlchemyError as error:
            raise SourceError("D235", str(url), reason=said(error)) from None
        if not names:
            raise SourceError("D238", str(url))
        wanted = [_named(name, names, "D237", url) for name in target.tables] or names
        return [_table(connection, inspector, schema, name, url) for name in dict.fromkeys(wanted)]


def _named(name: str, names: Iterable[str], code: str, url: Url) -> str:
    """The one of some names that is called so; databases differ in what they think of capitals."""
    names = list(names)
    if name in names:
        return name
    found = [one for one in names if one.casefold() == name.casefold()]
    if len(found) != 1:
        near = nearest(name, names)
        if near:
            raise SourceError("D246", str(url), name=name, nearest=near)
        raise SourceError(code, str(url), name=name, known=" ".join([*names[:_SHOWN], *["…"] * (len(names) > _SHOWN)]))
    return found[0]


def _names(inspector: Inspector, schema: str | None) -> Iterator[str]:
    yield from inspector.get_table_names(schema)
    yield from inspector.get_view_names(schema)
    with suppress(NotImplementedError):
        yield from inspector.get_materialized_view_names(schema)


def _table(connection: Connection, inspector: Inspector, schema: str | None, name: str, url: Url) -> RawTable:
    try:
        columns = [(column["name"], column["type"]) for column in inspector.get_columns(name, schema)]
        key = inspector.get_pk_constraint(name, schema)["constrained_columns"]
        rows = list(_rows(connection, schema, name, columns, key))
    except _ACCIDENTS as error:
        reason = said(error)
        code = "D239" if reason.endswith(_LOCKED) else "D223"
        raise SourceError(code, str(url), table=name, reason=reason) from None
    if not key:
        rows.sort(key=repr)  # whatever order the database has today
    names = [column for column, _ in columns]
    return table_of_rows(name, str(url), name, names, enumerate(rows, 1), sha256=_digest(names, rows))


def _rows(
    connection: Connection, schema: str | None, name: str, columns: Sequence[tuple[str, sqlalchemy.types.TypeEngine]], key: Sequence[str]
) -> Iterator[_Cells]:
    # of an enum the text as it stands: SQLAlchemy would look it up
    selected = [sqlalchemy.column(column, None if isinstance(kind, sqlalchemy.Enum) else kind) for column, kind in columns]
    kinds = [kind.__visit_name__ for _, kind in columns]
    query = sqlalchemy.select(*selected).select_from(sqlalchemy.table(name, schema=schema)).order_by(*map(sqlalchemy.column, key))
    with connection.execution_options(stream_results=True, yield_per=_AT_ONCE).execute(query) as result:
        for row in result:
            yield tuple([cell_of(cell, kind) for cell, kind in zip(row, kinds)])


def _digest(columns: Sequence[str], rows: Iterable[_Cells]) -> str:
    digest = sha256(repr(columns).encode())
    for row in rows:
        digest.update(repr(row).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()
