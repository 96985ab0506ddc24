"""Days without an end, `infinity` in PostgreSQL, which psycopg refuses: the last and the first day that Python knows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

__all__ = ["let_days_be_endless"]


def let_days_be_endless(connection: Any) -> None:
    """Let a connection of psycopg read them."""
    from psycopg.types import datetime as usual  # which is not everywhere where SQLAlchemy is

    for kind, loader, day in (
        ("date", usual.DateLoader, datetime.date),
        ("timestamp", usual.TimestampLoader, datetime.datetime),
        ("timestamptz", usual.TimestamptzLoader, datetime.datetime),
    ):
        connection.adapters.register_loader(kind, _endless(loader, {b"-infinity": day(1, 1, 1), b"infinity": day(9999, 12, 31)}))


def _endless(usual: type, ends: Mapping[bytes, datetime.date]) -> type:

    class Endless(usual):
        def load(self, data: Any) -> datetime.date:
            return ends.get(bytes(data)) or super().load(data)

    return Endless
