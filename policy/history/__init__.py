"""Runs, kept in a file of SQLite and read again."""

from __future__ import annotations

from policy.history.months import annals
from policy.history.store import HistoryError, Store

__all__ = ["HistoryError", "Store", "annals"]
