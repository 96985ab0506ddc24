"""ir → a document for readers, as HTML or Markdown; and the traceability of articles."""

from __future__ import annotations

from policy.document.build import build_document
from policy.document.html import as_html
from policy.document.markdown import as_markdown
from policy.document.rule import RuleTold, narrowed, rule_as_object, rule_as_text, tell_rule
from policy.document.traces import traces, unplaced

__all__ = [
    "RuleTold", "as_html", "as_markdown", "build_document", "narrowed", "rule_as_object", "rule_as_text", "tell_rule", "traces", "unplaced",
]  # fmt: skip
