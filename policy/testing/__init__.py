"""For authors of packs and plug-ins: data that try a pack, its cases as tests of pytest, and what every source and engine has to do.

The strategies need Hypothesis (`pip install policy[testing]`), `conformance` nothing; `plugin` is found by pytest itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policy.draw import days, decided, facts, read_fields, with_tables

__all__ = ["days", "decided", "facts", "read_fields", "with_tables"]


def __getattr__(name: str) -> Any:
    """A strategy, imported when it is asked for: pytest imports this package at every start, with or without Hypothesis."""
    if name not in __all__:
        raise AttributeError(name)
    from policy import draw

    return getattr(draw, name)
