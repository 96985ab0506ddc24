"""The template that ships: its parts as they stand in a document, so that a change of one can be read."""

from __future__ import annotations

import io
from importlib.resources import files
from zipfile import ZIP_DEFLATED, ZipFile

from policy.hooks.spec import Document
from policy.messages import text

__all__ = ["default_template"]

_PARTS = {
    "[Content_Types].xml": "types.xml",
    "_rels/.rels": "package.xml",
    "word/document.xml": "document.{language}.xml",
    "word/_rels/document.xml.rels": "relations.xml",
    "word/styles.xml": "styles.xml",
    "word/fontTable.xml": "fonts.xml",
    "word/header1.xml": "header.{language}.xml",
    "word/footer1.xml": "footer.xml",
}
"""The parts of a document by the files that have them."""


def default_template(language: str) -> Document:
    """The template in a language."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, file in _PARTS.items():
            with archive.open(name, "w") as part:
                part.write(files(__name__).joinpath(file.format(language=language)).read_bytes())
    return Document(text("W66", language), ".docx", stream.getvalue())
