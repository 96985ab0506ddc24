"""document → one HTML page that needs nothing else: no script, no font, no image, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from policy.document.sections import sections
from policy.lang import document
from policy.lang.document import Document, Link, Named
from policy.messages import text

__all__ = ["as_html"]


def as_html(told: Document) -> str:
    """The page of a document."""
    return "\n".join(_Page(told).lines()) + "\n"


class _Page:
    def __init__(self, told: Document) -> None:
        self._told = told

    def _say(self, code: str, **arguments: object) -> str:
        return escape(text(code, self._told.language, **arguments))

    def lines(self) -> Iterator[str]:
        told = self._told
        yield "<!DOCTYPE html>"
        yield f'<html lang="{"zh-CN" if told.language == "zh" else "en"}">'
        yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">'
        yield f"<title>{escape(told.title)}</title>"
        yield f"<style>\n{_style()}</style>\n</head>\n<body>"
        yield from self._head()
        parts = sections(told)
        yield from self._contents([(name, heading) for name, heading, _ in parts])
        for number, (name, heading, lead) in enumerate(parts):
            kept = "" if number else ' class="keep"'  # the first one on the page of the contents
            yield f'<section id="{name}">\n<h2{kept}>{self._say(heading)}</h2>\n<p class="lead">{self._say(lead)}</p>'
            yield from getattr(self, f"_{name}")()
            yield "</section>"
        yield f"<footer>{escape(told.program)}</footer>\n</body>\n</html>"

    # --- the head

    def _head(self) -> Iterator[str]:
        told = self._told
        yield f'<header id="top">\n<h1>{escape(told.title)}</h1>'
        rows = [(escape(name), escape(value)) for name, value in told.facts]
        rows.append((self._say("T19"), escape(told.counts)))
        if told.basis:
            rows.append((self._say("T22"), self._links(told.basis)))
        if told.note:
            rows.append((self._say("T23"), escape(told.note)))
        yield f"{_list(rows)}\n</header>"

    def _contents(self, sections: Sequence[tuple[str, str]]) -> Iterator[str]:
        yield f'<nav>\n<h2 class="contents">{self._say("T30")}</h2>\n<ul>'
        yield from (f'<li><a href="#{name}">{self._say(heading)}</a></li>' for name, heading in sections)
        yield "</ul>\n<ul>"
        yield from (f'<li><a href="#{article.target}">{escape(article.label)}</a></li>' for article in self._told.articles)
        yield "</ul>\n</nav>"

    # --- articles and rules

    def _articles(self) -> Iterator[str]:
        for article in self._told.articles:
            yield f'<section class="article" id="{article.target}">\n<h3>{escape(article.label)}</h3>'
            for passage in article.passages:
                yield from self._passage(passage)
            yield "</section>"

    def _passage(self, passage: document.Passage) -> Iterator[str]:
        yield f'<div class="passage"{_id(passage.target)}>\n<div class="law">'
        if passage.label:
            yield f'<p class="number">{escape(passage.label)}</p>'
        if passage.text:
            yield f"<p>{escape(passage.text)}</p>"
        if passage.items:
            yield "<ol>" + "".join(f"<li>{escape(number)}{escape(item)}</li>" for number, item in passage.items) + "</ol>"
        yield '</div>\n<div class="rules">'
        for rule in passage.rules:
            yield from self._rule(rule)
        yield from (self._reason(reason) for reason in passage.reasons)
        if passage.gaps:
            yield f'<p class="gap">{self._say("T58", places=self._list(passage.gaps))}</p>'
        for code, links in (("T55", passage.others), ("T56", passage.definitions), ("T57", passage.parameters)):
            if links:
                yield f'<p class="also">{self._labelled(code)}{self._links(links)}</p>'
        yield "</div>\n</div>"

    def _reason(self, reason: document.Reason) -> str:
        heading = self._say("T54", places=reason.places) if reason.places else self._say("T53")
        return f'<div class="reason"><b>{heading}</b><br>{escape(reason.text)}</div>'

    def _unplaced(self) -> Iterator[str]:
        for rule in self._told.unplaced:
            yield from self._rule(rule)

    def _rule(self, rule: document.Rule) -> Iterator[str]:
        yield f'<article class="rule {rule.severity}" id="{rule.target}">'
        yield f'<h4>{_kind(rule)}{escape(rule.title)} <span class="id">{escape(rule.id)}</span></h4>'
        yield _list(list(self._said_of(rule)))
        yield f"<pre>{escape(rule.text)}</pre>"
        for change in rule.changes:
            yield f'<p class="also">{self._labelled("T111")}</p>\n<pre>{escape(change)}</pre>'
        if rule.cases:
            yield f"<details><summary>{self._say('T67', count=len(rule.cases))}</summary>\n<ul>"
            yield from (f"<li>{escape(case.title)}</li>" for case in rule.cases)
            yield "</ul></details>"
        yield "</article>"

    def _said_of(self, rule: document.Rule) -> Iterator[tuple[str, str]]:
        words = (("T60", rule.bearer), ("T61", rule.due), ("T62", rule.question), ("T63", rule.remedy), ("T23", rule.note))
        links = (("T64", rule.parameters), ("T65", rule.definitions), ("T66", rule.rules))
        yield self._say("T22"), self._links(rule.basis)
        yield from ((self._say(code), escape(said)) for code, said in words if said)
        yield from ((self._say(code), self._links(to)) for code, to in links if to)

    # --- tables

    def _traces(self) -> Iterator[str]:
        yield from self._table("traces", ("T80", "T81", "T82", "T83"), map(self._trace, self._told.traces))

    def _trace(self, row: document.TraceRow) -> Iterator[str]:
        yield f'<td class="depth-{row.depth}">{_link(row.place)}</td>'
        if row.gap:
            yield f'<td colspan="3"><span class="kind fail">{self._say("T58", places=row.gap)}</span></td>'
            return
        yield f"<td>{self._links(row.rules)}</td>"
        yield f"<td>{self._links(row.others)}</td>"
        yield f"<td>{'<br>'.join(map(escape, row.reasons))}</td>"

    def _matrix(self) -> Iterator[str]:
        matrix = self._told.matrix
        yield '<div class="wide">\n<table class="matrix">\n<thead><tr>'
        yield f"<th>{self._say('T81')}</th>" + "".join(f"<th>{_link(article)}</th>" for article in matrix.articles)
        yield "</tr></thead>\n<tbody>"
        for rule, cells in matrix.rows:
            told = "".join(f'<td class="cited">{escape(cell)}</td>' if cell else "<td></td>" for cell in cells)
            yield f"<tr><td>{_link(rule)}</td>{told}</tr>"
        yield "</tbody>\n</table>\n</div>"

    def _parameters(self) -> Iterator[str]:
        codes = ("T84", "T86", "T87", "T88", "T89")
        yield from self._table("parameters", codes, map(self._parameter, self._told.parameters), self._told.parameters)

    def _parameter(self, parameter: document.Parameter) -> Iterator[str]:
        yield f"<td>{_named(parameter.named)}</td>"
        yield f"<td>{escape(parameter.default)}</td>"
        yield f"<td>{escape(parameter.bounds)}</td>"
        note = f"<br>{escape(parameter.note)}" if parameter.note else ""
        yield f"<td>{self._links(parameter.basis)}{note}</td>"
        yield f"<td>{self._links(parameter.rules)}</td>"

    def _definitions(self) -> Iterator[str]:
        for definition in self._told.definitions:
            yield f'<div class="definition" id="{definition.target}">\n<h4>{_named(definition.named)}</h4>'
            rows = [(self._say("T22"), self._links(definition.basis))] if definition.basis else []
            rows += [(self._say("T23"), escape(definition.note))] if definition.note else []
            rows += [(self._say("T89"), self._links(definition.rules))] if definition.rules else []
            yield f"{_list(rows)}\n<pre>{escape(definition.text)}</pre>\n</div>"

    def _vocabulary(self) -> Iterator[str]:
        for entity in self._told.entities:
            yield f'<h4 id="{entity.target}">{_named(entity.named)}</h4>'
            yield from self._table("entity", ("T84", "T85", "T90", "T91"), map(self._field, entity.fields))
        if self._told.enums:
            yield f'<h3 class="codes">{self._say("T39")}</h3>'
            yield from self._table("codes", ("T84", "T39"), map(self._enum, self._told.enums), self._told.enums)

    def _field(self, field: tuple[Named, Link, str]) -> Iterator[str]:
        named, type_, marks = field
        yield f"<td>{escape(named.label)}</td>"
        yield f"<td><code>{escape(named.name)}</code></td>"
        yield f"<td>{_link(type_)}</td>"
        yield f"<td>{escape(marks)}</td>"

    def _enum(self, enum: document.Enum) -> Iterator[str]:
        yield f"<td>{_named(enum.named)}</td>"
        yield f"<td>{self._say('T97').join(map(_named, enum.members))}</td>"

    def _cases(self) -> Iterator[str]:
        for rule in self._told.rules:
            title = self._say("T98", rule=rule.id, title=rule.title)
            yield f'<div class="cases">\n<h4>{_kind(rule)}<a href="#{rule.target}">{title}</a></h4>'
            if rule.cases:
                yield "<ul>" + "".join(map(self._case, rule.cases)) + "</ul>"
            else:
                yield f"<p>{self._say('T70')}</p>"
            yield "</div>"

    def _case(self, case: document.CaseEntry) -> str:
        title = self._say("T71", title=case.title, day=case.as_of)
        return f'<li>{title} <span class="expected">{self._say("T26").join(map(escape, case.expected))}</span></li>'

    def _table(self, kind: str, codes: Sequence[str], rows: Iterable[Iterable[str]], told: Sequence = ()) -> Iterator[str]:
        """A table with these headings; a row bears the name of what it tells of, where that can be linked to."""
        yield f'<div class="wide">\n<table class="{kind}">\n<thead><tr>'
        yield "".join(f"<th>{self._say(code)}</th>" for code in codes) + "</tr></thead>\n<tbody>"
        for number, cells in enumerate(rows):
            yield f"<tr{_id(told[number].target) if told else ''}>{''.join(cells)}</tr>"
        yield "</tbody>\n</table>\n</div>"

    # --- words

    def _list(self, words: Iterable[str]) -> str:
        return text("T97", self._told.language).join(words)

    def _links(self, links: Iterable[Link]) -> str:
        return self._say("T97").join(map(_link, links))

    def _labelled(self, code: str) -> str:
        return self._say(code) + ("：" if self._told.language == "zh" else ": ")


def _style() -> str:
    return files(__package__).joinpath("style.css").read_text("utf-8")


def _id(target: str) -> str:
    return f' id="{target}"' if target else ""


def _link(link: Link) -> str:
    return f'<a href="#{link.target}">{escape(link.text)}</a>' if link.target else escape(link.text)


def _named(named: Named) -> str:
    label = escape(named.label)
    return label if named.label == named.name else f"{label} <code>{escape(named.name)}</code>"


def _kind(rule: document.Rule) -> str:
    return f'<span class="kind {rule.severity}">{escape(rule.kind)}</span>'


def _list(rows: Sequence[tuple[str, str]]) -> str:
    """Names and what is said of them, both in HTML."""
    return "<dl>\n" + "".join(f"<dt>{name}</dt><dd>{said}</dd>\n" for name, said in rows) + "</dl>" if rows else ""
