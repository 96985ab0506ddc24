"""What cases reach as text for people, what is lacking only, and whole as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from policy.lang.coverage import Atom, Coverage, Covered
from policy.lang.keywords import status_word
from policy.messages import text
from policy.source import Source

__all__ = ["as_json", "as_text", "truths"]

_TRUTHS = {"true": "K204", "false": "K205", "unknown": "K206"}


def truths(names: Iterable[str], language: str) -> str:
    """Truth values in words, an argument of several lines."""
    return "\n".join(text(_TRUTHS[name], language) for name in names)


def as_text(coverage: Coverage, sources: Mapping[str, Source], language: str) -> Iterator[str]:
    """A line for each rule and definition of which something is not reached, with what that is; and the sum."""
    for part in coverage.parts:
        if part.reached < part.goals:
            yield from _lacking(part, sources, language)
    counts = {"cases": coverage.cases, "reached": coverage.reached, "goals": coverage.goals, "percent": f"{coverage.percent:.1f}"}
    yield text("K200", language, pack=coverage.pack, **counts)


def _lacking(part: Covered, sources: Mapping[str, Source], language: str) -> Iterator[str]:
    goals = sum(len(atom.goals) for atom in part.atoms)
    lacking = sum(len(atom.lacking) for atom in part.atoms)
    counts = {"statuses": f"{len(part.statuses)}/{len(part.possible)}", "conditions": f"{goals - lacking}/{goals}"}
    yield text("K201" if part.possible else "K207", language, name=part.name, title=part.title, **counts)
    missing = [status_word(status, language) for status in part.possible if status not in part.statuses]
    if missing:
        yield "  " + text("K202", language, statuses="\n".join(missing))
    for atom in part.atoms:
        if atom.lacking:
            place = f"{atom.file}:{sources[atom.file].position(atom.span[0])[0]}"
            yield "  " + text("K203", language, place=place, text=atom.text, truths=truths(atom.lacking, language))


def as_json(coverage: Coverage, sources: Mapping[str, Source]) -> str:
    """Everything, in one object: the sums, and each rule and definition with its statuses and conditions."""
    sums = {"pack": coverage.pack, "cases": coverage.cases, "goals": coverage.goals, "reached": coverage.reached}
    whole = {**sums, "percent": round(coverage.percent, 2), "parts": [_part(part, sources) for part in coverage.parts]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _part(part: Covered, sources: Mapping[str, Source]) -> dict[str, object]:
    kind = "rule" if part.possible else "definition"
    return {
        "kind": kind, "name": part.name, "title": part.title, "file": part.file, "line": sources[part.file].position(part.span[0])[0],
        "goals": part.goals, "reached": part.reached, "possible": part.possible, "statuses": part.statuses,
        "conditions": [_condition(atom, sources) for atom in part.atoms],
    }  # fmt: skip


def _condition(atom: Atom, sources: Mapping[str, Source]) -> dict[str, object]:
    line, column = sources[atom.file].position(atom.span[0])
    place = {"file": atom.file, "line": line, "column": column}
    return {**place, "text": atom.text, "goals": atom.goals, "seen": atom.seen, "decided": atom.decided}
