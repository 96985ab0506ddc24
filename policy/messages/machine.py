"""What reports for programs and pipelines say, and what any report says of its masks."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "M01": {"zh": "  掩码：人员姓名和编号已隐去", "en": "  masked: names and keys of persons"},
    "M02": {"zh": "  掩码：人员、单位的名称和编号以及文件名已隐去", "en": "  masked: names and keys of persons and organizations, and names of files"},
}
