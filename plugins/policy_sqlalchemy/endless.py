"""Days without an end, `infinity` in PostgreSQL, which psycopg refuses: the last and the first day that Python knows, as other drivers have it."""

from __future__ import annotations

import datetime
from typing import Any

__all__ = ["let_days_be_endless"]


def let_days_be_endless(connection: Any) -> None:
    """Let a connection of psycopg read them."""
    from psycopg.types import datetime as usual  # which is not everywhere where SQLAlchemy is

    for kind, loader, first, last in (
        ("date", usual.DateLoader, datetime.date.min, datetime.date.max),
        ("timestamp", usual.TimestampLoader, datetime.datetime.min, datetime.datetime.max),
        ("timestamptz", usual.TimestamptzLoader, datetime.datetime.min, datetime.datetime.max),
    ):
        connection.adapters.register_loader(kind, _endless(loader, first, last))


def _endless(usual: type, first: datetime.date, last: datetime.date) -> type:
    ends = {b"-infinity": first, b"infinity": last}

    class Endless(usual):
        def load(self, data: Any) -> datetime.date:
            return ends.get(bytes(data)) or super().load(data)

    return Endless
