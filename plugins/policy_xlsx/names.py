"""Names of sheets: what a spreadsheet does not take is replaced, and no two are alike."""

from __future__ import annotations

import re
from unicodedata import normalize

from policy.width import harmless
from policy_xlsx.cells import units

__all__ = ["Names"]

_LONGEST = 31
_FORBIDDEN = str.maketrans(dict(zip(r"\/?*[]:", "＼／？＊［］：")))
_RESERVED = "history"


class Names:
    """Gives each sheet its name."""

    def __init__(self) -> None:
        self._taken = {_RESERVED}

    def name(self, wanted: str, number: int = 1) -> str:
        """A name as near to `wanted` as there can be: with the next number from `number` on where that one is taken (from 2 on shown)."""
        base = re.sub(r"\s+", " ", harmless(wanted.translate(_FORBIDDEN))).strip("' ") or "-"
        while True:
            ending = f" ({number})" if number > 1 else ""
            name = _cut(base, _LONGEST - len(ending)) + ending
            alike = normalize("NFKC", name).casefold()
            if alike not in self._taken:
                self._taken.add(alike)
                return name
            number += 1


def _cut(text: str, most: int) -> str:
    while units(text) > most:
        text = text[: most - 1 if len(text) > most else -2].rstrip("' ") + "…"
    return text
