"""vocabulary, or mappings of ledgers → a form to fill in → a workbook."""

from __future__ import annotations

from policy.template.build import FormError, build_form
from policy.template.ledger import build_ledger_form
from policy.template.workbook import as_workbook

__all__ = ["FormError", "as_workbook", "build_form", "build_ledger_form"]
