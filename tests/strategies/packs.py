"""Packs in the policy language: a vocabulary with drawn flags, and rules of whatever types allow, each with what it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs
from hypothesis import strategies as st

__all__ = ["packs", "vocabulary"]

_ROWS = ("org", "act", "step")
_FIELDS: dict[str, dict[str, str]] = {
    "org": {"name": "text", "level": "level", "size": "int", "opened": "date", "shut": "date"},
    "act": {"kind": "kind", "done": "bool", "weight": "number", "times": "int", "made": "date", "said": "text", "day": "date"},
    "step": {"kind": "kind", "good": "bool", "rank": "int", "at": "date"},
}
_LINKS: dict[str, dict[str, str]] = {
    "org": {"above": "org"},
    "act": {"org": "org", "again": "act"},
    "step": {"act": "act", "by": "org"},
}
_TO = {entity: [(other, link) for other, links in _LINKS.items() for link, target in links.items() if target == entity] for entity in _ROWS}
"""The links that lead to a row of an entity, each with the entity that has it."""
_MEMBERS = {"kind": ("plain", "odd", "late"), "level": ("high", "low")}
_OCCURS = {"act": "day", "step": "at"}
_CHAINS = {"org": "above", "act": "again"}
"""The references that lead from rows to rows of the same entity."""
_UNITS = ("days", "days", "months", "weeks", "years", "workdays")
_DAYS = ("2026-01-31", "2026-02-28", "2024-02-29", "2026-05-01", "2026-10-08", "2025-12-31")


@attrs.frozen
class _Scope:
    """What an expression may name: variables by the entity of their row, `let`s by the kind of their value; and how deep it may still nest."""

    rows: tuple[tuple[str, str], ...]
    depth: int
    definitions: bool = True
    values: tuple[tuple[str, str], ...] = ()

    def deeper(self, *more: tuple[str, str]) -> _Scope:
        return attrs.evolve(self, rows=(*self.rows, *more), depth=self.depth - 1)

    def with_value(self, kind: str) -> _Scope:
        """With the next `let`."""
        return attrs.evolve(self, values=(*self.values, (self.next_let, kind)))

    @property
    def next_let(self) -> str:
        """The name of the next `let`, a row or not."""
        return f"w{len(self.values) + sum(name.startswith('w') for name, _ in self.rows)}"

    def of(self, entity: str) -> list[str]:
        return [name for name, kind in self.rows if kind == entity]

    @property
    def fresh(self) -> str:
        """A name that is not taken."""
        return f"v{len(self.rows)}"


class _Writer:
    """Writes expressions of a type, each choice drawn."""

    def __init__(self, draw: st.DrawFn, fields: dict[str, dict[str, str]]) -> None:
        self.draw = draw
        self.fields = fields

    def one(self, choices: Sequence):
        return self.draw(st.sampled_from(choices))

    def any(self, *writers: Callable[[], str | None]) -> str:
        """What one of the writers gives; those that have nothing to offer are passed over."""
        first = self.draw(st.integers(0, len(writers) - 1))
        for number in range(len(writers)):
            text = writers[(first + number) % len(writers)]()
            if text is not None:
                return text
        raise AssertionError("the last of the writers always has something")

    # --- paths -------------------------------------------------------------------------------------------------------

    def path(self, kind: str, scope: _Scope) -> str | None:
        """A path to a field of a kind, perhaps along references, or a `let`."""
        found = [name for name, one in scope.values if one == kind] + [
            f"{way}.{field}"
            for name, entity in scope.rows
            for way, target in self._ways(name, entity)
            for field, one in self.fields[target].items()
            if one == kind
        ]
        return self.one(found) if found else None

    def _ways(self, name: str, entity: str) -> list[tuple[str, str]]:
        near = [(f"{name}.{link}", target) for link, target in _LINKS[entity].items()]
        far = [(f"{way}.{link}", target) for way, entity in near for link, target in _LINKS[entity].items()]
        return [(name, entity), *near, *far[:2]]

    def link(self, entity: str, scope: _Scope) -> str | None:
        """A path to a row of an entity."""
        found = [way for name, one in scope.rows for way, target in self._ways(name, one)[1:] if target == entity]
        return self.one(found) if found else None

    # --- values ------------------------------------------------------------------------------------------------------

    def value(self, kind: str, scope: _Scope) -> str:
        return {"int": self.int, "number": self.number, "date": self.date, "text": self.text, "bool": self.bool}[kind](scope)

    def int(self, scope: _Scope) -> str:
        if scope.depth <= 0:
            return self.any(lambda: self.path("int", scope), self._literal_int)
        inner = scope.deeper()
        return self.any(
            lambda: self.path("int", scope),
            lambda: f"({self.int(inner)} {self.one('+-*')} {self.int(inner)})",
            lambda: f"(-{self.int(inner)})",
            lambda: f"{self.one(('year_of', 'month_of', 'day_of_month'))}({self.date(inner)})",
            lambda: f"length({self.text(inner)})",
            lambda: f"(if {self.bool(inner)} then {self.int(inner)} else {self.int(inner)})",
            lambda: self._gathered("int", inner, ("sum", "min", "max")),
            lambda: "limit",
            self._literal_int,
        )

    def _literal_int(self) -> str:
        return str(self.draw(st.sampled_from((0, 1, 2, 3, 5, 12, 2026))))

    def number(self, scope: _Scope) -> str:
        if scope.depth <= 0:
            return self.any(lambda: self.path("number", scope), self._literal_number)
        inner = scope.deeper()
        return self.any(
            lambda: self.path("number", scope),
            lambda: f"({self.number(inner)} {self.one('+-*')} {self.number(inner)})",
            lambda: self._gathered("number", inner, ("sum", "min", "max")),
            self._literal_number,
        )

    def _literal_number(self) -> str:
        return self.one(("0.5", "1.25", "2.0", "3"))

    def text(self, scope: _Scope) -> str:
        return self.any(lambda: self.path("text", scope), lambda: self.one(('"a"', '"b"', '""')))

    def date(self, scope: _Scope) -> str:
        if scope.depth <= 0:
            return self.any(lambda: self.path("date", scope), self._literal_date)
        inner = scope.deeper()
        return self.any(
            lambda: self.path("date", scope),
            lambda: f"({self.date(inner)} {self.one(('plus', 'minus'))} {self.period()})",
            lambda: f"{self.one(('earlier', 'later'))}({self.date(inner)}, {self.date(inner)})",
            lambda: f"day_in({self.int(inner)}, {self.one(('02-29', '03-31', '12-31'))})",
            lambda: f"date({self.int(inner)}, {self.int(inner)}, {self.int(inner)})",
            lambda: f"(if {self.bool(inner)} then {self.date(inner)} else {self.date(inner)})",
            lambda: self._gathered("date", inner, ("min", "max")),
            self._literal_date,
        )

    def _literal_date(self) -> str:
        return self.one(("as_of", *_DAYS))

    def period(self) -> str:
        return self.one(("grace", *(f"{self.draw(st.integers(0, 14))} {unit}" for unit in _UNITS)))

    def _gathered(self, kind: str, scope: _Scope, how: Sequence[str]) -> str:
        entity, name = self.one(_ROWS), scope.fresh
        inner = scope.deeper((name, entity))
        value = self.path(kind, attrs.evolve(inner, rows=((name, entity),))) or self.value(kind, attrs.evolve(inner, depth=0))
        return f"({self.one(how)} of {value} over {entity} as {name} such that {self.bool(inner)})"

    # --- truths ------------------------------------------------------------------------------------------------------

    def bool(self, scope: _Scope) -> str:
        if scope.depth <= 0:
            return self.any(lambda: self.path("bool", scope), lambda: self._told(scope), lambda: self._linked(scope), lambda: self._known(scope), lambda: "strict")
        inner = scope.deeper()
        return self.any(
            lambda: self.path("bool", scope),
            lambda: self._told(scope),
            lambda: self._linked(scope),
            lambda: self._known(scope),
            lambda: f"({self.bool(inner)} {self.one(('and', 'or'))} {self.bool(inner)})",
            lambda: f"(not {self.bool(inner)})",
            lambda: self._compared(inner),
            lambda: self._compared(inner),
            lambda: f"({self.one(('exists', 'no'))} {self._such_that(scope)})",
            lambda: f"({self.one(('exists', 'no'))} {self._such_that(inner)})",
            lambda: self._hanging(scope, self.draw(st.booleans())),
            lambda: self._both_hanging(scope),
            lambda: self._every(inner),
            lambda: self._counted(inner),
            lambda: self._under(scope),
            lambda: self._listed(inner),
            lambda: f"is_credit_code({self.text(inner)})",
            lambda: self._of_count(scope),
            lambda: f"(if {self.bool(inner)} then {self.bool(inner)} else {self.bool(inner)})",
            lambda: self._defined(inner),
        )

    def _told(self, scope: _Scope) -> str | None:
        kind = self.one(tuple(_MEMBERS))
        path = self.path(kind, scope)
        members = _MEMBERS[kind]
        if path is None:
            return None
        return self.one((f"({path} is {self.one(members)})", f"({path} is not {self.one(members)})", f"({path} in ({', '.join(members[:2])}))"))

    def _linked(self, scope: _Scope) -> str | None:
        name, entity = self.one(scope.rows)
        path = self.link(entity, scope)
        return path and f"({path} {self.one(('is', 'is', 'is not'))} {name})"

    def _known(self, scope: _Scope) -> str | None:
        path = self.path(self.one(("date", "int", "text", "kind", "bool")), scope) or self.link(self.one(_ROWS), scope)
        return path and f"({path} is {self.one(('missing', 'filled'))})"

    def _compared(self, scope: _Scope) -> str:
        kind = self.one(("int", "number", "date", "date", "text", "period"))
        if kind == "period":
            return f"(({self.date(scope)} - {self.date(scope)}) {self.one(('<', '>='))} {self.draw(st.integers(0, 60))} days)"
        if kind == "text":
            function = self.one(("contains", "starts_with", "sorts_before"))
            pair = self.text(scope), self.text(scope)
            return self.one((f"({pair[0]} is {pair[1]})", f"{function}({', '.join(pair)})"))
        first, second = self.value(kind, scope), self.value(kind, scope)
        if kind == "date":
            return f"(({first}) {self.one(('before', 'after', 'no later than', 'no earlier than', 'is'))} ({second}))"
        if self.draw(st.booleans()):
            return f"({first} between {second} and {self.value(kind, scope)})"
        return f"({first} {self.one(('<', '<=', '>', '>=', 'is', 'is not'))} {second})"

    def _such_that(self, scope: _Scope) -> str:
        entity, name = self.one(_ROWS), scope.fresh
        return f"{entity} as {name} such that {self.bool(scope.deeper((name, entity)))}"

    def _hanging(self, scope: _Scope, shared: bool) -> str | None:
        """Of rows that refer to one at hand; `shared`: such that others, not linked to it, have something in common with them."""
        links = [(name, entity, link) for name, one in scope.rows for entity, link in _TO[one]]
        if not links:
            return None
        row, entity, link = self.one(links)
        name, inner = scope.fresh, scope.deeper((scope.fresh, entity))
        asked = self._alike(name, entity, inner) if shared else self.bool(inner)
        return f"({self.one(('exists', 'no'))} {entity} as {name} such that {name}.{link} is {row} and {asked})"

    def _both_hanging(self, scope: _Scope) -> str | None:
        first, second = self._hanging(scope, True), self._hanging(scope, True)
        return first and f"({first} {self.one(('and', 'or'))} {second})"

    def _alike(self, row: str, entity: str, scope: _Scope) -> str:
        """Of rows that have a value in common with one at hand, perhaps of another entity."""
        fields = self.fields[entity].items()
        found = [(field, other, same) for field, kind in fields for other in _ROWS for same, one in self.fields[other].items() if one == kind]
        field, other, same = self.one(found)
        name = scope.fresh
        return f"({self.one(('exists', 'no'))} {other} as {name} such that {name}.{same} is {row}.{field} and {self.bool(scope.deeper((name, other)))})"

    def _every(self, scope: _Scope) -> str:
        entity, name = self.one(_ROWS), scope.fresh
        inner = scope.deeper((name, entity))
        return f"(every {entity} as {name} where {self.bool(inner)} such that {self.bool(inner)})"

    def _counted(self, scope: _Scope) -> str:
        other = self.one((self._literal_int(), f"(count {self._such_that(scope)})"))
        return f"((count {self._such_that(scope)}) {self.one(('<', '<=', '>', '>=', 'is', 'is not'))} {other})"

    def _under(self, scope: _Scope) -> str | None:
        name, link = self.one(scope.of("org") or [""]), self.link("org", scope)
        return f"under({link}, {name})" if name and link else None

    def _listed(self, scope: _Scope) -> str:
        """Whether a number is one of some, which may be of another type."""
        kind = self.one(("int", "number"))
        return f"({self.value(kind, scope)} in (1, {self.one(('0.5', '2', '3.0'))}))"

    def _of_count(self, scope: _Scope) -> str | None:
        counts = [name for name, kind in scope.values if kind == "count"]
        return f"({self.one(counts)} {self.one(('<', '>=', 'is not'))} {self._literal_int()})" if counts else None

    def _defined(self, scope: _Scope) -> str | None:
        names = scope.of("act")
        return f"apt({self.one(names)}, {self.date(scope)})" if names and scope.definitions else None

    # --- rules -------------------------------------------------------------------------------------------------------

    def rule(self, number: int, before: Mapping[int, str]) -> str:
        """A rule, which may be about violations of some `before` it, by number with the entity of their first binder."""
        lines = [f"rule R-{number} {_quoted(f'rule {number}')}", '  basis "drawn"']
        scope = self._subject(lines)
        for _ in range(self.one((0, 0, 0, 1, 1, 2, 3))):
            scope = self._let(lines, scope, before)
        if self.draw(st.booleans()):
            lines.append(f"  where {self.bool(scope)}")
        if self.draw(st.integers(0, 2)) == 0:
            lines.append(f"  when {self.bool(scope)}")
        if self.draw(st.integers(0, 3)) == 0:
            lines.append(f'  except {self.bool(scope)} basis "excused"')
        orgs = scope.of("org") or [link for link in [self.link("org", scope)] if link]
        if orgs and self.draw(st.booleans()):
            lines.append(f"  bearer {self.one(orgs)}")
        self._duty(lines, scope, before)
        return "\n".join([*lines, "end"])

    def _subject(self, lines: list[str]) -> _Scope:
        entity = self.one(_ROWS)
        rows, binders = [("s", entity)], [f"{entity} as s"]
        more = self.draw(st.integers(0, 5))
        if more == 0:
            other = self.one(_ROWS)
            rows.append(("o", other))
            binders.append(f"{other} as o")
        if more == 1:
            binders.append("kind as k")
        if more == 2:
            binders.append("year as y from 2025 to year_of(as_of)")
        lines.append(f"  for each {', '.join(binders)}")
        return _Scope(tuple(rows), 2)

    def _let(self, lines: list[str], scope: _Scope, before: Mapping[int, str]) -> _Scope:
        """The scope with a `let` more."""
        name, inner = scope.next_let, attrs.evolve(scope, depth=1)
        how = self.draw(st.integers(0, 7))
        if how <= 1:
            entity = self.one(_ROWS)
            day = next(field for field, kind in self.fields[entity].items() if kind == "date")
            condition = self.bool(attrs.evolve(inner, rows=(*scope.rows, ("x", entity))))
            lines.append(f"  let {name} be {self.one(('earliest', 'latest'))} {entity} as x by x.{day} such that {condition}")
            return attrs.evolve(scope, rows=(*scope.rows, (name, entity)))
        entity, field = self.one(tuple(_CHAINS.items()))
        start = self.link(entity, scope)
        if how == 2 and start is not None:
            condition = self.bool(attrs.evolve(inner, rows=(*scope.rows, ("x", entity))))
            lines.append(f"  let {name} be nearest {entity} as x from {start} via {field} such that {condition}")
            return attrs.evolve(scope, rows=(*scope.rows, (name, entity)))
        if how == 3 and before:
            lines.append(f"  let {name} be count {self._violations(scope, before)}")
            return scope.with_value("count")
        if how == 4:
            lines.append(f"  let {name} be count {self._such_that(inner)}")
            return scope.with_value("count")
        if how == 5:
            lines.append(f"  let {name} be {self.date(inner)} - {self.date(inner)}")
            return scope.with_value("days")
        kind = self.one(("int", "number", "date", "text", "bool"))
        lines.append(f"  let {name} be {self.value(kind, inner)}")
        return scope.with_value(kind)

    def _violations(self, scope: _Scope, before: Mapping[int, str]) -> str:
        """The violations of rules, perhaps those that have to do with the subject."""
        rules = self.draw(st.lists(st.sampled_from(sorted(before)), min_size=1, unique=True))
        conditions = ["violation.status is violated", "violation.due is filled", "violation.severity is fail", "violation.due before as_of"]
        conditions += [f"violation.bearer is {org}" for org in scope.of("org")]
        entities = {before[number] for number in rules}
        if len(entities) == 1:  # of rules about rows of different entities a binder has no type
            conditions += [f"violation.s is {row}" for row in scope.of(entities.pop())]
        chosen = self.draw(st.lists(st.sampled_from(conditions), min_size=1, max_size=2, unique=True))
        joined = f" {self.one(('and', 'or'))} ".join(chosen)
        return f"violations of {', '.join(f'R-{number}' for number in rules)} such that {joined}"

    def _duty(self, lines: list[str], scope: _Scope, before: Mapping[int, str]) -> None:
        otherwise = f'  otherwise {self.one(("fail", "warn", "advise"))} "{self._message(lines, scope)}"'
        kind = self.draw(st.integers(0, 7))
        if kind <= 2:  # a fulfilment in time
            entity = self.one([entity for entity in _OCCURS if _OCCURS[entity] in self.fields[entity]])
            name = scope.fresh
            lines.append(f"  must exist {entity} as {name} such that {self.bool(scope.deeper((name, entity)))}")
            lines.append(f"  due {self._due(scope)}")
        elif kind == 3 and (path := self.path("date", scope)):
            lines.append(f"  must {path} is filled")
            lines.append(f"  due {self._due(scope)}")
        elif kind == 4:
            lines.append(f"  may {self.bool(scope)}")
            return
        elif kind == 5:
            lines.append('  attest "is it so?"')
        elif kind == 6 and before:
            violations = self._violations(scope, before)
            lines.append(f"  must {self.one(('no {}', 'exists {}', '(count {}) <= 1')).format(violations)}")
        else:
            lines.append(f"  {self.one(('must', 'must not'))} {self.bool(scope)}")
        lines.append(otherwise)

    def _message(self, lines: Sequence[str], scope: _Scope) -> str:
        """A message that tells something, or nothing but itself."""
        kinds = self.draw(st.lists(st.sampled_from(("kind", "bool", "number", "int", "date", "text")), max_size=2))
        clauses = {line.split()[0] for line in lines}
        days = ("due", "fulfilled", "days") if "due" in clauses else ()
        known = ("as_of", "limit", "grace", "strict", *days, *(("bearer", "bearer") if "bearer" in clauses else ()), *(name for name, _ in (*scope.rows, *scope.values)))
        told = [path for kind in kinds if (path := self.path(kind, scope))] + self.draw(st.lists(st.sampled_from(known), max_size=3))
        return " ".join(["x", *(f"{{{one}}}" for one in told)])

    def _due(self, scope: _Scope) -> str:
        start = self.path("date", scope) or self.date(attrs.evolve(scope, depth=0))
        return self.any(
            lambda: f"{self.period()} after {start}",
            lambda: f"{self.period()} after {start}",
            lambda: f"{self.period()} before {start}",
            lambda: start,
            lambda: f'{self.period()} after {start} months {self.one(("down", "up", "error"))} nonworking {self.one(("next_workday", "previous_workday", "none"))} basis "b"',
        )


def _quoted(text: str) -> str:
    return f'"{text}"'


@st.composite
def packs(draw: st.DrawFn, most: int = 3) -> str:
    """The text of a pack of up to `most` rules, whose later ones may be about the violations of earlier ones."""
    def chosen(*texts: str) -> str:
        return draw(st.sampled_from(texts))

    header = "\n".join(filter(None, (
        chosen("", "  effective 2026-01-30"), chosen("", "  calendar cn"), chosen("", "  months up", "  months error"),
        chosen("", "  nonworking next_workday", "  nonworking previous_workday"), chosen("", "  due_soon 10 days"),
    )))  # fmt: skip
    entities = "\n".join(_entity(name, lambda fields: draw(st.permutations(fields))) for name in _ROWS)
    unit = chosen("days", "months", "workdays")
    parameters = "\n".join((
        f'param grace "宽限" : duration = {draw(st.integers(1, 9))} {unit} from 1 {unit} to 90 {unit} basis "b" end',
        f'param limit "上限" : int = {draw(st.integers(0, 3))} from 0 to 9 basis "b" end',
        f'param strict "从严" : bool = {chosen("true", "false")} basis "b" end',
    ))  # fmt: skip
    writer = _Writer(draw, _FIELDS)
    body = writer.bool(_Scope((("a", "act"),), 2, definitions=False))
    definition = f'define apt(a : act, d : date) "合" means {body} and a.made before d end'
    rules: list[str] = []
    for number in range(draw(st.integers(1, most))):
        plain = {before: text.split("for each ")[1].split()[0] for before, text in enumerate(rules) if "violation" not in text}
        rules.append(writer.rule(number, plain))
    return "\n".join((f'pack drawn version "1"\n{header}\nend', _enums(), entities, parameters, definition, *rules)) + "\n"


def vocabulary() -> str:
    """The beginning of a pack with the vocabulary of those that are drawn."""
    return "\n".join(('pack drawn version "1" end', _enums(), *(_entity(name, list) for name in _ROWS))) + "\n"


def _enums() -> str:
    return "\n".join(f"enum {name} {' '.join(members)} end" for name, members in _MEMBERS.items())


def _entity(name: str, ordered: Callable[[list[str]], Sequence[str]]) -> str:
    fields = [f"  {field} : {kind} optional{' occurs' if _OCCURS.get(name) == field else ''}" for field, kind in _FIELDS[name].items()]
    links = [f"  {field} : ref {target} optional{' tree' if field == 'above' else ''}" for field, target in _LINKS[name].items()]
    return "\n".join((f"entity {name}", "  id : text key", *ordered([*fields, *links]), "end"))
