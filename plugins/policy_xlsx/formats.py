"""How cells look: the formats of the workbook, and the part of it that defines them."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FORMATS", "QUOTED", "Format", "styles_part"]


class Format(NamedTuple):
    """A look. Colours are RGB; `number` is that of a format of numbers: 3 for thousands, 164 (the first of our own) for days."""

    size: int = 10
    bold: bool = False
    ink: str = "000000"
    fill: str = ""
    border: bool = True
    wrap: bool = True
    horizontal: str = "left"
    vertical: str = "top"
    number: int = 0
    linked: bool = False


_HEAD = {"bold": True, "fill": "D9E1F2", "horizontal": "center", "vertical": "center"}
_LINE = {"border": False, "wrap": False, "vertical": "center"}

FORMATS: dict[str, Format] = {
    "default": Format(border=False, wrap=False, vertical="bottom"),
    "mark": Format(size=14, bold=True, ink="C00000", **_LINE),
    "title": Format(size=16, bold=True, **_LINE),
    "section": Format(size=12, bold=True, **_LINE),
    "note": Format(ink="595959", **_LINE),
    "line": Format(border=False),
    "head": Format(**_HEAD),
    "text": Format(),
    "day": Format(horizontal="center", number=164),
    "number": Format(horizontal="right", number=3),
    "total": Format(bold=True),
    "total number": Format(bold=True, horizontal="right", number=3),
    "link": Format(ink="0563C1", linked=True),
    "red": Format(bold=True, ink="9C0006", fill="FFC7CE", horizontal="center"),
    "yellow": Format(bold=True, ink="7F6000", fill="FFEB9C", horizontal="center"),
    "blue": Format(bold=True, ink="1F4E79", fill="BDD7EE", horizontal="center"),
    "plain": Format(horizontal="center"),
}
"""By name; each stands in the workbook twice, the second time quoted."""

QUOTED = {name: 2 * number + 1 for number, name in enumerate(FORMATS)}
"""The number of each format as a spreadsheet keeps it for a text that would be a formula if somebody typed it: it stays a text when edited."""


def styles_part(font: str) -> str:
    """The part of the workbook that defines the formats, in a font."""
    looks = list(FORMATS.values())
    fills = ['<patternFill patternType="none"/>', '<patternFill patternType="gray125"/>', *map(_fill, looks)]
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'<fonts count="{len(looks)}">{"".join(_font(look, font) for look in looks)}</fonts>'
        f'<fills count="{len(fills)}">{"".join(f"<fill>{fill}</fill>" for fill in fills)}</fills>'
        f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>{_BORDER}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{2 * len(looks)}">{"".join(_xf(number, look) for number, look in enumerate(looks))}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


_SIDE = '<{0} style="thin"><color rgb="FFBFBFBF"/></{0}>'
_BORDER = f"<border>{''.join(_SIDE.format(side) for side in ('left', 'right', 'top', 'bottom'))}<diagonal/></border>"


def _font(look: Format, font: str) -> str:
    return (
        f'<font>{"<b/>" * look.bold}{"<u/>" * look.linked}<sz val="{look.size}"/><color rgb="FF{look.ink}"/>'
        f'<name val="{font}"/><family val="2"/></font>'
    )


def _fill(look: Format) -> str:
    if not look.fill:
        return '<patternFill patternType="none"/>'
    return f'<patternFill patternType="solid"><fgColor rgb="FF{look.fill}"/><bgColor indexed="64"/></patternFill>'


def _xf(number: int, look: Format) -> str:
    """A format, and the same quoted."""
    alignment = f'<alignment horizontal="{look.horizontal}" vertical="{look.vertical}" wrapText="{int(look.wrap)}"/>'
    return "".join(
        f'<xf numFmtId="{look.number}" fontId="{number}" fillId="{number + 2}" borderId="{int(look.border)}" xfId="0"{quoted} '
        f'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{alignment}</xf>'
        for quoted in ("", ' quotePrefix="1"')
    )
