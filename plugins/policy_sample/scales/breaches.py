"""How often each rule is broken in the big samples: what chance has put there, and what the engines have to find."""

from __future__ import annotations

__all__ = ["RATES"]

RATES: dict[str, dict[str, float]] = {
    "02-1-b": {"violated": 0.02},
    "02-1-c": {"violated": 0.01},
    "02-3-a": {"violated": 0.02},
    "05-2-a": {"violated": 0.03, "late": 0.02},
    "05-2-b": {"violated": 0.02},
    "05-2-c": {"violated": 0.02},
    "05-2-d": {"violated": 0.02, "late": 0.02},
    "05-2-e": {"violated": 0.02},
    "05-3-a": {"late": 0.05},
    "05-3-b": {"violated": 0.03},
    "05-3-c": {"violated": 0.03},
    "05-3-d": {"violated": 0.1},
    "06-1-a": {"violated": 0.01},
    "07-1-a": {"violated": 0.01},
    "07-1-b": {"violated": 0.01, "unknown": 0.005},
    "07-1-c": {"violated": 0.02},
    "07-1-d": {"violated": 0.01},
    "08-1-a": {"violated": 0.02},
    "08-1-b": {"violated": 0.05},
    "09-1-a": {"violated": 0.02},
    "09-1-b": {"violated": 0.02},
    "09-2-a": {"violated": 0.05},
    "10-1-a": {"violated": 0.02},
    "10-1-b": {"violated": 0.01},
    "10-2-a": {"violated": 0.03},
    "10-2-b": {"violated": 0.02},
    "11-1-a": {"violated": 0.03, "late": 0.03, "unknown": 0.005},
    "11-1-b": {"violated": 0.02, "late": 0.02},
    "11-1-c": {"violated": 0.03, "late": 0.03},
    "11-1-d": {"violated": 0.01},
    "11-1-e": {"violated": 0.02},
    "11-2-a": {"violated": 0.03, "late": 0.03, "unknown": 0.005},
    "12-1-a": {"violated": 0.02, "late": 0.02},
    "12-1-b": {"violated": 0.02, "late": 0.02},
    "12-1-c": {"violated": 0.02, "late": 0.02},
    "12-1-d": {"violated": 0.03, "late": 0.02, "unknown": 0.005},
    "12-1-e": {"violated": 0.02, "late": 0.02},
    "13-1-a": {"violated": 0.05},
    "13-2-a": {"violated": 0.03},
    "13-2-b": {"violated": 0.03},
    "13-2-c": {"violated": 0.03},
    "14-1-a": {"violated": 0.05},
    "15-1-a": {"violated": 0.05},
    "16-1-a": {"violated": 0.02},
    "16-1-b": {"violated": 0.02},
    "DQ-1": {"violated": 0.005},
    "DQ-2": {"violated": 0.002},
    "DQ-3": {"violated": 0.05},
    "DQ-4": {"violated": 0.01},
    "DQ-5": {"violated": 0.02},
    "DQ-6": {"violated": 0.01},
}
"""By rule (without its prefix) and status, the share of its possible breaches that are planted, each by a chance of its own.

Some follow from others: who has reported nothing has archived nothing, one who was never talked to was not talked to in time. What came of
it in all is counted by `planted`.
"""
