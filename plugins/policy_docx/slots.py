"""Placeholders in the text of a document: `{责任主体}`, however a word processor has split them into runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from policy.width import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.dom.minidom import Element

__all__ = ["BRACES", "Slot", "filled", "mark", "names", "pieces"]

_SLOT = re.compile(r"[{｛]\s*([^{}｛｝]*?)\s*[}｝]")
BRACES = re.compile("[{}｛｝]")
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""What stands around the name of a placeholder once it is found; no text has these."""
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}")


class Slot(NamedTuple):
    """The place of a value in XML."""

    name: str


def mark(root: Element) -> Iterator[str]:
    """Mark the placeholders in the paragraphs of an element; gives what the paragraphs say that have a brace left over."""
    for paragraph in root.getElementsByTagName("w:p"):
        texts = [text for text in paragraph.getElementsByTagName("w:t") if _paragraph_of(text) is paragraph]
        said = [_said(text) for text in texts]
        whole = "".join(said)
        if BRACES.search(whole):
            for text, new in zip(texts, _marked(said, whole)):
                _say(text, new)
            if BRACES.search(_SLOT.sub("", whole)):
                yield whole


def _marked(said: list[str], whole: str) -> list[str]:
    """The texts with their placeholders marked, each where it begins."""
    owners = [place for place, text in enumerate(said) for _ in text]
    new = [""] * len(said)
    done = 0
    for match in _SLOT.finditer(whole):
        for place in range(done, match.start()):
            new[owners[place]] += whole[place]
        new[owners[match.start()]] += f"{_OPEN}{match[1]}{_CLOSE}"
        done = match.end()
    for place in range(done, len(whole)):
        new[owners[place]] += whole[place]
    return new


def _paragraph_of(text: Element) -> Element:
    """The paragraph that a text stands in; a text box has paragraphs inside of one."""
    node = text
    while node.tagName != "w:p":
        node = node.parentNode
    return node


def _said(text: Element) -> str:
    return "".join(node.data for node in text.childNodes).translate({ord(_OPEN): None, ord(_CLOSE): None})


def _say(text: Element, said: str) -> None:
    while text.firstChild:
        text.removeChild(text.firstChild)
    text.appendChild(text.ownerDocument.createTextNode(said))
    text.setAttribute("xml:space", "preserve")


def names(xml: str) -> list[str]:
    """The names of the placeholders that are marked in some XML."""
    return _MARKED.findall(xml)


def pieces(xml: str, canonical: Mapping[str, str]) -> tuple[str | Slot, ...]:
    """XML as texts and the slots between them, which get their canonical names."""
    parts = _MARKED.split(xml)
    return tuple(Slot(canonical[part]) if number % 2 else part for number, part in enumerate(parts))


def filled(parts: tuple[str | Slot, ...], values: Mapping[str, str]) -> str:
    """XML with its values."""
    return "".join([escape(harmless(values[part.name])) if isinstance(part, Slot) else part for part in parts])
