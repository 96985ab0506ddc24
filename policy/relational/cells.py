"""Cells in SQL: which of them come to what `policy.load` would make of them, in an expression; the others are shown to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from policy.lang.schema import Field
from policy.relational.database import text

__all__ = ["Plain", "is_code", "is_text", "plain"]

_WORD = r"[A-Za-z0-9_\x{4e00}-\x{9fff}]"
_INNER = r"[ -*,-~\x{3001}-\x{301f}\x{4e00}-\x{9fff}\x{ff01}-\x{ff5e}]"
_TEXT = rf"{_WORD}(?:{_INNER}*[!-*,-~\x{{4e00}}-\x{{9fff}}\x{{ff01}}-\x{{ff5e}}])?"
"""A text that nobody would change: no blanks around it, nothing invisible, no formula, no number in a spreadsheet's short form."""
_CODE = r"[A-Za-z0-9_.:/-]*[0-9][A-Za-z0-9_.:/-]*"
"""A key with a digit: no mark that says that nothing is known."""

_LONGEST_MARK = 7
"""Characters of the longest mark of ASCII that says that nothing is known: `unknown`."""

_DIGITS_ALONE = "[0-9]{1,17}"

_WHOLE = re.compile(r"U?(?:TINY|SMALL|BIG)?INT(?:EGER)?")
_MOST = 10**18 - 1
"""The longest whole number that is read has 18 digits."""
_DIGITS = 28
_LONGEST = 32_767
"""Bytes of a text that is no longer than a cell can be."""


class Plain(NamedTuple):
    """A value that SQL makes of a cell: `value`, where `when` is true (None: always)."""

    value: str
    when: str | None = None


def is_text(kind: str) -> bool:
    """Whether a column has texts."""
    return kind == "VARCHAR" or kind.startswith("ENUM")


def is_code(column: str) -> str:
    """Whether a text is a code beyond doubt: ASCII letters, digits and `-._~`, a letter or digit first, and too long for a mark.

    Such a text is its own value, as a text and as a reference. To ask takes a third of the time of a regular expression.
    """
    # what a URL leaves as it is; comparisons take next to no time, and none where a file says what is least and greatest in it
    first = f"{column} >= '0' AND {column} < '{{' AND ({column} < '_' OR {column} >= '`')"
    return f"strlen({column}) BETWEEN {_LONGEST_MARK + 1} AND {_LONGEST} AND {first} AND url_encode({column}) = {column}"


def plain(field: Field, column: str, kind: str, codes: bool) -> Plain | None:
    """What SQL makes of a column for a field; None where each distinct cell has to be read. `codes` says that all its texts are codes."""
    wanted = field.type.kind
    if wanted in ("text", "ref"):
        if codes:
            return Plain(column)
        if kind == "VARCHAR":
            pattern = text(_CODE if wanted == "ref" else _TEXT)
            return Plain(column, f"regexp_full_match({column}, {pattern}) AND strlen({column}) <= {_LONGEST}")
        return Plain(f"CAST({column} AS VARCHAR)") if _WHOLE.fullmatch(kind) else None
    if wanted == "date" and kind in ("DATE", "TIMESTAMP"):
        return Plain(f"CAST({column} AS DATE)", f"isfinite({column})")
    if wanted == "bool" and kind == "BOOLEAN":
        return Plain(column)
    if wanted == "int" and kind == "VARCHAR":
        return Plain(f"TRY_CAST({column} AS BIGINT)", f"regexp_full_match({column}, {text(_DIGITS_ALONE)})")
    if wanted == "int" and _WHOLE.fullmatch(kind):
        return Plain(f"CAST({column} AS BIGINT)", f"{column} BETWEEN {-_MOST} AND {_MOST}" if "BIG" in kind else None)
    decimal = re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", kind)
    if wanted == "number" and decimal and int(decimal[1]) <= _DIGITS:
        return Plain(f"CAST({column} AS DECIMAL(38, {decimal[2]}))")
    return None
