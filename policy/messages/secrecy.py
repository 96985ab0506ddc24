"""The highest mark of secrecy, for formats whose parts are shown by themselves: each part carries it."""

from __future__ import annotations

from policy.lang.report import Report
from policy.lang.secrecy import level_word

__all__ = ["mark"]


def mark(report: Report) -> str:
    """The mark to stand before a text, 【工作秘密】; empty where the data carry none."""
    word = report.secrecy and level_word(report.secrecy, report.language)
    return "" if not word else f"【{word}】" if report.language == "zh" else f"[{word}] "
