"""HTML in which everything from the data is text: no markup, no script and no control character of it gets through."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from collections.abc import Iterable, Mapping

from policy.width import harmless

__all__ = ["clean", "data_block", "element", "escape", "hashed", "listed", "table"]

_IN_SCRIPTS = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def clean(text: str) -> str:
    """A text of the data without anything that moves, turns round or hides other text."""
    return harmless(text) if not text.isascii() or not text.isprintable() else text


def escape(text: object) -> str:
    """A text as HTML."""
    return html.escape(clean(str(text)))


def element(name: str, content: str = "", /, **attributes: str | int | None) -> str:
    """An element around HTML; `class_` is called so for Python's sake, an attribute that is None is left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{given}>{content}</{name}>"


def listed(lines: Iterable[str], **attributes: str | None) -> str:
    """A list of texts, as HTML."""
    return element("ul", "".join(element("li", escape(line)) for line in lines), **attributes)


def table(heads: Iterable[str], rows: Iterable[str], **attributes: str | None) -> str:
    """A table with these headings; the rows are HTML."""
    head = element("thead", element("tr", "".join(element("th", escape(text), scope="col") for text in heads)))
    return element("table", head + element("tbody", "".join(rows)), **attributes)


def hashed(code: str) -> str:
    """The name by which a content security policy allows this script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def data_block(name: str, value: Mapping[str, object], packed: bool) -> str:
    """Data for the page's script: JSON in which no character ends the element, or is packed with DEFLATE, as Base64."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if packed:
        return element("script", base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode(), type="text/plain", id=name)
    return element("script", text.translate(_IN_SCRIPTS), type="application/json", id=name)
