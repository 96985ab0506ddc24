"""The parts of a document in their order, whatever form it is written in."""

from __future__ import annotations

from policy.lang.document import Document

__all__ = ["sections"]

_LEADS = {
    "articles": ("T31", "T40"), "unplaced": ("T32", "T41"), "traces": ("T33", "T42"), "matrix": ("T34", "T43"), "parameters": ("T35", "T44"),
    "definitions": ("T36", "T45"), "vocabulary": ("T37", "T46"), "cases": ("T38", "T47"),
}  # fmt: skip
"""By name the codes of the heading and of what a part says first."""


def sections(told: Document) -> list[tuple[str, str, str]]:
    """Name, heading and lead of the parts in which there is something."""
    holds = {
        "articles": told.articles,
        "unplaced": told.unplaced,
        "traces": told.traces,
        "matrix": told.matrix.rows,
        "parameters": told.parameters,
        "definitions": told.definitions,
        "vocabulary": told.entities or told.enums,
        "cases": told.rules,
    }
    return [(name, *_LEADS[name]) for name in _LEADS if holds[name]]
