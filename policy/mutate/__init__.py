"""ast → ast with one thing changed: mutants, which cases have to notice.

`expressions` changes a part of an expression, `clauses` a clause or a declaration, `words` knows what a name may be exchanged for.
"""

from __future__ import annotations

from policy.mutate.clauses import Mutant, mutants
from policy.mutate.words import Words

__all__ = ["Mutant", "Words", "mutants"]
