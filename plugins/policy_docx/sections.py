"""The set-up of pages: each notice begins on a page of its own, and with the number 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.dom.minidom import Element

__all__ = ["closed_by_section", "restarting"]

_BEFORE_NUMBERS = ("w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr", "w:type", "w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders",
                   "w:lnNumType")  # fmt: skip
"""What stands before the numbers of pages in the set-up of a section."""
_SMALL = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
"""The paragraph that ends a section takes no room, so that it never needs a page."""


def restarting(body: Element) -> Element | None:
    """The set-up of the document's pages, changed so that they are counted from 1 and begin a page; None where there is none."""
    last = next((child for child in reversed(body.childNodes) if child.nodeType == child.ELEMENT_NODE), None)
    if last is None or last.tagName != "w:sectPr":
        return None
    for kind in last.getElementsByTagName("w:type"):
        last.removeChild(kind)
    numbers = next(iter(last.getElementsByTagName("w:pgNumType")), None)
    if numbers is None:
        numbers = last.ownerDocument.createElement("w:pgNumType")
        elements = (child for child in last.childNodes if child.nodeType == child.ELEMENT_NODE)
        last.insertBefore(numbers, next((child for child in elements if child.tagName not in _BEFORE_NUMBERS), None))
    numbers.setAttribute("w:start", "1")
    return last


def closed_by_section(body: Element, section: Element | None) -> str:
    """What stands between two notices: the end of a section or, in a document without any, of a page."""
    if section is None:
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    return f"<w:p><w:pPr>{_SMALL}{section.toxml()}</w:pPr></w:p>"
