"""A workbook as the parts of its archive, which are related to each other and each of a declared type."""

from __future__ import annotations

import io
import posixpath
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from policy_data_report.markup import appended, attribute, edited, outline

__all__ = ["Package"]

_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = {
    _TRANSITIONAL: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    _STRICT: "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_RELATIONS = b'<?xml version="1.0"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


class Package:
    """The parts by name. What is not changed is written as it was read."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(io.BytesIO(content)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        self.book = next(target for _, kind, target in self._relations("") if kind.endswith("/officeDocument"))
        strict = any(kind.startswith(_STRICT) for _, kind, _ in self._relations(self.book))
        self.relation = _STRICT if strict else _TRANSITIONAL
        self.main = _MAIN[self.relation]

    def saved(self) -> bytes:
        """The archive, the same bytes for the same parts."""
        stream = io.BytesIO()
        with ZipFile(stream, "w") as archive:
            for name, content in self.parts.items():
                info = ZipInfo(name, _EPOCH)
                info.compress_type = ZIP_DEFLATED
                archive.writestr(info, content)
        return stream.getvalue()

    @property
    def sheets(self) -> dict[str, str]:
        """The parts of the sheets by their names."""
        targets = {id: target for id, _, target in self._relations(self.book)}
        root = ElementTree.fromstring(self.parts[self.book])
        named = ((sheet.get("name", ""), sheet.get(f"{{{self.relation}}}id")) for sheet in root.iterfind("{*}sheets/{*}sheet"))
        return {name: targets[id] for name, id in named if targets.get(id) in self.parts}

    def related(self, part: str, kind: str) -> str | None:
        """The part of a kind that another is related to."""
        found = (target for _, type, target in self._relations(part) if type.endswith(f"/{kind}"))
        return next((target for target in found if target in self.parts), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; gives the id of the relation."""
        relations = _relations_of(part)
        xml = self.parts.get(relations, _NO_RELATIONS)
        root, known = outline(xml)[-1], {id for id, _, _ in self._relations(part)}
        id = next(name for number in range(1, len(known) + 2) if (name := f"policy{number}") not in known)
        new = f'<{root.prefix}Relationship Id="{id}" Type="{self.relation}/{kind}" Target={attribute("/" + target)}/>'
        self.parts[relations] = edited(xml, appended(xml, root, new.encode()))
        return id

    def add(self, part: str, content: bytes, type: str) -> None:
        """Add a part of a type."""
        self.parts[part] = content
        xml = self.parts[_TYPES]
        *declared, root = outline(xml)
        if not any(piece.attributes.get("PartName") == f"/{part}" for piece in declared):
            new = f'<{root.prefix}Override PartName={attribute("/" + part)} ContentType="{type}"/>'
            self.parts[_TYPES] = edited(xml, appended(xml, root, new.encode()))

    def add_sheet(self, name: str, content: bytes) -> None:
        """Add a sheet behind the others."""
        part = self.free("xl/worksheets/policySheet{}.xml")
        self.add(part, content, _SHEET_TYPE)
        id, xml = self.relate(self.book, "worksheet", part), self.parts[self.book]
        pieces = outline(xml, 2)
        sheets = next(piece for piece in pieces if piece.name == "sheets")
        number = max(int(piece.attributes.get("sheetId", "0")) for piece in pieces) + 1
        new = f'<{sheets.prefix}sheet xmlns:r="{self.relation}" name={attribute(name)} sheetId="{number}" r:id="{id}"/>'
        self.parts[self.book] = edited(xml, appended(xml, sheets, new.encode()))

    def replace_sheet(self, part: str, content: bytes) -> None:
        """Replace a sheet, which is related to nothing any more."""
        self.parts[part] = content
        self.parts.pop(_relations_of(part), None)

    def free(self, pattern: str) -> str:
        """A name that no part has: a pattern with a number."""
        return next(name for number in range(1, len(self.parts) + 2) if (name := pattern.format(number)) not in self.parts)

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Id, type and target of what a part (empty: the whole) is related to within the archive."""
        xml = self.parts.get(_relations_of(part))
        found = ElementTree.fromstring(xml) if xml else ()
        inner = (one for one in found if one.get("TargetMode") != "External")
        return [(one.get("Id", ""), one.get("Type", ""), _resolved(part, one.get("Target", ""))) for one in inner]


def _relations_of(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")


def _resolved(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
