"""A variant over its base: what is declared when its changes are made, for every stretch of days in which the same ones are in force."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from policy.check.names import suggestion
from policy.check.once import once
from policy.check.page import Help, Page, Related
from policy.check.strictness import milder
from policy.lang import ast
from policy.source import Span

__all__ = ["Changed", "Declarations", "Stretch", "alone", "stretches", "varied"]

Placed = tuple[Page, ast.Declaration]

Changed = dict[str, tuple[Page, Span]]
"""What a variant has changed, and where."""

_ONE_DAY = datetime.timedelta(days=1)
_CHANGES = (ast.SetDecl, ast.DisableDecl, ast.OverrideDecl, ast.ExtendEntityDecl, ast.ExtendEnumDecl)
_DUTIES = (ast.DutyClause, ast.AttestClause)
_REPEATED = (ast.WhereClause, ast.ExceptClause)
"""What a rule may have several of, all of which an override replaces."""

_KEYWORDS: dict[type, str] = {
    ast.BearerClause: "BEARER", ast.ForEachClause: "FOR_EACH", ast.WhereClause: "WHERE", ast.LetClause: "LET", ast.WhenClause: "WHEN",
    ast.ExceptClause: "EXCEPT", ast.DutyClause: "MUST", ast.AttestClause: "MUST", ast.DueClause: "DUE", ast.EffectiveClause: "EFFECTIVE",
    ast.OtherwiseClause: "OTHERWISE", ast.SeverityClause: "OTHERWISE", ast.RemedyClause: "REMEDY", ast.NoteClause: "NOTE", ast.FinalClause: "FINAL",
}  # fmt: skip


@attrs.frozen
class Stretch:
    """The days from `first` to `last` (None: no end on that side), in which the same things are in force."""

    first: datetime.date | None
    last: datetime.date | None

    def has(self, day: datetime.date) -> bool:
        """Whether a day is one of these."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def within(self, clause: ast.InForceClause | None) -> bool:
        """Whether something with that clause is in force on these days."""
        if clause is None:
            return True
        begun = clause.first in (None, datetime.date.min) or (self.first is not None and clause.first <= self.first)
        return begun and (clause.last in (None, datetime.date.max) or (self.last is not None and self.last <= clause.last))


@attrs.define(eq=False)
class Declarations:
    """What is declared in some stretch of days. `elsewhere` are the pages of the parts that a variant has put into a declaration of its
    base, by their `id`; `sets` are the parameters that each variant sets; `idle` the rules that are disabled, or not in force;
    `overrides` the texts of what changes a rule, by its id."""

    placed: list[Placed]
    elsewhere: dict[int, Page] = attrs.field(factory=dict)
    sets: list[list[tuple[Page, ast.SetDecl]]] = attrs.field(factory=list)
    idle: set[str] = attrs.field(factory=set)
    overrides: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    changes: int = 0

    def of(self, kind: type | tuple[type, ...]) -> list:
        """The declarations of a kind, each with its page, in the order of the files."""
        return [(page, one) for page, one in self.placed if isinstance(one, kind)]


# --- when ------------------------------------------------------------------------------------------------------------


def _parts(declaration: ast.Declaration) -> tuple:
    if isinstance(declaration, (ast.RuleDecl, ast.OverrideDecl)):
        return declaration.clauses
    return declaration.items if isinstance(declaration, _CHANGES) else ()


def _in_force(declaration: ast.Declaration) -> ast.InForceClause | None:
    return next((part for part in _parts(declaration) if isinstance(part, ast.InForceClause)), None)


def stretches(layers: Sequence[Sequence[Placed]]) -> list[Stretch]:
    """The stretches of days that all days fall into; one where nothing has a beginning or an end."""
    clauses = [clause for layer in layers for _, one in layer if (clause := _in_force(one)) is not None]
    starts = {clause.first for clause in clauses if clause.first is not None}
    starts |= {clause.last + _ONE_DAY for clause in clauses if clause.last is not None and clause.last < datetime.date.max}
    edges = [None, *sorted(starts - {datetime.date.min}), None]
    return [Stretch(first, last and last - _ONE_DAY) for first, last in zip(edges, edges[1:])]


# --- what ------------------------------------------------------------------------------------------------------------


def varied(layers: Sequence[Sequence[Placed]], stretch: Stretch, trusting: bool) -> Declarations:
    """What the base, the first of the layers, and each variant over it declare for a stretch of days. Mistakes go on the variants' pages.

    A change of a final rule that may make it less strict is one, unless we are `trusting`.
    """
    base, *variants = [_in_this_pack(layer, number + 1 == len(layers)) for number, layer in enumerate(layers)]
    for page, one in base:
        if isinstance(one, _CHANGES):
            page.refuse("C805", _name(one).span, ("write_extends", {}))
    declarations = Declarations([])
    _add_lasting(declarations, base, stretch)
    ids = {one.id.text for _, one in base if isinstance(one, ast.RuleDecl)}
    for variant in variants:
        _Overlay(declarations, ids, stretch, trusting).make(variant)
        _add_lasting(declarations, variant, stretch)
        ids |= {one.id.text for _, one in variant if isinstance(one, ast.RuleDecl)}
    return declarations


def _in_this_pack(layer: Sequence[Placed], last: bool) -> Sequence[Placed]:
    """The declarations of a layer that a pack takes from it: the cases of a base are its own."""
    return layer if last else [(page, one) for page, one in layer if not isinstance(one, ast.CaseDecl)]


def _add_lasting(declarations: Declarations, layer: Iterable[Placed], stretch: Stretch) -> None:
    """Add what a layer declares itself; a case stands on its day."""
    for page, one in layer:
        _check_order(page, _in_force(one))
        if isinstance(one, _CHANGES):
            continue
        if _counts(one, stretch):
            declarations.placed.append((page, one))
        elif isinstance(one, ast.RuleDecl):
            declarations.idle.add(one.id.text)


def _counts(declaration: ast.Declaration, stretch: Stretch) -> bool:
    if isinstance(declaration, ast.CaseDecl):
        return stretch.has(declaration.as_of)
    return stretch.within(_in_force(declaration))

def _check_order(page: Page, clause: ast.InForceClause | None) -> None:
    if clause is not None and clause.first is not None and clause.last is not None and clause.last < clause.first:
        page.refuse("C808", clause.span)


def _name(change: ast.Declaration) -> ast.Name:
    """What a change is about, or the first of several."""
    match change:
        case ast.SetDecl():
            return change.name
        case ast.ExtendEntityDecl():
            return change.entity
        case ast.ExtendEnumDecl():
            return change.enum
        case _:
            return change.rules[0]


def alone(changed: Changed, thing: str, page: Page, name: ast.Name) -> bool:
    """Whether nothing else in the variant changes this at the same time: no order says which of two counts."""
    first = changed.setdefault(thing, (page, name.span))
    if first != (page, name.span):
        page.refuse("C809", name.span, ("one_change", {}), (*first, "first"), name=name.text)
    return first == (page, name.span)


def _names(declaration: ast.RuleDecl | ast.EntityDecl | ast.EnumDecl) -> tuple[str, ...]:
    """What a declaration may be called: a rule by its id, others by their label too."""
    if isinstance(declaration, ast.RuleDecl):
        return (declaration.id.text,)
    return (declaration.name.text, declaration.label.text) if declaration.label else (declaration.name.text,)


class _Overlay:
    """Makes the changes of one variant in what is declared below it. `ids` are the rules of all days there."""

    def __init__(self, declarations: Declarations, ids: set[str], stretch: Stretch, trusting: bool) -> None:
        self._declarations = declarations
        self._ids = ids
        self._stretch = stretch
        self._trusting = trusting
        self._changed: Changed = {}

    def make(self, variant: Iterable[Placed]) -> None:
        """Make those changes that are in force."""
        self._declarations.sets.append([])
        for page, change in variant:
            if not isinstance(change, _CHANGES):
                continue
            if not any(isinstance(part, ast.BasisClause) for part in _parts(change)):
                page.refuse("C807", _name(change).span, ("change_basis", {}))
            if self._stretch.within(_in_force(change)):
                self._declarations.changes += 1
                _MAKE[type(change)](self, page, change)

    def set(self, page: Page, change: ast.SetDecl) -> None:
        self._declarations.sets[-1].append((page, change))

    def disable(self, page: Page, change: ast.DisableDecl) -> None:
        for page, name, place in self._rules(page, change.rules):
            _, rule = self._declarations.placed[place]
            if any(isinstance(clause, ast.FinalClause) for clause in rule.clauses):
                page.refuse("C813", name.span, ("stricter_only", {}), rule=name.text)
                continue
            del self._declarations.placed[place]
            self._declarations.idle.add(name.text)

    def override(self, page: Page, change: ast.OverrideDecl) -> None:
        for page, name, place in self._rules(page, change.rules):
            where, rule = self._declarations.placed[place]
            merged = _Merge(page, name, self._declarations.elsewhere, self._trusting).merged(where, rule, change)
            self._declarations.placed[place] = where, merged
            before = self._declarations.overrides.get(name.text, ())
            self._declarations.overrides[name.text] = (*before, page.source.text[slice(*change.span)])

    def _rules(self, page: Page, names: Sequence[ast.Name]) -> Iterator[tuple[Page, ast.Name, int]]:
        """The rules that are changed and their places among the declarations; not those that are not in force."""
        for name in names:
            if name.text not in self._ids:
                page.refuse("C806", name.span, suggestion(name.text, self._ids), name=name.text)
            elif alone(self._changed, name.text, page, name):
                yield from ((page, name, place) for place in self._places(ast.RuleDecl, name))

    def _places(self, kind: type, name: ast.Name) -> list[int]:
        """Where the declaration of a kind is that is called so; none or one."""
        placed = enumerate(self._declarations.placed)
        return [place for place, (_, one) in placed if isinstance(one, kind) and name.text in _names(one)][:1]

    def extend(self, kind: type, field: str, part: type, code: str, page: Page, change: ast.ExtendEntityDecl | ast.ExtendEnumDecl) -> None:
        name = _name(change)
        places = self._places(kind, name)
        if not places:
            known = [one for _, one in self._declarations.placed if isinstance(one, kind)]
            names = [part.text for one in known for part in (one.label, one.name) if part is not None]
            page.refuse(code, name.span, suggestion(name.text, names), name=name.text)
            return
        where, one = self._declarations.placed[places[0]]
        parts = tuple(item for item in change.items if isinstance(item, part))
        self._declarations.elsewhere.update((id(item), page) for item in parts)
        self._declarations.placed[places[0]] = where, attrs.evolve(one, **{field: (*getattr(one, field), *parts)})


_MAKE: dict[type, Callable[[_Overlay, Page, ast.Declaration], None]] = {
    ast.SetDecl: _Overlay.set,
    ast.DisableDecl: _Overlay.disable,
    ast.OverrideDecl: _Overlay.override,
    ast.ExtendEntityDecl: lambda overlay, *change: overlay.extend(ast.EntityDecl, "fields", ast.FieldDecl, "C002", *change),
    ast.ExtendEnumDecl: lambda overlay, *change: overlay.extend(ast.EnumDecl, "members", ast.MemberDecl, "C814", *change),
}


# --- a rule, clause by clause ----------------------------------------------------------------------------------------


def _kind(clause: ast.Clause) -> object:
    """What a clause has to have in common with another to take its place; a `let` its name."""
    if isinstance(clause, ast.LetClause):
        return ast.LetClause, clause.name.text
    return _DUTIES if isinstance(clause, _DUTIES) else type(clause)


class _Merge:
    """Puts the clauses of an override into a rule; `page` and `name` are where the override names the rule."""

    def __init__(self, page: Page, name: ast.Name, elsewhere: dict[int, Page], trusting: bool) -> None:
        self._page = page
        self._name = name
        self._elsewhere = elsewhere
        self._trusting = trusting
        self._refused = False

    def _refuse(self, code: str, span: Span, help: Help | None = None, related: Related | None = None, **arguments: str) -> None:
        self._refused = True
        self._page.refuse(code, span, help, related, rule=self._name.text, **arguments)

    def merged(self, where: Page, rule: ast.RuleDecl, change: ast.OverrideDecl) -> ast.RuleDecl:
        """The rule of `where` as it is then."""
        clauses = list(rule.clauses)
        replaced: set[object] = set()
        final = any(isinstance(clause, ast.FinalClause) for clause in clauses)
        changing = [clause for clause in change.clauses if not isinstance(clause, (ast.BasisClause, ast.InForceClause))]
        for clause in once(self._page, changing, _repeated):
            made = _made(clauses, clause)
            if made is clause or isinstance(clause, ast.AlsoClause):
                self._elsewhere[id(made)] = self._page
            if final and not self._trusting and milder(rule, made):
                self._refuse("C815", clause.span, ("stricter_only", {}), (where, rule.id.span, "final"))
            elif isinstance(clause, ast.AlsoClause):
                self._add(clauses, clause)
            else:
                self._replace(clauses, made, replaced)
        title = change.title or rule.title
        if (title, *clauses) == (rule.title, *rule.clauses) and not self._refused:
            self._refuse("C812", self._name.span)
        basis = [clause for clause in change.clauses if isinstance(clause, ast.BasisClause)]
        self._elsewhere.update((id(clause), self._page) for clause in basis)
        clauses += basis
        return attrs.evolve(rule, title=title, clauses=tuple(clauses))

    def _replace(self, clauses: list, clause: ast.Clause, replaced: set[object]) -> None:
        """Put a clause in the place of the first of its kind; the others of a kind that may be repeated go with it."""
        kind = _kind(clause)
        places = [place for place, one in enumerate(clauses) if _kind(one) == kind]
        if kind in replaced:  # another `where` or `except` of the same override
            clauses.insert(places[-1] + 1, clause)
        elif not places:
            self._refuse("C810", clause.span, ("also", {}), clause=f"@keyword:{_KEYWORDS[type(clause)]}")
        else:
            replaced.add(kind)
            clauses[places[0]] = clause
            for place in reversed(places[1:]):
                del clauses[place]

    def _add(self, clauses: list, also: ast.AlsoClause) -> None:
        clause, kind = also.clause, _kind(also.clause)
        if not isinstance(clause, _REPEATED) and any(_kind(one) == kind for one in clauses):
            self._refuse("C811", also.span, ("without_also", {}), clause=f"@keyword:{_KEYWORDS.get(type(clause), 'BASIS')}")
        else:
            clauses.append(clause)


def _repeated(clause: object) -> str | None:
    """The keyword of a clause that an override may have once."""
    kind = type(clause)
    return None if kind in (*_REPEATED, ast.LetClause, ast.AlsoClause) else _KEYWORDS.get(kind)


def _made(clauses: Sequence[ast.Clause], change: ast.Clause) -> ast.Clause:
    """The clause that a change puts into a rule. With another severity alone it is the rule's own, which keeps its page; a change of what is not
    there stays itself."""
    if isinstance(change, ast.AlsoClause):
        return change.clause
    old = next((clause for clause in clauses if isinstance(clause, ast.OtherwiseClause)), None)
    return attrs.evolve(old, severity=change.severity) if old is not None and isinstance(change, ast.SeverityClause) else change
