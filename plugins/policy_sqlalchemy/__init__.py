"""Reads databases that a URL names, through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policy.hooks.spec import RawTable, SourceError, hookimpl

if TYPE_CHECKING:
    from policy.lang.url import Url

__all__ = ["SqlalchemyDatabase", "policy_databases"]


class SqlalchemyDatabase:
    """One table per table or view of a schema, called by its name; rows are numbered in the order of the primary key.

    `?schema=` names the schema (without: the user's own), `?table=` the tables to read (without: all). Nothing but SELECT is sent,
    in one transaction that is read-only. The password may stand in the variable `POLICY_DATABASE_PASSWORD`.
    """

    name = "sqlalchemy"
    schemes = ("postgresql", "mysql", "mariadb", "oracle", "dm", "kingbase", "opengauss")

    def read(self, url: Url) -> Iterable[RawTable]:
        """The tables at the URL. Raises SourceError when there is no connection, or a table cannot be read."""
        try:
            import sqlalchemy  # noqa: F401 - whether it is installed
        except ImportError:
            raise SourceError("D230", str(url), command="pip install 'policy[databases]'") from None
        from policy_sqlalchemy.tables import read_tables

        return read_tables(url)


@hookimpl
def policy_databases() -> list[SqlalchemyDatabase]:
    return [SqlalchemyDatabase()]
