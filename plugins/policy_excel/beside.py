"""What stands beside the cells of a worksheet: in page headers and footers, comments, drawn boxes, and the properties of the file.

Nothing of it is data; a mark of secrecy may stand there nevertheless, and often does: page headers are the place for it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from xml.etree import ElementTree

from policy_excel.archive import Archive

__all__ = ["of_book", "of_sheet"]

Beside = tuple[str, str]
"""Where a text stands (by the codes of `RawTable.beside`), and the text."""

_PARTS = {"comments": ("comment", ".//{*}comment"), "threadedComment": ("comment", ".//{*}text"), "drawing": ("drawing", ".//{*}p")}
"""By what a sheet's relation to a part is called: where its texts stand, and the elements that have one each."""
_PAGE = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)<")
_SECTION = re.compile("&[LCR]")
_FORMAT = re.compile(r'&(?:"[^"]*"|\d+|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|[A-Z])')
"""Fonts, sizes, colours, page numbers and the like."""


def of_sheet(archive: Archive, part: str, xml: bytes) -> Iterator[Beside]:
    """The texts beside the cells of a sheet, which is this part of the archive and has this content."""
    for written in _PAGE.findall(xml, max(xml.rfind(b"sheetData"), 0)):
        sections = _SECTION.split(unescape(written.decode("utf-8", "replace")))
        yield from (("page", _FORMAT.sub("", section).replace("&&", "&")) for section in sections)
    folder, name = posixpath.split(part)
    for relation in _parsed(archive, f"{folder}/_rels/{name}.rels"):
        place, elements = _PARTS.get(relation.get("Type", "").rpartition("/")[2], ("", ""))
        if place:
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
            yield from ((place, "".join(element.itertext())) for element in _parsed(archive, target).iterfind(elements))


def of_book(archive: Archive) -> Iterator[Beside]:
    """The properties of the file that are texts."""
    for name in ("docProps/core.xml", "docProps/custom.xml"):
        yield from (("property", element.text) for element in _parsed(archive, name).iter() if element.text)


def _parsed(archive: Archive, name: str) -> ElementTree.Element:
    """A part; nothing of one that is not there or is damaged, which spreadsheets do not show either."""
    if name in archive:
        with suppress(ElementTree.ParseError):
            return ElementTree.fromstring(archive.read(name))
    return ElementTree.Element("nothing")
