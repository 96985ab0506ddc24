"""ir + facts → outcomes by SQL: what `policy.interpret` says, for many rows.

`expressions` says what an expression comes to in SQL, `rules` puts a rule together, `tables` keeps the rows, `judge` asks for the
outcomes rule by rule, and `survey` counts them for files that are too large to be read. Only this room knows sqlglot and DuckDB.
"""

from __future__ import annotations

from policy.relational.judge import judge
from policy.relational.survey import survey
from policy.relational.tables import TooLarge

__all__ = ["TooLarge", "judge", "survey"]
