"""ir + facts → outcomes by SQL: what `policy.interpret` says, for many rows.

`expressions` says what an expression comes to in SQL, `rules` puts a rule together, `tables` keeps the rows, and `judge` asks for
the outcomes rule by rule. This is the only room that knows sqlglot and DuckDB.
"""

from __future__ import annotations

from policy.relational.judge import judge
from policy.relational.tables import TooLarge

__all__ = ["TooLarge", "judge"]
