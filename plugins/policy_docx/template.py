"""A template: a document in which placeholders stand for what is said of a report, of a bearer and of a finding.

What says something of a finding, a paragraph or the row of a table, is repeated for each; neighbours are repeated together.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO
from xml.dom import minidom
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import attrs

from policy.hooks.spec import SourceError
from policy.near import nearest
from policy_docx.sections import closed_by_section, restarting
from policy_docx.slots import Slot, filled, mark, names, pieces

if TYPE_CHECKING:
    from xml.dom.minidom import Element

__all__ = ["Known", "Template", "Values", "read_template"]

Values = Mapping[str, str]
_MAIN = re.compile(rb'<Relationship\b(?=[^>]*Type="[^"]*/officeDocument")[^>]*Target="/?([^"]+)"')
_RUNNING = re.compile(r"word/(header|footer)\d*\.xml")


@attrs.frozen
class Known:
    """The placeholders that there are, each by all its names: of the report, of a bearer, of a finding; and that of the mark of secrecy."""

    report: Mapping[str, str]
    bearer: Mapping[str, str]
    finding: Mapping[str, str]
    mark: str


@attrs.frozen
class _Fixed:
    """Something that is said once for a bearer."""

    parts: tuple[str | Slot, ...]

    def text(self, bearer: Values, findings: Sequence[Values]) -> str:
        return filled(self.parts, bearer)


@attrs.frozen
class _Repeated:
    """Paragraphs or rows that are said for each finding; one with placeholders of which none has a value is left out if it may."""

    members: tuple[tuple[str | Slot, ...], ...]
    optional: bool

    def text(self, bearer: Values, findings: Sequence[Values]) -> str:
        return "".join(filled(member, values) for values in ({**bearer, **one} for one in findings) for member in self.members if self._said(member, values))

    def _said(self, member: tuple[str | Slot, ...], values: Values) -> bool:
        return not self.optional or any(values[part.name] for part in member if isinstance(part, Slot))


@attrs.frozen
class Template:
    """A template that has been read: `before` and `after` stand around the notices, each of which ends with `between` but the last."""

    main: str
    others: Mapping[str, bytes]
    running: Mapping[str, tuple[str | Slot, ...]]
    before: str
    blocks: tuple[_Fixed | _Repeated, ...]
    between: str
    after: str

    def write(self, stream: BinaryIO, report: Values, notices: Iterable[tuple[Values, Iterable[Values]]], otherwise: str) -> None:
        """Write a notice for each bearer with its findings, or what is said `otherwise`.

        Parts bear no time, so that equal reports are equal files.
        """
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            for name, content in self.others.items():
                _put(archive, name, [content])
            for name, parts in self.running.items():
                _put(archive, name, [filled(parts, report).encode()])
            _put(archive, self.main, (text.encode() for text in self._body(report, notices, otherwise)))

    def _body(self, report: Values, notices: Iterable[tuple[Values, Iterable[Values]]], otherwise: str) -> Iterator[str]:
        yield self.before
        number = 0
        for number, (bearer, findings) in enumerate(notices, 1):
            if number > 1:
                yield self.between
            values, said = {**report, **bearer}, list(findings)
            yield from (block.text(values, said) for block in self.blocks)
        if number == 0:
            yield f"<w:p><w:r><w:t>{escape(otherwise)}</w:t></w:r></w:p>"
        yield self.after


def _put(archive: ZipFile, name: str, content: Iterable[bytes]) -> None:
    with archive.open(name, "w", force_zip64=True) as part:
        for one in content:
            part.write(one)


# --- reading one -----------------------------------------------------------------------------------------------------


def read_template(content: BinaryIO, name: str, known: Known, marked: bool) -> Template:
    """Read the template called `name`; `marked` says that a mark of secrecy has to stand on every page.

    Raises SourceError: it is no document, a placeholder does not exist, stands where there is nothing to say of it, or is missing.
    """
    try:
        with ZipFile(content) as archive:
            parts = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
        main = _MAIN.search(parts["_rels/.rels"])[1].decode()  # type: ignore[index]
        document = _parsed(parts.pop(main))
        running = {part: _parsed(parts.pop(part)) for part in list(parts) if _RUNNING.fullmatch(part)}
        body = document.getElementsByTagName("w:body")[0]
    except (BadZipFile, ExpatError, KeyError, TypeError, IndexError, ValueError, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise SourceError("W60", name) from error
    return _Reader(name, known).template(main, parts, document, body, running, marked)


def _parsed(xml: bytes) -> minidom.Document:
    """A part; one that declares entities is none, as they could be anything."""
    if b"<!DOCTYPE" in xml:
        raise ValueError(xml[:0])
    return minidom.parseString(xml)


class _Reader:
    def __init__(self, name: str, known: Known) -> None:
        self._name = name
        self._known = known
        self._canonical = {**known.report, **known.bearer, **known.finding}

    def template(
        self, main: str, parts: Mapping[str, bytes], document: minidom.Document, body: Element, running: Mapping[str, minidom.Document], marked: bool
    ) -> Template:
        for root in (body, *(one.documentElement for one in running.values())):
            self._check(root)
        heads = {part: self._running(part, one.documentElement.toxml()) for part, one in running.items()}
        if marked and not any(Slot(self._known.mark) in head for part, head in heads.items() if "header" in part):
            raise SourceError("W64", self._name, slot=self._slot(self._known.mark))
        section = restarting(body)
        children = [child for child in body.childNodes if child.nodeType == child.ELEMENT_NODE and child is not section]
        between = closed_by_section(body, section)
        blocks = tuple(self._blocks(children))
        before, after = _around(document, body, section)
        return Template(main, parts, heads, before, blocks, between, after)

    def _check(self, root: Element) -> None:
        """Mark the placeholders; each has to be one that there is."""
        for text in mark(root):
            raise SourceError("W62", self._name, text=text.strip())
        for name in names(root.toxml()):
            if name not in self._canonical:
                near = nearest(name, self._canonical)
                raise SourceError("W61", self._name, slot=f"{{{name}}}", near=f"{{{near}}}" if near else "", known=self._listed())

    def _listed(self) -> str:
        """Each placeholder once, in the language of the first names."""
        return "\n".join(dict.fromkeys(self._slot(one) for one in self._canonical.values()))

    def _slot(self, canonical: str) -> str:
        return "{" + next(name for name, one in self._canonical.items() if one == canonical) + "}"

    def _running(self, part: str, xml: str) -> tuple[str | Slot, ...]:
        """A header or footer, which says the same for all bearers."""
        for name in names(xml):
            if name not in self._known.report:
                raise SourceError("W63", self._name, slot=f"{{{name}}}")
        return pieces(xml, self._canonical)

    def _of_finding(self, element: Element) -> bool:
        return any(name in self._known.finding for name in names(element.toxml()))

    def _blocks(self, children: Sequence[Element]) -> Iterator[_Fixed | _Repeated]:
        """What a notice is made of."""
        for repeated, group in _runs(children, self._of_finding):
            if not repeated:
                yield from (_Fixed(pieces(child.toxml(), self._canonical)) for child in group)
            elif any(child.tagName == "w:tbl" for child in group):
                for child in group:
                    yield from self._table(child) if child.tagName == "w:tbl" else self._blocks([child])
            else:
                yield _Repeated(tuple(pieces(child.toxml(), self._canonical) for child in group), optional=True)

    def _table(self, table: Element) -> Iterator[_Fixed | _Repeated]:
        """A table of which some rows are repeated."""
        rows = [child for child in table.childNodes if child.nodeType == child.ELEMENT_NODE]
        start, end = table.cloneNode(False).toxml().removesuffix("/>") + ">", f"</{table.tagName}>"
        yield _Fixed((start,))
        for repeated, group in _runs(rows, self._of_finding):
            members = tuple(pieces(row.toxml(), self._canonical) for row in group)
            yield from [_Repeated(members, optional=False)] if repeated else map(_Fixed, members)
        yield _Fixed((end,))


def _runs(elements: Sequence[Element], belongs) -> Iterator[tuple[bool, list[Element]]]:
    """Elements in runs of those that belong together; a table is a run of its own."""
    runs: list[tuple[bool, list[Element]]] = []
    for element in elements:
        one = belongs(element), element.tagName == "w:tbl"
        if runs and not one[1] and runs[-1][1][-1].tagName != "w:tbl" and runs[-1][0] == one[0]:
            runs[-1][1].append(element)
        else:
            runs.append((one[0], [element]))
    return iter(runs)


def _around(document: minidom.Document, body: Element, section: Element | None) -> tuple[str, str]:
    """The document without what is in its body, in two halves; the second begins with the set-up of the last pages."""
    last = section.toxml() if section is not None else ""
    while body.firstChild:
        body.removeChild(body.firstChild)
    body.appendChild(document.createTextNode("\ufdd2"))
    before, after = document.documentElement.toxml().split("\ufdd2")
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + before, last + after
