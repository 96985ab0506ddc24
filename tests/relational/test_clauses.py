"""What can be forgotten: every operator and every function of the language has its clause in SQL."""

from __future__ import annotations

from typing import get_args

from policy.lang import ir
from policy.lang.ops import FUNCTIONS, OPERATORS
from policy.relational.expressions import OPERATORS as CLAUSES
from policy.relational.functions import BUILT_IN


def test_every_operator_has_a_clause():
    assert set(CLAUSES) == set(get_args(ir.Expr))


def test_every_function_has_a_clause():
    assert set(BUILT_IN) == {*FUNCTIONS, *(function.name for functions in OPERATORS.values() for function in functions)}
