"""Marks cells of a sheet, by colour and comment, and takes away the marks of an earlier report; nothing else in it is touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

from policy.lang.table import column_letters
from policy.width import harmless
from policy_data_report.markup import Edit, Piece, appended, edited, outline, place_for, text
from policy_data_report.package import Package

__all__ = ["COMMENT", "Note", "mark_sheet"]

Note = tuple[int, int, bool, str]
"""Row and column of a cell (from 1), whether it has an error, and what is said of it."""

_Cell = tuple[int, int]

_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter "
    "sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions "
    "pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing "
    "legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst"
).split()
_SIGN = '"policy"="policy"'
"""A condition that always holds, by which the colours of an earlier report are known."""
_RULE = '<{p}cfRule type="expression" dxfId="{format}" priority="{priority}"><{p}formula>{sign}</{p}formula></{p}cfRule>'
COMMENT = "〔policy〕"
"""How every comment of a report begins, by which those of an earlier one are known: not every program keeps the author."""
_AUTHOR = "policy"
_RANGES = 200
"""Ranges of cells in one element."""
_COMMENTS = 1000
"""Comments on a sheet; beyond them the colour and the list must do."""
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_DRAWING = (
    f"<xml {_VML}>"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
).encode()
_SHAPE = (
    '<v:shape {vml} id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;width:220pt;height:90pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_FIRST_ID = 9000
"""Far from the numbers that Excel gives to the shapes of a sheet."""


def mark_sheet(package: Package, part: str, notes: Sequence[Note], formats: Mapping[bool, int]) -> None:
    """Mark cells of the sheet in a part; `formats` are the numbers of the formats of errors and remarks."""
    cells: dict[tuple[int, int], tuple[bool, list[str]]] = {}
    for row, column, error, said in notes:
        worse, lines = cells.get((row, column), (False, []))
        cells[row, column] = (worse or error, [*lines, said])
    _colour(package, part, cells, formats)
    _comment(package, part, {place: "\n".join(lines) for place, (_, lines) in cells.items()})


# --- colours ---------------------------------------------------------------------------------------------------------


def _colour(package: Package, part: str, cells: Mapping[_Cell, tuple[bool, object]], formats: Mapping[bool, int]) -> None:
    """Conditional formats, as they leave the cell's own format alone and need no cell to be there."""
    xml = package.parts[part]
    pieces = _around_data(xml)
    old = [piece for piece in pieces if piece.name == "conditionalFormatting" and _is_ours(xml[piece.start : piece.end])]
    prefix, new = pieces[-1].prefix, []
    priority = max([0, *(int(found) for found in re.findall(rb'\bpriority="(\d{1,9})"', xml[pieces[0].start :]))]) + 1
    for error in (True, False):
        ranges = _ranges([place for place, (worse, _) in cells.items() if worse == error])
        for start in range(0, len(ranges), _RANGES):
            rule = _RULE.format(p=prefix, format=formats[error], priority=priority + len(new), sign=text(_SIGN, str))
            listed = " ".join(ranges[start : start + _RANGES])
            new.append(f'<{prefix}conditionalFormatting sqref="{listed}">{rule}</{prefix}conditionalFormatting>')
    place = place_for("conditionalFormatting", _ORDER, pieces)
    removed: list[Edit] = [(piece.start, piece.end, b"") for piece in old]
    package.parts[part] = edited(xml, [*removed, (place, place, "".join(new).encode())])


def _around_data(xml: bytes) -> list[Piece]:
    """The outline of a sheet, whose cells, most of it, need not be parsed."""
    opened = re.search(rb"<(\w+:)?sheetData\b[^>]*>", xml)
    close = xml.rfind(b"</" + (opened[1] or b"") + b"sheetData>") if opened else -1
    if close < 0:
        return outline(xml)
    start = opened.end()
    cut = close - start
    return [
        piece._replace(
            start=piece.start + cut * (piece.start >= start),
            inner=piece.inner + cut * (piece.inner >= start),
            end=piece.end + cut * (piece.end > start),
        )
        for piece in outline(xml[:start] + xml[close:])
    ]


def _is_ours(xml: bytes) -> bool:
    return _SIGN in xml.decode("utf-8", "replace").replace("&quot;", '"')


def _ranges(cells: Iterable[tuple[int, int]]) -> list[str]:
    """Cells as ranges down their columns: `J12` `J14:J20`."""
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    ends = [(_ref(first, column), _ref(last, column)) for column, first, last in runs]
    return [first if first == last else f"{first}:{last}" for first, last in ends]


def _ref(row: int, column: int) -> str:
    return f"{column_letters(column - 1)}{row}"


# --- comments --------------------------------------------------------------------------------------------------------


def _comment(package: Package, part: str, texts: Mapping[tuple[int, int], str]) -> None:
    """Comments on cells that have none; what people have written on theirs stays."""
    own = package.related(part, "comments")
    name = own or package.free("xl/policyComments{}.xml")
    xml = package.parts[own] if own else f'<comments xmlns="{package.main}"><authors/><commentList/></comments>'.encode()
    xml, gone, taken = _without_ours(xml)
    authors, listed = (next(piece for piece in outline(xml) if piece.name == name) for name in ("authors", "commentList"))
    names = [author.text for author in ElementTree.fromstring(xml).iterfind("{*}authors/{*}author")]
    new = [(row, column) for row, column in sorted(texts) if _ref(row, column) not in taken][:_COMMENTS]
    if not new and not gone:
        return
    known = _AUTHOR in names
    edits = [] if known else appended(xml, authors, f"<{authors.prefix}author>{_AUTHOR}</{authors.prefix}author>".encode())
    number = names.index(_AUTHOR) if known else len(names)
    fragment = "".join(_comment_xml(_ref(row, column), number, texts[row, column], listed.prefix) for row, column in new)
    package.add(name, edited(xml, [*edits, *appended(xml, listed, fragment.encode())]), _COMMENTS_TYPE)
    if own is None:
        package.relate(part, "comments", name)
    _draw(package, part, new, gone)


def _without_ours(xml: bytes) -> tuple[bytes, set[str], set[str]]:
    """The comments without those of an earlier report; the cells of these, and those of the others."""
    comments = ElementTree.fromstring(xml).iterfind("{*}commentList/{*}comment")
    ours = {comment.get("ref", ""): "".join(comment.itertext()).startswith(COMMENT) for comment in comments}
    gone = {ref for ref, own in ours.items() if own}
    pieces = (piece for piece in outline(xml, 2) if piece.name == "comment" and piece.attributes.get("ref") in gone)
    return edited(xml, [(piece.start, piece.end, b"") for piece in pieces]), gone, ours.keys() - gone


def _comment_xml(ref: str, author: int, said: str, prefix: str) -> str:
    told = f'<{prefix}r><{prefix}t xml:space="preserve">{text(COMMENT + said, _in_lines)}</{prefix}t></{prefix}r>'
    return f'<{prefix}comment ref="{ref}" authorId="{author}"><{prefix}text>{told}</{prefix}text></{prefix}comment>'


def _in_lines(said: str) -> str:
    return "\n".join(map(harmless, said.split("\n")))


def _draw(package: Package, part: str, cells: Sequence[tuple[int, int]], gone: set[str]) -> None:
    """The boxes in which comments are shown."""
    own = package.related(part, "vmlDrawing") if _has_drawing(package.parts[part]) else None
    xml = package.parts[own] if own else _DRAWING
    if gone:
        boxes = (match for match in re.finditer(rb"<(\w+:)shape\b.*?</\1shape>", xml, re.DOTALL) if _cell_of(match[0]) in gone)
        xml = edited(xml, [(*match.span(), b"") for match in boxes])
    end = xml.rindex(b"</xml>")
    shapes = "".join(_shape(_FIRST_ID + number, row - 1, column - 1) for number, (row, column) in enumerate(cells))
    name = own or package.free("xl/drawings/policyDrawing{}.vml")
    package.add(name, edited(xml, [(end, end, shapes.encode())]), _DRAWING_TYPE)
    if own is None:
        id = package.relate(part, "vmlDrawing", name)
        sheet = package.parts[part]
        pieces = _around_data(sheet)
        new = f'<{pieces[-1].prefix}legacyDrawing xmlns:r="{package.relation}" r:id="{id}"/>'
        place = place_for("legacyDrawing", _ORDER, pieces)
        package.parts[part] = edited(sheet, [(place, place, new.encode())])


def _shape(id: int, row: int, column: int) -> str:
    """The box of a comment on a cell, both from 0: to the right of it, four columns wide and five rows high."""
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {row + 5}, 4"
    return _SHAPE.format(vml=_VML, id=id, row=row, column=column, anchor=anchor)


def _has_drawing(sheet: bytes) -> bool:
    return any(piece.name == "legacyDrawing" for piece in _around_data(sheet))


def _cell_of(shape: bytes) -> str:
    row, column = (re.search(rb"<\w+:%s>(\d+)<" % name, shape) for name in (b"Row", b"Column"))
    return _ref(int(row[1]) + 1, int(column[1]) + 1) if row and column else ""
