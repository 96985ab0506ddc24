"""What a unit has decided once and for all, as its file says: settings of the command, and parameters with their basis."""

from __future__ import annotations

from policy.lang.noun import noun
from policy.source import Source, Span

__all__ = ["Unit", "UnitParameter"]


@noun
class UnitParameter:
    """A parameter that the unit sets: `text` is its value as written, `by` who decided; and the places of name and value."""

    name: str
    text: str
    basis: str
    by: str
    name_span: Span
    value_span: Span


@noun
class Unit:
    """A unit's file. `settings` has the values given, by the name of the flag that would say the same; paths are seen from here."""

    source: Source
    settings: dict[str, tuple[str, ...]]
    parameters: tuple[UnitParameter, ...]
