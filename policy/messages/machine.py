"""What reports for programs and pipelines say, and what any report says of its masks."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "M01": {"zh": "  掩码：人员姓名和编号已隐去", "en": "  masked: names and keys of persons"},
    "M02": {"zh": "  掩码：人员、单位的名称和编号以及文件名已隐去", "en": "  masked: names and keys of persons and organizations, and names of files"},
    # what is lacking
    "M05": {"zh": "写这种格式需要先安装 Python 包：`{command}`", "en": "writing it needs a Python package: `{command}`"},
    # annotations
    "M10": {"zh": "{title}：没有需要处理的事项", "en": "{title}: nothing to chase"},
    "M11": {"zh": "{title}：{counts}", "en": "{title}: {counts}"},
    "M12": {
        "zh": "{title}：{counts}；GitHub 每一步每个级别只显示 {shown} 条，其余 {left} 项见其他格式的报告",
        "en": "{title}: {counts}; GitHub shows {shown} of a kind for each step, {left} more are in reports of other formats",
    },
    # tests
    "M20": {"zh": "没有适用对象", "en": "no subject"},
    "M21": {"zh": "核对 {count} 项，没有问题", "en": "{count:outcome|outcomes}, no problem"},
    # SARIF
    "M30": {"zh": "条款：{basis}", "en": "article: {basis}"},
    "M31": {"zh": "说明：{note}", "en": "note: {note}"},
}
