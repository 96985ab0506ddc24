"""ir → a document for readers, as HTML or Markdown; and the traceability of articles."""

from __future__ import annotations

from policy.document.build import build_document
from policy.document.html import as_html
from policy.document.markdown import as_markdown
from policy.document.traces import traces, unplaced

__all__ = ["as_html", "as_markdown", "build_document", "traces", "unplaced"]
