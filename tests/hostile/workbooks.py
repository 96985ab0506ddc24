"""Workbooks that mean harm, written part by part, as no program would."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["CELL", "parts", "write"]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>人员编号</t></is></c><c r="B1" t="inlineStr"><is><t>姓名</t></is></c></row>'
CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def parts(rows: str, *, doctype: str = "", sheet_name: str = "人员", before: str = "", shared: str = "", external: str = "") -> dict[str, str]:
    """The parts of a workbook with one sheet, whose rows follow the header of a list of people."""
    relation = '<Relationship Id="{}" Type="' + _OFFICE + '/{}" Target="{}"/>'
    book = relation.format("rId1", "worksheet", "worksheets/sheet1.xml")
    made = {}
    if shared:
        book += relation.format("rId2", "sharedStrings", "sharedStrings.xml")
        made["xl/sharedStrings.xml"] = f'<?xml version="1.0"?><sst xmlns="{_MAIN}">{shared}</sst>'
    if external:
        book += relation.format("rId3", "externalLink", "externalLinks/externalLink1.xml")
        made["xl/externalLinks/externalLink1.xml"] = f'<?xml version="1.0"?><externalLink xmlns="{_MAIN}"/>'
    kinds = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet"} | ({"xl/sharedStrings.xml": "sharedStrings"} if shared else {})
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{_SHEET}.{kind}+xml"/>' for part, kind in kinds.items())
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    sheets = f'<sheets><sheet name="{sheet_name}" sheetId="1" r:id="rId1"/></sheets>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relation.format("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0"?>{doctype}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{book}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}">{before}<sheetData>{HEADER}{rows}</sheetData></worksheet>',
        **made,
    }


def write(path: Path, made: Mapping[str, str | bytes]) -> Path:
    """Write parts as a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return path
