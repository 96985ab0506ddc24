"""Adds to a workbook the formats of marked cells and of the sheet that lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_data_report.listing import Styles
from policy_data_report.markup import edited, outline, place_for
from policy_data_report.package import Package

__all__ = ["add_formats"]

_ORDER = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst".split()
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    '<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_RED, _YELLOW = "FFFFC7CE", "FFFFEB9C"
_FONTS = (
    '<{p}font><{p}b/><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    '<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/><{p}name val="Calibri"/></{p}font>',
)
_FILL = '<{{p}}fill><{{p}}patternFill patternType="solid"><{{p}}fgColor rgb="{colour}"/></{{p}}patternFill></{{p}}fill>'
_FILLS = tuple(_FILL.format(colour=colour) for colour in ("FFD9E1F2", _RED, _YELLOW))
_MARK = (
    '<{{p}}dxf><{{p}}fill><{{p}}patternFill patternType="solid"><{{p}}fgColor rgb="{colour}"/><{{p}}bgColor rgb="{colour}"/>'
    "</{{p}}patternFill></{{p}}fill></{{p}}dxf>"
)
_XF = (
    '<{{p}}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">'
    '<{{p}}alignment vertical="top"{wrap}/></{{p}}xf>'
)


def add_formats(package: Package) -> tuple[dict[bool, int], Styles]:
    """The numbers of the formats that colour errors and remarks, and of those in the list."""
    part = package.related(package.book, "styles")
    if part is None:
        part = "xl/styles.xml"  # some readers look for no other
        package.add(part, _EMPTY.format(main=package.main).encode(), _TYPE)
        package.relate(package.book, "styles", part)
    font = _append(package, part, "fonts", _FONTS)
    fill = _append(package, part, "fills", _FILLS)
    looks = [(font, 0, False), (font, fill, True), (0, 0, True), (font + 1, 0, True), (0, fill + 1, True), (0, fill + 2, True)]
    formats = [_XF.format(font=font, fill=fill, wrap=' wrapText="1"' if wrap else "") for font, fill, wrap in looks]
    first = _append(package, part, "cellXfs", formats)
    marks = _append(package, part, "dxfs", [_MARK.format(colour=colour) for colour in (_RED, _YELLOW)])
    return {True: marks, False: marks + 1}, Styles(*range(first, first + len(formats)))


def _append(package: Package, part: str, container: str, new: Sequence[str]) -> int:
    """Put something at the end of a list of the styles; gives the number of the first."""
    xml = package.parts[part]
    pieces = outline(xml)
    prefix = pieces[-1].prefix
    content = "".join(one.format(p=prefix) for one in new)
    found = next((piece for piece in pieces[:-1] if piece.name == container), None)
    if found is None:
        place = place_for(container, _ORDER, pieces)
        whole = f'<{prefix}{container} count="{len(new)}">{content}</{prefix}{container}>'
        package.parts[part] = edited(xml, [(place, place, whole.encode())])
        return 0
    count = sum(found.start < piece.start < found.end for piece in outline(xml, 2))
    start = xml.index(b">", found.start) + 1
    tag = _counted(xml[found.start : start], count + len(new))
    inner = xml[start : found.inner] + content.encode() + f"</{prefix}{container}>".encode()
    package.parts[part] = edited(xml, [(found.start, found.end, tag + inner)])
    return count


def _counted(tag: bytes, count: int) -> bytes:
    """The start tag of a list, no longer empty, with the number of what is in it."""
    open_ = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
    return re.sub(rb'\bcount="\d*"', b'count="%d"' % count, open_)
