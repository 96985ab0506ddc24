"""coverage → text, JSON, and the marked sources as a page that needs nothing else."""

from __future__ import annotations

from policy.cover.listing import as_json, as_text
from policy.cover.page import as_html

__all__ = ["as_html", "as_json", "as_text"]
