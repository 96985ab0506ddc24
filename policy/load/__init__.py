"""raw tables → typed facts with provenance."""

from __future__ import annotations

from policy.load.secrecy import Mark, find_marks
from policy.load.tables import load
from policy.load.values import Trouble, read_value

__all__ = ["Mark", "Trouble", "find_marks", "load", "read_value"]
