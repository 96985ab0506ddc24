"""pack → facts that try it: strategies of Hypothesis, which no other room of the program draws with.

`edges` finds out which days and values matter to them, `facts` draws rows of these; `runs` draws outside of a test.
"""

from __future__ import annotations

from policy.draw.edges import days
from policy.draw.facts import decided, facts, with_tables
from policy.draw.runs import try_out
from policy.lang.reads import read_fields

__all__ = ["days", "decided", "facts", "read_fields", "try_out", "with_tables"]
