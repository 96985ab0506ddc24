"""What the cases of a pack reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policy.interpret import judge
from policy.interpret.watching import Watch
from policy.lang.coverage import Atom, Coverage, Covered, atoms_of, decisions_of, possible, truths_of
from policy.lang.uses import deciding
from policy.pipeline.cases import CaseJudge
from policy.pipeline.choices import find_calendar
from policy.pipeline.faults import functions
from policy.pipeline.packs import rule_files

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.pipeline.packs import LoadedPack
    from policy.source import Source, Span

__all__ = ["cover", "told"]


def cover(path: Path, loaded: LoadedPack, plugins: Plugins) -> Coverage:
    """What the cases that hold reach of a pack that was loaded from a path with them; of one that changes with time as it is with most in force.

    Of a variant only what it declares or changes itself counts.
    """
    pack, watch = loaded.pack, Watch()
    assert pack is not None, "a pack with mistakes has no cases"
    cases = CaseJudge(find_calendar(pack, plugins), functions(plugins), partial(judge, watch=watch))
    reached: dict[str, set[str]] = {}
    count = 0
    for edition in pack.all_days():
        for case in edition.cases:
            count += 1
            if not list(cases.whole(edition, case)):
                for expectation in case.expectations:
                    reached.setdefault(expectation.rule, set()).add(expectation.status)
    own = set(rule_files(path)) if path.is_dir() else {str(path)}
    parts = _Parts(pack, watch, loaded.sources)
    rules = [parts.rule(rule, reached.get(rule.id, set())) for rule in pack.rules if not pack.extends or rule.changes or rule.file in own]
    definitions = [one for one in parts.definitions() if not pack.extends or one.file in own]
    return Coverage(pack.id, count, (*rules, *definitions))


def told(coverage: Coverage, loaded: LoadedPack, form: str, language: str) -> str:
    """What cases reach as `text` (what is lacking, and the sum), `json` or `html`."""
    from policy.cover import as_html, as_json, as_text

    sources = {source.name: source for source in loaded.sources}
    if form == "json":
        return as_json(coverage, sources)
    return as_html(coverage, sources, language) if form == "html" else "".join(f"{line}\n" for line in as_text(coverage, sources, language))


class _Parts:
    """Puts together what was seen, with the places in the files."""

    def __init__(self, pack: ir.Pack, watch: Watch, sources: Iterable[Source]) -> None:
        self._pack = pack
        self._watch = watch
        self._sources = {source.name: source for source in sources}

    def rule(self, rule: ir.Rule, statuses: set[str]) -> Covered:
        """A rule and what was seen of it."""
        places = [(rule.file, rule.span), *(found for text in rule.changes for found in self._find(text))]
        can = possible(rule)
        atoms = self._atoms(deciding(rule), places)
        return Covered(rule.id, rule.title, rule.file, rule.span, can, tuple(status for status in can if status in statuses), atoms)

    def definitions(self) -> Iterator[Covered]:
        """The definitions that decide something."""
        for name, one in self._pack.definitions.items():
            places = list(self._find(one.text))
            if places:
                file, span = places[0]
                yield Covered(name, one.label or "", file, span, (), (), self._atoms([one.body], places))

    def _find(self, text: str) -> Iterator[tuple[str, Span]]:
        """Where a declaration stands that was written so."""
        for source in self._sources.values():
            start = source.text.find(text)
            if start >= 0:
                yield source.name, (start, start + len(text))
                return

    def _atoms(self, expressions: Iterable[ir.Expr], places: list[tuple[str, Span]]) -> tuple[Atom, ...]:
        found: dict[int, Atom] = {}
        for atom in [atom for expr in expressions for decision in decisions_of(expr) for atom in atoms_of(decision)]:
            file = next((file for file, span in reversed(places) if span[0] <= atom.span[0] and atom.span[1] <= span[1]), None)
            if file is not None and id(atom) not in found and atom.span != (0, 0):
                found[id(atom)] = self._atom(atom, file)
        return tuple(sorted(found.values(), key=lambda one: (one.file, one.span)))

    def _atom(self, atom: ir.Expr, file: str) -> Atom:
        goals = truths_of(atom)
        seen, decided = (tuple(truth for truth in goals if truth in known.get(id(atom), ())) for known in (self._watch.seen, self._watch.decided))
        return Atom(file, atom.span, " ".join(self._sources[file].text[slice(*atom.span)].split()), goals, seen, decided)
