"""ir + facts → outcomes by SQL: what `policy.interpret` says, for many rows.

`scanner` and `scanned` read tables where they lie, `tables` has what SQL reads, `expressions` says what an expression comes to in SQL, `rules` puts a
rule together, `plan` shows what would be asked, `judge` asks rule by rule, `kept` counts outcomes and keeps some, `telling` puts these into words. Only this room knows
sqlglot and DuckDB.
"""

from __future__ import annotations

from policy.relational.database import Database, Exhausted, Gone, TooLarge
from policy.relational.judge import judge
from policy.relational.plan import Plan, explain
from policy.relational.scanner import Scanner

__all__ = ["Database", "Exhausted", "Gone", "Plan", "Scanner", "TooLarge", "explain", "judge"]
