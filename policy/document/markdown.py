"""document → Markdown that reads well as it is, and as GitHub shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from policy.document.sections import sections
from policy.lang import document
from policy.lang.document import Document, Link, Named
from policy.markdown import code, plain, table
from policy.messages import text

__all__ = ["as_markdown"]

def as_markdown(told: Document) -> str:
    """The text of a document."""
    return "\n\n".join(_Text(told).blocks()) + "\n"


class _Text:
    def __init__(self, told: Document) -> None:
        self._told = told

    def _say(self, code: str, **arguments: object) -> str:
        return text(code, self._told.language, **arguments)

    def blocks(self) -> Iterator[str]:
        """The paragraphs, headings, lists and tables."""
        told = self._told
        yield f"# {_anchor('top')}{plain(told.title)}"
        yield "\n".join(self._head())
        parts = sections(told)
        yield f"## {self._say('T30')}"
        yield "\n".join(f"- [{self._say(heading)}](#{name})" for name, heading, _ in parts)
        for name, heading, lead in parts:
            yield f"## {_anchor(name)}{self._say(heading)}"
            yield plain(self._say("T48" if name == "articles" else lead))  # nothing stands beside anything here
            yield from getattr(self, f"_{name}")()
        yield f"---\n\n{plain(told.program)}"

    def _head(self) -> Iterator[str]:
        told = self._told
        for name, said in (*told.facts, (self._say("T19"), told.counts)):
            yield self._item(name, plain(said))
        if told.basis:
            yield self._item(self._say("T22"), self._links(told.basis))
        if told.note:
            yield self._item(self._say("T23"), plain(told.note))

    # --- articles and rules

    def _articles(self) -> Iterator[str]:
        for article in self._told.articles:
            yield f"### {_anchor(article.target)}{plain(article.label)}"
            for passage in article.passages:
                yield from self._passage(passage)

    def _passage(self, passage: document.Passage) -> Iterator[str]:
        law = [f"**{plain(passage.label)}**"] if passage.label else []
        law += [plain(passage.text)] if passage.text else []
        law += [plain(number + item) for number, item in passage.items]
        anchor = _anchor(passage.target) if passage.target else ""
        yield "\n>\n".join(f"> {anchor if number == 0 else ''}{line}" for number, line in enumerate(law))
        for rule in passage.rules:
            yield from self._rule(rule)
        for reason in passage.reasons:
            heading = self._say("T54", places=reason.places) if reason.places else self._say("T53")
            yield f"**{plain(heading)}**{self._colon()}{plain(reason.text)}"
        if passage.gaps:
            yield f"**{plain(self._say('T58', places=self._list(passage.gaps)))}**"
        links = (("T55", passage.others), ("T56", passage.definitions), ("T57", passage.parameters))
        also = [self._item(self._say(code), self._links(to)) for code, to in links if to]
        if also:
            yield "\n".join(also)

    def _unplaced(self) -> Iterator[str]:
        for rule in self._told.unplaced:
            yield from self._rule(rule)

    def _rule(self, rule: document.Rule) -> Iterator[str]:
        yield f"#### {_anchor(rule.target)}{self._kind(rule)} {plain(rule.title)} {code(rule.id)}"
        yield "\n".join(self._said_of(rule))
        yield _fenced(rule.text)
        for change in rule.changes:
            yield f"{self._say('T111')}{self._colon()}"
            yield _fenced(change)

    def _said_of(self, rule: document.Rule) -> Iterator[str]:
        words = (("T60", rule.bearer), ("T61", rule.due), ("T62", rule.question), ("T63", rule.remedy), ("T23", rule.note))
        links = (("T64", rule.parameters), ("T65", rule.definitions), ("T66", rule.rules))
        yield self._item(self._say("T22"), self._links(rule.basis))
        yield from (self._item(self._say(code), plain(said)) for code, said in words if said)
        yield from (self._item(self._say(code), self._links(to)) for code, to in links if to)
        if rule.cases:
            yield self._item(self._say("T38"), f"[{self._say('T67', count=len(rule.cases))}](#cases-{rule.target})")

    # --- tables

    def _traces(self) -> Iterator[str]:
        yield self._table(("T80", "T81", "T82", "T83"), map(self._trace, self._told.traces))

    def _trace(self, row: document.TraceRow) -> Sequence[str]:
        place = "\u3000" * row.depth + _link(row.place)
        if row.gap:
            return place, f"**{plain(self._say('T58', places=row.gap))}**", "", ""
        return place, self._links(row.rules), self._links(row.others), " ".join(map(plain, row.reasons))

    def _matrix(self) -> Iterator[str]:
        matrix = self._told.matrix
        headings = [self._say("T81"), *map(_link, matrix.articles)]
        yield table(headings, [[_link(rule), *map(plain, cells)] for rule, cells in matrix.rows])

    def _parameters(self) -> Iterator[str]:
        yield self._table(("T84", "T86", "T87", "T88", "T89"), map(self._parameter, self._told.parameters))

    def _parameter(self, parameter: document.Parameter) -> Sequence[str]:
        basis = self._links(parameter.basis) + (f"<br>{plain(parameter.note)}" if parameter.note else "")
        named = _anchor(parameter.target) + _named(parameter.named)
        return named, plain(parameter.default), plain(parameter.bounds), basis, self._links(parameter.rules)

    def _definitions(self) -> Iterator[str]:
        for definition in self._told.definitions:
            yield f"#### {_anchor(definition.target)}{_named(definition.named)}"
            basis, rules = self._links(definition.basis), self._links(definition.rules)
            rows = (("T22", basis), ("T23", plain(definition.note)), ("T89", rules))
            said = [self._item(self._say(code), one) for code, one in rows if one]
            if said:
                yield "\n".join(said)
            yield _fenced(definition.text)

    def _vocabulary(self) -> Iterator[str]:
        for entity in self._told.entities:
            yield f"#### {_anchor(entity.target)}{_named(entity.named)}"
            yield self._table(("T84", "T85", "T90", "T91"), map(self._field, entity.fields))
        if self._told.enums:
            yield f"#### {self._say('T39')}"
            yield self._table(("T84", "T39"), map(self._enum, self._told.enums))

    def _field(self, field: tuple[Named, Link, str]) -> Sequence[str]:
        named, type_, marks = field
        return plain(named.label), code(named.name), _link(type_), plain(marks)

    def _enum(self, enum: document.Enum) -> Sequence[str]:
        return _anchor(enum.target) + _named(enum.named), self._list(map(_named, enum.members))

    def _cases(self) -> Iterator[str]:
        for rule in self._told.rules:
            link = _link(Link(self._say("T98", rule=rule.id, title=rule.title), rule.target))
            yield f"#### {_anchor('cases-' + rule.target)}{self._kind(rule)} {link}"
            yield "\n".join(map(self._case, rule.cases)) if rule.cases else self._say("T70")

    def _case(self, case: document.CaseEntry) -> str:
        title = plain(self._say("T71", title=case.title, day=case.as_of))
        return "\n".join([f"- {title}", *(f"  - {plain(one)}" for one in case.expected)])

    def _table(self, codes: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
        return table([self._say(code) for code in codes], rows)

    # --- words

    def _list(self, words: Iterable[str]) -> str:
        return self._say("T97").join(words)

    def _links(self, links: Iterable[Link]) -> str:
        return self._list(map(_link, links))

    def _kind(self, rule: document.Rule) -> str:
        return plain(self._say("T115", kind=rule.kind))

    def _item(self, name: str, said: str) -> str:
        return f"- **{plain(name)}**{self._colon()}{said}"

    def _colon(self) -> str:
        return "：" if self._told.language == "zh" else ": "


def _fenced(lines: str) -> str:
    longest = max(map(len, re.findall("`{3,}", lines)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}policy\n{lines}\n{fence}"


def _anchor(target: str) -> str:
    return f'<a id="{target}"></a>'


def _link(link: Link) -> str:
    return f"[{plain(link.text)}](#{link.target})" if link.target else plain(link.text)


def _named(named: Named) -> str:
    return plain(named.label) if named.label == named.name else f"{plain(named.label)} {code(named.name)}"
