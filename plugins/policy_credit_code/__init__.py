"""The unified social credit code of organizations, 统一社会信用代码, as GB 32100-2015 makes it: does its check digit hold?"""

from __future__ import annotations

from operator import mul

from policy.hooks.spec import Function, hookimpl
from policy.lang.types import BOOL, TEXT

__all__ = ["is_valid", "policy_functions"]

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a code by their value; the letters I, O, S, V and Z are not used."""

_NONE = 0xFF
_VALUES = bytes(_ALPHABET.find(chr(code)) & _NONE for code in range(256))
"""The value of each byte; of one that is no character of the alphabet none."""

_WEIGHTS = (*(pow(3, place, len(_ALPHABET)) for place in range(17)), 1)
"""Of the characters in their places; the last one is the check digit of the others."""


def is_valid(code: str) -> bool:
    """Whether the code has 18 characters of the alphabet, the last one being the check digit of the others."""
    values = code.encode("ascii", "replace").translate(_VALUES)  # millions are asked for
    return len(values) == len(_WEIGHTS) and _NONE not in values and sum(map(mul, values, _WEIGHTS)) % len(_ALPHABET) == 0


@hookimpl
def policy_functions() -> list[Function]:
    return [Function("is_credit_code", "信用代码有效", (TEXT,), BOOL, is_valid)]
